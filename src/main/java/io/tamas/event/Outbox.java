package io.tamas.event;

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
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Appends events inside the transaction of the change that they announce.
///
/// Ids are given in the order of commit: a lock is taken before the ids are assigned and is
/// released by PostgreSQL only after the commit is visible to others. So a reader that has seen id
/// n has seen, or can read, all before it. Append as the last thing of a transaction, because from
/// here to its commit all other appenders wait.
public final class Outbox {
  /// The key of the advisory lock: `tamas` in ASCII.
  static final long LOCK = 0x74616D6173L;

  /// The channel of `NOTIFY` on which hubs are notified of new events.
  static final String CHANNEL = "tamas_event";

  private static final String TAKE_LOCK = "select pg_advisory_xact_lock(" + LOCK + ")";

  private static final String INSERT =
      """
      insert into event (at, type, subject, data, parties, began)
      select clock_timestamp(), e.type, e.subject, e.data::jsonb, e.parties::text[], e.began
      from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[])
        with ordinality as e (type, subject, data, parties, began, position)
      order by e.position
      returning id, at, type, subject, data::text, parties, began
      """;

  private static final String NOTIFY = "notify " + CHANNEL;

  private Outbox() {}

  /// Appends in the given order and returns the events with their ids. Nothing is published unless
  /// the transaction commits.
  public static Future<List<Event>> append(SqlConnection tx, List<NewEvent> events) {
    if (events.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    // sent together; should the lock fail, the transaction is aborted and the insert fails too
    Future<?> locked = tx.query(TAKE_LOCK).execute();
    Future<RowSet<Row>> inserted = tx.preparedQuery(INSERT).execute(tuple(events));
    Future<?> notified = tx.query(NOTIFY).execute();
    return Future.join(locked, inserted, notified).map(all -> events(inserted.result()));
  }

  private static Tuple tuple(List<NewEvent> events) {
    return Tuple.of(
        events.stream().map(event -> event.type().text()).toArray(String[]::new),
        events.stream().map(NewEvent::subject).toArray(String[]::new),
        events.stream().map(event -> Json.write(event.data())).toArray(String[]::new),
        events.stream().map(event -> parties(event.audience())).toArray(String[]::new),
        events.stream().map(event -> began(event.audience())).toArray(OffsetDateTime[]::new));
  }

  /// As PostgreSQL writes an array: the client knows no arrays of arrays. The words are plain.
  private static String parties(Audience audience) {
    return "{" + String.join(",", Audience.words(audience)) + "}";
  }

  private static @Nullable OffsetDateTime began(Audience audience) {
    return audience instanceof Audience.Parties parties
        ? parties.began().atOffset(ZoneOffset.UTC)
        : null;
  }

  private static Audience audience(Row row) {
    String[] parties = row.getArrayOfStrings(5);
    OffsetDateTime began = row.getOffsetDateTime(6);
    return Audience.read(
        parties == null ? List.of() : List.of(parties),
        began == null ? Instant.EPOCH : began.toInstant());
  }

  static List<Event> events(RowSet<Row> rows) {
    List<Event> events = new ArrayList<>(rows.size());
    for (Row row : rows) {
      events.add(
          new Event(
              row.getLong(0),
              EventType.of(row.getString(2)),
              row.getString(3),
              row.getOffsetDateTime(1).withOffsetSameInstant(ZoneOffset.UTC).toInstant(),
              row.getString(4),
              audience(row)));
    }
    return events;
  }
}
