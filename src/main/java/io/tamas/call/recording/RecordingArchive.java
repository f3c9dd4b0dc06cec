package io.tamas.call.recording;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tamas.audit.Audit;
import io.tamas.call.record.Recording;
import io.tamas.call.record.RecordingId;
import io.tamas.db.Database;
import io.tamas.db.Transaction;
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

  private static final String RESTORE =
      """
      update recording set state = 'ready', deleted_at = null, deleted_by = null
      where id = $1 and state = 'deleted'
      """;

  private static final String ACCESSES =
      """
      select id, at, actor, action from audit
      where subject = $1 and id < $2
        and action in ('listened', 'downloaded', 'renamed', 'deleted', 'restored')
      order by id desc limit $3
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
    DELETED,
    /// Brought back.
    @JsonProperty("restored")
    RESTORED
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
  boolean rename(RecordingId id, String title) {
    Optional<Recording> kept = recordings.find(id);
    if (kept.isEmpty()) {
      return false;
    }
    NewEvent renamed =
        events.of(Known.RECORDING_RENAMED, kept.get(), Map.of("id", id.toString(), "title", title));
    return database.inTransaction(
        tx -> change(tx, RENAME, Tuple.of(id.uuid(), title), id, Audit.Action.RENAMED, renamed));
  }

  /// Marks the recording as deleted; its file stays as long as it can be brought back
  /// ([DeletedRecordings]).
  ///
  /// @return whether the recording exists
  public boolean delete(RecordingId id, String who) {
    Optional<Recording> kept = kept(id);
    return kept.isPresent()
        && database.inTransaction(tx -> {
          boolean done = delete(tx, kept.get(), who);
          if (done) {
            DeletedRecordings.keep(tx, kept.get(), recordings.cell());
          }
          return done;
        });
  }

  /// What was not deleted yet.
  public Optional<Recording> kept(RecordingId id) {
    return recordings.find(id).filter(found -> found.state() != Recording.State.DELETED);
  }

  /// Marks the recording as deleted, in a transaction that keeps it.
  ///
  /// @return whether it was not yet
  public boolean delete(Transaction tx, Recording kept, String who) {
    RecordingId id = kept.recordingId();
    NewEvent deleted =
        events.of(Known.RECORDING_DELETED, kept, Map.of("id", id.toString(), "by", who));
    return change(tx, DELETE, Tuple.of(id.uuid(), who), id, Audit.Action.DELETED, deleted);
  }

  /// Brings a deleted one back, if its file is still there.
  ///
  /// @return what has changed since, so that it cannot be
  public Optional<String> restore(Transaction tx, RecordingId id) {
    if (tx.execute(RESTORE, Tuple.of(id.uuid())).rowCount() == 0) {
      return Optional.of("the recording is not deleted");
    }
    Recording restored = Recordings.find(tx, id).orElseThrow();
    Audit.record(tx, audited(id, Audit.Action.RESTORED));
    NewEvent ready = events.of(Known.RECORDING_READY, restored, restored);
    tx.await(Outbox.append(tx.connection(), List.of(ready)));
    return Optional.empty();
  }

  /// Deletes the file, then marks the recording as deleted: a deletion that was interrupted is
  /// finished by the next one.
  void expire(RecordingId id, String who) {
    Optional<Recording> kept = kept(id);
    if (kept.isPresent()) {
      deleteFiles(id);
      database.inTransaction(tx -> delete(tx, kept.get(), who));
    }
  }

  /// Deletes the files of one that nobody can bring back.
  ///
  /// @throws UncheckedIOException if one cannot be deleted now
  public void deleteFiles(RecordingId id) {
    try {
      for (int segment = recordings.segments(id); segment >= 1; segment--) {
        Files.deleteIfExists(recordings.segment(id, segment));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// To be called before the audio is delivered: nobody listens without an entry in the log.
  ///
  /// @param action that is to listen or to download
  public void logAccess(RecordingId id, Audit.Action action) {
    database.inTransaction(tx -> {
      Audit.record(tx, audited(id, action));
      return tx;
    });
  }

  private static Audit.Change audited(RecordingId id, Audit.Action action) {
    return Audit.Change.of("recording", id, action);
  }

  /// The newest first.
  ///
  /// @param before ids below it
  List<Access> accesses(RecordingId id, long before, int limit) {
    Tuple tuple = Tuple.of("recording:" + id, before, limit);
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
  private static boolean change(
      Transaction tx,
      String sql,
      Tuple tuple,
      RecordingId id,
      Audit.Action action,
      NewEvent event) {
    boolean done = tx.execute(sql, tuple).rowCount() == 1;
    if (done) {
      Audit.record(tx, audited(id, action));
      tx.await(Outbox.append(tx.connection(), List.of(event)));
    }
    return done;
  }

  /// As they were named before there were users.
  private static String who(String actor) {
    return actor.equals("server") ? "retention" : actor.replaceFirst("^(key|extension):", "");
  }

  private static Access access(Row row) {
    return new Access(
        row.getLong("id"),
        row.getOffsetDateTime("at").toInstant(),
        who(row.getString("actor")),
        Action.valueOf(row.getString("action").toUpperCase(Locale.ROOT)));
  }
}
