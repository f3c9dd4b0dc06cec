package io.tamas.asterisk.phones;

import io.tamas.asterisk.ami.Contact;
import io.tamas.text.Printable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A device that is registered for an extension: a desk phone, a softphone, a mobile app.
///
/// @param id stays the same as long as it registers from the same address
/// @param address `host:port` from which it registered
/// @param agent what it calls itself: untrusted text
/// @param transport such as `UDP`
/// @param reachable whether it answers; empty while it has not been asked
/// @param roundTrip of the last question whether it is there
/// @param registeredAt empty if that was before the last start of Tamas
/// @param expiresAt when the registration ends unless it is renewed
public record Device(
    String id,
    String address,
    Optional<String> agent,
    String transport,
    Optional<Boolean> reachable,
    Optional<Duration> roundTrip,
    Optional<Instant> registeredAt,
    Instant expiresAt) {
  private static final Pattern ADDRESS =
      Pattern.compile("sips?:(?:[^@]*@)?([A-Za-z0-9.:\\[\\]-]+)");
  private static final Pattern TRANSPORT =
      Pattern.compile(".*;transport=([A-Za-z]{1,10})(?:;.*)?", Pattern.CASE_INSENSITIVE);
  private static final int MAX_AGENT = 200;

  static Device of(Contact contact, Optional<Instant> registeredAt) {
    String agent = Printable.of(contact.agent()).strip();
    return new Device(
        id(contact.uri()),
        address(contact.uri()).orElse(""),
        Optional.of(agent.substring(0, Math.min(MAX_AGENT, agent.length())))
            .filter(text -> !text.isEmpty()),
        transport(contact.uri()),
        contact.reachable(),
        contact.roundTrip(),
        registeredAt,
        contact.expiresAt());
  }

  /// As Asterisk makes it (`ast_sip_location_create_contact` in `location.c`).
  public static String id(String uri) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      return HexFormat.of().formatHex(md5.digest(uri.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  /// `host:port` of a SIP URI.
  public static Optional<String> address(String uri) {
    Matcher address = ADDRESS.matcher(uri);
    return address.lookingAt() ? Optional.of(address.group(1)) : Optional.empty();
  }

  private static String transport(String uri) {
    Matcher transport = TRANSPORT.matcher(uri);
    return transport.matches() ? transport.group(1).toUpperCase(Locale.ROOT) : "UDP";
  }
}
