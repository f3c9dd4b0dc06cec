package io.tamas.call.record;

/// The outcome of acting on a call.
public sealed interface ControlOutcome {
  /// Asterisk has accepted it; the journal shows when it happens.
  record Done() implements ControlOutcome {}

  /// There is no such call in progress.
  record Absent() implements ControlOutcome {}

  /// It is not possible in the call's current state.
  record NotNow(String reason) implements ControlOutcome {}

  default String label() {
    return switch (this) {
      case Done() -> "done";
      case Absent() -> "absent";
      case NotNow(String _) -> "not-now";
    };
  }
}
