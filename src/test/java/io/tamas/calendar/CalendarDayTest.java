package io.tamas.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarDayTest {
  @ParameterizedTest(name = "{0} is on {1}")
  @CsvSource({
    "2026-03-21, 2026-03-21",
    "2028-02-29, 2028-02-29",
    "*-03-21, 2026-03-21",
    "*-03-21, 2031-03-21",
    "*-02-29, 2028-02-29",
    "1405-01-01, 2026-03-21",
    "1403-01-01, 2024-03-20",
    "1404-01-01, 2025-03-21",
    "1403-12-30, 2025-03-20",
    "1399-12-30, 2021-03-20",
    "1357-11-22, 1979-02-11",
    "1404-12-29, 2026-03-20",
    "1404-08-30, 2025-11-21",
    "1200-01-01, 1821-03-21",
    "jalali:*-01-01, 2024-03-20",
    "jalali:*-01-01, 2026-03-21",
    "jalali:*-01-13, 2026-04-02",
    "jalali:*-11-22, 2027-02-11",
    "jalali:*-12-30, 2025-03-20",
  })
  void aDayIsOnItsDateOnlyAndIsWrittenAsItWasRead(String text, LocalDate day) {
    CalendarDay written = CalendarDay.parse(text);
    assertTrue(written.isOn(day));
    assertFalse(written.isOn(day.minusDays(1)));
    assertFalse(written.isOn(day.plusDays(1)));
    assertEquals(text, written.text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-3-21",
        "2026-02-29",
        "2026-13-01",
        "2026-00-10",
        "1404-12-30",
        "1405-07-31",
        "1405-13-01",
        "1199-01-01",
        "0000-01-01",
        "1700-02-29",
        "*-02-30",
        "*-13-01",
        "jalali:*-12-31",
        "jalali:*-07-31",
        "jalali:1405-01-01",
        "jalali:2026-01-01",
        "*",
        "*-*-01",
        "2026-03-21T00:00",
        "۱۴۰۵-۰۱-۰۱",
      })
  void whatIsNoDayIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> CalendarDay.parse(text));
  }
}
