package io.tamas.call.fold;

import io.tamas.call.record.CallRecord.Tie;
import java.util.Optional;

/// How the legs that one channel dials belong to the call, and by whose action. A consultation
/// becomes a transfer when it is completed, for all of its legs at once.
final class LegTie {
  private Tie tie;
  private String by;

  LegTie(Tie tie, String by) {
    this.tie = tie;
    this.by = by;
  }

  static LegTie dialled() {
    return new LegTie(Tie.DIALLED, "");
  }

  void change(Tie newTie, String party) {
    tie = newTie;
    by = party;
  }

  void setByIfUnknown(String party) {
    by = by.isEmpty() ? party : by;
  }

  Tie tie() {
    return tie;
  }

  Optional<String> by() {
    return by.isEmpty() ? Optional.empty() : Optional.of(by);
  }

  /// Whether the decision for these legs routed the call.
  boolean isTransfer() {
    return tie == Tie.TRANSFERRED_BLIND || tie == Tie.TRANSFERRED_ATTENDED;
  }
}
