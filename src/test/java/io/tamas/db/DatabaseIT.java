package io.tamas.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.config.Config;
import io.tamas.lab.Eventually;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatabaseIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(DatabaseIT.class);
  private final Vertx vertx = Vertx.vertx();
  private final Database database =
      new Database(
          vertx,
          new Config.Database(
              CONFIG.url(),
              CONFIG.user(),
              CONFIG.password(),
              2,
              Duration.ofSeconds(2),
              Duration.ofSeconds(4)));

  @AfterEach
  void close() throws Exception {
    database.close().await(5, TimeUnit.SECONDS);
    vertx.close().await(5, TimeUnit.SECONDS);
  }

  /// As after a password was changed: somebody can set that right, and then a retry helps.
  @Test
  void aDatabaseThatRefusesTheServerIsToldFromOneThatDoesNotAnswer() throws Exception {
    Database none =
        new Database(
            vertx,
            new Config.Database(
                CONFIG.url() + "_none",
                CONFIG.user(),
                CONFIG.password(),
                1,
                Duration.ofSeconds(2),
                Duration.ofSeconds(4)));
    DatabaseFault.Retryable fault =
        assertThrows(
            DatabaseFault.Retryable.class,
            () -> none.await(none.pool().query("select 1").execute()));
    assertTrue(fault.refusesTheServer(), fault::toString);
    none.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void reportMayTakeLongerThanAStatementAndThenIsSlowNotAway() {
    int slept = database.inReport(tx -> sleep(tx, 3));
    assertEquals(1, slept);
    DatabaseFault.Retryable slow =
        assertThrows(DatabaseFault.Retryable.class, () -> database.inReport(tx -> sleep(tx, 10)));
    assertTrue(slow.isSlow());
    assertThrows(DatabaseFault.Retryable.class, () -> database.inTransaction(tx -> sleep(tx, 3)));
  }

  private static int sleep(Transaction tx, int seconds) {
    return tx.await(tx.connection().query("select pg_sleep(" + seconds + ")").execute()).rowCount();
  }

  @Test
  void slowStatementEndsByTheTimeoutAndCanBeRetried() {
    DatabaseFault fault =
        assertThrows(
            DatabaseFault.Retryable.class, () -> database.await(query("select pg_sleep(10)")));

    assertTrue(fault.sqlState().isEmpty() || fault.sqlState().equals(Optional.of("57014")));
    Eventually.eventually(
        "PostgreSQL ended the statement", Duration.ofSeconds(10), () -> sleeping() == 0);
  }

  @Test
  void transactionEndsByItsDeadlineAndIsUndone() {
    assertThrows(
        DatabaseFault.Retryable.class,
        () ->
            database.inTransaction(
                Duration.ofMillis(100),
                tx -> {
                  tx.await(tx.connection().query("create table undone (a int)").execute());
                  return tx.await(tx.connection().query("select pg_sleep(10)").execute());
                }));

    Eventually.eventually(
        "the transaction is undone", Duration.ofSeconds(10), () -> sleeping() == 0);
    assertEquals(0, one("select count(*) from pg_tables where tablename = 'undone'"));
  }

  @Test
  void statementThatPostgresqlRefusesIsNoUseToRetry() {
    assertThrows(DatabaseFault.Refused.class, () -> database.await(query("select nonsense")));
    assertThrows(
        DatabaseFault.Refused.class,
        () ->
            database.await(database.pool().preparedQuery("select $1::int").execute(Tuple.of("x"))));
    DatabaseFault twice =
        assertThrows(
            DatabaseFault.Refused.class,
            () -> database.await(query("insert into event_retention values (true, 1)")));
    assertTrue(twice.isDuplicate());
  }

  @Test
  void fullPoolRefusesInTimeAndServesAgain() {
    List<SqlConnection> held = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      held.add(database.await(database.pool().getConnection()));
    }
    List<Future<?>> waiting = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      waiting.add(query("select 1"));
    }

    for (Future<?> waiter : waiting) {
      assertThrows(DatabaseFault.Retryable.class, () -> database.await(waiter));
    }
    held.forEach(SqlConnection::close);
    Eventually.eventually("it serves again", Duration.ofSeconds(10), this::serves);
  }

  @Test
  void exceptionOfTheBlockComesThroughAndUndoes() {
    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                database.inTransaction(tx -> {
                  tx.await(
                      tx.connection().query("update event_retention set deleted_to = 9").execute());
                  throw new IllegalArgumentException("no");
                }));

    assertEquals("no", thrown.getMessage());
    assertEquals(0, one("select deleted_to from event_retention"));
  }

  private boolean serves() {
    try {
      return one("select 1") == 1;
    } catch (DatabaseFault.Retryable e) {
      return false;
    }
  }

  private int sleeping() {
    return one(
        """
        select count(*) from pg_stat_activity
        where query like 'select pg_sleep%' and state <> 'idle' and datname = current_database()
        """);
  }

  private int one(String sql) {
    return database.await(query(sql)).iterator().next().getInteger(0);
  }

  private Future<RowSet<Row>> query(String sql) {
    return database.pool().query(sql).execute();
  }
}
