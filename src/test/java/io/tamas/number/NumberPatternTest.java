package io.tamas.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberPatternTest {
  @ParameterizedTest
  @CsvSource({
    "+98912*,        +989121234567,  true",
    "+98912*,        +98912,         true",
    "+98912*,        +98911,         false",
    "+9821XXXXXXXX,  +982191001000,  true",
    "+9821XXXXXXXX,  +98219100100,   false",
    "+9821XXXXXXXX,  +9821910010001, false",
    "110,            110,            true",
    "110,            +110,           false",
    "XXX,            11a,            false",
    "*,              anonymous,      true",
    "+*,             110,            false",
    "anonymous,      anonymous,      true",
  })
  void aPatternTakesWhatLooksLikeIt(String pattern, String number, boolean taken) {
    assertEquals(taken, new NumberPattern(pattern).matches(number));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "+98.912", "9*8", "x12", "0912-*", "٠٩١٢*", "_9X.", "+98**"})
  void whatIsNoPatternIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> new NumberPattern(text));
  }
}
