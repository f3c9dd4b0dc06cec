package io.tamas.routing;

import io.tamas.company.Company.Hours;
import io.tamas.company.Company.Opening;
import io.tamas.company.Company.Schedule;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;

/// Whether a schedule is open at an instant, by the local time of its time zone.
final class OpeningHours {
  private OpeningHours() {}

  /// As it is switched by hand, else by its hours.
  static boolean isOpen(Schedule schedule, Instant at) {
    return schedule
        .overrideAt(at)
        .map(switched -> switched.state() == Opening.OPEN)
        .orElseGet(() -> isOpenByHours(schedule, at));
  }

  /// As it is where nobody switches it by hand.
  static boolean isOpenByHours(Schedule schedule, Instant at) {
    ZonedDateTime now = at.atZone(schedule.zone());
    return openSince(schedule, now) || openSinceYesterday(schedule, now);
  }

  /// A span of this day.
  private static boolean openSince(Schedule schedule, ZonedDateTime now) {
    return !schedule.isHoliday(now.toLocalDate())
        && schedule.hours().stream()
            .filter(hours -> hours.days().contains(now.getDayOfWeek()))
            .anyMatch(hours -> contains(hours, now.toLocalTime()));
  }

  /// A span that started yesterday and continues past midnight, even into a holiday.
  private static boolean openSinceYesterday(Schedule schedule, ZonedDateTime now) {
    ZonedDateTime yesterday = now.minusDays(1);
    return !schedule.isHoliday(yesterday.toLocalDate())
        && schedule.hours().stream()
            .filter(hours -> hours.days().contains(yesterday.getDayOfWeek()))
            .anyMatch(hours -> overMidnight(hours) && now.toLocalTime().isBefore(hours.to()));
  }

  private static boolean contains(Hours hours, LocalTime time) {
    return !time.isBefore(hours.from())
        && (endsAtMidnight(hours) || overMidnight(hours) || time.isBefore(hours.to()));
  }

  private static boolean endsAtMidnight(Hours hours) {
    return hours.to().equals(LocalTime.MIDNIGHT);
  }

  private static boolean overMidnight(Hours hours) {
    return !endsAtMidnight(hours) && hours.to().isBefore(hours.from());
  }
}
