package io.tamas.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tamas.config.Config;
import io.tamas.event.Event;
import io.tamas.event.EventListener;
import io.tamas.event.EventType;
import io.tamas.json.Json;
import io.tamas.number.PhoneNumber;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// Callers in memory, including unknown ones. An answer is kept until an event reports that the
/// profile has changed on any node, and is refreshed in the background when it has expired.
///
/// An answer that was requested before a change and arrives after it is not kept.
final class CallerCache implements EventListener {
  private final Cache<PhoneNumber, Known> known;
  private final ConcurrentMap<PhoneNumber, Future<Caller>> asked = new ConcurrentHashMap<>();
  private final int maxAsked;
  private final long ttl;
  private final LongSupplier nanoTime;

  CallerCache(Config.Lookup config, int maxAsked, LongSupplier nanoTime) {
    this.known = Caffeine.newBuilder().maximumSize(config.cacheSize()).build();
    this.maxAsked = maxAsked;
    this.ttl = config.cacheTtl().toNanos();
    this.nanoTime = nanoTime;
  }

  private record Known(Caller caller, long since) {}

  /// An answer of the cache.
  ///
  /// @param isOld whether it has expired
  record Answer(Caller caller, boolean isOld) {}

  Optional<Answer> get(PhoneNumber number) {
    Known answer = known.getIfPresent(number);
    return answer == null
        ? Optional.empty()
        : Optional.of(new Answer(answer.caller, nanoTime.getAsLong() - answer.since > ttl));
  }

  /// Looks up a number unless a lookup is already in progress; the answer is kept. Empty if too
  /// many lookups are in progress.
  Optional<Future<Caller>> ask(PhoneNumber number, Function<PhoneNumber, Future<Caller>> source) {
    Future<Caller> open = asked.get(number);
    if (open != null) {
      return Optional.of(open);
    }
    if (asked.size() >= maxAsked) {
      return Optional.empty();
    }
    Future<Caller> answer = asked.computeIfAbsent(number, source);
    answer.onComplete(done -> answered(number, answer));
    return Optional.of(answer);
  }

  private void answered(PhoneNumber number, Future<Caller> answer) {
    asked.computeIfPresent(
        number,
        (key, current) -> {
          if (current != answer) {
            return current;
          }
          if (answer.succeeded()) {
            known.put(key, new Known(answer.result(), nanoTime.getAsLong()));
          }
          return null;
        });
  }

  int size() {
    return Math.toIntExact(known.estimatedSize());
  }

  @Override
  public void happened(Event event) {
    if (event.type() == EventType.Known.PROFILE_CREATED
        || event.type() == EventType.Known.PROFILE_UPDATED) {
      JsonNode profile = Json.read(event.data(), JsonNode.class);
      profile.path("numbers").forEach(number -> forget(number.path("number").asText()));
      profile.path("removedNumbers").forEach(number -> forget(number.asText()));
    } else if (event.type() == EventType.Known.PROFILE_DELETED) {
      Json.read(event.data(), JsonNode.class)
          .path("numbers")
          .forEach(number -> forget(number.asText()));
    } else if (event.type() == EventType.Known.PROFILES_IMPORTED) {
      missed();
    }
  }

  @Override
  public void missed() {
    asked.keySet().forEach(this::forget);
    known.invalidateAll();
  }

  private void forget(String number) {
    forget(new PhoneNumber(number).line());
  }

  private void forget(PhoneNumber number) {
    asked.compute(
        number,
        (key, open) -> {
          known.invalidate(key);
          return null;
        });
  }
}
