package io.tamas.call.recording;

import io.tamas.call.record.RecordingId;
import io.tamas.db.DatabaseFault;
import io.tamas.work.Rounds;
import io.vertx.core.Future;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes the recordings of this cell that are older than they are kept, some at a time. Their
/// records stay and say so. Without PostgreSQL or with a failing disk it tries again later.
public final class RecordingRetention {
  private static final Logger log = LoggerFactory.getLogger(RecordingRetention.class);
  private static final Duration EVERY = Duration.ofMinutes(10);
  private static final int AT_A_TIME = 100;
  private static final String WHO = "retention";

  private final RecordingArchive archive;
  private final Duration keep;
  private final Clock clock;
  private final Rounds rounds = new Rounds("recording-retention", this::round);

  /// @param keep how long; zero: for ever
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

  public Future<Void> close() {
    return rounds.close();
  }

  private Duration round() {
    deleteOldOnes();
    return EVERY;
  }

  void deleteOldOnes() {
    try {
      List<RecordingId> old;
      do {
        old = archive.olderThan(clock.instant().minus(keep), AT_A_TIME);
        old.forEach(id -> archive.delete(id, WHO));
      } while (old.size() == AT_A_TIME && !rounds.isClosing());
    } catch (DatabaseFault | UncheckedIOException e) {
      log.atInfo().addKeyValue("reason", e.getMessage()).log("old recordings are deleted later");
    }
  }
}
