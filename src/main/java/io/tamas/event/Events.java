package io.tamas.event;

import io.tamas.db.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/// Reads the events that are kept.
public final class Events {
  private static final String AFTER =
      """
      select id, at, type, subject, data::text, parties, began
      from event
      where id > $1
      order by id
      limit $2
      """;

  private static final String RANGE =
      """
      select r.deleted_to, greatest(r.deleted_to, (select max(id) from event))
      from event_retention r
      """;

  private static final String PAGE =
      """
      select e.id, e.at, e.type, e.subject, e.data::text, e.parties, e.began,
             r.deleted_to, greatest(r.deleted_to, (select max(id) from event))
      from event_retention r
      left join lateral (select * from event where id > $1 order by id limit $2) e on true
      order by e.id
      """;

  private final Database database;

  public Events(Database database) {
    this.database = database;
  }

  /// What is kept: events after `deletedTo`, up to `newest`. Both are 0 before the first event.
  public record Range(long deletedTo, long newest) {}

  /// The events after an id, oldest first, at most `limit`.
  public Future<List<Event>> after(long id, int limit) {
    return database.pool().preparedQuery(AFTER).execute(Tuple.of(id, limit)).map(Outbox::events);
  }

  public Future<Range> range() {
    return range(database.pool());
  }

  static Future<Range> range(SqlClient client) {
    return client.preparedQuery(RANGE).execute().map(rows -> range(rows.iterator().next(), 0));
  }

  /// The events after an id, and what was kept at that moment, so that deleted events can be
  /// distinguished from ids that never existed.
  record Page(List<Event> events, Range range) {}

  Future<Page> page(long after, int limit) {
    return page(database.pool(), after, limit);
  }

  static Future<Page> page(SqlClient client, long after, int limit) {
    return client.preparedQuery(PAGE).execute(Tuple.of(after, limit)).map(Events::page);
  }

  private static Page page(RowSet<Row> rows) {
    Row first = rows.iterator().next();
    boolean empty = first.getLong(0) == null;
    return new Page(empty ? List.of() : Outbox.events(rows), range(first, 7));
  }

  private static Range range(Row row, int column) {
    return new Range(row.getLong(column), row.getLong(column + 1));
  }
}
