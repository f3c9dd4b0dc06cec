package io.tamas.call.history;

import static java.util.stream.Collectors.toSet;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.call.record.CallParties;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.Leg;
import io.tamas.db.Database;
import io.tamas.db.Transaction;
import io.tamas.json.Json;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The records of ended calls.
public final class Calls {
  private static final String MAKE_MONTHS =
      """
      select make_month('call', month)
      from (select distinct date_trunc('month', unnest($1::timestamptz[]), 'UTC') as month) months
      """;

  /// Each by the index: for many at once, a plan that was made for a small table reads all of it.
  private static final String STARTS =
      """
      select s.id, s.started_at from unnest($1::text[]) as wanted (id) cross join lateral (
        select id, started_at from call_start where id = wanted.id limit 1) s
      """;

  private static final String TAKE =
      """
      delete from call c using unnest($1::text[], $2::timestamptz[]) as taken (id, started_at)
      where c.id = taken.id and c.started_at = taken.started_at
      returning c.record::text
      """;

  private static final String SAVE =
      """
      with starts as (
        insert into call_start (id, started_at) select * from unnest($1::text[], $2::timestamptz[])
        on conflict (id) do update set started_at = excluded.started_at
      )
      insert into call (id, started_at, direction, status, record)
      select r.id, r.started_at, r.direction, r.status, r.record::jsonb
      from unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::text[])
        as r (id, started_at, direction, status, record)
      """;

  private static final String SAVE_PARTIES =
      """
      insert into call_party (party, started_at, call_id, direction, status, recorded)
      select * from unnest(
        $1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::boolean[])
      on conflict (party, started_at, call_id) do update set
        direction = excluded.direction, status = excluded.status, recorded = excluded.recorded
      """;

  private static final String REMOVE_STARTS =
      "delete from call_start where id = any($1) returning id, started_at";

  private static final String REMOVE_PARTIES =
      """
      delete from call_party p using unnest($1::text[], $2::timestamptz[], $3::text[])
        as r (party, started_at, call_id)
      where p.party = r.party and p.started_at = r.started_at and p.call_id = r.call_id
      """;

  /// A generic plan does not consider a party with millions of calls: it must not collect and sort
  /// all of them.
  static final String IN_ORDER = "set local enable_bitmapscan = off";

  private static final String FIND =
      """
      select c.record::text from unnest($1::text[]) as wanted (id)
      cross join lateral (
        select id, started_at from call_start where id = wanted.id limit 1) s
      join call c on c.started_at = s.started_at and c.id = s.id
      """;

  /// Its condition is that of an index.
  static final String CHARGED_SINCE =
      """
      select id, (record -> 'legs')::text from call
      where record @? '$.legs[*].charge' and started_at > $1
      """;

  private final Database database;
  private final UnknownTexts unknown;

  public Calls(Database database, MeterRegistry registry) {
    this.database = database;
    this.unknown = new UnknownTexts(registry);
  }

  /// @param next where the next page starts, if there is one
  public record Page(List<CallRecord> calls, Optional<CallCursor> next) {}

  public Optional<CallRecord> find(String id) {
    return findAll(List.of(id)).stream().findFirst();
  }

  public List<CallRecord> findAll(Collection<String> ids) {
    return read(database.await(database.pool().preparedQuery(FIND).execute(idTuple(ids))), unknown);
  }

  /// The legs of the calls that started since then and have one that is charged to an extension, by
  /// the call's id.
  public Map<String, List<Leg>> chargedSince(Instant since) {
    Tuple tuple = Tuple.of(since.atOffset(ZoneOffset.UTC));
    Map<String, List<Leg>> calls = new HashMap<>();
    for (Row row : database.await(database.pool().preparedQuery(CHARGED_SINCE).execute(tuple))) {
      calls.put(row.getString(0), List.of(Json.read(row.getString(1), Leg[].class)));
    }
    return calls;
  }

  public Page list(CallSearch search) {
    if (search.selectsNothing()) {
      return new Page(List.of(), Optional.empty());
    }
    CallQuery query = CallQuery.of(search);
    List<CallRecord> read =
        database.inTransaction(tx -> {
          SqlConnection connection = tx.connection();
          Future<?> ordered = connection.query(IN_ORDER).execute();
          var rows = connection.preparedQuery(query.sql()).execute(query.parameters());
          tx.await(Future.all(ordered, rows));
          return read(rows.result(), unknown);
        });
    boolean more = read.size() > search.limit();
    List<CallRecord> calls = more ? read.subList(0, search.limit()) : read;
    return new Page(calls, more ? Optional.of(CallCursor.of(calls.getLast())) : Optional.empty());
  }

  /// Writes records; may be repeated. A call is written by one at a time: by whoever follows its
  /// journal, or by those who lock the table.
  ///
  /// One that is there is replaced by taking it out first, since it may have to be put into another
  /// month.
  public static List<Future<?>> save(Transaction tx, Collection<CallRecord> calls) {
    if (calls.isEmpty()) {
      return List.of();
    }
    SqlConnection connection = tx.connection();
    List<Party> parties = parties(calls);
    Tuple columns = columns(calls);
    Future<?> months =
        connection.preparedQuery(MAKE_MONTHS).execute(Tuple.of((Object) columns.getValue(1)));
    Future<?> saved =
        connection
            .preparedQuery(STARTS)
            .execute(idTuple(calls.stream().map(CallRecord::id).toList()))
            .compose(starts -> take(connection, starts))
            .compose(before ->
                Future.all(
                    connection.preparedQuery(SAVE).execute(columns),
                    removeAllBut(parties, connection, before),
                    StoredSums.replace(connection, before, calls)));
    return List.of(
        months, saved, connection.preparedQuery(SAVE_PARTIES).execute(partyColumns(parties)));
  }

  /// Takes records out of their months.
  ///
  /// @param starts their ids, and when they started
  private static Future<List<CallRecord>> take(SqlConnection connection, RowSet<Row> starts) {
    return starts.size() == 0
        ? Future.succeededFuture(List.of())
        : connection
            .preparedQuery(TAKE)
            .execute(
                Tuple.tuple()
                    .addArrayOfString(
                        starts.stream().map(row -> row.getString(0)).toArray(String[]::new))
                    .addArrayOfOffsetDateTime(
                        starts.stream()
                            .map(row -> row.getOffsetDateTime(1))
                            .toArray(OffsetDateTime[]::new)))
            .map(Calls::records);
  }

  /// A record that is computed again may have lost parties, or start at another time.
  private static Future<?> removeAllBut(
      List<Party> kept, SqlConnection connection, List<CallRecord> before) {
    Set<Object> keys = kept.stream().map(Party::key).collect(toSet());
    return removeParties(
        connection, parties(before).stream().filter(party -> !keys.contains(party.key())).toList());
  }

  private static Future<?> removeParties(SqlConnection connection, List<Party> parties) {
    return parties.isEmpty()
        ? Future.succeededFuture()
        : connection
            .preparedQuery(REMOVE_PARTIES)
            .execute(
                Tuple.of(
                    parties.stream().map(Party::party).toArray(String[]::new),
                    parties.stream().map(p -> startedAt(p.call)).toArray(OffsetDateTime[]::new),
                    parties.stream().map(p -> p.call.id()).toArray(String[]::new)));
  }

  /// Removes the records of calls that turned out to be part of others.
  public static void remove(Transaction tx, Collection<String> ids) {
    var starts = tx.connection().preparedQuery(REMOVE_STARTS).execute(idTuple(ids));
    List<CallRecord> removed =
        tx.await(starts.compose(removing -> take(tx.connection(), removing)));
    tx.await(removeParties(tx.connection(), parties(removed)));
    tx.await(StoredSums.replace(tx.connection(), removed, List.of()));
  }

  /// The records in the first column.
  public static List<CallRecord> read(RowSet<Row> rows, UnknownTexts unknown) {
    List<CallRecord> calls = records(rows);
    calls.forEach(unknown::count);
    return calls;
  }

  private static List<CallRecord> records(RowSet<Row> rows) {
    List<CallRecord> calls = new ArrayList<>(rows.size());
    for (Row row : rows) {
      calls.add(Json.read(row.getString(0), CallRecord.class));
    }
    return calls;
  }

  private static Tuple idTuple(Collection<String> ids) {
    return Tuple.of((Object) ids.toArray(String[]::new));
  }

  private static Tuple columns(Collection<CallRecord> calls) {
    return Tuple.tuple()
        .addValue(calls.stream().map(CallRecord::id).toArray(String[]::new))
        .addValue(calls.stream().map(Calls::startedAt).toArray(OffsetDateTime[]::new))
        .addValue(calls.stream().map(call -> call.who().direction().name()).toArray(String[]::new))
        .addValue(calls.stream().map(call -> call.outcome().status().name()).toArray(String[]::new))
        .addValue(calls.stream().map(Json::write).toArray(String[]::new));
  }

  private record Party(String party, CallRecord call) {
    private Object key() {
      return List.of(party, call.when().startedAt(), call.id());
    }
  }

  private static List<Party> parties(Collection<CallRecord> calls) {
    return calls.stream()
        .flatMap(call -> CallParties.of(call).stream().map(party -> new Party(party, call)))
        .toList();
  }

  private static Tuple partyColumns(List<Party> parties) {
    return Tuple.tuple()
        .addValue(parties.stream().map(Party::party).toArray(String[]::new))
        .addValue(parties.stream().map(p -> startedAt(p.call)).toArray(OffsetDateTime[]::new))
        .addValue(parties.stream().map(p -> p.call.id()).toArray(String[]::new))
        .addValue(parties.stream().map(p -> p.call.who().direction().name()).toArray(String[]::new))
        .addValue(
            parties.stream().map(p -> p.call.outcome().status().name()).toArray(String[]::new))
        .addValue(parties.stream().map(p -> p.call.recorded().isAny()).toArray(Boolean[]::new));
  }

  private static OffsetDateTime startedAt(CallRecord call) {
    return call.when().startedAt().atOffset(ZoneOffset.UTC);
  }
}
