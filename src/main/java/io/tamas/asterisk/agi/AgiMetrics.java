package io.tamas.asterisk.agi;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Sessions by script and outcome, sessions open, refusals by reason, and the time of decisions:
/// from the last line of the environment to Asterisk's last reply.
///
/// All are created at the start: nothing that a peer sends becomes a tag.
final class AgiMetrics {
  private static final String NO_SCRIPT = "none";

  private final Map<String, Map<Outcome, Counter>> sessions = new HashMap<>();
  private final Map<String, Timer> decisions = new HashMap<>();
  private final Map<Admission.Refusal, Counter> refused = new EnumMap<>(Admission.Refusal.class);

  AgiMetrics(MeterRegistry registry, Set<String> scripts, Admission admission) {
    for (String script : scripts) {
      sessions.put(script, sessionCounters(registry, script));
      decisions.put(script, decisionTimer(registry, script));
    }
    sessions.put(NO_SCRIPT, sessionCounters(registry, NO_SCRIPT));
    for (Admission.Refusal refusal : Admission.Refusal.values()) {
      String reason = refusal.name().toLowerCase(Locale.ROOT).replace('_', '-');
      refused.put(refusal, registry.counter("tamas.agi.refused", "reason", reason));
    }
    Gauge.builder("tamas.agi.active", admission, Admission::open).register(registry);
  }

  void refused(Admission.Refusal refusal) {
    requireNonNull(refused.get(refusal)).increment();
  }

  /// Counts a session of an existing script, or of none.
  void ended(String script, Outcome outcome, Duration decision) {
    Timer timer = decisions.get(script);
    var counters = requireNonNull(sessions.get(timer == null ? NO_SCRIPT : script));
    requireNonNull(counters.get(outcome)).increment();
    if (timer != null) {
      timer.record(decision);
    }
  }

  private static Map<Outcome, Counter> sessionCounters(MeterRegistry registry, String script) {
    Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);
    Arrays.stream(Outcome.values())
        .forEach(outcome ->
            counters.put(
                outcome,
                registry.counter(
                    "tamas.agi.sessions", "script", script, "outcome", outcome.tag())));
    return counters;
  }

  private static Timer decisionTimer(MeterRegistry registry, String script) {
    return Timer.builder("tamas.agi.decision")
        .tag("script", script)
        .serviceLevelObjectives(
            Duration.ofMillis(1),
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            Duration.ofMillis(50),
            Duration.ofMillis(200),
            Duration.ofSeconds(1))
        .register(registry);
  }
}
