package io.tamas.work;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// All workers of the process: who is down turns its readiness red.
public final class Workers {
  private final List<Worker> workers = new CopyOnWriteArrayList<>();
  private final MeterRegistry registry;

  public Workers(MeterRegistry registry) {
    this.registry = registry;
  }

  public void add(Worker... some) {
    for (Worker worker : some) {
      workers.add(worker);
      FunctionCounter.builder("tamas.threads.died", worker, Worker::deaths)
          .tag("thread", worker.name())
          .register(registry);
      Gauge.builder("tamas.threads.down", worker, one -> one.isDown() ? 1 : 0)
          .tag("thread", worker.name())
          .register(registry);
    }
  }

  /// The names of those that are down.
  public List<String> down() {
    return workers.stream().filter(Worker::isDown).map(Worker::name).sorted().toList();
  }
}
