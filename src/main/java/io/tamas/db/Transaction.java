package io.tamas.db;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.function.Function;

/// A transaction in progress, with the time that is left to it.
public final class Transaction {
  private final SqlConnection connection;
  private final long end;

  Transaction(SqlConnection connection, long end) {
    this.connection = connection;
    this.end = end;
  }

  public SqlConnection connection() {
    return connection;
  }

  /// Waits for a statement of this transaction for as long as the transaction may still take.
  ///
  /// @throws DatabaseFault if PostgreSQL refuses or does not answer before the deadline
  public <T> T await(Future<T> work) {
    return Database.await(work, Duration.ofNanos(end - System.nanoTime()));
  }

  /// A statement with its values, waited for in the same way.
  public RowSet<Row> execute(String sql, Tuple values) {
    return await(connection.preparedQuery(sql).execute(values));
  }

  <T> T run(Function<Transaction, T> block) {
    Future<io.vertx.sqlclient.Transaction> beginning = connection.begin();
    try {
      io.vertx.sqlclient.Transaction transaction = await(beginning);
      T result = block.apply(this);
      await(transaction.commit());
      connection.close();
      return result;
    } catch (Throwable e) {
      // not waited for: the caller's time may be over; PostgreSQL ends what still runs by itself
      beginning
          .compose(io.vertx.sqlclient.Transaction::rollback)
          .onComplete(done -> connection.close());
      throw e;
    }
  }
}
