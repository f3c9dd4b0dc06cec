package io.tamas.call.recording;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.asterisk.journal.JournalFollower;
import io.tamas.asterisk.journal.JournalLines;
import io.tamas.call.CallJournal;
import io.tamas.call.CallMetrics;
import io.tamas.call.LostCalls;
import io.tamas.call.fold.CapturedJournals;
import io.tamas.call.history.Calls;
import io.tamas.call.live.CallWatch;
import io.tamas.call.live.LiveCalls;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// The whole path from the journal's file to records, wired as in the server, in one cell.
public final class CallCell {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  final Path folder;
  final Path recordingFolder;
  public final Database database;
  public final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  public final LiveCalls live;
  public final Calls calls;
  public final Recordings recordings;
  public final RecordingEvents events;
  public final RecordingKeeper keeper;
  public final JournalFollower follower;
  public final LostCalls lost;

  /// What the keeper finds to be free on the disk.
  volatile long free = Long.MAX_VALUE;

  /// How often the keeper has asked for it.
  final AtomicInteger looked = new AtomicInteger();

  public CallCell(Path temp, Database database, Duration grace) {
    this.database = database;
    this.folder = made(temp.resolve("cel-custom"));
    this.recordingFolder = made(temp.resolve("recordings"));
    this.live = new LiveCalls(database, "main", registry);
    this.calls = new Calls(database, registry);
    this.recordings = new Recordings(database, "main", recordingFolder);
    this.events = new RecordingEvents(calls::find);
    this.keeper = new RecordingKeeper(database, recordings, events, registry, grace, this::look);
    var metrics = new CallMetrics(registry, live, Clock.systemUTC());
    var sink = new CallJournal(database, live, recordings, metrics, new NoWatch(), _ -> {});
    var config = new Config.Journal(folder, Duration.ofMillis(5), 1L << 30, Duration.ofDays(1));
    this.follower = new JournalFollower(config, "main", database, sink, registry);
    this.lost = new LostCalls(database, live, follower);
  }

  private record NoWatch() implements CallWatch {
    @Override
    public void restored(Set<String> calls) {}

    @Override
    public void joined(String call, String into) {}

    @Override
    public void changed(Set<String> calls) {}

    @Override
    public void pauseKey(String call, String channel) {}
  }

  private long look() {
    long found = free;
    looked.incrementAndGet();
    return found;
  }

  public CallCell start() {
    follower.start();
    keeper.start();
    return this;
  }

  public void stop() throws Exception {
    follower.close().await(10, TimeUnit.SECONDS);
    keeper.close().await(10, TimeUnit.SECONDS);
  }

  public void write(String text) {
    try {
      Files.writeString(
          folder.resolve("journal.csv"),
          text,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void writeCaptured(String call) {
    write(new String(CapturedJournals.bytes(call), StandardCharsets.UTF_8));
  }

  public void write(List<JournalEvent> rows) {
    rows.forEach(row -> write(JournalLines.line(row)));
  }

  /// Types of the events of a call, in the order of their ids.
  public List<String> events(String id) {
    return column("select type from event where subject = 'call:" + id + "' order by id");
  }

  public List<String> column(String sql) {
    List<String> values = new ArrayList<>();
    for (Row row : database.await(database.pool().query(sql).execute())) {
      values.add(row.getString(0));
    }
    return values;
  }

  /// Deletes all calls.
  public void forgetEverything() {
    database.await(
        database
            .pool()
            .query(
                "truncate journal, journal_tie, journal_cell, journal_file, journal_reject, live_call, call,"
                    + " call_party, recording, voicemail, voicemail_notice, event")
            .execute());
  }

  public static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not in time: " + what);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static Path made(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
