package io.tamas.work;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkerTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(1);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Workers workers = new Workers(registry);

  @Test
  void workerThatDiedIsDownAndCounted() {
    Worker worker =
        worker(
            () -> {
              throw new IllegalStateException("broken");
            },
            LONG);
    eventually("it is down", SOON, worker::isDown);
    assertEquals(List.of("loop"), workers.down());
    assertEquals(
        1, registry.get("tamas.threads.died").tag("thread", "loop").functionCounter().count());
    assertEquals(1, registry.get("tamas.threads.down").tag("thread", "loop").gauge().value());
  }

  @Test
  void errorIsADeathToo() {
    Worker worker =
        worker(
            () -> {
              throw new StackOverflowError();
            },
            LONG);
    eventually("it is down", SOON, worker::isDown);
  }

  @Test
  void workerWorksAgainAndIsTrustedAfterAWhile() throws Exception {
    AtomicBoolean dies = new AtomicBoolean(true);
    CountDownLatch again = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Worker worker =
        new Worker(
            "loop",
            () -> {
              if (dies.getAndSet(false)) {
                throw new IllegalStateException("once");
              }
              again.countDown();
              end.await();
            },
            SHORT,
            Duration.ofMillis(200));
    workers.add(worker);
    worker.start();
    assertTrue(again.await(10, TimeUnit.SECONDS));
    assertTrue(worker.isDown());
    eventually("it is trusted", SOON, () -> workers.down().isEmpty());
    assertEquals(1, worker.deaths());
    end.countDown();
  }

  @Test
  void workerThatDiesAgainAndAgainStaysDown() {
    AtomicInteger runs = new AtomicInteger();
    Worker worker =
        worker(
            () -> {
              runs.incrementAndGet();
              throw new IllegalStateException("always");
            },
            SHORT);
    eventually("it died often", SOON, () -> worker.deaths() > 20);
    assertTrue(worker.isDown());
    worker.interrupt();
  }

  @Test
  void workerThatEndsIsNotDown() {
    CountDownLatch done = new CountDownLatch(1);
    Worker worker = worker(done::countDown, LONG);
    eventually("it has ended", SOON, () -> done.getCount() == 0);
    assertFalse(worker.isDown());
    assertEquals(List.of(), workers.down());
  }

  @Test
  void roundsGoOnAfterOneThatFails() {
    AtomicInteger round = new AtomicInteger();
    Rounds rounds =
        new Rounds(
            "rounds",
            () -> {
              if (round.incrementAndGet() == 2) {
                throw new IllegalStateException("the second");
              }
              return SHORT;
            });
    workers.add(rounds.worker());
    rounds.start();
    eventually("there are more rounds", SOON, () -> round.get() > 3);
    assertEquals(List.of("rounds"), workers.down());
    Future<Void> closed = rounds.close();
    eventually("they end", SOON, closed::isComplete);
  }

  private Worker worker(Worker.Work work, Duration pause) {
    Worker worker = new Worker("loop", work, pause, LONG);
    workers.add(worker);
    worker.start();
    return worker;
  }
}
