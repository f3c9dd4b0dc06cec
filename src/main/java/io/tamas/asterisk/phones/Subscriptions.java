package io.tamas.asterisk.phones;

import io.tamas.asterisk.ami.Ami;
import io.tamas.asterisk.ami.AmiAction;
import io.tamas.asterisk.ami.AmiAnswer;
import io.tamas.asterisk.ami.AmiFault;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Ends the subscriptions of a phone: of one that is deleted, or whose rights are others now.
/// Asterisk would serve them until they expire.
///
/// It ends all subscriptions of a hint only: other phones with the same rights that watch the same
/// extension are told so too (RFC 6665, section 4.1.3: no reason) and may subscribe again at once.
final class Subscriptions {
  private static final Pattern RESOURCE =
      Pattern.compile("(?m)^Endpoint: ([0-9]{1,8})/.*\\R+Resource: ([0-9]{1,20})/");

  private final Ami ami;

  Subscriptions(Ami ami) {
    this.ami = ami;
  }

  /// The extensions that a phone watches. Waits.
  ///
  /// @throws AmiFault if Asterisk does not answer
  Set<String> of(String endpoint) {
    return ami.send(AmiAction.subscriptions(endpoint)) instanceof AmiAnswer.Done(var _, var output)
        ? resources(endpoint, output)
        : Set.of();
  }

  /// Ends all subscriptions to these extensions in a context. Waits.
  ///
  /// @throws AmiFault if Asterisk does not answer
  void end(Set<String> watched, String context) {
    watched.forEach(extension -> ami.send(AmiAction.removeHint(context, extension)));
  }

  /// What a phone watches, in the words of Asterisk's console.
  static Set<String> resources(String endpoint, String output) {
    Set<String> resources = new TreeSet<>();
    Matcher matcher = RESOURCE.matcher(output);
    while (matcher.find()) {
      if (matcher.group(1).equals(endpoint)) {
        resources.add(matcher.group(2));
      }
    }
    return resources;
  }
}
