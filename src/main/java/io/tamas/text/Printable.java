package io.tamas.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;

/// Text from outside as it may be stored, published, logged and shown: on one line, without control
/// characters and without characters that have no shape of their own, such as those that reverse
/// the text beside them. Joiners stay, since Persian and emoji need them.
public final class Printable {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int BRAILLE_BLANK = 0x2800;

  private Printable() {}

  /// Line breaks and other control characters become a space, so that what they part stays parted.
  public static String of(String text) {
    if (isPlain(text)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(shown, c));
    return shown.toString().strip();
  }

  /// The same text without characters that have no shape; control characters stay, for whoever
  /// refuses them.
  public static String visible(String text) {
    if (isPlain(text)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> Character.getType(c) != Character.FORMAT || isShown(c))
        .forEach(shown::appendCodePoint);
    return shown.toString();
  }

  /// Whether anything of it is seen: not only space, joiners, and characters that show nothing
  /// alone, such as the selectors of variants and the letters that fill a syllable or a line of
  /// braille.
  public static boolean isSeen(String text) {
    return text.codePoints().anyMatch(Printable::isSeen);
  }

  /// Whether a character shows anything by itself.
  public static boolean isSeen(int c) {
    return !Character.isWhitespace(c)
        && !Character.isSpaceChar(c)
        && !Character.isISOControl(c)
        && c != BRAILLE_BLANK
        && !UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
  }

  private static void append(StringBuilder shown, int c) {
    if (isShown(c)) {
      shown.appendCodePoint(c);
    } else if (isBreak(c) && !shown.isEmpty() && shown.charAt(shown.length() - 1) != ' ') {
      shown.append(' ');
    }
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  private static boolean isBreak(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }

  private static boolean isShown(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
      case Character.FORMAT -> c == ZERO_WIDTH_NON_JOINER || c == ZERO_WIDTH_JOINER;
      case Character.PRIVATE_USE, Character.SURROGATE, Character.UNASSIGNED -> false;
      default -> true;
    };
  }
}
