package io.tamas.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.calendar.CalendarDay;
import io.tamas.company.Company.Hours;
import io.tamas.company.Company.Schedule;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpeningHoursTest {
  @ParameterizedTest(name = "{0} in {1}, {2} to {3}")
  @CsvSource({
    // clocks go forward in Berlin on 2026-03-29: 01:59 is followed by 03:00
    "2026-03-29T00:59:59Z, Europe/Berlin, 01:00, 02:00, true",
    "2026-03-29T01:00:00Z, Europe/Berlin, 01:00, 02:00, false",
    "2026-03-29T01:00:00Z, Europe/Berlin, 02:00, 02:30, false",
    "2026-03-29T00:59:59Z, Europe/Berlin, 02:00, 02:30, false",
    "2026-03-29T01:00:00Z, Europe/Berlin, 02:30, 04:00, true",
    "2026-03-29T06:00:00Z, Europe/Berlin, 08:00, 17:00, true",
    "2026-03-28T06:59:59Z, Europe/Berlin, 08:00, 17:00, false",
    // and back on 2026-10-25: 02:00 to 03:00 comes twice
    "2026-10-25T00:30:00Z, Europe/Berlin, 02:00, 03:00, true",
    "2026-10-25T01:30:00Z, Europe/Berlin, 02:00, 03:00, true",
    "2026-10-25T02:00:00Z, Europe/Berlin, 02:00, 03:00, false",
    "2026-10-25T06:59:59Z, Europe/Berlin, 08:00, 17:00, false",
    "2026-10-25T07:00:00Z, Europe/Berlin, 08:00, 17:00, true",
    // no change in these since 2016 and 2022, and half an hour off
    "2026-03-29T05:00:00Z, Europe/Istanbul, 08:00, 17:00, true",
    "2026-03-29T05:00:00Z, Europe/Moscow, 08:00, 17:00, true",
    "2026-06-01T04:29:59Z, Asia/Tehran, 08:00, 17:00, false",
    "2026-06-01T04:30:00Z, Asia/Tehran, 08:00, 17:00, true",
    "2021-06-01T03:30:00Z, Asia/Tehran, 08:00, 17:00, true",
    // over midnight
    "2026-06-01T18:30:00Z, Asia/Tehran, 22:00, 02:00, true",
    "2026-06-01T22:29:59Z, Asia/Tehran, 22:00, 02:00, true",
    "2026-06-01T22:30:00Z, Asia/Tehran, 22:00, 02:00, false",
    // the whole day, on the other side of the world too
    "2026-06-01T12:00:00Z, Pacific/Kiritimati, 00:00, 00:00, true",
    "2026-06-01T12:00:00Z, Pacific/Pago_Pago, 00:00, 00:00, true",
  })
  void theClockOnTheWallDecides(
      Instant at, ZoneId zone, LocalTime from, LocalTime to, boolean open) {
    Hours daily = new Hours(EnumSet.allOf(DayOfWeek.class), from, to);
    Schedule schedule = Schedule.of("office", zone, List.of(daily), List.of());
    assertEquals(open, OpeningHours.isOpen(schedule, at));
  }

  @ParameterizedTest(name = "{0} with {1}")
  @CsvSource({
    "2026-03-21T09:00:00Z, 1405-01-01, false",
    "2026-03-20T20:30:00Z, 1405-01-01, false",
    "2026-03-20T20:29:59Z, 1405-01-01, true",
    "2027-03-21T09:00:00Z, jalali:*-01-01, false",
    "2027-03-21T09:00:00Z, 1405-01-01, true",
    "2025-03-20T09:00:00Z, jalali:*-12-30, false",
    "2026-03-20T09:00:00Z, jalali:*-12-30, true",
    "2028-01-01T09:00:00Z, *-01-01, false",
  })
  void holidaysAreThoseOfTheZoneOfTheSchedule(Instant at, String holiday, boolean open) {
    Hours always =
        new Hours(EnumSet.allOf(DayOfWeek.class), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);
    Schedule schedule =
        Schedule.of(
            "office",
            ZoneId.of("Asia/Tehran"),
            List.of(always),
            Stream.of(holiday).map(CalendarDay::parse).toList());
    assertEquals(open, OpeningHours.isOpen(schedule, at));
  }
}
