package io.tamas.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.report.CallStatistics.Span;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalHoursTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // half an hour forward, and back
        "Australia/Lord_Howe | 2026-10-03T14:10:00Z | 2026-10-03T17:30:00Z"
            + " | 00:00+10:30 01:00+10:30 02:30+11:00 03:00+11:00 04:00+11:00",
        "Australia/Lord_Howe | 2026-04-04T14:00:00Z | 2026-04-04T17:00:00Z"
            + " | 01:00+11:00 01:30+10:30 02:00+10:30 03:00+10:30",
        "Australia/Lord_Howe | 2026-10-03T15:45:00Z | 2026-10-03T16:10:00Z"
            + " | 02:30+11:00 03:00+11:00",
        "Europe/Berlin | 2026-10-25T00:00:00Z | 2026-10-25T02:30:00Z"
            + " | 02:00+02:00 02:00+01:00 03:00+01:00",
        "Europe/Berlin | 2026-03-29T00:00:00Z | 2026-03-29T02:00:00Z | 01:00+01:00 03:00+02:00",
        "Asia/Tehran | 2026-03-10T20:40:00Z | 2026-03-10T22:00:00Z" + " | 00:00+03:30 01:00+03:30",
      })
  void rowsBeginWhereTheClockShowsIt(ZoneId zone, Instant from, Instant to, String rows) {
    LocalHours hours = new LocalHours(zone);
    List<String> begins =
        hours.keys(new Span(from, to, Optional.empty())).stream()
            .map(key -> hours.begin(key).toOffsetDateTime().toString().substring(11))
            .toList();
    assertEquals(List.of(rows.split(" ")), begins);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-10-03T15:29:59Z, 2026-10-03T14:30:00Z",
    "2026-10-03T15:30:00Z, 2026-10-03T15:00:00Z",
    "2026-10-03T16:00:00Z, 2026-10-03T16:00:00Z"
  })
  void keysAreThoseOfTheTables(Instant at, Instant key) {
    assertEquals(key, new LocalHours(ZoneId.of("Australia/Lord_Howe")).key(at));
  }
}
