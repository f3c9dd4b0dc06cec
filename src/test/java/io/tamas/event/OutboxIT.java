package io.tamas.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class OutboxIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(OutboxIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private final Events events = new Events(DATABASE);

  @AfterAll
  static void close() throws Exception {
    DATABASE.close().await(5, TimeUnit.SECONDS);
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void eventsHaveIdsInTheGivenOrder() {
    List<Event> appended = append("order", 3);

    assertEquals(List.of("order:0", "order:1", "order:2"), subjects(appended));
    assertTrue(appended.get(0).id() < appended.get(1).id());
    assertTrue(appended.get(1).id() < appended.get(2).id());
    assertEquals(appended, DATABASE.await(events.after(appended.getFirst().id() - 1, 3)));
  }

  @Test
  void rolledBackTransactionPublishesNothing() {
    long newest = DATABASE.await(events.range()).newest();

    assertThrows(
        IllegalStateException.class,
        () ->
            DATABASE.inTransaction(tx -> {
              tx.await(Outbox.append(tx.connection(), newEvents("undone", 1)));
              throw new IllegalStateException("changed my mind");
            }));

    assertEquals(List.of(), DATABASE.await(events.after(newest, 10)));
  }

  /// Without the lock of the outbox a transaction that took its id first may commit last, and the
  /// reader has then gone past it.
  @Test
  void readerThatAsksForWhatIsAfterItsLastIdNeverMissesOne() throws Exception {
    long start = DATABASE.await(events.range()).newest();
    int writers = 6;
    int each = 60;
    List<String> seen = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writing = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        writing.add(threads.submit(writer(writer, each)));
      }
      boolean over;
      long last = start;
      do {
        over = writing.stream().allMatch(Future::isDone);
        for (Event event : DATABASE.await(events.after(last, 1_000))) {
          seen.add(event.subject());
          last = event.id();
        }
      } while (!over);
      for (Future<?> writer : writing) {
        writer.get(10, TimeUnit.SECONDS);
      }
    }

    assertEquals(writers * each, seen.size());
    assertEquals(writers * each, seen.stream().distinct().count());
  }

  private static Callable<Void> writer(int writer, int count) {
    return () -> {
      for (int i = 0; i < count; i++) {
        int number = i;
        DATABASE.inTransaction(tx -> {
          tx.await(Outbox.append(tx.connection(), newEvents("writer-" + writer + "-" + number, 1)));
          // something after it, so that commits overtake one another where they can
          return tx.await(tx.connection().query("select pg_sleep(0.0005 * random())").execute());
        });
      }
      return null;
    };
  }

  private static List<Event> append(String name, int count) {
    return DATABASE.inTransaction(
        tx -> tx.await(Outbox.append(tx.connection(), newEvents(name, count))));
  }

  private static List<NewEvent> newEvents(String name, int count) {
    List<NewEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(new NewEvent(EventType.of("test.happened"), name + ":" + i, Map.of("n", i)));
    }
    return events;
  }

  private static List<String> subjects(List<Event> events) {
    return events.stream().map(Event::subject).toList();
  }
}
