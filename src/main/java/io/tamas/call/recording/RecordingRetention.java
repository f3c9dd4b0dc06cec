package io.tamas.call.recording;

import io.tamas.call.record.RecordingId;
import io.tamas.db.DatabaseFault;
import io.tamas.work.Rounds;
import io.tamas.work.Worker;
import io.vertx.core.Future;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes the recordings of this cell whose retention has expired, in batches. Their records stay,
/// marked as deleted. Without PostgreSQL or with a failing disk it tries again later.
public final class RecordingRetention {
  private static final Logger log = LoggerFactory.getLogger(RecordingRetention.class);
  private static final Duration EVERY = Duration.ofMinutes(10);
  private static final int BATCH = 100;
  private static final String WHO = "retention";

  private final RecordingArchive archive;
  private final Duration keep;
  private final Clock clock;
  private final Rounds rounds = new Rounds("recording-retention", this::round);

  /// @param keep how long recordings are kept; zero: forever
  public RecordingRetention(RecordingArchive archive, Duration keep, Clock clock) {
    this.archive = archive;
    this.keep = keep;
    this.clock = clock;
  }

  public void start() {
    if (keep.isPositive()) {
      rounds.start();
    }
  }

  public Worker worker() {
    return rounds.worker();
  }

  public Future<Void> close() {
    return rounds.close();
  }

  private Duration round() {
    deleteExpired();
    return EVERY;
  }

  void deleteExpired() {
    try {
      List<RecordingId> expired;
      do {
        expired = archive.olderThan(clock.instant().minus(keep), BATCH);
        expired.forEach(id -> archive.expire(id, WHO));
      } while (expired.size() == BATCH && !rounds.isClosing());
    } catch (DatabaseFault | UncheckedIOException e) {
      log.atInfo()
          .addKeyValue("reason", e.getMessage())
          .log("deletion of expired recordings deferred");
    }
  }
}
