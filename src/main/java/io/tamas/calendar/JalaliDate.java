package io.tamas.calendar;

import com.ibm.icu.util.Calendar;
import com.ibm.icu.util.PersianCalendar;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.ULocale;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/// A day of the solar calendar of Iran: 1405-01-01 is Nowruz of 2026. Months 1 to 6 have 31 days, 7
/// to 11 have 30, the last has 29 or, in a leap year, 30. The years from 1200 to 1699 are known.
///
/// @throws DateTimeException where there is no such day
public record JalaliDate(int year, int month, int day) {
  static final int FIRST_YEAR = 1200;
  static final int LAST_YEAR = 1699;

  /// The first days of the years and of the one after them, from 1970-01-01. Which years are leap
  /// ones is known to ICU.
  private static final long[] NOWRUZ = nowruz();

  private static final int LONG_MONTHS = 6;

  public JalaliDate {
    if (year < FIRST_YEAR
        || year > LAST_YEAR
        || month < 1
        || month > 12
        || day < 1
        || day > daysOf(year, month)) {
      throw new DateTimeException("no day of the Jalali calendar");
    }
  }

  /// Empty outside the years that are known.
  public static Optional<JalaliDate> of(LocalDate date) {
    long at = date.toEpochDay();
    if (at < NOWRUZ[0] || at >= NOWRUZ[NOWRUZ.length - 1]) {
      return Optional.empty();
    }
    int year = date.getYear() - 621;
    if (at < firstDay(year)) {
      year--;
    }
    int month = 1;
    int day = Math.toIntExact(at - firstDay(year)) + 1;
    while (day > daysOf(year, month)) {
      day -= daysOf(year, month++);
    }
    return Optional.of(new JalaliDate(year, month, day));
  }

  public LocalDate toLocalDate() {
    int before = (month - 1) * 30 + Math.min(month - 1, LONG_MONTHS);
    return LocalDate.ofEpochDay(firstDay(year) + before + day - 1);
  }

  static boolean isLeap(int year) {
    return firstDay(year + 1) - firstDay(year) == 366;
  }

  private static int daysOf(int year, int month) {
    if (month <= LONG_MONTHS) {
      return 31;
    }
    return month < 12 || isLeap(year) ? 30 : 29;
  }

  private static long firstDay(int year) {
    return NOWRUZ[year - FIRST_YEAR];
  }

  private static long[] nowruz() {
    PersianCalendar calendar = new PersianCalendar(TimeZone.GMT_ZONE, ULocale.ROOT);
    long[] days = new long[LAST_YEAR - FIRST_YEAR + 2];
    for (int i = 0; i < days.length; i++) {
      calendar.clear();
      calendar.set(Calendar.EXTENDED_YEAR, FIRST_YEAR + i);
      calendar.set(Calendar.MONTH, 0);
      calendar.set(Calendar.DAY_OF_MONTH, 1);
      days[i] = Math.floorDiv(calendar.getTimeInMillis(), 86_400_000L);
    }
    return days;
  }
}
