package io.tamas.call.decision;

import io.tamas.text.Printable;

/// A person's name for a phone's display: at most 80 characters. Pure.
final class DisplayName {
  private static final int LENGTH = 80;

  private DisplayName() {}

  static String of(String name) {
    StringBuilder shown = new StringBuilder();
    Printable.of(name).codePoints().limit(LENGTH).forEach(shown::appendCodePoint);
    return shown.toString().strip();
  }
}
