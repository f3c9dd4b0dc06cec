package io.tamas.call.state;

import io.tamas.db.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Since when trunks are as they are: kept in PostgreSQL, so that it outlasts a restart.
final class TrunkSince {
  private static final String ALL = "select trunk, state, since, reason from trunk_state";
  private static final String PUT =
      """
      insert into trunk_state (trunk, state, since, reason) values ($1, $2, $3, $4)
      on conflict (trunk) do update
      set state = excluded.state, since = excluded.since, reason = excluded.reason
      """;

  private final Map<String, Kept> kept = new ConcurrentHashMap<>();
  private volatile boolean isLoaded;

  /// @param reason empty if there is none
  record Kept(String state, Instant since, String reason) {}

  /// Reads, once, what the process before has kept. Waits.
  ///
  /// @throws io.tamas.db.DatabaseFault if that is not possible now
  void load(Database database) {
    if (isLoaded) {
      return;
    }
    for (Row row : database.await(database.pool().query(ALL).execute())) {
      kept.put(
          row.getString(0),
          new Kept(row.getString(1), row.getOffsetDateTime(2).toInstant(), row.getString(3)));
    }
    isLoaded = true;
  }

  /// What was kept, if the trunk was in just that state when the process before ended. Asked once:
  /// it counts for the first state that is known after a start.
  Optional<Kept> of(TrunkState first) {
    return Optional.ofNullable(kept.remove(first.trunk()))
        .filter(one -> one.state().equals(first.state().text()));
  }

  /// The trunk has become something else.
  void forget(String trunk) {
    kept.remove(trunk);
  }

  static Future<?> keep(SqlConnection tx, TrunkState now) {
    return tx.preparedQuery(PUT)
        .execute(
            Tuple.of(
                now.trunk(),
                now.state().text(),
                now.since().atOffset(ZoneOffset.UTC),
                now.reason().orElse("")));
  }
}
