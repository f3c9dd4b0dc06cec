package io.tamas.crm;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/// Text as it is searched: letters and digits that look or mean the same in Persian, Arabic,
/// Turkish, Russian and Latin writing are the same.
///
/// Pure. What it yields is stored in `profile.search`; a change here needs a migration that
/// computes the column again.
final class SearchText {
  /// Accents and vowel signs, joiners and direction marks, and the stretching stroke of Arabic
  /// writing.
  private static final Pattern IGNORED = Pattern.compile("[\\p{Mn}\\p{Cf}\\p{Cc}\\u0640]");

  private static final Pattern SPACES = Pattern.compile("[\\p{Z}\\s]+");

  private SearchText() {}

  static String fold(String text) {
    String spaced = SPACES.matcher(text).replaceAll(" ");
    String parted = Normalizer.normalize(spaced, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    String bare = IGNORED.matcher(parted).replaceAll("");
    StringBuilder folded = new StringBuilder(bare.length());
    bare.codePoints().map(SearchText::fold).forEach(folded::appendCodePoint);
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

  /// A pattern of `LIKE` for text that contains this text.
  static String containing(String folded) {
    StringBuilder pattern = new StringBuilder("%");
    for (char c : folded.toCharArray()) {
      if (c == '%' || c == '_' || c == '\\') {
        pattern.append('\\');
      }
      pattern.append(c);
    }
    return pattern.append('%').toString();
  }
}
