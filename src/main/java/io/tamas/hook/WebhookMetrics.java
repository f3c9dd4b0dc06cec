package io.tamas.hook;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is measured of all webhooks together, by the node that sends.
final class WebhookMetrics {
  private final MeterRegistry registry;
  private volatile List<Ledger.Waiting> census = List.of();

  WebhookMetrics(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("tamas.webhooks.waiting", this, WebhookMetrics::waiting)
        .description("Deliveries that wait to be sent")
        .register(registry);
    Gauge.builder("tamas.webhooks.oldest", this, WebhookMetrics::oldest)
        .baseUnit("seconds")
        .description("For how long the oldest of those has waited that is to be sent")
        .register(registry);
    Gauge.builder("tamas.webhooks.suspended", this, WebhookMetrics::suspended)
        .description("Webhooks that were stopped")
        .register(registry);
  }

  void attempted(Settlement settlement) {
    registry.counter("tamas.webhooks.deliveries", "outcome", settlement.label()).increment();
  }

  void counted(List<Ledger.Waiting> counts) {
    census = List.copyOf(counts);
  }

  private double waiting() {
    return census.stream().mapToLong(Ledger.Waiting::count).sum();
  }

  private double suspended() {
    return census.stream().filter(Ledger.Waiting::isSuspended).count();
  }

  private double oldest() {
    return census.stream()
        .filter(Ledger.Waiting::isActive)
        .map(Ledger.Waiting::oldest)
        .flatMap(Optional::stream)
        .min(Instant::compareTo)
        .map(since -> Duration.between(since, Instant.now()).toMillis() / 1000.0)
        .orElse(0.0);
  }
}
