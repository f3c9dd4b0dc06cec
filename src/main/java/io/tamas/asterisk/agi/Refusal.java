package io.tamas.asterisk.agi;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/// The end of a session that fails because of its call: Asterisk is told so, and its reply is
/// awaited, since it does not read what was sent once the connection is reset.
///
/// Whatever else arrives meanwhile is discarded: after an environment that could not be parsed
/// there may be more of it.
final class Refusal {
  private static final Pattern REPLY = Pattern.compile("\n[25][0-9][0-9][ -]");

  /// As long as what it looks for.
  private static final int KEPT = 5;

  final Outcome outcome;
  final String why;
  final Optional<Throwable> cause;
  private String last = "\n";

  Refusal(Outcome outcome, String why, Optional<Throwable> cause) {
    this.outcome = outcome;
    this.why = why;
    this.cause = cause;
  }

  /// Whether Asterisk has replied.
  boolean isAnsweredBy(byte[] bytes) {
    String text = last + new String(bytes, StandardCharsets.US_ASCII);
    last = text.substring(Math.max(0, text.length() - KEPT));
    return REPLY.matcher(text).find();
  }
}
