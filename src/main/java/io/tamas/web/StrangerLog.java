package io.tamas.web;

import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Bounds what those without a key can write into the log: so many lines a minute of one address,
/// and of all; what is beyond is counted, and told in one line a minute.
final class StrangerLog {
  private static final Logger log = LoggerFactory.getLogger(StrangerLog.class);
  private static final long MINUTE_MILLIS = 60_000;

  /// More than it takes to be banned (`src/main/fail2ban`).
  static final int PER_ADDRESS = 30;

  static final int ALL = 300;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Integer> lines = new HashMap<>();
  private final Vertx vertx;
  private final long timer;
  private int all;
  private long withheld;

  StrangerLog(Vertx vertx) {
    this.vertx = vertx;
    this.timer = vertx.setPeriodic(MINUTE_MILLIS, _ -> summarise());
  }

  /// Whether a line about this address may be written.
  boolean admits(String address) {
    lock.lock();
    try {
      if (all < ALL && lines.getOrDefault(address, 0) < PER_ADDRESS) {
        lines.merge(address, 1, Integer::sum);
        all++;
        return true;
      }
      withheld++;
      return false;
    } finally {
      lock.unlock();
    }
  }

  /// Ends the minute.
  void summarise() {
    long untold;
    lock.lock();
    try {
      untold = withheld;
      withheld = 0;
      all = 0;
      lines.clear();
    } finally {
      lock.unlock();
    }
    if (untold > 0) {
      log.atWarn()
          .addKeyValue("lines", untold)
          .log("more requests without a key, not logged one by one");
    }
  }

  void close() {
    vertx.cancelTimer(timer);
  }
}
