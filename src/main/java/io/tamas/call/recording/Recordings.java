package io.tamas.call.recording;

import io.tamas.call.record.CallRecord;
import io.tamas.call.record.Recording;
import io.tamas.call.record.RecordingId;
import io.tamas.call.record.RecordingPart;
import io.tamas.db.Database;
import io.tamas.db.Transaction;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Recordings and their files: conversations and voicemail messages. A recording is expected from
/// the transaction in which its call ends; [RecordingKeeper] then checks its file.
public final class Recordings {
  private static final Logger log = LoggerFactory.getLogger(Recordings.class);

  private static final String EXPECT =
      """
      insert into recording (
        id, cell, call_id, state, started_at, call_started_at, direction, message)
      select r.id, $1, r.call_id, 'expected', r.started_at, r.call_started_at, r.direction, r.message
      from unnest(
        $2::uuid[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::text[], $7::boolean[])
        as r (id, call_id, started_at, call_started_at, direction, message)
      on conflict (id) do update set
        call_started_at = excluded.call_started_at, direction = excluded.direction
      """;

  private static final String COLUMNS =
      "select id, call_id, state, started_at, duration_ms, bytes, sha256, channels from recording";

  private static final String FIND = COLUMNS + " where id = $1";

  private static final String OF_CALL =
      COLUMNS + " where call_id = $1 order by started_at limit 100";

  private static final String EXPECTED =
      """
      select id, call_id, state, started_at, duration_ms, bytes, sha256, channels,
        expected_at < now() - $2 * interval '1 millisecond' as overdue,
        (extract(epoch from expected_at - started_at) * 1000)::bigint as lasted
      from recording
      where state = 'expected' and cell = $1
      order by expected_at limit $3
      """;

  private static final String SETTLE =
      """
      update recording
      set state = $2, duration_ms = $3, bytes = $4, sha256 = $5, channels = $6, peaks = $7
      where id = $1 and state = 'expected'
      """;

  private static final String PEAKS = "select channels, peaks from recording where id = $1";

  private static final String STORE_PEAKS = "update recording set peaks = $2 where id = $1";

  private static final String JOIN =
      """
      update recording
      set call_id = $2, call_started_at = coalesce($3, call_started_at),
        direction = coalesce($4, direction)
      where call_id = any($1)
      """;

  private final Database database;
  private final String cell;
  private final Path folder;
  private volatile Runnable onExpected = () -> {};

  public Recordings(Database database, String cell, Path folder) {
    this.database = database;
    this.cell = cell;
    this.folder = folder;
  }

  public Optional<Recording> find(RecordingId id) {
    return all(FIND, id.uuid()).findFirst();
  }

  static Optional<Recording> find(Transaction tx, RecordingId id) {
    return tx.execute(FIND, Tuple.of(id.uuid())).stream().findFirst().map(Recordings::recording);
  }

  /// Of a recording that is ready. Those of one that became ready before there were any are made of
  /// its file, and kept.
  Optional<Peaks> peaks(RecordingId id) {
    return storedPeaks(id)
        .or(() -> {
          Optional<Peaks> made = madePeaks(id);
          made.ifPresent(peaks -> store(id, peaks));
          return made;
        });
  }

  private Optional<Peaks> storedPeaks(RecordingId id) {
    Tuple tuple = Tuple.of(id.uuid());
    return database.await(database.pool().preparedQuery(PEAKS).execute(tuple)).stream()
        .filter(row -> row.getBuffer("peaks") != null)
        .map(row -> new Peaks(row.getInteger("channels"), row.getBuffer("peaks")))
        .findFirst();
  }

  private Optional<Peaks> madePeaks(RecordingId id) {
    try {
      return WavFile.read(file(id)) instanceof WavFile.Complete file
          ? Optional.of(file.peaks())
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void store(RecordingId id, Peaks peaks) {
    Tuple tuple = Tuple.of(id.uuid(), peaks.levels());
    database.await(database.pool().preparedQuery(STORE_PEAKS).execute(tuple));
  }

  /// The conversation and the messages of a call, the oldest first.
  public List<Recording> ofCall(String call) {
    return all(OF_CALL, call).toList();
  }

  public Path file(RecordingId id) {
    return segment(id, 1);
  }

  /// Bytes that can still be written beside the files.
  long free() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  public String cell() {
    return cell;
  }

  /// The file of a segment, numbered from 1.
  Path segment(RecordingId id, int number) {
    return folder.resolve(id.fileName(number));
  }

  /// The file into which the segments are joined.
  Path joined(RecordingId id) {
    return folder.resolve(id + "-joined.wav");
  }

  /// How many segments Asterisk has written so far.
  int segments(RecordingId id) {
    int last = 1;
    while (Files.exists(segment(id, last + 1))) {
      last++;
    }
    return last;
  }

  /// Deletes a file that is not needed. Repeatable; one that cannot be deleted stays and is logged.
  public void drop(RecordingId id) {
    try {
      Files.deleteIfExists(file(id));
    } catch (IOException e) {
      log.atWarn().setCause(e).addKeyValue("recording", id).log("recording file not deleted");
    }
  }

  /// Deletes what was begun for a call that ended without a conversation: Asterisk opens the file
  /// before anybody answers, and has written its header only.
  public void dropUnused(CallRecord ended) {
    if (ended.recorded().recording().isEmpty()) {
      ended.decisions().stream()
          .filter(note -> !note.takesMessage())
          .flatMap(note -> note.recording().stream())
          .flatMap(id -> RecordingId.parse(id).stream())
          .filter(this::isEmpty)
          .forEach(this::drop);
    }
  }

  private boolean isEmpty(RecordingId id) {
    try {
      return Files.size(file(id)) <= WavFile.HEADER;
    } catch (IOException e) {
      return false; // mostly it was never opened
    }
  }

  /// Makes the files of a part segments of the whole. Repeatable, also after it was interrupted;
  /// what cannot be moved stays and is logged.
  public void unite(RecordingPart one) {
    for (int number = segments(one.part()); number >= 1; number--) {
      Path segment = segment(one.part(), number);
      if (Files.exists(segment)) {
        try {
          // Asterisk may still be closing it, which continues under the new name
          Files.move(segment, segment(one.whole(), segments(one.whole()) + 1));
        } catch (IOException e) {
          log.atWarn()
              .setCause(e)
              .addKeyValue("recording", one)
              .log("segment not joined to its recording");
        }
      }
    }
  }

  private record Audio(UUID id, CallRecord call, Instant startedAt, boolean message) {
    private static Optional<Audio> of(
        String id, CallRecord call, Instant startedAt, boolean message) {
      return RecordingId.parse(id).map(known -> new Audio(known.uuid(), call, startedAt, message));
    }

    private static Stream<Audio> of(CallRecord call) {
      Instant answered = call.when().answeredAt().orElse(call.when().startedAt());
      return Stream.concat(
              call.recorded().recording().map(id -> of(id, call, answered, false)).stream(),
              call.recorded().messages().stream().map(message -> of(message, call)))
          .flatMap(Optional::stream);
    }

    private static Optional<Audio> of(CallRecord.Message message, CallRecord call) {
      return of(message.recording(), call, message.leftAt().minus(message.duration()), true);
    }

    private OffsetDateTime begins() {
      return startedAt.atOffset(ZoneOffset.UTC);
    }

    private OffsetDateTime callBegins() {
      return call.when().startedAt().atOffset(ZoneOffset.UTC);
    }
  }

  /// Expects the files of ended calls that were recorded, and of their messages. Repeatable.
  public Future<?> expect(Transaction tx, Collection<CallRecord> ended) {
    List<Audio> expected = ended.stream().flatMap(Audio::of).toList();
    if (expected.isEmpty()) {
      return Future.succeededFuture();
    }
    return tx.connection()
        .preparedQuery(EXPECT)
        .execute(
            Tuple.tuple()
                .addValue(cell)
                .addValue(expected.stream().map(Audio::id).toArray(UUID[]::new))
                .addValue(expected.stream().map(one -> one.call.id()).toArray(String[]::new))
                .addValue(expected.stream().map(Audio::begins).toArray(OffsetDateTime[]::new))
                .addValue(expected.stream().map(Audio::callBegins).toArray(OffsetDateTime[]::new))
                .addValue(
                    expected.stream()
                        .map(one -> one.call.who().direction().name())
                        .toArray(String[]::new))
                .addValue(expected.stream().map(Audio::message).toArray(Boolean[]::new)));
  }

  /// Moves the recordings of calls that turned out to be part of another to that call.
  ///
  /// @param record of that call so far
  public static Future<?> join(
      Transaction tx, Collection<String> calls, String into, Optional<CallRecord> record) {
    Tuple tuple =
        Tuple.of(
            calls.toArray(String[]::new),
            into,
            record.map(call -> call.when().startedAt().atOffset(ZoneOffset.UTC)).orElse(null),
            record.map(call -> call.who().direction().name()).orElse(null));
    return tx.connection().preparedQuery(JOIN).execute(tuple);
  }

  /// @param overdue whether its file should have been closed by now
  /// @param lasted from its start until its call had ended, at least
  record Expected(Recording recording, boolean overdue, Duration lasted) {}

  List<Expected> expected(Duration grace, int limit) {
    Tuple tuple = Tuple.of(cell, grace.toMillis(), limit);
    return database.await(database.pool().preparedQuery(EXPECTED).execute(tuple)).stream()
        .map(row ->
            new Expected(
                recording(row),
                row.getBoolean("overdue"),
                Duration.ofMillis(row.getLong("lasted"))))
        .toList();
  }

  /// @return whether it was still expected
  static boolean settle(Transaction tx, Recording settled, Optional<Peaks> peaks) {
    Tuple tuple =
        Tuple.tuple()
            .addValue(settled.recordingId().uuid())
            .addValue(settled.state().name().toLowerCase(Locale.ROOT))
            .addValue(settled.duration().map(Duration::toMillis).orElse(null))
            .addValue(settled.bytes().orElse(null))
            .addValue(settled.sha256().orElse(null))
            .addValue(settled.channels().orElse(null))
            .addValue(peaks.map(Peaks::levels).orElse(null));
    return tx.await(tx.connection().preparedQuery(SETTLE).execute(tuple)).rowCount() == 1;
  }

  void onExpected(Runnable wake) {
    onExpected = wake;
  }

  /// A recording may be expected.
  public void wake() {
    onExpected.run();
  }

  private Stream<Recording> all(String sql, Object parameter) {
    return database.await(database.pool().preparedQuery(sql).execute(Tuple.of(parameter))).stream()
        .map(Recordings::recording);
  }

  static Recording recording(Row row) {
    return new Recording(
        new RecordingId(row.getUUID("id")),
        row.getString("call_id"),
        Recording.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getOffsetDateTime("started_at").toInstant(),
        Optional.ofNullable(row.getLong("duration_ms")).map(Duration::ofMillis),
        Optional.ofNullable(row.getLong("bytes")),
        Optional.ofNullable(row.getString("sha256")),
        Optional.ofNullable(row.getInteger("channels")));
  }
}
