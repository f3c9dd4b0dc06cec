package io.tamas.audit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.db.Database;
import io.tamas.db.DatabaseFault;
import io.tamas.db.Transaction;
import io.tamas.seal.Seal;
import io.tamas.work.Rounds;
import io.tamas.work.Worker;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Checks the chain once a day, and cuts off what was kept long enough: always the oldest links,
/// with their rows; where the chain begins then is noted in the same transaction.
///
/// Several nodes may do so. Without PostgreSQL it tries again a minute later.
public final class ChainWatch {
  private static final Logger log = LoggerFactory.getLogger(ChainWatch.class);
  private static final Duration EVERY = Duration.ofDays(1);
  private static final Duration RETRY = Duration.ofMinutes(1);
  private static final int AT_A_TIME = 5_000;

  private static final String OLDEST =
      """
      select l.position, l.hash, a.at
      from audit_anchor n
      join audit_link l on l.position > n.position
      join audit a on a.id = l.entry
      order by l.position limit $1
      """;

  private static final String LOCK = "select from audit_head for update";

  private static final String ALLOW = "set local tamas.audit_cut = 'on'";

  private static final String ANCHOR =
      """
      update audit_anchor set position = $1, hash = $2, seal = $3, cut_at = now()
      """;

  private static final String CUT =
      """
      with cut as (delete from audit_link where position <= $1 returning entry)
      delete from audit a using cut where a.id = cut.entry
      """;

  private final Database database;
  private final Duration keep;
  private final AnchorSeal seal;
  private final ChainCheck check;
  private final Rounds rounds = new Rounds("audit-watch", this::round);
  private volatile int broken;

  /// @param seal with the key of the instance
  public ChainWatch(Database database, Duration keep, Optional<Seal> seal, MeterRegistry registry) {
    this.database = database;
    this.keep = keep;
    this.seal = new AnchorSeal(seal);
    this.check = new ChainCheck(database, seal);
    Gauge.builder("tamas.audit.broken", this, watch -> watch.broken).register(registry);
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

  private Duration round() {
    try {
      cut(Instant.now().minus(keep));
      check();
      return EVERY;
    } catch (DatabaseFault e) {
      log.atWarn().addKeyValue("reason", e.getMessage()).log("the audit log is not checked");
      return RETRY;
    }
  }

  void check() {
    ChainCheck.Result result = check.run();
    broken = result.broken().isPresent() ? 1 : 0;
    result
        .broken()
        .ifPresentOrElse(
            where -> log.atError().addKeyValue("where", where).log("the audit log was changed"),
            () ->
                log.atInfo()
                    .addKeyValue("links", result.links())
                    .addKeyValue("hash", result.hash())
                    .log("the audit log is whole"));
  }

  /// Cuts off the oldest links whose rows are from before a time, up to the first that is not;
  /// nothing where somebody else has cut it off, which would be hidden by that.
  void cut(Instant before) {
    if (!check.beginsWhereItWasCut()) {
      return;
    }
    int cut;
    do {
      cut = database.inTransaction(tx -> cutSome(tx, before));
    } while (cut == AT_A_TIME && !rounds.isClosing());
  }

  private int cutSome(Transaction tx, Instant before) {
    tx.execute(LOCK, Tuple.tuple());
    int old = 0;
    long last = 0;
    Buffer hash = Buffer.buffer();
    for (Row link : tx.execute(OLDEST, Tuple.of(AT_A_TIME))) {
      if (!link.getOffsetDateTime("at").toInstant().isBefore(before)) {
        break;
      }
      old++;
      last = link.getLong("position");
      hash = link.getBuffer("hash");
    }
    if (old > 0) {
      tx.await(tx.connection().query(ALLOW).execute());
      tx.execute(ANCHOR, Tuple.of(last, hash, seal.of(last, hash)));
      tx.execute(CUT, Tuple.of(last));
    }
    return old;
  }
}
