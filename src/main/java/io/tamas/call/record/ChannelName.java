package io.tamas.call.record;

import io.tamas.number.ExtensionNumber;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name of a channel, such as `PJSIP/101-0000002a`: technology, endpoint and a number of the
/// channel. The endpoint of a phone is its extension, that of a trunk starts with `trunk-`.
public record ChannelName(String text) {
  private static final Pattern FORM = Pattern.compile("[^/]+/(.+)-[0-9a-f]{8}(;[12])?");
  private static final Pattern PHONE = Pattern.compile("PJSIP/([0-9]{1,8})-[0-9a-f]+");
  private static final String LOCAL = "Local/";
  private static final String TRUNK = "trunk-";
  private static final String TRUNK_CHANNEL = "PJSIP/" + TRUNK;

  /// Technologies of channels that carry no party.
  private static final Set<String> INTERNAL =
      Set.of("Local", "Announcer", "CBAnn", "CBRec", "Snoop", "Recorder", "Surrogate", "Message");

  /// The trunk that an endpoint is.
  public static Optional<String> trunk(String endpoint) {
    return isTrunk(endpoint) ? Optional.of(endpoint.substring(TRUNK.length())) : Optional.empty();
  }

  /// Whether an endpoint is a trunk.
  public static boolean isTrunk(String endpoint) {
    return endpoint.startsWith(TRUNK);
  }

  /// The endpoint: an extension or a trunk. A name of another form is its own party.
  public String party() {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches() ? matcher.group(1) : text;
  }

  /// The extension of the company phone to which the channel belongs.
  public Optional<ExtensionNumber> extension() {
    Matcher phone = PHONE.matcher(text);
    return phone.matches() ? Optional.of(new ExtensionNumber(phone.group(1))) : Optional.empty();
  }

  /// Whether it is the channel of an external party.
  public boolean isExternal() {
    return text.startsWith(TRUNK_CHANNEL);
  }

  /// Whether the channel carries a party, and is not one that Asterisk uses internally.
  public boolean isPerson() {
    return !INTERNAL.contains(text.substring(0, Math.max(0, text.indexOf('/'))));
  }

  /// Whether it is one half of a pair of `Local` channels.
  public boolean isLocal() {
    return text.startsWith(LOCAL);
  }

  /// What both halves of a pair have in common.
  public String pair() {
    return isLocal() && text.contains(";") ? text.substring(0, text.lastIndexOf(';')) : text;
  }
}
