package io.tamas.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/// Whether the components are ready, each under its name: `database`, `journal`, `asterisk`.
public final class Health {
  private final Map<String, Supplier<State>> checks = new ConcurrentSkipListMap<>();

  /// @param reason for display: why it is not ready, or details; may be empty
  public record State(boolean ready, String reason) {
    public static State up() {
      return new State(true, "");
    }

    public static State down(String reason) {
      return new State(false, reason);
    }
  }

  /// @param check must return at once, from known state: it is called on an event loop
  public Health register(String name, Supplier<State> check) {
    if (checks.putIfAbsent(name, check) != null) {
      throw new IllegalArgumentException("a check named " + name + " already exists");
    }
    return this;
  }

  /// Shows each check as a gauge: 1 if it is ready.
  void bindTo(MeterRegistry meters) {
    checks.forEach((name, check) ->
        Gauge.builder("tamas.ready", () -> ask(check).ready() ? 1 : 0)
            .tag("check", name)
            .register(meters));
  }

  /// All states, by name; a check that fails is not ready.
  public Map<String, State> states() {
    Map<String, State> states = new ConcurrentSkipListMap<>();
    checks.forEach((name, check) -> states.put(name, ask(check)));
    return states;
  }

  private static State ask(Supplier<State> check) {
    try {
      return check.get();
    } catch (RuntimeException e) {
      return State.down("the check failed: " + e.getClass().getSimpleName());
    }
  }
}
