package io.tamas.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.config.Config;
import io.tamas.event.Event;
import io.tamas.event.EventType;
import io.tamas.number.PhoneNumber;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CallerCacheTest {
  private static final PhoneNumber NUMBER = new PhoneNumber("+989121234567");
  private static final Caller SARA = new Caller(List.of(new Caller.Candidate(1, "Sara")));

  private final AtomicLong now = new AtomicLong();
  private final Promise<Caller> source = Promise.promise();
  private final CallerCache cache =
      new CallerCache(
          new Config.Lookup(Duration.ofMillis(50), 100, Duration.ofMinutes(1)), 2, now::get);

  @Test
  void answerIsKeptAndOldAfterItsTime() {
    cache.ask(NUMBER, number -> source.future());
    assertEquals(Optional.empty(), cache.get(NUMBER));

    source.complete(SARA);
    assertEquals(Optional.of(new CallerCache.Answer(SARA, false)), cache.get(NUMBER));

    now.addAndGet(Duration.ofMinutes(2).toNanos());
    assertEquals(Optional.of(new CallerCache.Answer(SARA, true)), cache.get(NUMBER));
  }

  @Test
  void sameNumberIsAskedOnceAtATime() {
    Optional<Future<Caller>> first = cache.ask(NUMBER, number -> source.future());
    Optional<Future<Caller>> second =
        cache.ask(NUMBER, number -> Future.failedFuture("asked twice"));

    assertSame(first.orElseThrow(), second.orElseThrow());
  }

  @Test
  void moreThanTheBoundIsNotAsked() {
    assertTrue(ask("+989120000001"));
    assertTrue(ask("+989120000002"));
    assertFalse(ask("+989120000003"));

    source.complete(Caller.unknown());
    assertTrue(ask("+989120000003"));
  }

  @Test
  void failureIsNotKept() {
    cache.ask(NUMBER, number -> source.future());
    source.fail("away");

    assertEquals(Optional.empty(), cache.get(NUMBER));
    assertTrue(ask(NUMBER.e164()));
  }

  @Test
  void changedProfileIsForgottenWithTheNumbersThatItLost() {
    keep();
    cache.happened(event("profile.created", "{\"numbers\":[{\"number\":\"+989121234567\"}]}"));
    assertEquals(Optional.empty(), cache.get(NUMBER));
    keep();
    cache.happened(
        event("profile.updated", "{\"numbers\":[],\"removedNumbers\":[\"+989121234567\"]}"));
    assertEquals(Optional.empty(), cache.get(NUMBER));
    keep();
    cache.happened(event("profile.deleted", "{\"id\":1,\"numbers\":[\"+989121234567\"]}"));
    assertEquals(Optional.empty(), cache.get(NUMBER));
    keep();
    cache.happened(event("call.ended", "{}"));
    assertTrue(cache.get(NUMBER).isPresent());
    cache.missed();
    assertEquals(Optional.empty(), cache.get(NUMBER));
  }

  @Test
  void answerFromBeforeAChangeThatComesAfterItIsNotKept() {
    cache.ask(NUMBER, number -> source.future());
    cache.happened(event("profile.deleted", "{\"id\":1,\"numbers\":[\"+989121234567\"]}"));
    source.complete(SARA);
    assertEquals(Optional.empty(), cache.get(NUMBER));

    Promise<Caller> second = Promise.promise();
    cache.ask(NUMBER, number -> second.future());
    cache.missed();
    second.complete(SARA);
    assertEquals(Optional.empty(), cache.get(NUMBER));
  }

  private boolean ask(String number) {
    return cache.ask(new PhoneNumber(number), asked -> source.future()).isPresent();
  }

  private void keep() {
    cache.ask(NUMBER, number -> Future.succeededFuture(SARA));
    assertTrue(cache.get(NUMBER).isPresent());
  }

  private static Event event(String type, String data) {
    return new Event(1, EventType.of(type), "profile:1", Instant.EPOCH, data);
  }
}
