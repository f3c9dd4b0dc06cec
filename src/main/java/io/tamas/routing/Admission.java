package io.tamas.routing;

import java.time.Duration;
import java.util.Optional;

/// Whether the limits of an outgoing profile leave room for one more call.
public sealed interface Admission {

  /// @param longest how long it may last
  record Admitted(Optional<Duration> longest) implements Admission {}

  /// As many calls as are allowed at once are going on.
  record TooManyCalls() implements Admission {}

  /// The time of the last 24 hours is used up.
  record DaySpent() implements Admission {}
}
