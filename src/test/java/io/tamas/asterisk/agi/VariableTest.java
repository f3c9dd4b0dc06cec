package io.tamas.asterisk.agi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariableTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "TAMAS_ACTION|ring|SET VARIABLE TAMAS_ACTION \"ring\"",
        "CALLERID(name)|علی 😀|SET VARIABLE CALLERID(name) \"علی 😀\"",
        "X|``|SET VARIABLE X \"\"",
        "X|a\" \"b|SET VARIABLE X \"a\\\" \\\"b\"",
        "X|a\\|SET VARIABLE X \"a\\\\\"",
        "X|${SHELL(id)}) & b,c|SET VARIABLE X \"${SHELL(id)}) & b,c\""
      })
  void aVariableIsOneQuotedCommand(String name, String value, String command) {
    assertEquals(command, new Variable(name, value).command().text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nHANGUP", "a\r", "\u0000"})
  void aNewlineIsNeverSent(String value) {
    assertThrows(IllegalArgumentException.class, () -> new Variable("X", value));
    assertThrows(IllegalArgumentException.class, () -> new Command("NOOP " + value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A B", "A\"", "A\n", "${A}", "CALLERID(name", "1A", "A(b)(c)"})
  void aNameIsOnlyAName(String name) {
    assertThrows(IllegalArgumentException.class, () -> new Variable(name, "x"));
  }

  @Test
  void whatFitsIntoAsterisksBufferIsSentAndNotAByteMore() {
    int room = 2046 - "SET VARIABLE X \"\"".length();
    byte[] line = new Variable("X", "x".repeat(room)).command().line();
    assertEquals(2047, line.length);
    assertThrows(IllegalArgumentException.class, () -> new Variable("X", "x".repeat(room + 1)));
    String wide = "ی".repeat(room / 2);
    assertEquals(
        room / 2 * 2, new Variable("X", wide).value().getBytes(StandardCharsets.UTF_8).length);
    assertThrows(IllegalArgumentException.class, () -> new Variable("X", wide + "یی"));
  }
}
