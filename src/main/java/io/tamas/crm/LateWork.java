package io.tamas.crm;

import io.tamas.db.DatabaseFault;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Work on callers in the background of their calls. It is retried while PostgreSQL is unavailable,
/// for as long as the call may still be ringing or in progress.
final class LateWork {
  private static final Logger log = LoggerFactory.getLogger(LateWork.class);

  private static final int MAX_WAITING = 500;

  /// More would occupy the connections that calls need to meet their budget, and so make more calls
  /// late.
  private static final int AT_ONCE = 2;

  private static final Duration GIVE_UP = Duration.ofSeconds(60);
  private static final Duration RETRY = Duration.ofMillis(500);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore room = new Semaphore(MAX_WAITING);
  private final Semaphore working = new Semaphore(AT_ONCE);

  /// Does not wait.
  ///
  /// @param attempt returns whether there is nothing more to do; it may be repeated
  /// @param dropped runs if there is no room, or it was not done in time
  void begin(BooleanSupplier attempt, Runnable dropped) {
    if (threads.isShutdown() || !room.tryAcquire()) {
      dropped.run();
      return;
    }
    threads.execute(() -> {
      try {
        if (!isDoneInTime(attempt)) {
          dropped.run();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // the server is stopping
      } catch (RuntimeException e) {
        dropped.run();
        log.atWarn().setCause(e).log("late caller lookup failed");
      } finally {
        room.release();
      }
    });
  }

  private boolean isDoneInTime(BooleanSupplier attempt) throws InterruptedException {
    long end = System.nanoTime() + GIVE_UP.toNanos();
    while (!isDoneInTurn(attempt)) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(RETRY);
    }
    return true;
  }

  private boolean isDoneInTurn(BooleanSupplier attempt) throws InterruptedException {
    working.acquire();
    try {
      return attempt.getAsBoolean();
    } catch (DatabaseFault.Retryable e) {
      return false;
    } finally {
      working.release();
    }
  }

  void close() {
    threads.shutdownNow();
  }
}
