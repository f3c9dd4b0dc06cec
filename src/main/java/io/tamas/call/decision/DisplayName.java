package io.tamas.call.decision;

import io.tamas.text.Printable;
import java.util.Optional;

/// A person's name for a phone's display: at most 80 characters. Pure.
final class DisplayName {
  private static final int LENGTH = 80;

  private DisplayName() {}

  /// The whole name, where another is shown: it may be longer than what phones and Asterisk keep,
  /// or contain quotes, which no name in SIP may. The record has it as it is.
  ///
  /// @param shown to phones
  static Optional<String> whole(String name, String shown) {
    String printable = Printable.of(name).strip();
    return Optional.of(printable).filter(one -> !one.isEmpty() && !one.equals(shown));
  }

  /// What a network sent in quotes, where Asterisk has left the backslashes in it that stand before
  /// quotes and backslashes (RFC 3261, `quoted-pair`). Empty for a name without them.
  static Optional<String> unquoted(String name) {
    return Optional.of(name)
        .filter(sent -> sent.indexOf('\\') >= 0)
        .map(sent -> Printable.of(sent.replaceAll("\\\\(.)", "$1")).strip())
        .filter(meant -> !meant.isEmpty());
  }

  static String of(String name) {
    StringBuilder shown = new StringBuilder();
    Printable.of(name).codePoints().limit(LENGTH).forEach(shown::appendCodePoint);
    return shown.toString().strip();
  }
}
