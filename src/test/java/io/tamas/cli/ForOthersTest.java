package io.tamas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForOthersTest {
  @ParameterizedTest
  @CsvSource({
    "P30DT1S, false, ''",
    "P30D, false, ': 30 days left, renew it and start anew'",
    "PT1S, false, ': 0 days left, renew it and start anew'",
    "PT-1S, false, ': EXPIRED, renew it and start anew'",
    "P31D, true, ''",
    "P29D, true, ': 29 days left, a start renews it'",
    "P-1D, true, ': EXPIRED, a start renews it'",
  })
  void endOfACertificateIsToldWhereItIsNear(Duration left, boolean own, String told) {
    assertEquals(told, ForOthers.left(left, own));
  }
}
