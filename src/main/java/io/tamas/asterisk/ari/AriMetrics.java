package io.tamas.asterisk.ari;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.BooleanSupplier;

/// The metrics of the connection.
final class AriMetrics {
  private final MeterRegistry registry;

  AriMetrics(MeterRegistry registry, BooleanSupplier connected) {
    this.registry = registry;
    Gauge.builder("tamas.ari.connected", () -> connected.getAsBoolean() ? 1 : 0).register(registry);
  }

  void opened() {
    registry.counter("tamas.ari.connections").increment();
  }

  void refused(String reason) {
    registry.counter("tamas.ari.refused", "reason", reason).increment();
  }

  void closed(CloseReason reason) {
    registry.counter("tamas.ari.closed", "reason", reason.label()).increment();
  }

  void event(String type) {
    registry.counter("tamas.ari.events", "type", type).increment();
  }

  /// An event from before this connection, which Asterisk had queued.
  void replayed() {
    registry.counter("tamas.ari.replayed").increment();
  }

  void lateAnswer() {
    registry.counter("tamas.ari.late").increment();
  }

  Timer.Sample began() {
    return Timer.start(registry);
  }

  void ended(Timer.Sample sample, String outcome) {
    sample.stop(registry.timer("tamas.ari.requests", "outcome", outcome));
  }
}
