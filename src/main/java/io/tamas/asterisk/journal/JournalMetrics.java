package io.tamas.asterisk.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/// The metrics of following the journal.
final class JournalMetrics {
  private final AtomicLong lagBytes = new AtomicLong();

  /// In milliseconds of the epoch; 0 when everything is stored.
  private final AtomicLong oldestUnread = new AtomicLong();

  private final Counter rows;
  private final Counter rejects;
  private final Counter failures;
  private final Counter unknown;

  JournalMetrics(MeterRegistry registry) {
    registry.gauge("tamas.journal.lag.bytes", lagBytes);
    registry.gauge("tamas.journal.lag.seconds", oldestUnread, JournalMetrics::secondsSince);
    rows = registry.counter("tamas.journal.rows");
    rejects = registry.counter("tamas.journal.rejects");
    failures = registry.counter("tamas.journal.failures");
    unknown = registry.counter("tamas.unknown", "set", "row");
  }

  void stored(JournalParser.Parsed parsed) {
    rows.increment(parsed.events().size());
    rejects.increment(parsed.rejects().size());
    unknown.increment(
        parsed.events().stream().filter(row -> row.type() instanceof RowType.Unknown).count());
  }

  private static double secondsSince(AtomicLong millis) {
    long since = millis.get();
    return since == 0 ? 0 : Math.max(0, System.currentTimeMillis() - since) / 1000.0;
  }

  /// @param oldest the time of the oldest row that is not stored
  void behind(long bytes, Instant oldest) {
    lagBytes.set(bytes);
    oldestUnread.set(oldest.toEpochMilli());
  }

  void upToDate() {
    lagBytes.set(0);
    oldestUnread.set(0);
  }

  /// From now on rows may be waiting that were not read yet.
  void failed(Instant now) {
    failures.increment();
    oldestUnread.compareAndSet(0, now.toEpochMilli());
  }
}
