package io.tamas.report;

import io.tamas.db.Database;
import io.tamas.routing.Routed.Direction;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Counts ended calls by their start.
final class CallStatistics {
  /// Durations are stored in the format of ISO 8601, which PostgreSQL reads.
  private static final String COUNTS =
      """
      count(*) as calls,
      count(*) filter (where direction = 'INBOUND') as inbound,
      count(*) filter (where direction = 'OUTBOUND') as outbound,
      count(*) filter (where direction = 'INTERNAL') as internal,
      count(*) filter (where answered) as answered,
      count(*) filter (where missed) as missed,
      coalesce(avg(extract(epoch from ring)) filter (where answered), 0)::float8 as ring,
      coalesce(sum(extract(epoch from talk)), 0)::float8 as talk
      """;

  /// Inbound and internal calls in which nobody was connected to the caller.
  private static final String MISSED =
      "c.direction <> 'OUTBOUND' and c.status not in ('ANSWERED', 'ANNOUNCEMENT')";

  private static final String OF_ALL =
      """
      select key, %s from (
        select %s as key, c.direction, c.status = 'ANSWERED' as answered, %s as missed,
          (c.record->>'ring')::interval as ring, (c.record->>'talk')::interval as talk
        from call c
        where c.started_at >= $1 and c.started_at < $2 and ($3::text is null or c.direction = $3)
      ) each group by key
      """;

  /// A call counts once for each key, also if several of its extensions have the key. An extension
  /// misses a call if it was called and nobody answered. Codes, services and numbers that nobody
  /// has look like extensions; only whoever called, rang, or was to be reached is one.
  private static final String OF_EXTENSIONS =
      """
      select key, %s from (
        select %s as key, c.id, c.direction,
          bool_or(own.answered or (made.it and c.status = 'ANSWERED')) as answered,
          bool_or(not made.it and %s) as missed,
          (c.record->>'ring')::interval as ring,
          max(case when made.it then (c.record->>'talk')::interval else own.talk end) as talk
        from call_party p join call c on c.id = p.call_id%s
        cross join lateral (
          select c.direction <> 'INBOUND' and c.record->>'caller' = substr(p.party, 11) as it) made
        cross join lateral (
          select coalesce(bool_or(leg ? 'answeredAt'), false) as answered,
            coalesce(
              bool_or(leg->>'channel' like 'PJSIP/' || substr(p.party, 11) || '-%%'), false) as rang,
            sum((leg->>'talk')::interval) as talk
          from jsonb_array_elements(c.record->'legs') leg
          where leg->>'party' = substr(p.party, 11)) own
        cross join lateral (
          select coalesce(jsonb_path_exists(
              c.record,
              '$.decisions[*].trace.steps[*] ? (@.rule == $party && @.outcome != "missing")',
              jsonb_build_object('party', p.party)), false)
            or c.record->>'destination' = p.party and not coalesce(jsonb_path_exists(
              c.record,
              '$.decisions[*].trace.steps[*] ? (@.rule == $party && @.outcome == "missing")',
              jsonb_build_object('party', p.party)), false) as it) reached
        where p.party like 'extension:%%' and p.started_at >= $1 and p.started_at < $2
          and ($3::text is null or c.direction = $3)
        group by 1, c.id
        having bool_or(made.it or own.rang or reached.it)
      ) each group by key order by key
      """;

  private static final String GROUPS =
      " join unnest($4::text[], $5::text[]) as member (party, key) on member.party = p.party";

  /// The local hour and day in which a call started. An hour that the clock shows twice counts as
  /// two.
  private static final String HOUR =
      """
      c.started_at - extract(minute from c.started_at at time zone $4) * interval '1 minute'
        - extract(second from c.started_at at time zone $4) * interval '1 second'\
      """;

  private static final String DAY = "date_trunc('day', c.started_at, $4)";

  private static final Counts NONE =
      new Counts("", Optional.empty(), 0, 0, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO);

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
  record Span(Instant from, Instant to, Optional<Direction> direction) {}

  /// @param name of the extension or the group
  /// @param answered calls in which somebody was connected to the caller
  /// @param missed inbound and internal calls in which nobody was
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
    private Counts of(String other) {
      return new Counts(
          other, name, calls, inbound, outbound, internal, answered, missed, ring, talk);
    }

    Counts named(Optional<String> now) {
      return new Counts(key, now, calls, inbound, outbound, internal, answered, missed, ring, talk);
    }
  }

  Counts total(Span span) {
    return read(OF_ALL.formatted(COUNTS, "'total'", MISSED), parameters(span)).stream()
        .findFirst()
        .orElse(NONE)
        .of("total");
  }

  /// One for each local hour, also for those without calls.
  List<Counts> hours(Span span, ZoneId zone) {
    List<Instant> hours = new ArrayList<>();
    Instant hour = span.from().atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant();
    for (; hour.isBefore(span.to()); hour = hour.plus(1, ChronoUnit.HOURS)) {
      hours.add(hour);
    }
    return times(span, zone, HOUR, hours);
  }

  /// One for each local day, also for those without calls.
  List<Counts> days(Span span, ZoneId zone) {
    List<Instant> days = new ArrayList<>();
    ZonedDateTime day = span.from().atZone(zone).toLocalDate().atStartOfDay(zone);
    while (day.toInstant().isBefore(span.to())) {
      days.add(day.toInstant());
      day = day.toLocalDate().plusDays(1).atStartOfDay(zone);
    }
    return times(span, zone, DAY, days);
  }

  /// One for each extension that took part in calls.
  List<Counts> extensions(Span span) {
    String sql = OF_EXTENSIONS.formatted(COUNTS, "substr(p.party, 11)", MISSED, "");
    return read(sql, parameters(span));
  }

  /// One for each group whose extensions took part in calls.
  ///
  /// @param members pairs of extension and group
  List<Counts> groups(Span span, List<Map.Entry<String, String>> members) {
    String sql = OF_EXTENSIONS.formatted(COUNTS, "member.key", MISSED, GROUPS);
    return read(
        sql,
        parameters(span)
            .addValue(members.stream().map(Map.Entry::getKey).toArray(String[]::new))
            .addValue(members.stream().map(Map.Entry::getValue).toArray(String[]::new)));
  }

  private List<Counts> times(Span span, ZoneId zone, String key, List<Instant> all) {
    Map<Instant, Counts> counted = new LinkedHashMap<>();
    all.forEach(start -> counted.put(start, NONE));
    String sql = OF_ALL.formatted(COUNTS, key, MISSED);
    for (Row row : rows(sql, parameters(span).addString(zone.getId()))) {
      counted.put(row.getOffsetDateTime("key").toInstant(), counts("", row));
    }
    List<Counts> listed = new ArrayList<>();
    counted.forEach(
        (start, counts) -> listed.add(counts.of(start.atZone(zone).toOffsetDateTime().toString())));
    return listed;
  }

  private List<Counts> read(String sql, Tuple parameters) {
    List<Counts> read = new ArrayList<>();
    rows(sql, parameters).forEach(row -> read.add(counts(row.getString("key"), row)));
    return read;
  }

  /// Planned for the requested span: the plans for a day and for a year differ.
  private Iterable<Row> rows(String sql, Tuple parameters) {
    String planned = Database.PLANNED_EACH_TIME + sql;
    return database.inReport(
        tx -> tx.await(tx.connection().preparedQuery(planned).execute(parameters)));
  }

  private static Tuple parameters(Span span) {
    return Tuple.tuple()
        .addOffsetDateTime(time(span.from()))
        .addOffsetDateTime(time(span.to()))
        .addString(span.direction().map(Direction::name).orElse(null));
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static Counts counts(String key, Row row) {
    return new Counts(
        key,
        Optional.empty(),
        row.getLong("calls"),
        row.getLong("inbound"),
        row.getLong("outbound"),
        row.getLong("internal"),
        row.getLong("answered"),
        row.getLong("missed"),
        seconds(row.getDouble("ring")),
        seconds(row.getDouble("talk")));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }
}
