package io.tamas.crm;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.db.Database;
import io.tamas.db.DatabaseFault;
import io.tamas.event.Outbox;
import io.tamas.number.PhoneNumber;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Callers that were not found within the budget of their call: found afterwards and told by an
/// event, for as long as the call may still be ringing or talked.
final class LateCallers {
  private static final Logger log = LoggerFactory.getLogger(LateCallers.class);

  /// Calls that may wait for their caller; what comes beyond stays unknown and is counted.
  private static final int MAX_WAITING = 500;

  /// Late work at once. More would take the connections that calls need to be in time, and so make
  /// more calls late.
  private static final int AT_ONCE = 2;

  private static final Duration GIVE_UP = Duration.ofSeconds(60);
  private static final Duration RETRY = Duration.ofMillis(500);

  private final Database database;
  private final Function<PhoneNumber, Optional<Future<Caller>>> source;
  private final Consumer<PhoneNumber> unknown;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore room = new Semaphore(MAX_WAITING);
  private final Semaphore working = new Semaphore(AT_ONCE);
  private final Counter told;
  private final Counter dropped;

  /// @param source asks for the profiles of a number; empty when that is refused for now
  /// @param unknown hears of those whom nobody knows
  LateCallers(
      Database database,
      Function<PhoneNumber, Optional<Future<Caller>>> source,
      Consumer<PhoneNumber> unknown,
      MeterRegistry metrics) {
    this.database = database;
    this.source = source;
    this.unknown = unknown;
    this.told = metrics.counter("tamas.lookup.late", "result", "told");
    this.dropped = metrics.counter("tamas.lookup.late", "result", "dropped");
  }

  void identify(PhoneNumber number, String call) {
    if (threads.isShutdown() || !room.tryAcquire()) {
      dropped.increment();
      return;
    }
    threads.execute(() -> {
      try {
        identifyNow(number, call);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // the server stops
      } catch (RuntimeException e) {
        dropped.increment();
        log.atWarn().addKeyValue("call", call).setCause(e).log("late caller not told");
      } finally {
        room.release();
      }
    });
  }

  private void identifyNow(PhoneNumber number, String call) throws InterruptedException {
    long end = System.nanoTime() + GIVE_UP.toNanos();
    while (!tellInTurn(number, call)) {
      if (System.nanoTime() > end) {
        dropped.increment();
        return;
      }
      Thread.sleep(RETRY);
    }
  }

  private boolean tellInTurn(PhoneNumber number, String call) throws InterruptedException {
    working.acquire();
    try {
      return tell(number, call);
    } finally {
      working.release();
    }
  }

  /// Whether there is nothing more to do.
  private boolean tell(PhoneNumber number, String call) {
    try {
      Optional<Future<Caller>> answer = source.apply(number);
      if (answer.isEmpty()) {
        return false;
      }
      Caller caller = database.await(answer.get());
      if (caller.candidates().isEmpty()) {
        unknown.accept(number);
      } else {
        database.inTransaction(tx ->
            tx.await(
                Outbox.append(
                    tx.connection(), List.of(ProfileEvents.identified(call, number, caller)))));
        told.increment();
      }
      return true;
    } catch (DatabaseFault.Retryable e) {
      return false;
    }
  }

  void close() {
    threads.shutdownNow();
  }
}
