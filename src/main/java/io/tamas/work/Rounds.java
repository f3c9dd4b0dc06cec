package io.tamas.work;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Work in rounds, on a thread of its own, for as long as the process lives: such as to look at a
/// file or a table again and again; or until it is done. Each round tells how long to rest; [#wake]
/// ends the rest.
public final class Rounds {
  private final Supplier<Duration> round;
  private final Thread thread;
  private final Semaphore nudges = new Semaphore(0);
  private final Promise<Void> ended = Promise.promise();
  private volatile boolean closing;

  /// @param name of the thread
  /// @param round does its work, keeps its faults to itself, and returns how long to rest
  public Rounds(String name, Supplier<Duration> round) {
    this.round = round;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  /// Rounds that end when the work is done.
  ///
  /// @param name of the thread
  /// @param attempt returns whether it is done, and keeps its faults to itself
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
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /// Begins the next round at once.
  public void wake() {
    if (nudges.availablePermits() == 0) {
      nudges.release();
    }
  }

  public boolean isClosing() {
    return closing;
  }

  /// Done when the round under way is.
  public Future<Void> close() {
    closing = true;
    wake();
    return thread.getState() == Thread.State.NEW ? Future.succeededFuture() : ended.future();
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
