package io.tamas.call.record;

import java.util.Optional;

/// The outcome of acting on a call.
public sealed interface ControlOutcome {
  /// Asterisk has accepted it; the journal shows when it happens.
  record Done() implements ControlOutcome {}

  /// The connected party is parked.
  ///
  /// @param slot in which; empty if Asterisk has not told it in time
  record Parked(Optional<String> slot) implements ControlOutcome {}

  /// There is no such call in progress.
  record Absent() implements ControlOutcome {}

  /// It is not possible in the call's current state.
  record NotNow(String reason) implements ControlOutcome {}

  default String label() {
    return switch (this) {
      case Done(), Parked(Optional<String> _) -> "done";
      case Absent() -> "absent";
      case NotNow(String _) -> "not-now";
    };
  }
}
