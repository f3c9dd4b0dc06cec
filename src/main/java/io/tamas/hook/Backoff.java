package io.tamas.hook;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// When a delivery that failed is tried again: after pauses that double, of which no two are quite
/// the same, so that what failed together is not repeated together.
///
/// @param first the pause after the first attempt
/// @param longest the longest pause, whatever the receiver asks for
/// @param giveUp how long after the event a delivery is tried
record Backoff(Duration first, Duration longest, Duration giveUp) {
  private static final int MAX_DOUBLINGS = 20;

  /// @param tries attempts so far
  /// @param dice from 0 to 1
  /// @return empty: never again
  Optional<Instant> next(
      int tries, Instant since, Instant now, Optional<Duration> retryAfter, double dice) {
    Duration doubled = first.multipliedBy(1L << Math.clamp(tries - 1L, 0, MAX_DOUBLINGS));
    long pause = Math.round(shorter(doubled, longest).toMillis() * (0.8 + 0.4 * dice));
    long asked = retryAfter.map(wish -> shorter(wish, longest).toMillis()).orElse(0L);
    Instant due = now.plusMillis(Math.max(pause, asked));
    return isOver(since, due) ? Optional.empty() : Optional.of(due);
  }

  boolean isOver(Instant since, Instant now) {
    return now.isAfter(since.plus(giveUp));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
