package io.tamas.routing;

import io.tamas.routing.Trace.Step;
import java.util.ArrayList;
import java.util.List;

/// Collects the trace of one decision while it is made. Bounded: of many steps the first and the
/// last are kept.
final class TraceBuilder {
  /// The trace travels with the call, in one channel variable.
  static final int MAX_STEPS = 24;

  private final List<Step> steps = new ArrayList<>();

  void add(String rule, String outcome) {
    if (steps.size() == MAX_STEPS) {
      steps.remove(MAX_STEPS / 2);
    }
    steps.add(new Step(rule, outcome));
  }

  Trace trace() {
    return new Trace(List.copyOf(steps));
  }
}
