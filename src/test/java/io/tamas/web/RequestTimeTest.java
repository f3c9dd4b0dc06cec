package io.tamas.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTimeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-21T06:30:00Z",
        "2026-11-21T10:00:00+03:30",
        "2026-11-21T10:00:00.000000+0330",
        "2026-11-21T01:30:00-0500"
      })
  void anInstantMayHaveAnyOffset(String text) {
    assertEquals(Instant.parse("2026-11-21T06:30:00Z"), Request.time(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-21T10:00:00", "2026-11-21", "2026-11-21T10:00:00+330", "now"})
  void aTimeWithoutOffsetIsNoInstant(String text) {
    assertThrows(DateTimeException.class, () -> Request.time(text));
  }

  @Test
  void anInstantIsWithinTheTimeOfCalls() {
    assertThrows(IllegalArgumentException.class, () -> Request.time("1969-12-31T23:59:59Z"));
  }
}
