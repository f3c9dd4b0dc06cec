package io.tamas.hook;

import java.time.Instant;
import java.util.Optional;

/// What is stored of an attempt.
///
/// @param dueAt of the next attempt; absent: it has ended
/// @param isDelivered whether it was accepted
record Settlement(
    Attempt attempt,
    Outcome outcome,
    Instant at,
    Optional<Instant> dueAt,
    boolean isDelivered,
    Optional<Integer> status,
    String reason) {

  /// @param dice from 0 to 1
  static Settlement of(Attempt attempt, Outcome outcome, Instant at, Backoff backoff, double dice) {
    return switch (outcome) {
      case Outcome.Delivered(int status) ->
          new Settlement(
              attempt, outcome, at, Optional.empty(), true, Optional.of(status), "HTTP " + status);
      case Outcome.Failed failed -> {
        Optional<Instant> next =
            backoff.next(attempt.tries() + 1, attempt.since(), at, failed.retryAfter(), dice);
        yield new Settlement(attempt, outcome, at, next, false, failed.status(), failed.reason());
      }
      case Outcome.Gone(String reason) ->
          new Settlement(attempt, outcome, at, Optional.of(at), false, Optional.of(410), reason);
      case Outcome.TooLate(String reason) ->
          new Settlement(attempt, outcome, at, Optional.empty(), false, Optional.empty(), reason);
    };
  }

  /// Whether anything was sent.
  boolean isAttempt() {
    return !(outcome instanceof Outcome.TooLate);
  }

  /// In metrics.
  String label() {
    return switch (outcome) {
      case Outcome.Delivered _ -> "delivered";
      case Outcome.Gone _ -> "gone";
      case Outcome.Failed _, Outcome.TooLate _ -> dueAt.isPresent() ? "failed" : "given-up";
    };
  }

  String state() {
    return dueAt.isPresent() ? "WAITING" : isDelivered ? "DELIVERED" : "FAILED";
  }
}
