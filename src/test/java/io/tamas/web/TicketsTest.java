package io.tamas.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.web.Admission.Admitted;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TicketsTest {
  private final Vertx vertx = Vertx.vertx();
  private final KeyWatch watch =
      new KeyWatch(vertx, _ -> Future.failedFuture(Problem.unauthorized("nobody")));
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final Tickets tickets = new Tickets(nanos::get);
  private final Admitted zahra = maker("zahra");

  @AfterEach
  void close() throws Exception {
    watch.close();
    vertx.close().await(5, TimeUnit.SECONDS);
  }

  private Admitted maker(String name) {
    return new Admitted(new Principal(name, Set.of(Scope.READ)), "secret of " + name, watch);
  }

  private void later(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void opensItsAddressOnce() {
    String ticket = tickets.make("/events", zahra);
    assertTrue(ticket.matches("[A-Za-z0-9_-]{43}"), ticket);
    assertEquals(Optional.of(zahra), tickets.use(ticket, "/events"));
    assertEquals(Optional.empty(), tickets.use(ticket, "/events"));
  }

  @Test
  void isUsedUpAtAnotherAddressToo() {
    String ticket = tickets.make("/recordings/1", zahra);
    assertEquals(Optional.empty(), tickets.use(ticket, "/recordings/2"));
    assertEquals(Optional.empty(), tickets.use(ticket, "/recordings/1"));
    assertEquals(Optional.empty(), tickets.use("", "/recordings/1"));
  }

  @Test
  void lastsForAMinute() {
    String first = tickets.make("/events", zahra);
    later(Duration.ofSeconds(59));
    String second = tickets.make("/events", zahra);
    later(Duration.ofSeconds(1));
    assertEquals(Optional.empty(), tickets.use(first, "/events"));
    assertEquals(Optional.of(zahra), tickets.use(second, "/events"));
  }

  @Test
  void noneIsLikeAnother() {
    Set<String> made = new HashSet<>();
    for (int i = 0; i < Tickets.MOST_OF_ONE; i++) {
      made.add(tickets.make("/events", zahra));
    }
    assertEquals(Tickets.MOST_OF_ONE, made.size());
  }

  @Test
  void oneMakerHasABoundAndOthersGoOn() {
    for (int i = 0; i < Tickets.MOST_OF_ONE; i++) {
      tickets.make("/events", zahra);
    }
    assertEquals(429, assertThrows(Problem.class, () -> tickets.make("/events", zahra)).status());
    tickets.make("/events", maker("reza"));
    later(Duration.ofSeconds(60));
    tickets.make("/events", zahra);
  }

  @Test
  void allTogetherHaveABound() {
    for (int i = 0; i < Tickets.MOST; i++) {
      tickets.make("/events", maker("key " + i / Tickets.MOST_OF_ONE));
    }
    Problem full = assertThrows(Problem.class, () -> tickets.make("/events", zahra));
    assertEquals(503, full.status());
  }
}
