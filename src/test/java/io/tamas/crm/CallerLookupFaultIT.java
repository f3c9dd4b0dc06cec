package io.tamas.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestServer;
import io.tamas.event.Event;
import io.tamas.event.EventType.Known;
import io.tamas.event.Events;
import io.tamas.lab.Eventually;
import io.tamas.lab.SlowProxy;
import io.tamas.number.PhoneNumber;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallerLookupFaultIT {
  private static final int UNKNOWN = 12;
  private static final String NOBODYS = "+9891200010";
  private static final String SARA = "+989121234567";

  /// What a machine busy with other tests may add to the budget.
  private static final Duration SLACK = Duration.ofMillis(150);

  @TempDir private static Path folder;
  private static TestServer postgres;

  @BeforeAll
  static void start() {
    postgres = TestServer.start(folder);
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @Test
  void slowDatabaseDoesNotHoldTheCallUpAndTheNameComesLate() throws Exception {
    postgres.fresh("slow");
    try (SlowProxy road = new SlowProxy(postgres.port());
        LookupNode node = new LookupNode(postgres.config("slow", road.port()), false)) {
      Profile sara = node.create("Sara", 0, SARA);
      warm(node);
      road.delayAnswers(Duration.ofMillis(300));
      long timeouts = node.answers("timeout");

      long took = nanos(() -> assertEquals(List.of(), node.find(SARA, "tamas-1.1")));

      assertWithinBudget(took);
      assertEquals(timeouts + 1, node.answers("timeout"));
      assertEquals(
          new LookupNode.Tied(
              "tamas-1.1",
              new PhoneNumber(SARA),
              new Caller(List.of(new Caller.Candidate(sara.id(), "Sara")))),
          tied(node, 1).getFirst());
      took = nanos(() -> assertEquals(List.of("Sara"), node.find(SARA, "tamas-1.2")));
      assertWithinBudget(took);
    }
  }

  /// Each holds up the others for two answers: more than a few at once would wait too long.
  @Test
  void unknownCallersOfASlowDatabaseGetProfilesToo() throws Exception {
    Config.Database direct = postgres.fresh("slow_unknown");
    try (SlowProxy road = new SlowProxy(postgres.port());
        LookupNode node = new LookupNode(postgres.config("slow_unknown", road.port()), true)) {
      road.delayAnswers(Duration.ofMillis(300));
      for (int n = 0; n < UNKNOWN; n++) {
        node.find(NOBODYS + (10 + n), "tamas-1." + n);
      }

      assertEquals(UNKNOWN, node.answers("timeout"));
      events(
          direct,
          event -> event.type() == Known.PROFILE_CREATED && event.data().contains(NOBODYS),
          UNKNOWN);
    }
  }

  @Test
  void deadDatabaseCostsNothingAfterTheFirstCallsAndTheNamesComeWhenItIsBack() throws Exception {
    Config.Database config = postgres.fresh("dead");
    try (LookupNode node = new LookupNode(config, false)) {
      node.create("Sara", 0, SARA);
      warm(node);
      postgres.stop();
      try {
        for (int i = 0; i < 50; i++) {
          String call = "tamas-2." + i;
          assertWithinBudget(nanos(() -> assertEquals(List.of(), node.find(SARA, call))));
        }
        assertTrue(node.answers("refused") >= 40, () -> "refused " + node.answers("refused"));
      } finally {
        postgres.start();
      }

      assertEquals(50, tied(node, 50).stream().map(LookupNode.Tied::call).distinct().count());
    }
  }

  @Test
  void fullPoolDoesNotHoldCallsUp() throws Exception {
    Config.Database config = postgres.fresh("full_pool");
    try (LookupNode node = new LookupNode(config, false);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 5; i++) {
        node.create("Nr " + i, 0, "+98912000000" + i);
      }
      warm(node);
      List<SqlConnection> held = new ArrayList<>();
      for (int i = 0; i < node.database.poolSize(); i++) {
        held.add(node.database.await(node.database.pool().getConnection()));
      }
      List<Future<Long>> calls = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String number = "+9891200%05d".formatted(i);
        calls.add(
            threads.submit(() -> nanos(() -> assertEquals(List.of(), node.find(number, "c")))));
      }
      for (Future<Long> call : calls) {
        assertWithinBudget(call.get(10, TimeUnit.SECONDS));
      }
      held.forEach(SqlConnection::close);

      assertEquals(5, tied(node, 5).size());
    }
  }

  private static void assertWithinBudget(long nanos) {
    Duration took = Duration.ofNanos(nanos);
    assertTrue(took.compareTo(LookupNode.BUDGET.plus(SLACK)) < 0, () -> "took " + took);
  }

  /// Classes loaded and a connection open, as after the first call of a day.
  private static void warm(LookupNode node) {
    // another number each time: one that was late is in memory by then
    AtomicInteger next = new AtomicInteger(10_000);
    Eventually.eventually(
        "warm",
        Duration.ofSeconds(20),
        () -> {
          node.find("+98900" + next.incrementAndGet(), "warm");
          return node.answers("database") > 3;
        });
  }

  private static long nanos(Runnable action) {
    long start = System.nanoTime();
    action.run();
    return System.nanoTime() - start;
  }

  private static List<LookupNode.Tied> tied(LookupNode node, int count) {
    Eventually.eventually(
        count + " are tied", Duration.ofSeconds(20), () -> node.tied.size() >= count);
    return List.copyOf(node.tied);
  }

  private static List<Event> events(Config.Database config, Predicate<Event> which, int count)
      throws Exception {
    Vertx vertx = Vertx.vertx();
    Database database = new Database(vertx, config);
    try {
      List<Event> late = new ArrayList<>();
      Eventually.eventually(
          count + " events",
          Duration.ofSeconds(20),
          () -> {
            late.clear();
            database.await(new Events(database).after(0, 1_000)).stream()
                .filter(which)
                .forEach(late::add);
            return late.size() >= count;
          });
      return List.copyOf(late);
    } finally {
      database.close().await(5, TimeUnit.SECONDS);
      vertx.close().await(5, TimeUnit.SECONDS);
    }
  }
}
