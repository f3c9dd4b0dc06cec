package io.tamas.web;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The time for which a request asks, by its parameters `from` and `to`.
///
/// @param from included; empty if it has no beginning
/// @param to excluded; empty if it has no end
public record Period(Optional<Instant> from, Optional<Instant> to) {

  /// @throws Problem 400 if it does not end after it begins
  public static Period of(Request request) {
    Period period =
        new Period(
            request.query("from").map(Request::time), request.query("to").map(Request::time));
    if (!period.length().isPositive()) {
      throw Problem.bad("Bad parameters", "query:to", "must be after from");
    }
    return period;
  }

  /// @param most how long it may be, in whole days
  /// @throws Problem 400 if it is longer, or does not end after it begins
  public static Period of(Request request, Duration most) {
    Period period = of(request);
    if (period.length().compareTo(most) > 0) {
      throw Problem.bad(
          "Bad parameters", "query:to", "must be at most " + most.toDays() + " days after from");
    }
    return period;
  }

  /// Without a beginning or an end from the first or to the last instant.
  private Duration length() {
    return Duration.between(from.orElse(Instant.EPOCH.minusSeconds(1)), to.orElse(Instant.MAX));
  }
}
