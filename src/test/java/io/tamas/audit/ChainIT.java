package io.tamas.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.audit.Audit.Action;
import io.tamas.audit.Audit.Change;
import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.db.Database;
import io.tamas.db.DatabaseFault;
import io.tamas.db.TestDatabase;
import io.tamas.seal.Seal;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows of the log, linked; and what somebody does to them who gets around Tamas.
class ChainIT {
  private static final Duration KEEP = Duration.ofDays(1095);
  private static final Optional<Seal> SEAL = seal("key of this instance, of enough letters");

  private final Config.Database config = TestDatabase.fresh(ChainIT.class);
  private final Vertx vertx = Vertx.vertx();
  private final Database database = new Database(vertx, config);
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Chain chain = new Chain(database, metrics);
  private final ChainWatch watch = new ChainWatch(database, KEEP, SEAL, metrics);

  private static Optional<Seal> seal(String key) {
    return Seal.of(new Config.Sealing(Optional.of(new Secret(key))));
  }

  @AfterEach
  void close() throws Exception {
    database.close().await(5, TimeUnit.SECONDS);
    vertx.close().await(5, TimeUnit.SECONDS);
  }

  private void run(String sql) {
    database.await(database.pool().query(sql).execute());
  }

  /// As somebody who gets around the triggers.
  private void past(String sql) {
    run("alter table audit disable trigger all; alter table audit_link disable trigger all");
    run(sql);
    run("alter table audit enable trigger all; alter table audit_link enable trigger all");
  }

  private long count(String table) {
    String sql = "select count(*) from " + table;
    return database.await(database.pool().query(sql).execute()).iterator().next().getLong(0);
  }

  private void changes(int rows) {
    for (int i = 0; i < rows; i++) {
      Change change = Change.of("extension", 100 + i, Action.UPDATED);
      database.inTransaction(tx -> {
        Audit.record(tx, change.before(Map.of("name", "سارا")).after(Map.of("name", "Sara")));
        return tx;
      });
    }
  }

  private Optional<String> broken() {
    return new ChainCheck(database, SEAL).run().broken();
  }

  @Test
  void rowsAreLinkedAndTheChainHolds() {
    changes(5);
    assertEquals(Optional.empty(), broken(), "what waits is no fault");
    chain.linkAll();
    changes(2);
    chain.linkAll();
    chain.linkAll();
    assertEquals(7, count("audit_link"));
    assertEquals(0, count("audit_waiting"));
    ChainCheck.Result whole = new ChainCheck(database, SEAL).run();
    assertEquals(Optional.empty(), whole.broken());
    assertEquals(7, whole.links());
    assertTrue(whole.hash().matches("[0-9a-f]{64}"), whole.hash());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit set actor = 'x'",
        "delete from audit",
        "truncate audit",
        "update audit_link set entry = entry + 1",
        "delete from audit_link",
        "truncate audit_link",
        "delete from audit where id = 1",
      })
  void theOwnerOfTheTableChangesNothing(String sql) {
    changes(2);
    chain.linkAll();
    DatabaseFault refused = assertThrows(DatabaseFault.class, () -> run(sql));
    assertTrue(String.valueOf(refused.getMessage()).contains("never changed"), refused::toString);
    assertEquals(2, count("audit"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "update audit set actor = 'key:other' where id = 3 | row 3 or its link was changed, at link 3",
        "update audit set after = null where id = 3 | row 3 or its link was changed, at link 3",
        "update audit set at = at + interval '1 us' where id = 3 | row 3 or its link was changed, at link 3",
        "update audit set address = '' where id = 3 | row 3 or its link was changed, at link 3",
        "update audit_link set hash = sha256('x') where position = 3 | row 3 or its link was changed, at link 3",
        "delete from audit where id = 3 | row 3 was removed, at link 3",
        "delete from audit_link where position = 3 | link 3 is missing",
        "delete from audit_link where position = 5 | link 5 is missing",
        "update audit_link set position = 9 where position = 5 | link 5 is missing",
        "update audit_head set hash = sha256('x') | 'the end of the chain, at link 5, was changed'",
        "update audit_head set position = 4, hash = (select hash from audit_link where position = 4) | link 5 was put in behind the end of the chain",
        "insert into audit (actor, operation, kind, subject, action) values ('key:x', '', 'user', 'user:x', 'created') | row 6 was put in past Tamas",
        "insert into audit_waiting values (77) | row 77 was removed before it was linked",
        "insert into audit_waiting values (2) | row 2 waits and is linked",
      })
  void whatIsDonePastTamasIsFound(String sql, String where) {
    changes(5);
    chain.linkAll();
    past(sql);
    assertEquals(Optional.of(where), broken());
    watch.check();
    assertEquals(1, metrics.get("tamas.audit.broken").gauge().value());
  }

  @Test
  void aRowAndItsLinkThatAreRemovedTogetherAreMissed() {
    changes(5);
    chain.linkAll();
    past("delete from audit where id = 5; delete from audit_link where position = 5");
    assertEquals(Optional.of("link 5 is missing"), broken());
  }

  @Test
  void aChangeThatIsRolledBackLeavesNoRow() {
    assertThrows(
        IllegalStateException.class,
        () ->
            database.inTransaction(tx -> {
              Audit.record(tx, Change.of("user", "zahra", Action.CREATED));
              throw new IllegalStateException("no");
            }));
    changes(1);
    chain.linkAll();
    assertEquals(1, count("audit"));
    assertEquals(Optional.empty(), broken());
  }

  @Test
  void manyAtOnceAndTwoWhoLinkMakeOneChain() throws Exception {
    Chain other = new Chain(database, new SimpleMeterRegistry());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Boolean> work =
          () -> {
            changes(20);
            return true;
          };
      Callable<Boolean> link =
          () -> {
            for (int i = 0; i < 20; i++) {
              other.linkAll();
              chain.linkAll();
            }
            return true;
          };
      for (var one : threads.invokeAll(List.of(work, link, work, link, work))) {
        assertTrue(one.get());
      }
    }
    chain.linkAll();
    assertEquals(60, count("audit_link"));
    assertEquals(Optional.empty(), broken());
  }

  @Test
  void aChainThatIsFarBehindCatchesUp() {
    run(
        """
        with rows as (
          insert into audit (actor, operation, kind, subject, action)
          select 'key:crm', 'updateProfile', 'profile', 'profile:' || n, 'updated'
          from generate_series(1, 100000) n returning id)
        insert into audit_waiting select id from rows
        """);
    chain.linkAll();
    assertEquals(100_000, count("audit_link"));
    assertEquals(0, metrics.get("tamas.audit.waiting").gauge().value());
    assertEquals(Optional.empty(), broken());
  }

  @Test
  void whatWasKeptLongEnoughIsCutOffAndTheRestStillHolds() {
    changes(5);
    past("update audit set at = now() - interval '4 years' where id <= 3");
    chain.linkAll();
    watch.cut(Instant.now().minus(KEEP));
    assertEquals(2, count("audit"));
    ChainCheck.Result rest = new ChainCheck(database, SEAL).run();
    assertEquals(Optional.empty(), rest.broken());
    assertEquals(2, rest.links());
    Optional<Seal> another = seal("key of another instance, of enough letters");
    assertTrue(new ChainCheck(database, another).run().broken().isPresent());
    past("delete from audit where id = 4; delete from audit_link where position = 4");
    assertEquals(Optional.of("link 4 is missing"), broken(), "nobody else cuts it");
  }

  /// Who has the database alone can cut the log off, but not say that it was Tamas.
  @Test
  void whereTheLogBeginsIsSealed() {
    changes(5);
    chain.linkAll();
    run(
        """
        begin;
        set local tamas.audit_cut = 'on';
        update audit_anchor n set position = l.position, hash = l.hash
        from audit_link l where l.position = 3;
        delete from audit_link where position <= 3;
        delete from audit where id <= 3;
        commit
        """);
    String moved =
        "the beginning of the chain, behind link 3, was not cut off with the key of this instance";
    assertEquals(Optional.of(moved), broken());
    assertEquals(
        Optional.empty(),
        new ChainCheck(database, Optional.empty()).run().broken(),
        "without a key nobody knows");
    watch.cut(Instant.now().plusSeconds(60));
    assertEquals(Optional.of(moved), broken(), "nothing is hidden by cutting off more");
  }

  @Test
  void afterTheClockWasSetBackNothingIsCutOutOfTheMiddle() {
    changes(5);
    past("update audit set at = now() - interval '4 years' where id in (1, 4)");
    chain.linkAll();
    watch.cut(Instant.now().minus(KEEP));
    assertEquals(4, count("audit"));
    assertEquals(Optional.empty(), broken());
  }

  @Test
  void everythingMayBeCutOff() {
    changes(3);
    chain.linkAll();
    watch.cut(Instant.now().plusSeconds(60));
    assertEquals(0, count("audit"));
    changes(1);
    chain.linkAll();
    ChainCheck.Result rest = new ChainCheck(database, SEAL).run();
    assertEquals(Optional.empty(), rest.broken());
    assertEquals(1, rest.links());
    assertEquals(4L, position());
  }

  private long position() {
    String sql = "select position from audit_head";
    return database.await(database.pool().query(sql).execute()).iterator().next().getLong(0);
  }
}
