package io.tamas.call.recording;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.call.record.Recording;
import io.tamas.call.record.Recording.State;
import io.tamas.db.Database;
import io.tamas.db.DatabaseFault;
import io.tamas.event.EventType.Known;
import io.tamas.event.NewEvent;
import io.tamas.event.Outbox;
import io.tamas.work.Rounds;
import io.tamas.work.Worker;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Checks the files of recordings whose call has ended, and joins their segments into one file.
/// Driven by the table: what was not checked when the process died is checked by the next one.
///
/// Without PostgreSQL it waits; the files stay. A file that cannot be read is tried again.
public final class RecordingKeeper {
  private static final Logger log = LoggerFactory.getLogger(RecordingKeeper.class);

  /// Asterisk closes the file after the end of the call, in a separate thread.
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration IDLE = Duration.ofSeconds(5);
  private static final int PAGE = 50;

  /// With less space than this, what Asterisk was writing is cut off.
  private static final long FULL = 1 << 20;

  /// A file is shorter than its call by what is spoken before it begins and after it ends.
  private static final Duration SHORTER = Duration.ofSeconds(2);

  private final Database database;
  private final Recordings recordings;
  private final RecordingEvents events;
  private final MeterRegistry registry;
  private final Duration grace;
  private final FreeSpace free;
  private final Segments segments;
  private final Rounds rounds = new Rounds("recordings", this::round);

  /// When the disk was full last.
  private volatile Instant fullAt = Instant.EPOCH;

  public RecordingKeeper(
      Database database, Recordings recordings, RecordingEvents events, MeterRegistry registry) {
    this(database, recordings, events, registry, GRACE, recordings::free);
  }

  /// Bytes that are free where the files are.
  @FunctionalInterface
  interface FreeSpace {
    long bytes() throws IOException;
  }

  RecordingKeeper(
      Database database,
      Recordings recordings,
      RecordingEvents events,
      MeterRegistry registry,
      Duration grace,
      FreeSpace free) {
    this.free = free;
    this.database = database;
    this.recordings = recordings;
    this.events = events;
    this.registry = registry;
    this.grace = grace;
    this.segments = new Segments(recordings);
  }

  public void start() {
    recordings.onExpected(rounds::wake);
    rounds.start();
  }

  public Worker worker() {
    return rounds.worker();
  }

  public Future<Void> close() {
    return rounds.close();
  }

  private Duration round() {
    try {
      noteFreeSpace();
      List<Recordings.Expected> expected = recordings.expected(grace, PAGE);
      long settled = expected.stream().filter(this::settle).count();
      if (expected.isEmpty()) {
        return IDLE;
      }
      return settled == PAGE ? Duration.ofNanos(1) : POLL;
    } catch (DatabaseFault e) {
      log.atDebug().setCause(e).log("recordings waiting for PostgreSQL");
      return POLL;
    } catch (RuntimeException e) {
      log.atError().setCause(e).log("recordings cannot be checked");
      return IDLE;
    }
  }

  /// What is spoken while the disk is full is in no file.
  private void noteFreeSpace() {
    try {
      if (free.bytes() < FULL) {
        fullAt = Instant.now();
      }
    } catch (IOException e) {
      log.atDebug().setCause(e).log("free space not known");
    }
  }

  /// @param peaks if it is ready
  private record Settled(Recording recording, Optional<Peaks> peaks) {}

  /// Whether nothing more is expected of it.
  private boolean settle(Recordings.Expected expected) {
    Recording recording = expected.recording();
    Optional<Settled> found = check(recording, expected.overdue(), expected.lasted());
    found.ifPresent(this::store);
    return found.isPresent();
  }

  private Optional<Settled> check(Recording recording, boolean overdue, Duration lasted) {
    WavFile file;
    try {
      if (!segments.join(recording.recordingId(), overdue)) {
        return Optional.empty();
      }
      file = WavFile.read(recordings.file(recording.recordingId()), overdue);
      file = recording.startedAt().isAfter(fullAt) ? file : unlessCutOff(file, lasted);
    } catch (IOException e) {
      file = new WavFile.Broken(String.valueOf(e.getMessage()));
    }
    return switch (file) {
      case WavFile.Complete complete ->
          Optional.of(new Settled(ready(recording, complete), Optional.of(complete.peaks())));
      case WavFile.Missing() -> failed(overdue, recording, State.MISSING, "no file");
      case WavFile.Empty() -> failed(overdue, recording, State.EMPTY, "no audio");
      case WavFile.Broken(String reason) -> failed(overdue, recording, State.BROKEN, reason);
    };
  }

  /// A file of a recording during which the disk was full is whole by its header.
  private static WavFile unlessCutOff(WavFile file, Duration lasted) {
    return file instanceof WavFile.Complete complete
            && complete.duration().plus(SHORTER).compareTo(lasted) < 0
        ? new WavFile.Broken("the disk was full; written: " + complete.duration())
        : file;
  }

  private static Recording ready(Recording recording, WavFile.Complete file) {
    return new Recording(
        recording.recordingId(),
        recording.call(),
        State.READY,
        recording.startedAt(),
        Optional.of(file.duration()),
        Optional.of(file.bytes()),
        Optional.of(file.sha256()),
        Optional.of(file.channels()));
  }

  private static Optional<Settled> failed(
      boolean overdue, Recording recording, State state, String reason) {
    if (!overdue) {
      return Optional.empty();
    }
    log.atWarn()
        .addKeyValue("call", recording.call())
        .addKeyValue("recording", recording.recordingId())
        .addKeyValue("state", state)
        .addKeyValue("reason", reason)
        .log("recording is missing, empty or broken");
    Recording failed =
        new Recording(
            recording.recordingId(),
            recording.call(),
            state,
            recording.startedAt(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return Optional.of(new Settled(failed, Optional.empty()));
  }

  private void store(Settled checked) {
    Recording settled = checked.recording();
    Known type = settled.state() == State.READY ? Known.RECORDING_READY : Known.RECORDING_FAILED;
    NewEvent event = events.of(type, settled, settled);
    boolean first =
        database.inTransaction(tx -> {
          boolean changed = Recordings.settle(tx, settled, checked.peaks());
          if (changed) {
            tx.await(Outbox.append(tx.connection(), List.of(event)));
          }
          return changed;
        });
    if (first) {
      String state = settled.state().name().toLowerCase(Locale.ROOT);
      registry.counter("tamas.recordings", "state", state).increment();
    }
  }
}
