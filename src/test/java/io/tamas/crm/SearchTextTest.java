package io.tamas.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTextTest {

  @ParameterizedTest
  @CsvSource({
    "Sara AHMADI, sara ahmadi",
    "'  two   spaces ', two spaces",
    "علي كريمي, علی کریمی",
    "علی‌رضا, علیرضا",
    "شرکت ۱۲۳, شرکت 123",
    "İSTANBUL Işık, istanbul isik",
    "Çağlar, caglar",
    "Алёна, алена",
    "Müller, muller",
    "ＡＢＣ, abc"
  })
  void lettersThatMeanTheSameAreTheSame(String text, String folded) {
    assertEquals(folded, SearchText.fold(text));
    assertEquals(folded, SearchText.fold(folded));
  }

  @ParameterizedTest
  @CsvSource({"100%, %100\\%%", "a_b, %a\\_b%", "c\\d, %c\\\\d%"})
  void whatMeansAnythingInAPatternIsTakenAsItIs(String text, String pattern) {
    assertEquals(pattern, SearchText.containing(text));
  }
}
