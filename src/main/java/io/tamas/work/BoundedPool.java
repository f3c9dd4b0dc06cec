package io.tamas.work;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// A few threads of the operating system for short work that keeps a processor busy, so that it
/// takes none of those on which calls are decided; what waits for them has a bound.
public final class BoundedPool implements AutoCloseable {
  private static final Duration IDLE = Duration.ofSeconds(30);

  private final ThreadPoolExecutor threads;

  /// @param name of its threads
  /// @param atOnce how many work at once
  /// @param waiting how many may wait
  public BoundedPool(String name, int atOnce, int waiting) {
    threads =
        new ThreadPoolExecutor(
            atOnce,
            atOnce,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new ArrayBlockingQueue<>(waiting),
            Thread.ofPlatform().name(name).daemon().priority(Thread.MIN_PRIORITY).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /// Empty if too many wait already.
  public <T> Optional<Future<T>> submit(Callable<T> work) {
    try {
      return Optional.of(threads.submit(work));
    } catch (RejectedExecutionException full) {
      return Optional.empty();
    }
  }

  /// What waits is not done any more.
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
