package io.tamas.audit;

import io.tamas.db.Database;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// Reads the log, the newest first.
final class AuditLog {
  static final String LIST =
      Database.PLANNED_EACH_TIME
          + "select "
          + Entry.COLUMNS
          + """
           from audit a
          where (a.at, a.id) < ($1, $2)
            and ($3::text is null or a.actor = $3)
            and ($4::text is null or a.kind = $4)
            and ($5::text is null or a.subject = $5)
            and ($6::text is null or a.action = $6)
            and ($7::timestamptz is null or a.at >= $7)
          order by a.at desc, a.id desc limit $8
          """;

  private final Database database;

  /// @param to before which
  record Filter(
      Optional<String> actor,
      Optional<String> kind,
      Optional<String> subject,
      Optional<String> action,
      Optional<Instant> from,
      Optional<Instant> to) {}

  /// Where a page ended.
  record Place(Instant at, long id) {}

  AuditLog(Database database) {
    this.database = database;
  }

  List<Entry> list(Filter filter, Optional<Place> after, int limit) {
    Place place =
        after.orElseGet(() -> new Place(filter.to().orElse(Instant.ofEpochSecond(1L << 37)), 0));
    Tuple values =
        Tuple.of(time(place.at()), place.id())
            .addString(filter.actor().orElse(null))
            .addString(filter.kind().orElse(null))
            .addString(filter.subject().orElse(null))
            .addString(filter.action().orElse(null))
            .addOffsetDateTime(filter.from().map(AuditLog::time).orElse(null))
            .addInteger(limit);
    return database.await(database.pool().preparedQuery(LIST).execute(values)).stream()
        .map(Entry::of)
        .toList();
  }

  private static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
