package io.tamas.number;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainNumberTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "+982191001000 | +982191001000",
        "+98 (21) 9100-1000 | +982191001000",
        "+9802191001000 | +982191001000",
        "+5215512345678 | +525512345678",
        "tel:+98-21-9100-1000 | +982191001000",
        "tel:+982191001000;npdi;rn=+9821 | +982191001000",
        "+982191001000;npdi | +982191001000",
        "2191001000;phone-context=+98 | +982191001000",
        "2191001000;phone-context=example.com | 2191001000",
        "sip:02191001000@192.0.2.1;user=phone | 02191001000",
        "%2B982191001000;x=1 | +982191001000",
        "021-9100.1000 | 02191001000",
        "۰۲۱۹۱۰۰۱۰۰۰ | 02191001000",
        "101 | 101",
        "*72101# | *72101#",
        "+1540 | 1540",
        "+0098 2191001000 | 00982191001000",
        "office-a | -",
        "1234567e0 | -",
        "+ | -",
        "'' | -",
        "101%0A | -",
        "101&102 | -",
      })
  void isWhatWasDialled(String sent, String number) {
    assertEquals(Optional.of(number).filter(one -> !one.equals("-")), PlainNumber.of(sent));
  }
}
