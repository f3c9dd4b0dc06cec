package io.tamas.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/// Text as it is searched: letters and digits that look or mean the same in Persian, Arabic,
/// Turkish, Russian and Latin writing are the same.
///
/// What it yields is stored, as in `profile.search`; a change here needs a migration that computes
/// it again.
public final class Folding {
  /// Accents and vowel signs, joiners and direction marks, and the stretching stroke of Arabic
  /// writing.
  private static final Pattern IGNORED = Pattern.compile("[\\p{Mn}\\p{Cf}\\p{Cc}\\u0640]");

  private static final Pattern SPACES = Pattern.compile("[\\p{Z}\\s]+");

  private Folding() {}

  public static String fold(String text) {
    String spaced = SPACES.matcher(text).replaceAll(" ");
    String parted = Normalizer.normalize(spaced, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    String bare = IGNORED.matcher(parted).replaceAll("");
    StringBuilder folded = new StringBuilder(bare.length());
    bare.codePoints().map(Folding::fold).forEach(folded::appendCodePoint);
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
