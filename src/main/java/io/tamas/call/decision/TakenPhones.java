package io.tamas.call.decision;

import io.tamas.number.ExtensionNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// The phones to which a call was just sent and that Asterisk does not report as ringing yet: a
/// phone may answer only some hundred milliseconds later, and other calls are decided meanwhile.
final class TakenPhones {
  /// Time within which a phone that is there rings. From then on Asterisk knows.
  private static final Duration RINGS = Duration.ofSeconds(2);

  private final Map<ExtensionNumber, Taken> taken = new HashMap<>();
  private final Seen seen;

  /// What Asterisk reports.
  interface Seen {
    boolean isBusy(ExtensionNumber phone);

    /// Since when, or since when not.
    Instant since(ExtensionNumber phone);
  }

  /// @param call the linked id
  private record Taken(String call, Instant at) {}

  TakenPhones(Seen seen) {
    this.seen = seen;
  }

  /// Takes the phone, unless it is busy or another call has taken it.
  synchronized boolean take(String call, ExtensionNumber phone, Instant at) {
    boolean isFree = !isBusy(call, phone, at);
    if (isFree) {
      taken.put(phone, new Taken(call, at));
    }
    return isFree;
  }

  /// Whether it is busy, or another call has taken it.
  synchronized boolean isBusy(String call, ExtensionNumber phone, Instant at) {
    Taken by = taken.computeIfPresent(phone, (_, one) -> isOver(one, phone, at) ? null : one);
    return (by != null && !by.call().equals(call)) || seen.isBusy(phone);
  }

  /// Once Asterisk has reported something of the phone, that counts.
  private boolean isOver(Taken one, ExtensionNumber phone, Instant at) {
    return !one.at().plus(RINGS).isAfter(at) || seen.since(phone).isAfter(one.at());
  }

  /// The call has ended.
  synchronized void end(String call) {
    taken.values().removeIf(one -> one.call().equals(call));
  }
}
