package io.tamas.crm.exchange;

import io.tamas.db.Database;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/// Forgets imports.
///
/// @param clock tells what can be undone no more
record ForgottenImports(Database database, Clock clock) {
  /// What can be undone no more, and what nobody goes on with.
  private static final String TOO_OLD_TO_UNDO =
      """
      select id from profile_import
      where undo_until < $1
        and (exists (select from profile_import_batch b where b.import = id)
          or exists (select from profile_import_change c where c.import = id))
      """;

  private static final String FORGET_BATCHES = "delete from profile_import_batch where import = $1";
  private static final String FORGET_CHANGES =
      "delete from profile_import_change where import = $1";

  private static final String OLD = "delete from profile_import where ended_at < $1";

  /// Forgets what can be undone no more, and imports that ended long ago.
  ///
  /// @param ended before which they have
  void before(Instant ended) {
    Tuple now = Tuple.of(at(clock.instant()));
    for (Row row : database.await(database.pool().preparedQuery(TOO_OLD_TO_UNDO).execute(now))) {
      for (String sql : List.of(FORGET_BATCHES, FORGET_CHANGES)) {
        Tuple id = Tuple.of(row.getLong("id"));
        database.await(database.pool().preparedQuery(sql).execute(id));
      }
    }
    database.await(database.pool().preparedQuery(OLD).execute(Tuple.of(at(ended))));
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
