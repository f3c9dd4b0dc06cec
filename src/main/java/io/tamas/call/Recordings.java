package io.tamas.call;

import io.tamas.db.Database;
import io.tamas.db.Transaction;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// Recordings and their files. A recording is expected from the transaction in which its call ends;
/// [RecordingKeeper] finds out what became of the file.
public final class Recordings {
  private static final String EXPECT =
      """
      insert into recording (id, cell, call_id, state, started_at)
      select r.id, $1, r.call_id, 'expected', r.started_at
      from unnest($2::uuid[], $3::text[], $4::timestamptz[]) as r (id, call_id, started_at)
      on conflict (id) do nothing
      """;

  private static final String COLUMNS =
      "select id, call_id, state, started_at, duration_ms, bytes, sha256, channels from recording";

  private static final String FIND = COLUMNS + " where id = $1";

  private static final String OF_CALL = COLUMNS + " where call_id = $1 order by started_at limit 1";

  private static final String EXPECTED =
      """
      select id, call_id, state, started_at, duration_ms, bytes, sha256, channels,
        expected_at < now() - $2 * interval '1 millisecond' as overdue
      from recording
      where state = 'expected' and cell = $1
      order by expected_at limit $3
      """;

  private static final String SETTLE =
      """
      update recording
      set state = $2, duration_ms = $3, bytes = $4, sha256 = $5, channels = $6
      where id = $1 and state = 'expected'
      """;

  private static final String JOIN = "update recording set call_id = $2 where call_id = any($1)";

  private final Database database;
  private final String cell;
  private final Path folder;
  private volatile Runnable keeper = () -> {};

  public Recordings(Database database, String cell, Path folder) {
    this.database = database;
    this.cell = cell;
    this.folder = folder;
  }

  public Optional<Recording> find(RecordingId id) {
    return one(FIND, id.uuid());
  }

  Optional<Recording> ofCall(String call) {
    return one(OF_CALL, call);
  }

  Path file(RecordingId id) {
    return id.in(folder);
  }

  String cell() {
    return cell;
  }

  /// Where a segment lies, from 1 on.
  Path segment(RecordingId id, int number) {
    return folder.resolve(id.fileName(number));
  }

  /// Where the segments are made one file.
  Path joined(RecordingId id) {
    return folder.resolve(id + "-joined.wav");
  }

  /// How many segments Asterisk has written until now.
  int segments(RecordingId id) {
    int last = 1;
    while (Files.exists(segment(id, last + 1))) {
      last++;
    }
    return last;
  }

  /// The file of the ended calls that were recorded is to be looked for. Repeatable.
  Future<?> expect(Transaction tx, Collection<CallRecord> ended) {
    record Expected(UUID id, CallRecord call) {}
    List<Expected> expected =
        ended.stream()
            .flatMap(call ->
                call.recording().flatMap(RecordingId::parse).stream()
                    .map(id -> new Expected(id.uuid(), call)))
            .toList();
    if (expected.isEmpty()) {
      return Future.succeededFuture();
    }
    return tx.connection()
        .preparedQuery(EXPECT)
        .execute(
            Tuple.of(
                cell,
                expected.stream().map(Expected::id).toArray(UUID[]::new),
                expected.stream().map(e -> e.call.id()).toArray(String[]::new),
                expected.stream()
                    .map(e -> e.call.answeredAt().orElse(e.call.startedAt()))
                    .map(at -> at.atOffset(ZoneOffset.UTC))
                    .toArray(java.time.OffsetDateTime[]::new)));
  }

  /// The recordings of calls that turned out to be part of another are that one's.
  static Future<?> join(Transaction tx, Collection<String> calls, String into) {
    Tuple tuple = Tuple.of(calls.toArray(String[]::new), into);
    return tx.connection().preparedQuery(JOIN).execute(tuple);
  }

  /// An expected recording; `overdue` when its file had time enough to be closed.
  record Expected(Recording recording, boolean overdue) {}

  List<Expected> expected(Duration grace, int limit) {
    Tuple tuple = Tuple.of(cell, grace.toMillis(), limit);
    return database.await(database.pool().preparedQuery(EXPECTED).execute(tuple)).stream()
        .map(row -> new Expected(recording(row), row.getBoolean("overdue")))
        .toList();
  }

  /// Whether it was still expected.
  static boolean settle(Transaction tx, Recording settled) {
    Tuple tuple =
        Tuple.tuple()
            .addValue(settled.recordingId().uuid())
            .addValue(settled.state().name().toLowerCase(Locale.ROOT))
            .addValue(settled.duration().map(Duration::toMillis).orElse(null))
            .addValue(settled.bytes().orElse(null))
            .addValue(settled.sha256().orElse(null))
            .addValue(settled.channels().orElse(null));
    return tx.await(tx.connection().preparedQuery(SETTLE).execute(tuple)).rowCount() == 1;
  }

  void keptBy(Runnable wake) {
    keeper = wake;
  }

  /// There may be one to look for.
  void wake() {
    keeper.run();
  }

  private Optional<Recording> one(String sql, Object parameter) {
    return database.await(database.pool().preparedQuery(sql).execute(Tuple.of(parameter))).stream()
        .map(Recordings::recording)
        .findFirst();
  }

  private static Recording recording(Row row) {
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
