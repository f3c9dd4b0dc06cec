package io.tamas.hook;

import java.time.Instant;
import java.util.Optional;

/// One event for one webhook, as it is shown.
///
/// @param id of the event
/// @param attempts made so far
/// @param since when it was taken over, or was asked to be sent again
/// @param nextAttemptAt if it waits; one that waits for an earlier one of the same call comes after
///   that
/// @param status of the last answer, if there was one
/// @param reason what became of the last attempt
record WebhookDelivery(
    long id,
    String type,
    String subject,
    State state,
    int attempts,
    Instant since,
    Optional<Instant> nextAttemptAt,
    Optional<Instant> lastAttemptAt,
    Optional<Instant> endedAt,
    Optional<Integer> status,
    Optional<String> reason) {

  /// Whether the receiver has it.
  enum State {
    WAITING,
    DELIVERED,
    /// Given up.
    FAILED
  }
}
