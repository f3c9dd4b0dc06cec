package io.tamas.asterisk.ami;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.function.BooleanSupplier;

/// The metrics of the connection.
final class AmiMetrics {
  private final MeterRegistry registry;
  private final Tags use;

  /// @param use of the connection: `actions` or `watch`
  AmiMetrics(MeterRegistry registry, String use, BooleanSupplier connected) {
    this.registry = registry;
    this.use = Tags.of("use", use);
    Gauge.builder("tamas.ami.connected", () -> connected.getAsBoolean() ? 1 : 0)
        .tags(this.use)
        .register(registry);
  }

  void connected() {
    registry.counter("tamas.ami.connections", use).increment();
  }

  /// @param reason `secret` or `unreachable`
  void failed(String reason) {
    registry.counter("tamas.ami.failures", use.and("reason", reason)).increment();
  }

  Timer.Sample began() {
    return Timer.start(registry);
  }

  void ended(Timer.Sample sample, AmiAction action, String outcome) {
    sample.stop(registry.timer("tamas.ami.actions", "action", action.name(), "outcome", outcome));
  }
}
