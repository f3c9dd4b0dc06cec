package io.tamas.audit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.db.Database;
import io.tamas.db.DatabaseFault;
import io.tamas.db.Transaction;
import io.tamas.work.Rounds;
import io.tamas.work.Worker;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Links the rows of the log into the chain, some at a time, each batch in one transaction. A row
/// is linked once it is committed, so the chain has the order of the commits as far as it was seen.
///
/// Of several nodes one does so at a time. Without PostgreSQL it tries again in the next round.
public final class Chain {
  private static final Logger log = LoggerFactory.getLogger(Chain.class);
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final int AT_A_TIME = 1_000;

  private static final String HEAD = "select position, hash from audit_head for update";

  private static final String WAITING =
      "select "
          + Entry.COLUMNS
          + " from audit_waiting w join audit a on a.id = w.id order by w.id limit $1";

  private static final String LINK =
      """
      insert into audit_link (position, entry, hash)
      select $1 + l.n, l.entry, l.hash
      from unnest($2::bigint[], $3::bytea[]) with ordinality as l (entry, hash, n)
      """;

  private static final String LINKED = "delete from audit_waiting where id = any($1)";

  private static final String ADVANCE = "update audit_head set position = $1, hash = $2";

  private final Database database;
  private final Rounds rounds = new Rounds("audit-chain", this::round);
  private volatile long waiting;

  public Chain(Database database, MeterRegistry registry) {
    this.database = database;
    Gauge.builder("tamas.audit.waiting", this, chain -> chain.waiting).register(registry);
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
      linkAll();
    } catch (DatabaseFault e) {
      log.atWarn().addKeyValue("reason", e.getMessage()).log("the audit log is not linked yet");
    }
    return EVERY;
  }

  /// Links all rows that are committed.
  void linkAll() {
    int linked;
    do {
      linked = database.inTransaction(Chain::linkSome);
      waiting = linked == AT_A_TIME ? waiting() : 0;
    } while (linked == AT_A_TIME && !rounds.isClosing());
  }

  private long waiting() {
    String sql = "select count(*) from audit_waiting";
    return database.await(database.pool().query(sql).execute()).iterator().next().getLong(0);
  }

  private static int linkSome(Transaction tx) {
    Row head = tx.execute(HEAD, Tuple.tuple()).iterator().next();
    List<Entry> entries = tx.execute(WAITING, Tuple.of(AT_A_TIME)).stream().map(Entry::of).toList();
    if (entries.isEmpty()) {
      return 0;
    }
    List<Buffer> hashes = new ArrayList<>();
    byte[] last = head.getBuffer("hash").getBytes();
    for (Entry entry : entries) {
      last = entry.link(last);
      hashes.add(Buffer.buffer(last));
    }
    Long[] ids = entries.stream().map(Entry::id).toArray(Long[]::new);
    long position = head.getLong("position");
    tx.execute(LINK, Tuple.of(position, ids, hashes.toArray(Buffer[]::new)));
    tx.execute(LINKED, Tuple.tuple().addArrayOfLong(ids));
    tx.execute(ADVANCE, Tuple.of(position + entries.size(), Buffer.buffer(last)));
    return entries.size();
  }
}
