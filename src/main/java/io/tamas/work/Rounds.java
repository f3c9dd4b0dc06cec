package io.tamas.work;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Work in rounds, on its own thread, for as long as the process lives: such as checking a file or
/// a table periodically; or until it is done. Each round returns how long to rest; [#wake] ends the
/// rest.
public final class Rounds {
  private final Supplier<Duration> round;
  private final Worker worker;
  private final Semaphore nudges = new Semaphore(0);
  private final Promise<Void> ended = Promise.promise();
  private volatile boolean closing;

  /// @param name of the thread
  /// @param round does its work, handles its own faults, and returns how long to rest
  public Rounds(String name, Supplier<Duration> round) {
    this.round = round;
    this.worker = Worker.onPlatformThread(name, this::run);
  }

  /// Rounds that end when the work is done.
  ///
  /// @param name of the thread
  /// @param attempt returns whether it is done, and handles its own faults
  /// @param rest between two attempts
  public Rounds(String name, BooleanSupplier attempt, Duration rest) {
    this.round =
        () -> {
          if (attempt.getAsBoolean()) {
            closing = true;
            return Duration.ZERO;
          }
          return rest;
        };
    this.worker = Worker.onPlatformThread(name, this::run);
  }

  public void start() {
    worker.start();
  }

  public Worker worker() {
    return worker;
  }

  /// Starts the next round at once.
  public void wake() {
    if (nudges.availablePermits() == 0) {
      nudges.release();
    }
  }

  public boolean isClosing() {
    return closing;
  }

  /// Completes when the current round ends.
  public Future<Void> close() {
    closing = true;
    wake();
    return worker.isStarted() ? ended.future() : Future.succeededFuture();
  }

  private void run() {
    while (!closing) {
      rest(round.get());
    }
    ended.complete();
  }

  private void rest(Duration duration) {
    if (!duration.isPositive()) {
      return;
    }
    try {
      if (nudges.tryAcquire(duration.toNanos(), TimeUnit.NANOSECONDS)) {
        nudges.drainPermits();
      }
    } catch (InterruptedException e) {
      closing = true;
    }
  }
}
