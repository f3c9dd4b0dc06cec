package io.tamas.crm;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.db.Database;
import io.tamas.db.DatabaseFault;
import io.tamas.db.Transaction;
import io.tamas.text.Folding;
import io.tamas.work.Rounds;
import io.tamas.work.Worker;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Folds the names of profiles again that an earlier version of the folding made, some at a time in
/// the order of their ids, until none is left. How far it came is kept with them, so it goes on
/// there after a restart, and a start with nothing left to do looks at new profiles only.
///
/// Nobody waits for it: a profile that is being changed is left for a little later, and until its
/// turn a profile is found by the form that it has. It is no change of a profile: no version, no
/// event. Several nodes may do so at once; they take turns. Without PostgreSQL it tries again
/// later.
public final class FoldingRenewal {
  private static final Logger log = LoggerFactory.getLogger(FoldingRenewal.class);

  static final int AT_A_TIME = 500;

  /// For the others who use PostgreSQL, calls above all.
  private static final Duration BREATH = Duration.ofMillis(50);

  private static final Duration UNTIL_CHANGED = Duration.ofSeconds(1);
  private static final Duration UNTIL_BACK = Duration.ofSeconds(5);

  private static final String STATE = "select version, done_to from profile_folding for update";

  static final String NEXT =
      "select id, folding from profile where id > $1 order by id limit " + AT_A_TIME;

  /// Skips those that somebody else changes, as waiting for them would make others wait for the
  /// ones already locked here. Of the others the name is the one that the update replaces.
  static final String LOCK =
      """
      select id, name from profile
      where id = any($1) and folding < $2
      order by id
      for update skip locked
      """;

  private static final String RENEW =
      """
      update profile p
      set search = n.search, folding = $3
      from unnest($1::bigint[], $2::text[]) as n (id, search)
      where p.id = n.id
      """;

  private static final String DONE = "update profile_folding set version = $1, done_to = $2";

  private final Database database;
  private final Counter renewed;
  private final Rounds rounds = new Rounds("folding-renewal", this::round);
  private long count;

  public FoldingRenewal(Database database, MeterRegistry metrics) {
    this.database = database;
    this.renewed = metrics.counter("tamas.profiles.refolded");
  }

  /// What became of the next profiles in turn.
  sealed interface Step {
    /// @param count how many of them were renewed
    record Done(int count) implements Step {}

    /// @param count how many of them were renewed; somebody else is changing the others
    record Waits(int count) implements Step {}

    /// All profiles have this version, or there is a newer one.
    record End() implements Step {}
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
      return switch (renewSome()) {
        case Step.Done(int some) -> counted(some, BREATH);
        case Step.Waits(int some) -> counted(some, UNTIL_CHANGED);
        case Step.End() -> ended();
      };
    } catch (DatabaseFault e) {
      log.atWarn().addKeyValue("reason", e.getMessage()).log("names of profiles are folded later");
      return UNTIL_BACK;
    }
  }

  private Duration counted(int some, Duration rest) {
    if (count == 0 && some > 0) {
      log.atInfo().addKeyValue("version", Folding.VERSION).log("folding names of profiles again");
    }
    count += some;
    renewed.increment(some);
    return rest;
  }

  private Duration ended() {
    if (count > 0) {
      log.atInfo().addKeyValue("count", count).log("names of profiles folded again");
    }
    rounds.close();
    return Duration.ZERO;
  }

  /// The next profiles in turn.
  Step renewSome() {
    return database.inTransaction(tx -> {
      Row state = tx.execute(STATE, Tuple.tuple()).iterator().next();
      int version = state.getInteger("version");
      if (version > Folding.VERSION) {
        return new Step.End();
      }
      long doneTo = version == Folding.VERSION ? state.getLong("done_to") : 0;
      List<Row> next = tx.execute(NEXT, Tuple.of(doneTo)).stream().toList();
      if (next.isEmpty()) {
        done(tx, doneTo);
        return new Step.End();
      }
      List<Row> old = next.stream().filter(FoldingRenewal::isOld).toList();
      int some = renew(tx, old);
      if (some < old.size()) {
        return new Step.Waits(some);
      }
      done(tx, next.getLast().getLong("id"));
      return new Step.Done(some);
    });
  }

  private static boolean isOld(Row profile) {
    return profile.getInteger("folding") < Folding.VERSION;
  }

  private static int renew(Transaction tx, List<Row> old) {
    RowSet<Row> locked = tx.execute(LOCK, Tuple.of(ids(old), Folding.VERSION));
    List<Row> profiles = locked.stream().toList();
    String[] folded =
        profiles.stream().map(row -> Folding.fold(row.getString("name"))).toArray(String[]::new);
    tx.execute(RENEW, Tuple.of(ids(profiles), folded, Folding.VERSION));
    return profiles.size();
  }

  private static Long[] ids(List<Row> profiles) {
    return profiles.stream().map(row -> row.getLong("id")).toArray(Long[]::new);
  }

  private static void done(Transaction tx, long to) {
    tx.execute(DONE, Tuple.of(Folding.VERSION, to));
  }
}
