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
  @CsvSource({
    "+521551*,        +525512345678,  true",
    "+55118*,         +5511981234567, true",
    "+551181234567,   +5511981234567, true",
    "+33690*,         +590690123456,  true",
    "+97259*,         +970599123456,  true",
    "+521551*,        +525612345678,  false",
    "+549*,           +541123456789,  false",
  })
  void aRuleThatDeniesSeesEveryFormOfALine(String pattern, String number, boolean denied) {
    assertEquals(denied, new NumberPattern(pattern).matchesAnyForm(number));
    assertEquals(false, new NumberPattern(pattern).matches(number));
  }

  @ParameterizedTest
  @CsvSource({
    "+98912*, true",
    "+*, true",
    "*, true",
    "110, true",
    "+9891212, true",
    "+98912, false",
    "+0098912*, false",
    "+XXXXXXXXXXXXXXX, true",
    "+XXXXXXXXXXXXXXXX, false",
    "+XXXXXXXXXXXXXXXX*, false",
  })
  void whatIsTooLongOrTooShortNeverMatches(String pattern, boolean may) {
    assertEquals(may, new NumberPattern(pattern).canMatch());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "+98.912", "9*8", "x12", "0912-*", "٠٩١٢*", "_9X.", "+98**"})
  void whatIsNoPatternIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> new NumberPattern(text));
  }
}
