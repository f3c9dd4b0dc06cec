package io.tamas.work;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// State that several threads read and change and one processes: the given functions run under its
/// lock, and must not wait.
public final class Monitor {
  private static final LongSupplier NEVER = () -> Long.MAX_VALUE;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean closed;

  public <T> T read(Supplier<T> state) {
    lock.lock();
    try {
      return state.get();
    } finally {
      lock.unlock();
    }
  }

  /// Changes the state and wakes waiting threads.
  public void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Ends all waits, now and later.
  public void close() {
    change(() -> closed = true);
  }

  /// Waits until the state contains something to do, and takes it. Empty if this is closed.
  public <T> Optional<T> take(Supplier<Optional<T>> next) throws InterruptedException {
    return take(next, NEVER);
  }

  /// @param nanos after how long there may be something to do even without a change
  public <T> Optional<T> take(Supplier<Optional<T>> next, LongSupplier nanos)
      throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        Optional<T> found = next.get();
        if (found.isPresent()) {
          return found;
        }
        changed.awaitNanos(nanos.getAsLong());
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the condition is met, but no longer than the given time. Returns whether it is
  /// met.
  public boolean await(BooleanSupplier condition, Duration patience) throws InterruptedException {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (!condition.getAsBoolean()) {
        if (closed || left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for the given time, unless this is closed before. Returns whether it is still open.
  public boolean rest(Duration duration) throws InterruptedException {
    await(() -> false, duration);
    return read(() -> !closed);
  }
}
