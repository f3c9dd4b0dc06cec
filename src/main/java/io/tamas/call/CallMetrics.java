package io.tamas.call;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tamas.call.history.UnknownTexts;
import io.tamas.call.live.LiveCalls;
import io.tamas.call.record.CallRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Stream;

/// Metrics of calls, for the server's operator and for the supervisor.
public final class CallMetrics {
  /// The record of a call has to be committed within 300 ms, mostly within 60.
  private static final Duration[] DELAYS =
      Stream.of(20, 40, 60, 100, 200, 300, 1_000, 5_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Clock clock;
  private final Timer delay;
  private final UnknownTexts unknown;
  private final Counter emergencies;
  private final Counter incomplete;

  public CallMetrics(MeterRegistry registry, LiveCalls live, Clock clock) {
    this.registry = registry;
    this.clock = clock;
    this.unknown = new UnknownTexts(registry);
    registry.gauge("tamas.calls.live", live, LiveCalls::count);
    emergencies =
        Counter.builder("tamas.emergency.calls")
            .description("Calls to emergency numbers")
            .register(registry);
    incomplete =
        Counter.builder("tamas.calls.incomplete")
            .description("Calls of which rows are missing in the journal")
            .register(registry);
    delay =
        Timer.builder("tamas.calls.delay")
            .description("From the end of a call in Asterisk to its committed record")
            .serviceLevelObjectives(DELAYS)
            .register(registry);
  }

  void committed(Collection<CallRecord> ended) {
    Instant now = clock.instant();
    for (CallRecord call : ended) {
      unknown.count(call);
      incomplete.increment(call.outcome().incomplete() ? 1 : 0);
      String direction = call.who().direction().name().toLowerCase(Locale.ROOT);
      String status = call.outcome().status().name().toLowerCase(Locale.ROOT);
      registry.counter("tamas.calls", "direction", direction, "status", status).increment();
      registry.timer("tamas.calls.ring", "direction", direction).record(call.when().ring());
      registry.timer("tamas.calls.talk", "direction", direction).record(call.when().talk());
      call.when().endedAt().map(end -> Duration.between(end, now)).ifPresent(this::recordDelay);
    }
  }

  void emergencies(long count) {
    emergencies.increment(count);
  }

  private void recordDelay(Duration duration) {
    delay.record(duration.isNegative() ? Duration.ZERO : duration);
  }
}
