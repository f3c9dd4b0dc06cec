package io.tamas.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JalaliDateTest {
  @Test
  void leapYearsAreThoseOfTheCalendarOfIran() {
    for (int year : new int[] {1370, 1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403, 1408, 1412}) {
      assertTrue(JalaliDate.isLeap(year), "" + year);
    }
    for (int year : new int[] {1400, 1401, 1402, 1404, 1405, 1406, 1407, 1409}) {
      assertFalse(JalaliDate.isLeap(year), "" + year);
    }
  }

  @Test
  void everyDayHasOneJalaliDateThatLeadsBack() {
    LocalDate day = LocalDate.of(1821, 3, 21);
    JalaliDate before = JalaliDate.of(day).orElseThrow();
    while (day.getYear() < 2320) {
      day = day.plusDays(1);
      JalaliDate found = JalaliDate.of(day).orElseThrow();
      assertEquals(day, found.toLocalDate());
      assertTrue(
          found.day() == before.day() + 1 && found.month() == before.month()
              || found.day() == 1 && (found.month() == before.month() + 1 || found.month() == 1),
          () -> before(found));
      before = found;
    }
    assertEquals(Optional.empty(), JalaliDate.of(LocalDate.of(1821, 3, 20)));
    assertEquals(Optional.empty(), JalaliDate.of(LocalDate.of(2400, 1, 1)));
  }

  private static String before(JalaliDate found) {
    return "not after the day before: " + found;
  }
}
