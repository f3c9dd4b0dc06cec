package io.tamas.calendar;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A day, or a day of each year, such as a holiday: `2026-03-21`, `*-03-21`, and by the solar
/// calendar of Iran `1405-01-01` (a year before 1700 is one of that calendar) and `jalali:*-01-01`.
public sealed interface CalendarDay {
  /// Years from here on are Gregorian.
  int FIRST_GREGORIAN_YEAR = 1700;

  record OnDate(LocalDate date) implements CalendarDay {
    @Override
    public String text() {
      return date.toString();
    }

    @Override
    public boolean isOn(LocalDate day) {
      return date.equals(day);
    }
  }

  /// The 29th of February comes in leap years only.
  record EachYear(MonthDay date) implements CalendarDay {
    @Override
    public String text() {
      return "*-%02d-%02d".formatted(date.getMonthValue(), date.getDayOfMonth());
    }

    @Override
    public boolean isOn(LocalDate day) {
      return date.equals(MonthDay.from(day));
    }
  }

  record OnJalaliDate(int year, int month, int day) implements CalendarDay {
    @Override
    public String text() {
      return "%04d-%02d-%02d".formatted(year, month, day);
    }

    @Override
    public boolean isOn(LocalDate date) {
      return new JalaliDate(year, month, day).toLocalDate().equals(date);
    }
  }

  /// The 30th of Esfand comes in leap years only.
  record EachJalaliYear(int month, int day) implements CalendarDay {
    @Override
    public String text() {
      return "jalali:*-%02d-%02d".formatted(month, day);
    }

    @Override
    public boolean isOn(LocalDate date) {
      return JalaliDate.of(date)
          .filter(found -> found.month() == month && found.day() == day)
          .isPresent();
    }
  }

  @JsonValue
  String text();

  boolean isOn(LocalDate day);

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static CalendarDay parse(String text) {
    Matcher written = Form.PATTERN.matcher(text);
    if (!written.matches()) {
      throw new IllegalArgumentException(Form.RULE);
    }
    boolean each = written.group("year").equals("*");
    boolean jalali = written.group("jalali") != null;
    try {
      int month = Integer.parseInt(written.group("month"));
      int day = Integer.parseInt(written.group("day"));
      if (each) {
        return jalali ? eachJalaliYear(month, day) : new EachYear(MonthDay.of(month, day));
      }
      return on(Integer.parseInt(written.group("year")), month, day);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("there is no such day: " + text, e);
    }
  }

  private static CalendarDay on(int year, int month, int day) {
    if (year >= FIRST_GREGORIAN_YEAR) {
      return new OnDate(LocalDate.of(year, month, day));
    }
    JalaliDate date = new JalaliDate(year, month, day);
    return new OnJalaliDate(date.year(), date.month(), date.day());
  }

  /// Any day that some year has.
  private static CalendarDay eachJalaliYear(int month, int day) {
    JalaliDate ofLeapYear = new JalaliDate(Form.JALALI_LEAP_YEAR, month, day);
    return new EachJalaliYear(ofLeapYear.month(), ofLeapYear.day());
  }

  /// How such days are written.
  final class Form {
    static final int JALALI_LEAP_YEAR = 1403;

    static final String RULE =
        "a day is a date such as 2026-03-21 or 1405-01-01, or each year's *-03-21 or"
            + " jalali:*-01-01";

    static final Pattern PATTERN =
        Pattern.compile(
            "(?:(?<jalali>jalali:)(?=\\*))?(?<year>[0-9]{4}|\\*)-(?<month>[0-9]{2})-(?<day>[0-9]{2})");

    private Form() {}
  }
}
