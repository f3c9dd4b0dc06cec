package io.tamas.ops;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Set;

/// The registry of all metrics, with those of the machine: memory, garbage collection, threads,
/// file descriptors.
public final class Metrics implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

  public Metrics() {
    registry.config().meterFilter(new Histograms());
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    garbageCollection.bindTo(registry);
  }

  public PrometheusMeterRegistry registry() {
    return registry;
  }

  @Override
  public void close() {
    garbageCollection.close();
    registry.close();
  }

  /// Our own timers are histograms with few buckets, so that quantiles can be computed over several
  /// cells.
  private static final class Histograms implements MeterFilter {
    private static final double MILLI = 1_000_000; // timers count in nanoseconds
    private static final double SECOND = 1_000 * MILLI;

    /// What people do takes longer than what programs do.
    private static final Set<String> OF_PEOPLE = Set.of("tamas.calls.ring", "tamas.calls.talk");

    private static final double[] PROGRAMS = {
      MILLI,
      2 * MILLI,
      5 * MILLI,
      10 * MILLI,
      20 * MILLI,
      50 * MILLI,
      100 * MILLI,
      300 * MILLI,
      SECOND,
      3 * SECOND,
      10 * SECOND
    };

    private static final double[] PEOPLE = {
      SECOND,
      3 * SECOND,
      5 * SECOND,
      10 * SECOND,
      15 * SECOND,
      20 * SECOND,
      30 * SECOND,
      60 * SECOND,
      120 * SECOND,
      300 * SECOND,
      900 * SECOND,
      3_600 * SECOND
    };

    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
      if (id.getType() != Meter.Type.TIMER || !id.getName().startsWith("tamas.")) {
        return config;
      }
      return DistributionStatisticConfig.builder()
          .serviceLevelObjectives(OF_PEOPLE.contains(id.getName()) ? PEOPLE : PROGRAMS)
          .build()
          .merge(config);
    }
  }
}
