package io.tamas.call.history;

import static java.util.stream.Collectors.joining;

import io.tamas.call.history.CallSums.Day;
import io.tamas.call.history.CallSums.DaySum;
import io.tamas.call.history.CallSums.GroupHour;
import io.tamas.call.history.CallSums.GroupSum;
import io.tamas.call.history.CallSums.Hour;
import io.tamas.call.history.CallSums.HourSum;
import io.tamas.call.record.CallRecord;
import io.tamas.db.Transaction;
import io.tamas.json.Json;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// The sums of calls in PostgreSQL (migrations V24, V26 and V29), each changed in the transaction
/// that writes, replaces or removes a record.
final class StoredSums {
  /// Whoever writes records waits for a batch that is being counted, and the batch for it.
  private static final String STATE = "select zone, counted_to, complete from call_sums for share";

  private static final String LOCKED =
      "select zone, counted_to, complete from call_sums for update";

  private static final String BEGIN =
      """
      with hours as (delete from call_hour), days as (delete from call_day),
        groups as (delete from call_group_hour)
      insert into call_sums (zone) values ($1)
      on conflict (one) do update set zone = excluded.zone, counted_to = 'epoch', complete = false
      """;

  /// Calls of one instant are counted together.
  private static final String NEXT =
      """
      select started_at from call where started_at > $1 order by started_at offset $2 limit 1
      """;

  private static final String BATCH =
      """
      select record::text from call
      where started_at > $1 and ($2::timestamptz is null or started_at <= $2)
      """;

  private static final String COUNTED =
      "update call_sums set counted_to = coalesce($1, counted_to), complete = $1 is null";

  private static final String ADD_HOURS =
      """
      insert into call_hour
        (begins, direction, status, calls, missed, ring_us, talk_us, hold_us, within)
      select begins, direction, status, calls, missed, ring, talk, hold, within::bigint[]
      from unnest($1::timestamptz[], $2::text[], $3::text[], $4::bigint[], $5::bigint[],
        $6::bigint[], $7::bigint[], $8::bigint[], $9::text[])
        as sums (begins, direction, status, calls, missed, ring, talk, hold, within)
      on conflict (begins, direction, status) do update set
        calls = call_hour.calls + excluded.calls, missed = call_hour.missed + excluded.missed,
        ring_us = call_hour.ring_us + excluded.ring_us,
        talk_us = call_hour.talk_us + excluded.talk_us,
        hold_us = call_hour.hold_us + excluded.hold_us,
        within = (select array_agg(was + more order by nth)
          from unnest(call_hour.within, excluded.within) with ordinality as waits (was, more, nth))
      """;

  private static final String ADD_DAYS =
      """
      insert into call_day
        (begins, extension, direction, status, calls, answered, missed, ring_us, talk_us)
      select * from unnest($1::timestamptz[], $2::text[], $3::text[], $4::text[], $5::bigint[],
        $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[])
      on conflict (begins, extension, direction, status) do update set
        calls = call_day.calls + excluded.calls,
        answered = call_day.answered + excluded.answered,
        missed = call_day.missed + excluded.missed,
        ring_us = call_day.ring_us + excluded.ring_us, talk_us = call_day.talk_us + excluded.talk_us
      """;

  private static final String ADD_GROUPS =
      """
      insert into call_group_hour (begins, extension_group, direction, status, calls, answered,
        missed, ring_us, talk_us, within)
      select begins, extension_group, direction, status, calls, answered, missed, ring, talk,
        within::bigint[]
      from unnest($1::timestamptz[], $2::text[], $3::text[], $4::text[], $5::bigint[],
        $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::text[])
        as sums (begins, extension_group, direction, status, calls, answered, missed, ring, talk,
          within)
      on conflict (begins, extension_group, direction, status) do update set
        calls = call_group_hour.calls + excluded.calls,
        answered = call_group_hour.answered + excluded.answered,
        missed = call_group_hour.missed + excluded.missed,
        ring_us = call_group_hour.ring_us + excluded.ring_us,
        talk_us = call_group_hour.talk_us + excluded.talk_us,
        within = (select array_agg(was + more order by nth)
          from unnest(call_group_hour.within, excluded.within)
            with ordinality as waits (was, more, nth))
      """;

  private StoredSums() {}

  /// Which calls the sums contain.
  ///
  /// @param to the start of the last ones, unless all are counted
  private record State(ZoneId zone, Instant to, boolean complete) {
    static Optional<State> first(RowSet<Row> rows) {
      return StreamSupport.stream(rows.spliterator(), false).map(State::of).findFirst();
    }

    private static State of(Row row) {
      return new State(
          ZoneId.of(row.getString(0)), row.getOffsetDateTime(1).toInstant(), row.getBoolean(2));
    }

    boolean contains(CallRecord call) {
      return complete || !call.when().startedAt().isAfter(to);
    }
  }

  /// Replaces records, in a transaction: those of before are no longer counted, the new ones are.
  static Future<?> replace(
      SqlConnection connection, Collection<CallRecord> before, Collection<CallRecord> after) {
    return connection
        .query(STATE)
        .execute()
        .map(State::first)
        .compose(state ->
            state
                .map(counted -> write(connection, difference(counted, before, after)))
                .orElseGet(Future::succeededFuture));
  }

  private static CallSums difference(
      State counted, Collection<CallRecord> before, Collection<CallRecord> after) {
    CallSums sums = new CallSums(counted.zone);
    before.stream().filter(counted::contains).forEach(sums::subtract);
    after.stream().filter(counted::contains).forEach(sums::add);
    return sums;
  }

  /// Counts up to so many calls more, in a transaction; from the beginning if the sums are of
  /// another zone.
  ///
  /// @return whether all calls are counted
  static boolean count(Transaction tx, ZoneId zone, int atMost) {
    Optional<State> state = State.first(tx.await(tx.connection().query(LOCKED).execute()));
    if (!state.map(State::zone).equals(Optional.of(zone))) {
      tx.await(tx.connection().preparedQuery(BEGIN).execute(Tuple.of(zone.getId())));
      return false;
    }
    if (state.get().complete) {
      return true;
    }
    OffsetDateTime from = state.get().to.atOffset(ZoneOffset.UTC);
    var next = tx.await(tx.connection().preparedQuery(NEXT).execute(Tuple.of(from, atMost - 1)));
    @Nullable OffsetDateTime to =
        next.size() == 0 ? null : next.iterator().next().getOffsetDateTime(0);
    CallSums sums = new CallSums(zone);
    var batch = tx.connection().preparedQuery(BATCH).execute(Tuple.of(from, to));
    tx.await(batch).forEach(row -> sums.add(Json.read(row.getString(0), CallRecord.class)));
    tx.await(write(tx.connection(), sums));
    tx.await(tx.connection().preparedQuery(COUNTED).execute(Tuple.of(to)));
    return to == null;
  }

  private static Future<?> write(SqlConnection connection, CallSums sums) {
    List<Future<?>> writes = new ArrayList<>();
    if (!sums.hours().isEmpty()) {
      writes.add(connection.preparedQuery(ADD_HOURS).execute(hours(sums.hours())));
    }
    if (!sums.days().isEmpty()) {
      writes.add(connection.preparedQuery(ADD_DAYS).execute(days(sums.days())));
    }
    if (!sums.groups().isEmpty()) {
      writes.add(connection.preparedQuery(ADD_GROUPS).execute(groups(sums.groups())));
    }
    return Future.all(writes);
  }

  private static Tuple hours(Map<Hour, HourSum> sums) {
    var columns = new Columns<>(sums);
    return Tuple.tuple()
        .addValue(columns.times(Hour::begins))
        .addValue(columns.texts(hour -> hour.direction().name()))
        .addValue(columns.texts(hour -> hour.status().name()))
        .addValue(columns.counts(HourSum::calls))
        .addValue(columns.counts(HourSum::missed))
        .addValue(columns.counts(HourSum::ring))
        .addValue(columns.counts(HourSum::talk))
        .addValue(columns.counts(HourSum::hold))
        .addValue(columns.arrays(HourSum::within));
  }

  private static Tuple days(Map<Day, DaySum> sums) {
    var columns = new Columns<>(sums);
    return Tuple.tuple()
        .addValue(columns.times(Day::begins))
        .addValue(columns.texts(Day::extension))
        .addValue(columns.texts(day -> day.direction().name()))
        .addValue(columns.texts(day -> day.status().name()))
        .addValue(columns.counts(DaySum::calls))
        .addValue(columns.counts(DaySum::answered))
        .addValue(columns.counts(DaySum::missed))
        .addValue(columns.counts(DaySum::ring))
        .addValue(columns.counts(DaySum::talk));
  }

  private static Tuple groups(Map<GroupHour, GroupSum> sums) {
    var columns = new Columns<>(sums);
    return Tuple.tuple()
        .addValue(columns.times(GroupHour::begins))
        .addValue(columns.texts(GroupHour::group))
        .addValue(columns.texts(hour -> hour.direction().name()))
        .addValue(columns.texts(hour -> hour.status().name()))
        .addValue(columns.counts(sum -> sum.sum().calls()))
        .addValue(columns.counts(sum -> sum.sum().answered()))
        .addValue(columns.counts(sum -> sum.sum().missed()))
        .addValue(columns.counts(sum -> sum.sum().ring()))
        .addValue(columns.counts(sum -> sum.sum().talk()))
        .addValue(columns.arrays(GroupSum::within));
  }

  private record Columns<K, S>(Map<K, S> sums) {
    OffsetDateTime[] times(Function<K, Instant> of) {
      return sums.keySet().stream()
          .map(key -> of.apply(key).atOffset(ZoneOffset.UTC))
          .toArray(OffsetDateTime[]::new);
    }

    String[] texts(Function<K, String> of) {
      return sums.keySet().stream().map(of).toArray(String[]::new);
    }

    Long[] counts(ToLongFunction<S> of) {
      return sums.values().stream().map(of::applyAsLong).toArray(Long[]::new);
    }

    /// As PostgreSQL writes them: the client knows no arrays of arrays.
    String[] arrays(Function<S, long[]> of) {
      return sums.values().stream()
          .map(sum ->
              LongStream.of(of.apply(sum)).mapToObj(Long::toString).collect(joining(",", "{", "}")))
          .toArray(String[]::new);
    }
  }
}
