package io.tamas.company;

import java.text.Normalizer;
import java.util.Locale;
import java.util.function.Predicate;

/// Finds extensions by a part of the name or the beginning of the number. Letters that differ only
/// in case, accents or keyboard (Arabic and Persian yeh and kaf, Turkish dotless i) are the same,
/// and so are the digits of all scripts.
final class NameSearch {
  private NameSearch() {}

  static Predicate<Extension> of(String text) {
    String wanted = folded(text).strip();
    return extension ->
        folded(extension.name()).contains(wanted) || extension.key().startsWith(wanted);
  }

  private static String folded(String text) {
    StringBuilder folded = new StringBuilder(text.length());
    Normalizer.normalize(text, Normalizer.Form.NFKD)
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .filter(c -> Character.getType(c) != Character.FORMAT)
        .map(NameSearch::same)
        .forEach(folded::appendCodePoint);
    return folded.toString();
  }

  private static int same(int letter) {
    return switch (letter) {
      case 'ي', 'ى' -> 'ی';
      case 'ك' -> 'ک';
      case 'ı' -> 'i';
      default -> Character.isDigit(letter) ? '0' + Character.digit(letter, 10) : letter;
    };
  }
}
