package io.tamas.text;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Text as it is searched and compared: letters and digits that look or mean the same in Persian,
/// Arabic, Kurdish, Urdu, Pashto, Uyghur, Turkish, Russian, Greek and Latin writing are the same.
///
/// What is folded stays as it is when it is folded again, and a part of a text is a part of it
/// folded, too.
public final class Folding {
  /// Of what [#fold] yields. It grows with every change there, and the form before joins [#forms].
  /// Whoever keeps folded text keeps this with it, and folds again what an earlier version made.
  public static final int VERSION = 1;

  /// A letter, and those that become it. These are the ones that NFKD does not take apart though
  /// they are a letter with a mark, a letter of a neighbour's keyboard or one written otherwise.
  private static final Map<Integer, String> SAME =
      table(
          """
          ا ٱ ٲ ٳ
          ت ٹ ټ
          د ڈ ډ
          ر ڑ ړ ڕ
          ف ڤ
          ک ك ڪ
          گ ګ
          ل ڵ
          ن ں ڼ
          ه ة ھ ہ ۃ ە ۿ
          و ۄ ۅ ۆ ۇ ۈ ۉ ۊ ۋ ۏ
          ی ي ى ؠ ؽ ې ۍ ێ ے
          σ ς
          i ı
          o ø
          l ł
          d đ
          ss ß
          ae æ
          oe œ
          ' ’ ‘ ʼ
          - \u2010 \u2013 \u2014 \u2212
          """);

  /// The stretching stroke of Arabic writing, and the hamza that stands alone: upon a letter it is
  /// a mark.
  private static final String IGNORED = "\u0640\u0621\u0674";

  private static final int FIRST_SKIN_TONE = 0x1F3FB;
  private static final int LAST_SKIN_TONE = 0x1F3FF;

  private Folding() {}

  public static String fold(String text) {
    StringBuilder folded = new StringBuilder(text.length());
    Normalizer.normalize(text, Normalizer.Form.NFKD)
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(c -> !isIgnored(c))
        .forEach(c -> append(folded, c));
    return folded.toString().strip();
  }

  /// The forms in which any version so far folds a text, each once: for a search in what may not be
  /// folded again yet.
  public static List<String> forms(String text) {
    return Stream.of(fold(text), EarlierFolding.fold(text)).distinct().toList();
  }

  /// Accents and vowel signs, keycaps, joiners and direction marks, the colour of a hand.
  private static boolean isIgnored(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT,
          Character.SURROGATE ->
          true;
      case Character.CONTROL -> !isSpace(c);
      default -> IGNORED.indexOf(c) >= 0 || c >= FIRST_SKIN_TONE && c <= LAST_SKIN_TONE;
    };
  }

  private static boolean isSpace(int c) {
    return Character.isSpaceChar(c) || Character.isWhitespace(c);
  }

  private static void append(StringBuilder folded, int c) {
    String same = SAME.get(c);
    if (same != null) {
      folded.append(same);
    } else if (Character.isDigit(c)) {
      folded.append(Character.digit(c, 10));
    } else if (!isSpace(c)) {
      folded.appendCodePoint(c);
    } else if (!folded.isEmpty() && folded.charAt(folded.length() - 1) != ' ') {
      folded.append(' ');
    }
  }

  private static Map<Integer, String> table(String lines) {
    Map<Integer, String> table = new HashMap<>();
    for (String line : lines.strip().split("\n")) {
      String[] letters = line.split(" ");
      Stream.of(letters).skip(1).forEach(letter -> table.put(letter.codePointAt(0), letters[0]));
    }
    return Map.copyOf(table);
  }
}
