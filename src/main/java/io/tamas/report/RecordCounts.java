package io.tamas.report;

import io.tamas.db.Transaction;
import io.tamas.number.ExtensionNumber;
import io.tamas.report.CallStatistics.Span;
import io.tamas.web.Principal.Reach;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/// Counts ended calls from their records: exact for any span and zone, and as slow as there are
/// calls in it.
final class RecordCounts {
  /// Durations are stored in the format of ISO 8601, which PostgreSQL reads.
  private static final String COUNTS =
      """
      count(*) as calls,
      count(*) filter (where direction = 'INBOUND') as inbound,
      count(*) filter (where direction = 'OUTBOUND') as outbound,
      count(*) filter (where direction = 'INTERNAL') as internal,
      count(*) filter (where answered) as answered,
      count(*) filter (where missed) as missed,
      coalesce(sum(extract(epoch from ring) * 1000000) filter (where answered), 0)::int8 as ring,
      coalesce(sum(extract(epoch from talk) * 1000000), 0)::int8 as talk
      """;

  /// Inbound and internal calls in which nobody was connected to the caller.
  private static final String UNANSWERED =
      "c.direction <> 'OUTBOUND' and c.status not in ('ANSWERED', 'ANNOUNCEMENT')";

  /// Whether a leg is of an extension: its phone rang, or it had none that could. A number outside,
  /// such as `118`, looks like one.
  private static final String OF_EXTENSION =
      """
      (leg->>'channel' like 'PJSIP/' || (leg->>'party') || '-%'
        or leg->>'channel' = '' and not leg ? 'trunk' and not exists (
          select from jsonb_array_elements(c.record->'decisions') note
          where note->>'action' = 'out' and leg->>'party' = case
            when note->>'destination' like 'number:%' then substr(note->>'destination', 8)
            else note->>'requested' end))\
      """;

  /// Of the internal ones those for another extension: which was called, which was considered, or
  /// which was to be reached and exists.
  private static final String MISSED =
      UNANSWERED
          + """
             and (c.direction = 'INBOUND'
              or exists (select from jsonb_array_elements(c.record->'legs') leg
                where leg->>'party' <> c.record->>'caller' and %s)
              or exists (select from jsonb_path_query(c.record,
                '$.decisions[*].trace.steps[*] ? (@.rule starts with "extension:" && @.outcome != "missing")')
                step where step->>'rule' <> 'extension:' || (c.record->>'caller'))
              or c.record->>'destination' like 'extension:%%'
                and c.record->>'destination' <> 'extension:' || (c.record->>'caller')
                and not jsonb_path_exists(c.record,
                  '$.decisions[*].trace.steps[*] ? (@.rule == $party)',
                  jsonb_build_object('party', c.record->>'destination')))\
          """
              .formatted(OF_EXTENSION);

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
  /// has look like extensions; only whoever called, was called, or was to be reached is one.
  private static final String OF_PARTIES =
      """
      select key, %s from (
        select %s as key, c.id, c.direction,
          bool_or(own.answered or (made.it and c.status = 'ANSWERED')) as answered,
          bool_or(not made.it and %s) as missed,
          (c.record->>'ring')::interval as ring,
          max(case when made.it then (c.record->>'talk')::interval else own.talk end) as talk
        from %s
        join call c on c.started_at = p.started_at and c.id = p.call_id%s
        cross join lateral (
          select c.direction <> 'INBOUND' and c.record->>'caller' = substr(p.party, 11) as it) made
        cross join lateral (
          select coalesce(bool_or(leg ? 'answeredAt'), false) as answered,
            coalesce(bool_or(%s), false) as called,
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
        group by 1, c.started_at, c.id
        having bool_or(made.it or own.called or reached.it)
      ) each group by key order by key
      """;

  private static final String ALL = "call_party p";

  /// What each of the extensions had since it is somebody's.
  private static final String REACHED =
      """
      unnest($4::text[], $5::timestamptz[]) as reached_of (party, since)
        join call_party p on p.party = reached_of.party and p.started_at >= reached_of.since\
      """;

  /// As the decisions noted them.
  private static final String GROUPS =
      """

      cross join lateral (
        select distinct noted.key
        from jsonb_array_elements(c.record->'decisions') note, jsonb_each(note->'groups') noted
        where noted.value ? substr(p.party, 11)) member\
      """;

  /// The local hour and day in which a call started. An hour that the clock shows twice counts as
  /// two.
  private static final String HOUR =
      """
      c.started_at - extract(minute from c.started_at at time zone $%1$d) * interval '1 minute'
        - extract(second from c.started_at at time zone $%1$d) * interval '1 second'\
      """;

  private static final String DAY = "date_trunc('day', c.started_at, $%1$d)";

  private static final String EXTENSION = "substr(p.party, 11)";
  private static final String GROUP = "member.key";

  /// The place of the zone among the parameters.
  private static final int ZONE = 4;

  private static final int ZONE_OF_REACH = 6;

  private RecordCounts() {}

  static Map<String, Tally> total(Transaction tx, Span span) {
    return Spans.read(
        tx, OF_ALL.formatted(COUNTS, "'total'", MISSED), Spans.parameters(span), Spans.TEXT);
  }

  static Map<Instant, Tally> hours(Transaction tx, Span span, ZoneId zone) {
    return times(tx, span, zone, HOUR);
  }

  static Map<Instant, Tally> days(Transaction tx, Span span, ZoneId zone) {
    return times(tx, span, zone, DAY);
  }

  static Map<String, Tally> extensions(Transaction tx, Span span) {
    return Spans.read(tx, ofParties(EXTENSION, ALL, ""), Spans.parameters(span), Spans.TEXT);
  }

  static Map<String, Tally> groups(Transaction tx, Span span) {
    return Spans.read(tx, ofParties(GROUP, ALL, GROUPS), Spans.parameters(span), Spans.TEXT);
  }

  private static String ofParties(String key, String parties, String groups) {
    return OF_PARTIES.formatted(COUNTS, key, UNANSWERED, parties, groups, OF_EXTENSION);
  }

  /// A call in which several of the extensions took part counts once.
  static Map<String, Tally> total(Transaction tx, Span span, Reach.Extensions reach) {
    String sql = ofParties("'total'", REACHED, "");
    return Spans.read(tx, sql, parameters(span, reach), Spans.TEXT);
  }

  static Map<Instant, Tally> hours(Transaction tx, Span span, Reach.Extensions reach, ZoneId zone) {
    String sql = ofParties(HOUR.formatted(ZONE_OF_REACH), REACHED, "");
    return Spans.read(tx, sql, parameters(span, reach).addString(zone.getId()), Spans.TIME);
  }

  static Map<Instant, Tally> days(Transaction tx, Span span, Reach.Extensions reach, ZoneId zone) {
    String sql = ofParties(DAY.formatted(ZONE_OF_REACH), REACHED, "");
    return Spans.read(tx, sql, parameters(span, reach).addString(zone.getId()), Spans.TIME);
  }

  static Map<String, Tally> extensions(Transaction tx, Span span, Reach.Extensions reach) {
    String sql = ofParties(EXTENSION, REACHED, "");
    return Spans.read(tx, sql, parameters(span, reach), Spans.TEXT);
  }

  static Map<String, Tally> groups(Transaction tx, Span span, Reach.Extensions reach) {
    String sql = ofParties(GROUP, REACHED, GROUPS);
    return Spans.read(tx, sql, parameters(span, reach), Spans.TEXT);
  }

  private static Tuple parameters(Span span, Reach.Extensions reach) {
    List<Map.Entry<ExtensionNumber, Instant>> all = List.copyOf(reach.since().entrySet());
    return Spans.parameters(span)
        .addArrayOfString(
            all.stream().map(one -> "extension:" + one.getKey().digits()).toArray(String[]::new))
        .addArrayOfOffsetDateTime(
            all.stream()
                .map(one -> one.getValue().atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new));
  }

  private static Map<Instant, Tally> times(Transaction tx, Span span, ZoneId zone, String key) {
    String sql = OF_ALL.formatted(COUNTS, key.formatted(ZONE), MISSED);
    Tuple parameters = Spans.parameters(span).addString(zone.getId());
    return Spans.read(tx, sql, parameters, Spans.TIME);
  }
}
