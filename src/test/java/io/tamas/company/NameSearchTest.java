package io.tamas.company;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameSearchTest {
  private static final Extension ZHALE = Parts.extension("1021", "ژاڵە  كريمي، دفتر ٢");

  @ParameterizedTest
  @CsvSource({
    "ژاله, true",
    "ژالة کریمی, true",
    "کـریمی, true",
    "دفتر 2, true",
    "' ۱۰۲ ', true",
    "1️⃣0️⃣2️⃣, true",
    "021, false",
    "گریمی, false",
  })
  void findsAPartOfTheNameInAnyWritingOrTheBeginningOfTheNumber(String text, boolean found) {
    assertEquals(found, NameSearch.of(text).test(ZHALE));
  }
}
