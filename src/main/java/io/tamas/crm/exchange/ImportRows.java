package io.tamas.crm.exchange;

import io.tamas.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Imports from rows of the table `profile_import`.
final class ImportRows {
  private ImportRows() {}

  /// @param now when it is read
  static Import read(Row row, Instant now) {
    ImportState state = ImportState.valueOf(row.getString("state"));
    Optional<Long> rows = Optional.ofNullable(row.getLong("row_count"));
    Import.Counts counts =
        new Import.Counts(
            row.getLong("done"),
            row.getLong("created_count"),
            row.getLong("changed"),
            row.getLong("unchanged"),
            row.getLong("refused"),
            row.getLong("repeated"),
            row.getLong("kept"));
    Optional<Import.Progress> progress =
        instant(row, "began_at")
            .filter(_ -> state == ImportState.CHECKING || state == ImportState.RUNNING)
            .map(began ->
                Import.Progress.of(
                    counts.done() - row.getLong("began_row"),
                    Duration.between(began, now),
                    rows.orElse(0L) - counts.done()));
    return new Import(
        row.getLong("id"),
        state,
        row.getString("file"),
        row.getLong("bytes"),
        row.getString("author"),
        json(row, "format", SheetFormat.class),
        row.getBoolean("header"),
        rows,
        Optional.ofNullable(row.getArrayOfStrings("headings")).map(List::of),
        json(row, "preview", String[][].class)
            .map(cells -> Stream.of(cells).map(List::of).toList()),
        json(row, "suggestion", Mapping.class),
        json(row, "mapping", Mapping.class),
        counts,
        List.of(row.getArrayOfStrings("new_groups")),
        List.of(row.getArrayOfLongs("kept_profiles")),
        progress,
        Optional.ofNullable(row.getString("reason")),
        row.getOffsetDateTime("created_at").toInstant(),
        instant(row, "ended_at"),
        instant(row, "undo_until"));
  }

  private static <T> Optional<T> json(Row row, String column, Class<T> type) {
    return Optional.ofNullable(row.getValue(column))
        .map(value ->
            Json.read(
                value instanceof JsonObject object ? object.encode() : ((JsonArray) value).encode(),
                type));
  }

  private static Optional<Instant> instant(Row row, String column) {
    return Optional.ofNullable(row.getOffsetDateTime(column)).map(OffsetDateTime::toInstant);
  }
}
