package io.tamas.call.recording;

import io.tamas.call.record.Recording;
import io.tamas.call.record.RecordingId;
import io.tamas.db.Database;
import io.tamas.text.Printable;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The recordings of ended calls, conversations and messages, the newest call first. Methods wait
/// for PostgreSQL; without it they throw [io.tamas.db.DatabaseFault].
public final class RecordingList {
  private final Database database;

  public RecordingList(Database database) {
    this.database = database;
  }

  /// A recording in a list.
  ///
  /// @param message whether it was left in a mailbox; else it is a conversation
  public record Entry(
      Recording recording, RecordingArchive.Note note, Instant callStartedAt, boolean message) {}

  /// @param next where the next page starts, if there is one
  public record Page(List<Entry> entries, Optional<RecordingCursor> next) {}

  public Page list(RecordingSearch search) {
    RecordingQuery query = RecordingQuery.of(search);
    List<Entry> read =
        entries(
            database.await(database.pool().preparedQuery(query.sql()).execute(query.parameters())));
    if (read.size() <= search.limit()) {
      return new Page(read, Optional.empty());
    }
    List<Entry> entries = read.subList(0, search.limit());
    return new Page(entries, Optional.of(RecordingCursor.of(entries.getLast())));
  }

  /// Those of the ids that there are.
  public List<Entry> findAll(Collection<RecordingId> ids) {
    Tuple tuple = Tuple.of((Object) ids.stream().map(RecordingId::uuid).toArray(UUID[]::new));
    return entries(
        database.await(database.pool().preparedQuery(RecordingQuery.BY_ID).execute(tuple)));
  }

  private static List<Entry> entries(RowSet<Row> rows) {
    return rows.stream().map(RecordingList::entry).toList();
  }

  private static Entry entry(Row row) {
    return new Entry(
        Recordings.recording(row),
        new RecordingArchive.Note(
            Optional.ofNullable(row.getString("title")).map(Printable::of),
            Optional.ofNullable(row.getOffsetDateTime("deleted_at")).map(at -> at.toInstant()),
            Optional.ofNullable(row.getString("deleted_by"))),
        row.getOffsetDateTime("call_started_at").toInstant(),
        row.getBoolean("message"));
  }
}
