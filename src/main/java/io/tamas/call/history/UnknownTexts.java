package io.tamas.call.history;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.call.record.Action;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.LegResult;

/// Counts values in records that this version does not know, such as after a downgrade:
/// `tamas_unknown_total` with the tag `set` (`action` or `result`).
public final class UnknownTexts {
  private final Counter actions;
  private final Counter results;

  public UnknownTexts(MeterRegistry registry) {
    actions = registry.counter("tamas.unknown", "set", "action");
    results = registry.counter("tamas.unknown", "set", "result");
  }

  /// Called for each record that is read or created.
  public void count(CallRecord call) {
    actions.increment(
        call.decisions().stream().filter(one -> one.action() instanceof Action.Unknown).count());
    results.increment(
        call.legs().stream().filter(leg -> leg.result() instanceof LegResult.Unknown).count());
  }
}
