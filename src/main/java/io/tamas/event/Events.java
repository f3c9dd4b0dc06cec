package io.tamas.event;

import io.tamas.db.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/// Reads the events that are kept.
public final class Events {
  private static final String AFTER =
      """
      select id, at, type, subject, data::text
      from event
      where id > $1
      order by id
      limit $2
      """;

  private static final String RANGE =
      """
      select r.deleted_to, greatest(r.deleted_to, (select coalesce(max(id), 0) from event))
      from event_retention r
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
    return database
        .pool()
        .preparedQuery(RANGE)
        .execute()
        .map(rows -> {
          Row row = rows.iterator().next();
          return new Range(row.getLong(0), row.getLong(1));
        });
  }
}
