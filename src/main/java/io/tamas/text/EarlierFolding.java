package io.tamas.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/// The folding of version 0, by which names are found that are not folded again yet. It goes when
/// no such names are left anywhere.
final class EarlierFolding {
  private static final Pattern IGNORED = Pattern.compile("[\\p{Mn}\\p{Cf}\\p{Cc}\\u0640]");

  private static final Pattern SPACES = Pattern.compile("[\\p{Z}\\s]+");

  private EarlierFolding() {}

  static String fold(String text) {
    String spaced = SPACES.matcher(text).replaceAll(" ");
    String parted = Normalizer.normalize(spaced, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    String bare = IGNORED.matcher(parted).replaceAll("");
    StringBuilder folded = new StringBuilder(bare.length());
    bare.codePoints().map(EarlierFolding::fold).forEach(folded::appendCodePoint);
    return folded.toString().strip();
  }

  private static int fold(int letter) {
    return switch (letter) {
      case 'ي', 'ى' -> 'ی';
      case 'ك' -> 'ک';
      case 'ة' -> 'ه';
      case 'ı' -> 'i';
      default -> Character.isDigit(letter) ? '0' + Character.digit(letter, 10) : letter;
    };
  }
}
