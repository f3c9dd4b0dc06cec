package io.tamas.routing;

import java.time.Duration;
import java.util.Optional;

/// Whether the limits of an outgoing profile allow one more call.
public sealed interface Admission {

  /// @param longest maximum duration
  record Admitted(Optional<Duration> longest) implements Admission {}

  /// The allowed number of simultaneous calls is in progress.
  record TooManyCalls() implements Admission {}

  /// The time of the last 24 hours is used up.
  record DaySpent() implements Admission {}
}
