package io.tamas.web;

import io.tamas.web.Admission.Admitted;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Tickets: each opens one address once, within a minute, with the rights that its maker has by
/// then. For what browsers ask for without a header of the page, which is audio and WebSockets.
///
/// Kept in memory, by their hashes: after a restart, and on other nodes, there are none.
final class Tickets {
  static final Duration LIFE = Duration.ofSeconds(60);

  static final int MOST = 10_000;
  static final int MOST_OF_ONE = 100;

  private static final int BYTES = 32;

  private final ReentrantLock lock = new ReentrantLock();
  private final SecureRandom random = new SecureRandom();
  private final LongSupplier nanos;

  /// The oldest first.
  private final Map<ByteBuffer, Ticket> tickets = new LinkedHashMap<>();

  private record Ticket(String path, Admitted maker, long end) {}

  Tickets(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /// @param path that it opens
  /// @throws Problem 429 if the maker has too many, 503 if there are too many
  String make(String path, Admitted maker) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    lock.lock();
    try {
      long now = nanos.getAsLong();
      forget(now);
      requirePlace(maker.principal().name());
      tickets.put(hash(text), new Ticket(path, maker, now + LIFE.toNanos()));
      return text;
    } finally {
      lock.unlock();
    }
  }

  private void requirePlace(String name) {
    long own =
        tickets.values().stream()
            .filter(ticket -> ticket.maker().principal().name().equals(name))
            .count();
    if (own >= MOST_OF_ONE) {
      throw new Problem(
              429, "Too many requests", "at most " + MOST_OF_ONE + " unused tickets", List.of())
          .with(Map.of("retry-after", "1"));
    }
    if (tickets.size() >= MOST) {
      throw Problem.unavailable("too many unused tickets");
    }
  }

  /// Its maker, as they were then; empty if it is none, was used, is too old or is for another
  /// address. It is used up in any case.
  Optional<Admitted> use(String text, String path) {
    lock.lock();
    try {
      forget(nanos.getAsLong());
      return Optional.ofNullable(tickets.remove(hash(text)))
          .filter(ticket -> ticket.path().equals(path))
          .map(Ticket::maker);
    } finally {
      lock.unlock();
    }
  }

  private void forget(long now) {
    Iterator<Ticket> oldest = tickets.values().iterator();
    while (oldest.hasNext() && oldest.next().end() - now <= 0) {
      oldest.remove();
    }
  }

  private static ByteBuffer hash(String text) {
    try {
      return ByteBuffer.wrap(
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
