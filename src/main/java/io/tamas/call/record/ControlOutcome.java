package io.tamas.call.record;

/// What came of acting on a call.
public sealed interface ControlOutcome {
  /// Asterisk does it; the journal tells when.
  record Done() implements ControlOutcome {}

  /// There is no such call in progress.
  record Absent() implements ControlOutcome {}

  /// It cannot be done as the call is now.
  record NotNow(String reason) implements ControlOutcome {}

  default String label() {
    return switch (this) {
      case Done() -> "done";
      case Absent() -> "absent";
      case NotNow(String _) -> "not-now";
    };
  }
}
