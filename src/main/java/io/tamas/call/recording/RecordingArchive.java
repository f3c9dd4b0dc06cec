package io.tamas.call.recording;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tamas.call.record.Recording;
import io.tamas.call.record.RecordingId;
import io.tamas.db.Database;
import io.tamas.event.EventType.Known;
import io.tamas.event.NewEvent;
import io.tamas.event.Outbox;
import io.tamas.text.Printable;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What users do to recordings: rename, delete, listen. Each action is logged with its user. Not on
/// an event loop. Without PostgreSQL nothing is done and nobody listens: each method throws
/// [io.tamas.db.DatabaseFault].
public final class RecordingArchive {
  private static final String NOTE =
      "select title, deleted_at, deleted_by from recording where id = $1";

  private static final String RENAME =
      "update recording set title = $2 where id = $1 and state <> 'deleted'";

  private static final String DELETE =
      """
      update recording set state = 'deleted', deleted_at = now(), deleted_by = $2
      where id = $1 and state <> 'deleted'
      """;

  private static final String LOG_ACCESS =
      "insert into recording_access (recording, who, action) values ($1, $2, $3)";

  private static final String ACCESSES =
      """
      select id, at, who, action from recording_access
      where recording = $1 and id < $2 order by id desc limit $3
      """;

  private static final String OLDER =
      """
      select id from recording
      where cell = $1 and state = 'ready' and started_at < $2 order by started_at limit $3
      """;

  private final Database database;
  private final Recordings recordings;
  private final RecordingEvents events;

  /// What a user did.
  public enum Action {
    /// Parts of the audio were requested, as players do.
    @JsonProperty("listened")
    LISTENED,
    /// The audio was requested completely.
    @JsonProperty("downloaded")
    DOWNLOADED,
    @JsonProperty("renamed")
    RENAMED,
    @JsonProperty("deleted")
    DELETED;

    private String stored() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// @param id grows
  record Access(long id, Instant at, String who, Action action) {}

  /// What is stored about a recording besides its file.
  public record Note(
      Optional<String> title, Optional<Instant> deletedAt, Optional<String> deletedBy) {}

  public RecordingArchive(Database database, Recordings recordings, RecordingEvents events) {
    this.database = database;
    this.recordings = recordings;
    this.events = events;
  }

  public Optional<Note> note(RecordingId id) {
    return database.await(database.pool().preparedQuery(NOTE).execute(Tuple.of(id.uuid()))).stream()
        .map(row ->
            new Note(
                Optional.ofNullable(row.getString("title")).map(Printable::of),
                Optional.ofNullable(row.getOffsetDateTime("deleted_at")).map(at -> at.toInstant()),
                Optional.ofNullable(row.getString("deleted_by"))))
        .findFirst();
  }

  /// @return whether the recording exists
  boolean rename(RecordingId id, String title, String who) {
    Optional<Recording> kept = recordings.find(id);
    if (kept.isEmpty()) {
      return false;
    }
    NewEvent renamed =
        events.of(Known.RECORDING_RENAMED, kept.get(), Map.of("id", id.toString(), "title", title));
    return change(RENAME, Tuple.of(id.uuid(), title), id, who, Action.RENAMED, renamed);
  }

  /// Deletes the file, then marks the recording as deleted: a deletion that was interrupted is
  /// finished by the next one.
  ///
  /// @return whether the recording exists
  public boolean delete(RecordingId id, String who) {
    Optional<Recording> kept =
        recordings.find(id).filter(found -> found.state() != Recording.State.DELETED);
    if (kept.isEmpty()) {
      return false;
    }
    deleteFiles(id);
    NewEvent deleted =
        events.of(Known.RECORDING_DELETED, kept.get(), Map.of("id", id.toString(), "by", who));
    change(DELETE, Tuple.of(id.uuid(), who), id, who, Action.DELETED, deleted);
    return true;
  }

  private void deleteFiles(RecordingId id) {
    try {
      for (int segment = recordings.segments(id); segment >= 1; segment--) {
        Files.deleteIfExists(recordings.segment(id, segment));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// To be called before the audio is delivered: nobody listens without an entry in the log.
  public void logAccess(RecordingId id, String who, Action action) {
    database.await(
        database
            .pool()
            .preparedQuery(LOG_ACCESS)
            .execute(Tuple.of(id.uuid(), who, action.stored())));
  }

  /// The newest first.
  ///
  /// @param before ids below it
  List<Access> accesses(RecordingId id, long before, int limit) {
    Tuple tuple = Tuple.of(id.uuid(), before, limit);
    return database.await(database.pool().preparedQuery(ACCESSES).execute(tuple)).stream()
        .map(RecordingArchive::access)
        .toList();
  }

  /// Recordings of this cell that started before `start`.
  List<RecordingId> olderThan(Instant start, int limit) {
    Tuple tuple = Tuple.of(recordings.cell(), start.atOffset(ZoneOffset.UTC), limit);
    return database.await(database.pool().preparedQuery(OLDER).execute(tuple)).stream()
        .map(row -> new RecordingId(row.getUUID("id")))
        .toList();
  }

  /// @return whether it is changed: the change is logged and told in its transaction
  private boolean change(
      String sql, Tuple tuple, RecordingId id, String who, Action action, NewEvent event) {
    return database.inTransaction(tx -> {
      boolean done = tx.await(tx.connection().preparedQuery(sql).execute(tuple)).rowCount() == 1;
      if (done) {
        Tuple access = Tuple.of(id.uuid(), who, action.stored());
        tx.await(tx.connection().preparedQuery(LOG_ACCESS).execute(access));
        tx.await(Outbox.append(tx.connection(), List.of(event)));
      }
      return done;
    });
  }

  private static Access access(Row row) {
    return new Access(
        row.getLong("id"),
        row.getOffsetDateTime("at").toInstant(),
        row.getString("who"),
        Action.valueOf(row.getString("action").toUpperCase(Locale.ROOT)));
  }
}
