package io.tamas.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldingTest {

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
    assertEquals(folded, Folding.fold(text));
    assertEquals(folded, Folding.fold(folded));
  }
}
