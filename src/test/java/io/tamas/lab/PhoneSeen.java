package io.tamas.lab;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A telephone as Asterisk sees it.
record PhoneSeen(AsteriskServer asterisk, String number) {
  /// `Space : 701`, a line for the channel, `Parker Dial String : PJSIP/101`.
  private static final Pattern PARKED =
      Pattern.compile("Space *: *([0-9]+)\\n[^\\n]*\\n *Parker Dial String *: *PJSIP/([0-9]+)");

  boolean isRegistered() {
    return asterisk.console("pjsip show contacts").contains(" " + number + "/sip:");
  }

  /// How many devices are registered.
  long devices() {
    String contact = " " + number + "/sip:";
    return asterisk
        .console("pjsip show contacts")
        .lines()
        .filter(line -> line.contains(contact))
        .count();
  }

  /// The slot of a call that it has parked.
  Optional<String> parkedAt() {
    return PARKED
        .matcher(asterisk.console("parking show default"))
        .results()
        .filter(parked -> parked.group(2).equals(number))
        .map(parked -> parked.group(1))
        .findFirst();
  }

  /// How long colleagues ring while it consults them in the call that it has now.
  void waitsForColleagues(Duration longest) {
    String seconds = Long.toString(longest.toSeconds());
    asterisk.says(lines().getFirst(), "FEATURE(atxfernoanswertimeout)", seconds);
  }

  /// The `Call-ID` of the older one of its calls.
  String firstCallId() {
    return asterisk.variable(lines().getFirst(), "CHANNEL(pjsip,call-id)");
  }

  /// The `Replaces` (RFC 3891) of the younger one, escaped for a `Refer-To`.
  String replacesOfSecondCall() {
    String line = lines().getLast();
    return "%s%%3Bto-tag%%3D%s%%3Bfrom-tag%%3D%s"
        .formatted(
            asterisk.variable(line, "CHANNEL(pjsip,call-id)"),
            asterisk.variable(line, "CHANNEL(pjsip,local_tag)"),
            asterisk.variable(line, "CHANNEL(pjsip,remote_tag)"));
  }

  private List<String> lines() {
    return asterisk.channelsOf(number);
  }
}
