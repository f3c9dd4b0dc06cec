package io.tamas.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
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
        "2026-11-21T01:30:00-0500",
        "2026-11-21T10:00:00 03:30"
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
  void aParameterWithoutItsOffsetIsToldSo() {
    Parameter from =
        Contract.load().operation("listCalls").parameters(Parameter.Place.QUERY).stream()
            .filter(one -> one.name().equals("from"))
            .findFirst()
            .orElseThrow();
    assertEquals(List.of(), from.faults(List.of("2026-11-21T10:00:00+0330")));
    assertEquals(
        List.of(
            new Problem.Fault(
                "query:from",
                "must be a time with its offset from UTC, which is missing, such as"
                    + " \"2026-11-29T10:00:00+03:30\", not \"2026-11-29T10:00:00\"")),
        from.faults(List.of("2026-11-29T10:00:00")));
    assertEquals(
        List.of(
            new Problem.Fault(
                "query:from",
                "must be a time from 1970 to the year 4147, not \"1969-12-31T23:59:59Z\"")),
        from.faults(List.of("1969-12-31T23:59:59Z")));
  }

  @Test
  void anInstantIsWithinTheTimeOfCalls() {
    assertThrows(IllegalArgumentException.class, () -> Request.time("1969-12-31T23:59:59Z"));
  }
}
