package io.tamas.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikePatternTest {
  @ParameterizedTest
  @CsvSource({"100%, %100\\%%", "a_b, %a\\_b%", "c\\d, %c\\\\d%"})
  void whatMeansAnythingInAPatternIsTakenAsItIs(String text, String pattern) {
    assertEquals(pattern, LikePattern.containing(text));
  }
}
