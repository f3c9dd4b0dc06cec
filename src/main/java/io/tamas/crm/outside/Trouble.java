package io.tamas.crm.outside;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the CRM is to be left alone for now: for a while after failures in a row, and for as
/// long as it says itself. One line in the log when that begins, and one when it ends.
final class Trouble {
  private static final Logger log = LoggerFactory.getLogger(Trouble.class);

  private static final int FAILURES_IN_A_ROW = 3;
  private static final Duration PAUSE = Duration.ofSeconds(10);

  /// The longest pause that a CRM can ask for.
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final LongSupplier nanoTime;
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicLong pausedUntil;
  private final AtomicBoolean reported = new AtomicBoolean();
  private volatile String reason = "";

  Trouble(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.pausedUntil = new AtomicLong(nanoTime.getAsLong());
  }

  boolean isPaused() {
    return pausedUntil.get() - nanoTime.getAsLong() > 0;
  }

  /// Why, as last known.
  String reason() {
    return reason.isEmpty() ? "too many questions are in progress" : reason;
  }

  void succeeded() {
    failures.set(0);
    if (reported.compareAndSet(true, false)) {
      log.atInfo().log("the CRM outside answers again");
    }
  }

  void failed(String why) {
    reason = why;
    if (failures.updateAndGet(count -> Math.min(count + 1, FAILURES_IN_A_ROW))
        >= FAILURES_IN_A_ROW) {
      pause(PAUSE);
      if (reported.compareAndSet(false, true)) {
        log.atWarn()
            .addKeyValue("reason", why)
            .log("the CRM outside does not answer: callers that are not in memory are unknown");
      }
    }
  }

  /// It asks for a pause (`Retry-After`, RFC 9110 section 10.2.3) in seconds; a date is not read.
  void pausedFor(int status, String after) {
    if ((status == 429 || status == 503) && after.matches("[0-9]{1,9}")) {
      Duration wanted = Duration.ofSeconds(Long.parseLong(after));
      pause(wanted.compareTo(LONGEST) < 0 ? wanted : LONGEST);
    }
  }

  private void pause(Duration pause) {
    long until = nanoTime.getAsLong() + pause.toNanos();
    pausedUntil.accumulateAndGet(until, (now, other) -> now - other > 0 ? now : other);
  }
}
