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

  static String of(String name) {
    StringBuilder shown = new StringBuilder();
    Printable.of(name).codePoints().limit(LENGTH).forEach(shown::appendCodePoint);
    return shown.toString().strip();
  }
}
