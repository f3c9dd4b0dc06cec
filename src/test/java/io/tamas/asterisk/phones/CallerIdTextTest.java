package io.tamas.asterisk.phones;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.number.ExtensionNumber;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerIdTextTest {
  private static final ExtensionNumber NUMBER = new ExtensionNumber("101");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Ali Reza              | "Ali Reza" <101>
          Ali" <999> "x         | "Ali 999 x" <101>
          Ali\\" <sip:x@y>      | "Ali sip:x@y" <101>
          نیم‌فاصله              | "نیم‌فاصله" <101>
          `  `                  | 101
          `"<>\\`               | 101
          😀 Smile              | "😀 Smile" <101>
          """)
  void nameStaysInsideItsQuotes(String name, String callerId) {
    assertEquals(callerId, CallerIdText.of(name, NUMBER));
  }

  @Test
  void controlsAndDirectionMarksAreLeftOut() {
    assertEquals(
        "\"AliVia: x\" <101>", CallerIdText.of("Ali\r\nVia: x\u202e\u2028\u0000\u200f", NUMBER));
  }

  @Test
  void longNameIsCutBetweenCharacters() {
    String callerId = CallerIdText.of("😀".repeat(100), NUMBER);
    String name = callerId.substring(1, callerId.indexOf('"', 1));

    assertEquals("😀".repeat(19), name);
    assertTrue(name.getBytes(StandardCharsets.UTF_8).length < 80);
  }
}
