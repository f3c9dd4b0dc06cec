package io.tamas.crm;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// A circuit breaker: opens for a pause after successive failures. After the pause one more failure
/// opens it again, one success closes it.
final class Circuit {
  private static final int FAILURES_IN_A_ROW = 3;

  private final long pause;
  private final LongSupplier nanoTime;
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicLong failedAt = new AtomicLong();

  Circuit(Duration pause, LongSupplier nanoTime) {
    this.pause = pause.toNanos();
    this.nanoTime = nanoTime;
  }

  boolean isOpen() {
    return failures.get() >= FAILURES_IN_A_ROW && nanoTime.getAsLong() - failedAt.get() < pause;
  }

  void succeeded() {
    failures.set(0);
  }

  void failed() {
    failedAt.set(nanoTime.getAsLong());
    failures.updateAndGet(count -> Math.min(count + 1, FAILURES_IN_A_ROW));
  }
}
