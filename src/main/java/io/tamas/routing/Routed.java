package io.tamas.routing;

import java.util.Optional;

/// A decision with its reasons.
///
/// @param rule the rule that decided, such as `route:main`, `extension:101` or
///   `outgoing:national/mobile`
/// @param destination where the call was sent, as in [io.tamas.company.Destination#text]
/// @param record whether the call is to be recorded
/// @param then what the dialplan passes back when nobody answers or digits were collected; empty if
///   nothing can follow
public record Routed(
    Direction direction,
    Decision decision,
    String rule,
    String destination,
    boolean record,
    Optional<Position> then,
    Trace trace) {

  /// The same; what is reached is not recorded by itself.
  Routed unrecorded() {
    return new Routed(direction, decision, rule, destination, false, then, trace);
  }

  public enum Direction {
    INBOUND,
    INTERNAL,
    OUTBOUND
  }
}
