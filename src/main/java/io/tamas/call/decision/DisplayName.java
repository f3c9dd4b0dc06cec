package io.tamas.call.decision;

/// A person's name for a phone's display: at most 80 characters, without control characters and
/// without marks that change the direction of the text beside it. Joiners stay, since Persian and
/// emoji need them. Pure.
final class DisplayName {
  private static final int LENGTH = 80;
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private DisplayName() {}

  static String of(String name) {
    StringBuilder shown = new StringBuilder();
    name.codePoints().filter(DisplayName::isShown).limit(LENGTH).forEach(shown::appendCodePoint);
    return shown.toString().strip();
  }

  private static boolean isShown(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.FORMAT -> codePoint == ZERO_WIDTH_NON_JOINER || codePoint == ZERO_WIDTH_JOINER;
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
