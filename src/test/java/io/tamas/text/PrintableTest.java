package io.tamas.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {
  static final List<Arguments> TEXTS =
      List.of(
          Arguments.of("101\n102", "101 102"),
          Arguments.of("101\r\n", "101"),
          Arguments.of("\n101", "101"),
          Arguments.of("a\tb", "a b"),
          Arguments.of("a\u0000\u001b[31mb", "a [31mb"),
          Arguments.of("a\u0085b\u2028c\u2029d", "a b c d"),
          Arguments.of("a\u202eb\u200fc\u2066d\ufeff\u00ade", "abcde"),
          Arguments.of("a\ue000\ud800b", "ab"),
          Arguments.of("علی\u200cرضا", "علی\u200cرضا"),
          Arguments.of("👨\u200d👩\u200d👧 😀", "👨\u200d👩\u200d👧 😀"),
          Arguments.of("O\"Hara) & ${X}", "O\"Hara) & ${X}"),
          Arguments.of("۰۹۱۲", "۰۹۱۲"));

  @ParameterizedTest
  @FieldSource("TEXTS")
  void textFromOutsideIsOneLineOfWhatCanBeSeen(String text, String shown) {
    assertEquals(shown, Printable.of(text));
    assertEquals(shown, Printable.of(Printable.of(text)));
  }

  @Test
  void visibleTextKeepsWhatIsRefusedLater() {
    assertEquals("abcde\n\u0000", Printable.visible("a\u202eb\u200fc\u2066d\ufeff\u00ade\n\u0000"));
    assertEquals("علی\u200cرضا", Printable.visible("علی\u200cرضا\u200f"));
    assertEquals("👨\u200d👩", Printable.visible("👨\u200d👩"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\u00a0",
        "\u200d",
        "\u200c \u200d",
        "\u2800",
        "\u3164",
        "\ufe0f",
        "\u115f"
      })
  void whatShowsNothingIsNotSeen(String text) {
    assertFalse(Printable.isSeen(text));
    assertTrue(Printable.isSeen(text + "ا"));
    assertTrue(Printable.isSeen("👨\u200d👩" + text));
  }

  @Test
  void plainTextStaysTheSame() {
    String number = "+989121234567";
    assertSame(number, Printable.of(number));
  }
}
