package io.tamas.call.history;

import io.tamas.db.Database;
import io.tamas.db.DatabaseFault;
import io.tamas.work.Rounds;
import io.tamas.work.Worker;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.ZoneId;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts the calls that are not in the sums yet, batch by batch: those of before the sums were
/// there, and all of them once the company's zone has changed.
public final class CountingRounds {
  private static final Logger log = LoggerFactory.getLogger(CountingRounds.class);

  /// Whoever writes records waits for a batch.
  private static final int BATCH = 500;

  private static final Duration SOON = Duration.ofMillis(20);
  private static final Duration RARELY = Duration.ofSeconds(30);
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final Database database;
  private final Supplier<ZoneId> zone;
  private final Rounds rounds = new Rounds("call-sums", this::round);
  private boolean counting;

  /// @param zone of the company, at any time
  public CountingRounds(Database database, Supplier<ZoneId> zone) {
    this.database = database;
    this.zone = zone;
  }

  public void start() {
    rounds.start();
  }

  public Worker worker() {
    return rounds.worker();
  }

  /// The zone may have changed.
  public void wake() {
    rounds.wake();
  }

  public Future<Void> close() {
    return rounds.close();
  }

  private Duration round() {
    ZoneId now = zone.get();
    try {
      boolean done = database.inTransaction(tx -> StoredSums.count(tx, now, BATCH));
      report(done, now);
      return done ? RARELY : SOON;
    } catch (DatabaseFault fault) {
      log.atDebug().addKeyValue("reason", fault.getMessage()).log("calls are not counted");
      return AGAIN;
    }
  }

  private void report(boolean done, ZoneId now) {
    if (counting == done) {
      counting = !done;
      log.atInfo()
          .addKeyValue("zone", now)
          .log(done ? "all calls are counted" : "calls are being counted");
    }
  }
}
