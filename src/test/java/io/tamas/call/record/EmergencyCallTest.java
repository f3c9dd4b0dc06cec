package io.tamas.call.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmergencyCallTest {
  @Test
  void aNameIsToldAsItCanBeSeen() {
    EmergencyCall call = EmergencyCall.of("t-1.1", "110|101||", "\u202eZah\u200bra", Instant.EPOCH);
    assertEquals("Zahra", call.name());
  }

  @ParameterizedTest
  @CsvSource({
    "110|101|tehran|192.0.2.7%3A5060, 110 101 tehran 192.0.2.7:5060",
    "110|101|everywhere|%5B2001%3Adb8%3A%3A1%5D%3A5060, 110 101 - [2001:db8::1]:5060",
    "110|101|everywhere|, 110 101 - -",
    "110|101|tehran|%3Cb%3E%0A, 110 101 tehran -",
    "110, 110  - -"
  })
  void whatTheDialplanWroteIsRead(String note, String expected) {
    EmergencyCall call = EmergencyCall.of("t-1.1", note, "Zahra", Instant.EPOCH);
    assertEquals(
        expected,
        String.join(
            " ",
            call.number(),
            call.extension(),
            call.site().orElse("-"),
            call.address().orElse("-")));
  }
}
