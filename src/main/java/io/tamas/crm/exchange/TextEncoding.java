package io.tamas.crm.exchange;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/// How the characters of a text are written as bytes. Pure.
enum TextEncoding {
  UTF_8(StandardCharsets.UTF_8),
  UTF_16LE(StandardCharsets.UTF_16LE),
  UTF_16BE(StandardCharsets.UTF_16BE),
  /// Arabic letters, and those of Persian.
  WINDOWS_1256(Charset.forName("windows-1256")),
  /// Turkish.
  WINDOWS_1254(Charset.forName("windows-1254")),
  /// Cyrillic letters.
  WINDOWS_1251(Charset.forName("windows-1251")),
  WINDOWS_1252(Charset.forName("windows-1252"));

  /// Those that a text without a mark may have; of equals the first.
  private static final List<TextEncoding> OF_MACHINES =
      List.of(WINDOWS_1254, WINDOWS_1256, WINDOWS_1251);

  private final Charset charset;

  TextEncoding(Charset charset) {
    this.charset = charset;
  }

  Charset charset() {
    return charset;
  }

  /// @param beginning of the file
  /// @param isUtf8 whether the whole file is
  static TextEncoding of(byte[] beginning, boolean isUtf8) {
    int first = beginning.length < 2 ? 0 : (beginning[0] & 0xff) << 8 | beginning[1] & 0xff;
    if (first == 0xfffe) {
      return UTF_16LE;
    }
    if (first == 0xfeff) {
      return UTF_16BE;
    }
    int[] zeros = zeros(beginning);
    if (zeros[0] + zeros[1] > beginning.length / 8) {
      return zeros[0] > zeros[1] ? UTF_16BE : UTF_16LE;
    }
    return isUtf8
        ? UTF_8
        : OF_MACHINES.stream()
            .max(
                Comparator.comparingInt((TextEncoding one) -> one.fit(beginning))
                    .thenComparing(Comparator.comparingInt(OF_MACHINES::indexOf).reversed()))
            .orElse(WINDOWS_1252);
  }

  /// How many bytes at even and at odd places are zero: one half of each digit and comma is, in
  /// UTF-16.
  private static int[] zeros(byte[] bytes) {
    int[] zeros = new int[2];
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        zeros[i % 2]++;
      }
    }
    return zeros;
  }

  /// In the right encoding the letters of a word are of one script, and no capital follows a small
  /// letter.
  private int fit(byte[] beginning) {
    int fit = 0;
    int before = ' ';
    for (int c : new String(beginning, charset).codePoints().toArray()) {
      if (c > 0x7f && !Character.isLetter(c) && Character.isDefined(c)) {
        fit -= c == 0x200c || c == 0xa0 ? 0 : 1;
      } else if (c > 0x7f || before > 0x7f) {
        fit += pair(before, c);
      }
      before = c;
    }
    return fit;
  }

  private static int pair(int before, int c) {
    if (c == 0xfffd) {
      return -3;
    }
    if (!Character.isLetter(before) || !Character.isLetter(c)) {
      return 0;
    }
    boolean sameScript = Character.UnicodeScript.of(before) == Character.UnicodeScript.of(c);
    boolean isTurned = Character.isLowerCase(before) && Character.isUpperCase(c);
    return sameScript && !isTurned ? 1 : -2;
  }
}
