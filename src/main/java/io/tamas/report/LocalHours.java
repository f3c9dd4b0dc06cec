package io.tamas.report;

import io.tamas.report.CallStatistics.Span;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;

/// The hours of a zone's clock. Where the clock is set by parts of an hour, as on Lord Howe Island,
/// one hour is cut short: it is another before and after.
///
/// @param zone whose clock it is
record LocalHours(ZoneId zone) {

  /// What names the hour of an instant in the tables: when it would have begun if the clock had not
  /// been set within it.
  Instant key(Instant at) {
    ZonedDateTime local = at.atZone(zone);
    return at.minusSeconds(local.getMinute() * 60L + local.getSecond()).minusNanos(local.getNano());
  }

  /// When the hour of that key began.
  ZonedDateTime begin(Instant key) {
    ZonedDateTime local = key.atZone(zone);
    ZoneOffsetTransition set = zone.getRules().nextTransition(key);
    boolean isCut = local.getMinute() != 0 || local.getSecond() != 0;
    return isCut && set != null && set.getInstant().isBefore(key.plus(1, ChronoUnit.HOURS))
        ? set.getInstant().atZone(zone)
        : local;
  }

  /// The keys of the hours that a span covers, at least in part.
  List<Instant> keys(Span span) {
    List<Instant> keys = new ArrayList<>();
    Instant at = span.from();
    while (at.isBefore(span.to())) {
      Instant key = key(at);
      if (keys.isEmpty() || key.isAfter(keys.getLast())) {
        keys.add(key);
      }
      Instant end = key.plus(1, ChronoUnit.HOURS);
      ZoneOffsetTransition set = zone.getRules().nextTransition(at);
      at = set != null && set.getInstant().isBefore(end) ? set.getInstant() : end;
    }
    return keys;
  }
}
