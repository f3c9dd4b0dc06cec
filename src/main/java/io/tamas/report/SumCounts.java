package io.tamas.report;

import io.tamas.db.Transaction;
import io.tamas.report.CallStatistics.Span;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Counts ended calls from the sums of their hours and days (migrations V24, V26 and V29): quick
/// for any span. What it covers of an hour or a day in part is counted from records.
///
/// @param zone whose hours and days are summed
record SumCounts(ZoneId zone) {
  private static final String STATE = "select zone from call_sums where complete";

  private static final String COUNTS =
      """
      sum(calls)::int8 as calls,
      coalesce(sum(calls) filter (where direction = 'INBOUND'), 0)::int8 as inbound,
      coalesce(sum(calls) filter (where direction = 'OUTBOUND'), 0)::int8 as outbound,
      coalesce(sum(calls) filter (where direction = 'INTERNAL'), 0)::int8 as internal,
      """;

  private static final String OF_HOURS =
      """
      select %s as key,\
      """
          + COUNTS
          + """
            coalesce(sum(calls) filter (where status = 'ANSWERED'), 0)::int8 as answered,
            sum(missed)::int8 as missed,
            coalesce(sum(ring_us) filter (where status = 'ANSWERED'), 0)::int8 as ring,
            sum(talk_us)::int8 as talk
          from call_hour
          where begins >= $1 and begins < $2 and ($3::text is null or direction = $3)
          group by 1 having sum(calls) > 0
          """;

  private static final String OF_EXTENSIONS =
      """
      select %1$s as key,\
      """
          + COUNTS
          + """
            sum(answered)::int8 as answered, sum(missed)::int8 as missed,
            sum(ring_us)::int8 as ring, sum(talk_us)::int8 as talk
          from %2$s
          where begins >= $1 and begins < $2 and ($3::text is null or direction = $3)
          group by 1 having sum(calls) > 0
          """;

  private static final String DAYS = OF_EXTENSIONS.formatted("extension", "call_day");

  private static final String GROUPS =
      OF_EXTENSIONS.formatted("extension_group", "call_group_hour");

  /// Empty while calls are being counted.
  static Optional<SumCounts> of(Transaction tx) {
    List<SumCounts> found = new ArrayList<>();
    tx.await(tx.connection().query(STATE).execute())
        .forEach(row -> found.add(new SumCounts(ZoneId.of(row.getString(0)))));
    return found.stream().findFirst();
  }

  Map<String, Tally> total(Transaction tx, Span span) {
    return parts(
        span,
        this::hour,
        part -> Spans.read(tx, OF_HOURS.formatted("'total'"), Spans.parameters(part), Spans.TEXT),
        part -> RecordCounts.total(tx, part));
  }

  Map<Instant, Tally> hours(Transaction tx, Span span) {
    return parts(
        span,
        this::hour,
        part -> Spans.read(tx, OF_HOURS.formatted("begins"), Spans.parameters(part), Spans.TIME),
        part -> RecordCounts.hours(tx, part, zone));
  }

  /// @param other whose days are counted, see [#haveDaysOf]
  Map<Instant, Tally> days(Transaction tx, Span span, ZoneId other) {
    String sql = OF_HOURS.formatted("date_trunc('day', begins, $4)");
    return parts(
        span,
        this::hour,
        part -> Spans.read(tx, sql, Spans.parameters(part).addString(other.getId()), Spans.TIME),
        part -> RecordCounts.days(tx, part, other));
  }

  Map<String, Tally> extensions(Transaction tx, Span span) {
    return parts(
        span,
        this::day,
        part -> Spans.read(tx, DAYS, Spans.parameters(part), Spans.TEXT),
        part -> RecordCounts.extensions(tx, part));
  }

  Map<String, Tally> groups(Transaction tx, Span span) {
    return parts(
        span,
        this::hour,
        part -> Spans.read(tx, GROUPS, Spans.parameters(part), Spans.TEXT),
        part -> RecordCounts.groups(tx, part));
  }

  /// Whether each day of the zone in the span begins where an hour does, as it does unless the two
  /// zones differ by parts of an hour.
  boolean haveDaysOf(ZoneId other, Span span) {
    return CallStatistics.startsOfDays(span, other).stream().allMatch(day -> hour(day).equals(day));
  }

  private <K> Map<K, Tally> parts(
      Span span,
      Function<Instant, Instant> begin,
      Function<Span, Map<K, Tally>> summed,
      Function<Span, Map<K, Tally>> counted) {
    Instant from = first(span.from(), begin);
    Instant to = last(span.to(), begin);
    if (!from.isBefore(to)) {
      return counted.apply(span);
    }
    List<Map<K, Tally>> parts = new ArrayList<>();
    if (span.from().isBefore(from)) {
      parts.add(counted.apply(new Span(span.from(), from, span.direction())));
    }
    parts.add(summed.apply(new Span(from, to, span.direction())));
    if (to.isBefore(span.to())) {
      parts.add(counted.apply(new Span(to, span.to(), span.direction())));
    }
    return Spans.together(parts);
  }

  /// The first beginning at that instant or later: no hour or day is longer than 49 h. That of an
  /// hour that is cut short is within the one before.
  private static Instant first(Instant from, Function<Instant, Instant> begin) {
    Instant found = begin.apply(from);
    for (Instant at = from;
        found.isBefore(from) || !begin.apply(found).equals(found);
        at = at.plus(30, ChronoUnit.MINUTES)) {
      found = begin.apply(at);
    }
    return found;
  }

  /// The last beginning at that instant or earlier.
  private static Instant last(Instant to, Function<Instant, Instant> begin) {
    Instant found = begin.apply(to);
    while (!begin.apply(found).equals(found)) {
      found = begin.apply(found);
    }
    return found;
  }

  /// The beginning of its hour.
  private Instant hour(Instant at) {
    return new LocalHours(zone).key(at);
  }

  private Instant day(Instant at) {
    return at.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
  }
}
