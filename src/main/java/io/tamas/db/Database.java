package io.tamas.db;

import io.tamas.config.Config;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// The pool of connections to PostgreSQL. Connects on first use and reconnects after each loss.
///
/// PostgreSQL itself ends a statement that runs longer than the time-out and a transaction that
/// idles as long, so that no lock outlives its waiter.
public final class Database {
  /// The maximum of requests that wait for a connection; further ones are refused at once.
  private static final int MAX_WAITING = 256;

  /// A connection that receives nothing for this time is dead or not needed.
  private static final int SILENT_SECONDS = 60;

  private static final int UNUSED_SECONDS = 40;

  /// A statement with this prefix is planned each time, for its actual values; others are planned
  /// once, and the plan is kept.
  public static final String PLANNED_EACH_TIME = "/* planned each time */";

  private final Vertx vertx;
  private final PgConnectOptions options;
  private final Duration timeout;
  private final Duration reportTimeout;
  private final int poolSize;
  private final Pool pool;

  public Database(Vertx vertx, Config.Database config) {
    this.vertx = vertx;
    this.options = connectOptions(config);
    this.timeout = config.timeout();
    this.reportTimeout = config.reportTimeout();
    this.poolSize = config.poolSize();
    this.pool =
        PgBuilder.pool()
            .with(poolOptions(config))
            .with(networkOptions(config))
            .connectingTo(options)
            .using(vertx)
            .build();
  }

  /// For statements outside transactions; await them with [#await(Future)].
  public Pool pool() {
    return pool;
  }

  /// The maximum of connections.
  public int poolSize() {
    return poolSize;
  }

  /// The time-out of a statement, and of a transaction unless given otherwise.
  public Duration timeout() {
    return timeout;
  }

  /// Waits for a statement; not on an event loop.
  ///
  /// @throws DatabaseFault if PostgreSQL refuses or does not answer within the time-out
  public <T> T await(Future<T> work) {
    return await(work, timeout);
  }

  static <T> T await(Future<T> work, Duration atMost) {
    try {
      return work.await(Math.max(1, atMost.toMillis()), TimeUnit.MILLISECONDS);
    } catch (Exception e) { // await throws the cause as it is, checked ones too
      throw DatabaseFault.of(e);
    }
  }

  /// Runs blocking code in a transaction and commits it; an exception rolls back. Not on an event
  /// loop. The block waits for nothing but PostgreSQL.
  ///
  /// @throws DatabaseFault if PostgreSQL refuses or does not answer within the time-out
  public <T> T inTransaction(Function<Transaction, T> block) {
    return inTransaction(timeout, block);
  }

  public <T> T inTransaction(Duration deadline, Function<Transaction, T> block) {
    long end = System.nanoTime() + deadline.toNanos();
    Future<SqlConnection> connecting = pool.getConnection();
    SqlConnection connection;
    try {
      connection = await(connecting, deadline);
    } catch (DatabaseFault e) {
      connecting.onSuccess(SqlConnection::close); // too late: no longer needed
      throw e;
    }
    return new Transaction(connection, end).run(block);
  }

  /// Runs blocking code that may read for long, such as for statistics, in a transaction.
  ///
  /// @throws DatabaseFault that [DatabaseFault#isSlow()] if a statement took longer than the
  ///   time-out of reports
  public <T> T inReport(Function<Transaction, T> block) {
    String limit = "set local statement_timeout = " + reportTimeout.toMillis();
    return inTransaction(
        reportTimeout.plus(timeout),
        tx -> {
          tx.await(tx.connection().query(limit).execute());
          return block.apply(tx);
        });
  }

  /// A connection outside the pool, for `LISTEN`; the caller closes it.
  public Future<PgConnection> dedicated() {
    return PgConnection.connect(vertx, options);
  }

  public Future<Void> close() {
    return pool.close();
  }

  private static PgConnectOptions connectOptions(Config.Database config) {
    String millis = Long.toString(config.timeout().toMillis());
    return PgConnectOptions.fromUri(config.url())
        .setUser(config.user())
        .setPassword(config.password().reveal())
        .setCachePreparedStatements(true)
        .setPreparedStatementCacheSqlFilter(sql -> !sql.startsWith(PLANNED_EACH_TIME))
        .setReconnectAttempts(0)
        .setProperties(
            Map.of(
                "application_name", "tamas",
                "client_encoding", "UTF8",
                "timezone", "UTC",
                "statement_timeout", millis,
                "idle_in_transaction_session_timeout", millis));
  }

  private static PoolOptions poolOptions(Config.Database config) {
    return new PoolOptions()
        .setMaxSize(config.poolSize())
        .setMaxWaitQueueSize(MAX_WAITING)
        .setConnectionTimeout(Math.toIntExact(config.timeout().toMillis()))
        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
        .setIdleTimeout(UNUSED_SECONDS)
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setPoolCleanerPeriod(5_000);
  }

  private static NetClientOptions networkOptions(Config.Database config) {
    return new NetClientOptions()
        .setConnectTimeout(Math.toIntExact(config.timeout().toMillis()))
        .setIdleTimeout(SILENT_SECONDS)
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setTcpKeepAlive(true)
        .setTcpNoDelay(true);
  }
}
