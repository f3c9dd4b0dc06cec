package io.tamas.report;

import io.tamas.db.Database;
import io.tamas.db.Transaction;
import io.tamas.routing.Routed.Direction;
import io.tamas.web.Principal.Reach;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/// Counts ended calls by their start.
final class CallStatistics {
  /// How much is counted from records.
  static final Duration RECORDS = Duration.ofDays(31);

  private final Database database;

  CallStatistics(Database database) {
    this.database = database;
  }

  /// The key by which calls are counted.
  enum By {
    TOTAL,
    HOUR,
    DAY,
    EXTENSION,
    GROUP
  }

  /// Calls that started at `from` or later and before `to`.
  record Span(Instant from, Instant to, Optional<Direction> direction) {
    /// Whether there may be too many calls in it to count them one by one.
    boolean isLong() {
      return Duration.between(from, to).compareTo(RECORDS) > 0;
    }
  }

  /// What cannot be counted, since the sums do not have it.
  static final class TooLong extends RuntimeException {
    /// Of the sums; empty while they are not complete.
    private final transient Optional<ZoneId> zone;

    private TooLong(Optional<ZoneId> zone) {
      this.zone = zone;
    }

    static TooLong ofZone(ZoneId zone) {
      return new TooLong(Optional.of(zone));
    }

    static TooLong yet() {
      return new TooLong(Optional.empty());
    }

    Optional<ZoneId> zone() {
      return zone;
    }
  }

  /// @param name of the extension or the group
  /// @param answered calls in which somebody was connected to the caller
  /// @param missed inbound calls in which nobody was, and internal ones for another extension
  /// @param ring average time until the answer, of answered calls
  /// @param talk total time of conversation
  record Counts(
      String key,
      Optional<String> name,
      long calls,
      long inbound,
      long outbound,
      long internal,
      long answered,
      long missed,
      Duration ring,
      Duration talk) {
    Counts named(Optional<String> now) {
      return new Counts(key, now, calls, inbound, outbound, internal, answered, missed, ring, talk);
    }
  }

  Counts total(Span span) {
    Map<String, Tally> total =
        read(
            span,
            sums -> true,
            (tx, sums) -> sums.total(tx, span),
            tx -> RecordCounts.total(tx, span));
    return total.getOrDefault("total", Tally.NONE).counts("total");
  }

  /// One for each local hour, also for those without calls.
  List<Counts> hours(Span span, ZoneId zone) {
    LocalHours hours = new LocalHours(zone);
    Map<Instant, Tally> counted =
        read(
            span,
            sums -> sums.zone().getRules().equals(zone.getRules()),
            (tx, sums) -> sums.hours(tx, span),
            tx -> RecordCounts.hours(tx, span, zone));
    return listed(hours.keys(span), counted, hours::begin);
  }

  /// One for each local day, also for those without calls.
  List<Counts> days(Span span, ZoneId zone) {
    Map<Instant, Tally> counted =
        read(
            span,
            sums -> sums.haveDaysOf(zone, span),
            (tx, sums) -> sums.days(tx, span, zone),
            tx -> RecordCounts.days(tx, span, zone));
    return listed(startsOfDays(span, zone), counted, day -> day.atZone(zone));
  }

  /// When each of them begins.
  static List<Instant> startsOfDays(Span span, ZoneId zone) {
    List<Instant> days = new ArrayList<>();
    ZonedDateTime day = span.from().atZone(zone).toLocalDate().atStartOfDay(zone);
    while (day.toInstant().isBefore(span.to())) {
      days.add(day.toInstant());
      day = day.toLocalDate().plusDays(1).atStartOfDay(zone);
    }
    return days;
  }

  /// One for each extension that took part in calls.
  List<Counts> extensions(Span span) {
    return named(
        read(
            span,
            sums -> true,
            (tx, sums) -> sums.extensions(tx, span),
            tx -> RecordCounts.extensions(tx, span)));
  }

  /// One for each group whose extensions took part in calls, as they were grouped then.
  List<Counts> groups(Span span) {
    return named(
        read(
            span,
            sums -> true,
            (tx, sums) -> sums.groups(tx, span),
            tx -> RecordCounts.groups(tx, span)));
  }

  /// The same of the calls of some extensions only, from records: of a span that is not long.
  List<Counts> of(Reach.Extensions reach, By by, Span span, ZoneId zone) {
    return database.inReport(tx ->
        switch (by) {
          case TOTAL ->
              List.of(
                  RecordCounts.total(tx, span, reach)
                      .getOrDefault("total", Tally.NONE)
                      .counts("total"));
          case HOUR -> {
            LocalHours hours = new LocalHours(zone);
            yield listed(hours.keys(span), RecordCounts.hours(tx, span, reach, zone), hours::begin);
          }
          case DAY ->
              listed(
                  startsOfDays(span, zone),
                  RecordCounts.days(tx, span, reach, zone),
                  day -> day.atZone(zone));
          case EXTENSION -> named(RecordCounts.extensions(tx, span, reach));
          case GROUP -> named(RecordCounts.groups(tx, span, reach));
        });
  }

  /// From the sums where they have what is asked for.
  private <K> Map<K, Tally> read(
      Span span,
      Predicate<SumCounts> suits,
      BiFunction<Transaction, SumCounts, Map<K, Tally>> summed,
      Function<Transaction, Map<K, Tally>> counted) {
    return database.inReport(tx -> {
      Optional<SumCounts> sums = SumCounts.of(tx);
      if (sums.filter(suits).isPresent()) {
        return summed.apply(tx, sums.get());
      }
      if (span.isLong()) {
        throw sums.map(SumCounts::zone).<TooLong>map(TooLong::ofZone).orElseGet(TooLong::yet);
      }
      return counted.apply(tx);
    });
  }

  private static List<Counts> named(Map<String, Tally> counted) {
    return new TreeMap<>(counted)
        .entrySet().stream().map(entry -> entry.getValue().counts(entry.getKey())).toList();
  }

  private static List<Counts> listed(
      List<Instant> all, Map<Instant, Tally> counted, Function<Instant, ZonedDateTime> begin) {
    return all.stream()
        .map(key ->
            counted
                .getOrDefault(key, Tally.NONE)
                .counts(begin.apply(key).toOffsetDateTime().toString()))
        .toList();
  }
}
