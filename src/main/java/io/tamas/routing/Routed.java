package io.tamas.routing;

/// A decision with its reasons.
///
/// @param rule the rule that decided, such as `route:main` or `extension:101`
/// @param destination where the call was sent, as in [io.tamas.company.Destination#text]
/// @param record whether the call is to be recorded
public record Routed(
    Direction direction,
    Decision decision,
    String rule,
    String destination,
    boolean record,
    Trace trace) {

  public enum Direction {
    INBOUND,
    INTERNAL,
    OUTBOUND
  }
}
