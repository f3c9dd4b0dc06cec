package io.tamas.hook;

import io.tamas.outbound.Answer;
import io.tamas.outbound.OutboundFault;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What became of one attempt.
sealed interface Outcome {
  /// @param status any of 2xx
  record Delivered(int status) implements Outcome {}

  /// @param status absent if there was no answer
  /// @param retryAfter what the receiver asks for
  record Failed(Optional<Integer> status, String reason, Optional<Duration> retryAfter)
      implements Outcome {
    /// Whether the receiver asks for less of everything.
    boolean isOverload() {
      return status.filter(code -> code == 429 || code == 503).isPresent();
    }
  }

  /// The receiver wants no more, for ever (410).
  record Gone(String reason) implements Outcome {}

  /// It was too late for an attempt, or there is no event any more.
  record TooLate(String reason) implements Outcome {}

  static Outcome of(Answer answer, Instant now) {
    if (answer.isSuccess()) {
      return new Delivered(answer.status());
    }
    String reason =
        "HTTP " + answer.status() + (answer.extract().isEmpty() ? "" : ": " + answer.extract());
    return answer.status() == 410
        ? new Gone(reason)
        : new Failed(
            Optional.of(answer.status()),
            reason,
            answer.retryAfter().flatMap(text -> RetryAfter.parse(text, now)));
  }

  static Outcome of(Throwable thrown) {
    String reason =
        thrown instanceof OutboundFault fault ? fault.reason() : thrown.getClass().getSimpleName();
    return new Failed(Optional.empty(), reason, Optional.empty());
  }
}
