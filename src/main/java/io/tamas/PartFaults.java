package io.tamas;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.asterisk.phones.Refusals;
import io.tamas.db.Database;
import io.tamas.db.DatabaseFault;
import io.tamas.event.EventType;
import io.tamas.event.NewEvent;
import io.tamas.event.Outbox;
import io.tamas.work.Monitor;
import io.tamas.work.Worker;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The parts of the company that could not be provisioned, each with the reason: logged, counted
/// (`tamas.parts.refused`), and published as events `provisioning.refused`, whose subject is the
/// part. The same reason is reported once.
///
/// Without PostgreSQL they are in the log and in the metric only.
final class PartFaults implements Refusals, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PartFaults.class);
  private static final int MAX_REASON = 300;

  private final Database database;
  private final Monitor monitor = new Monitor();
  private final Worker worker = new Worker("part-faults", this::run);
  private final Map<String, String> refused = new HashMap<>();

  /// Bounded by the number of parts.
  private final LinkedHashMap<String, String> pending = new LinkedHashMap<>();

  private record Refused(String part, String reason) {}

  PartFaults(Database database, MeterRegistry registry) {
    this.database = database;
    registry.gauge("tamas.parts.refused", this, PartFaults::count);
  }

  void start() {
    worker.start();
  }

  Worker worker() {
    return worker;
  }

  @Override
  public void refused(String part, String reason) {
    monitor.change(() -> {
      if (!reason.equals(refused.put(part, reason))) {
        pending.putLast(part, reason);
        log.atError()
            .addKeyValue("part", part)
            .addKeyValue("reason", reason)
            .log("a part of the company cannot be provisioned");
      }
    });
  }

  @Override
  public void settled(String part) {
    monitor.change(() -> refused.remove(part));
  }

  private int count() {
    return monitor.read(refused::size);
  }

  @Override
  public void close() {
    monitor.close();
  }

  private void run() throws InterruptedException {
    for (var next = next(); next.isPresent(); next = next()) {
      publish(next.get());
    }
  }

  private Optional<Refused> next() throws InterruptedException {
    return monitor.take(() ->
        Optional.ofNullable(pending.pollFirstEntry())
            .map(entry -> new Refused(entry.getKey(), entry.getValue())));
  }

  private void publish(Refused one) {
    String reason = one.reason().substring(0, Math.min(MAX_REASON, one.reason().length()));
    NewEvent event =
        new NewEvent(
            EventType.Known.PROVISIONING_REFUSED, one.part(), new Refused(one.part(), reason));
    try {
      database.inTransaction(tx -> tx.await(Outbox.append(tx.connection(), List.of(event))));
    } catch (DatabaseFault e) {
      log.atInfo()
          .addKeyValue("reason", e.getMessage())
          .log("a part that cannot be provisioned is not published");
    }
  }
}
