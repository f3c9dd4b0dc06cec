package io.tamas.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.audit.Audit.Action;
import io.tamas.audit.Audit.Change;
import io.tamas.db.Database;
import io.tamas.db.DatabaseFault;
import io.tamas.web.Act;
import io.tamas.web.Problem;
import io.tamas.web.Refusals;
import io.tamas.work.Rounds;
import io.tamas.work.Worker;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes refused requests into the log, within limits, so that no stranger can fill it: of a user
/// or a key so many a minute for each operation; of nobody known one a minute for each address,
/// operation and status, and so many an hour in all. What is beyond is counted.
///
/// They are written behind the answer. Without PostgreSQL they wait, a bounded number of them.
public final class AuditedRefusals implements Refusals {
  static final int OF_KNOWN = 10;
  static final int OF_STRANGERS = 1_000;
  static final int WAITING = 1_000;

  private static final Logger log = LoggerFactory.getLogger(AuditedRefusals.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final long HOUR = Duration.ofHours(1).toNanos();

  private final Database database;
  private final LongSupplier nanos;
  private final Counter withheld;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Integer> ofMinute = new HashMap<>();
  private final List<Tuple> waiting = new ArrayList<>();
  private final Rounds rounds = new Rounds("audit-refusals", this::round);
  private long minute;
  private long hour;
  private int strangers;

  private record Why(int status, String detail) {}

  /// @param nanos the time, as of [System#nanoTime()]
  public AuditedRefusals(Database database, LongSupplier nanos, MeterRegistry registry) {
    this.database = database;
    this.nanos = nanos;
    this.withheld = registry.counter("tamas.audit.refusals.withheld");
    this.minute = nanos.getAsLong();
    this.hour = minute;
  }

  public void start() {
    rounds.start();
  }

  public Worker worker() {
    return rounds.worker();
  }

  public Future<Void> close() {
    return rounds.close();
  }

  @Override
  public void refused(Act act, Problem problem) {
    lock.lock();
    try {
      if (admits(act, problem.status())) {
        Why why = new Why(problem.status(), problem.detail());
        Change change = Change.of("request", act.operation(), Action.REFUSED).after(why);
        waiting.add(Audit.row(act, change));
      } else {
        withheld.increment();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean admits(Act act, int status) {
    long now = nanos.getAsLong();
    if (now - minute >= MINUTE) {
      minute = now;
      ofMinute.clear();
    }
    if (now - hour >= HOUR) {
      hour = now;
      strangers = 0;
    }
    boolean known = !act.actor().isEmpty();
    if (waiting.size() >= WAITING || !known && strangers >= OF_STRANGERS) {
      return false;
    }
    String who = known ? act.actor() : status + " " + act.address().orElse("");
    int count = ofMinute.merge(act.operation() + " " + who, 1, Integer::sum);
    if (count > (known ? OF_KNOWN : 1)) {
      return false;
    }
    strangers += known ? 0 : 1;
    return true;
  }

  private Duration round() {
    try {
      write();
    } catch (DatabaseFault e) {
      log.atDebug().addKeyValue("reason", e.getMessage()).log("refusals are not written yet");
    }
    return EVERY;
  }

  /// Writes those that wait.
  void write() {
    List<Tuple> some = waiting();
    if (some.isEmpty()) {
      return;
    }
    database.inTransaction(
        tx -> tx.await(tx.connection().preparedQuery(Audit.INSERT).executeBatch(some)));
    lock.lock();
    try {
      waiting.subList(0, some.size()).clear();
    } finally {
      lock.unlock();
    }
  }

  private List<Tuple> waiting() {
    lock.lock();
    try {
      return List.copyOf(waiting);
    } finally {
      lock.unlock();
    }
  }
}
