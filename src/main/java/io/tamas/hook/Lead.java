package io.tamas.hook;

import io.tamas.db.Database;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The right to send, which one node has at a time: a lock of PostgreSQL that lives as long as the
/// connection. All that the sender writes goes over this connection, so nothing is written by who
/// has lost the lead.
///
/// For one thread.
final class Lead {
  /// `hook` in ASCII.
  private static final long LOCK = 0x686F6F6BL;

  /// PostgreSQL itself ends a session of which it hears nothing, so that a node that cannot be
  /// reached any more does not keep the lead.
  private static final String GIVEN_UP = "set idle_session_timeout = '30s'";

  private static final String TAKE = "select pg_try_advisory_lock(" + LOCK + ")";

  private final Database database;
  private @Nullable PgConnection connection;

  Lead(Database database) {
    this.database = database;
  }

  /// Takes the lead unless another node has it.
  ///
  /// @return whether this node has the lead
  boolean isTaken() {
    if (connection != null) {
      return true;
    }
    Future<PgConnection> connecting = database.dedicated();
    PgConnection fresh;
    try {
      fresh = database.await(connecting);
    } catch (RuntimeException e) {
      connecting.onSuccess(PgConnection::close); // too late: no longer needed
      throw e;
    }
    try {
      database.await(fresh.query(GIVEN_UP).execute());
      boolean taken = database.await(fresh.query(TAKE).execute()).iterator().next().getBoolean(0);
      if (taken) {
        connection = fresh;
        return true;
      }
    } catch (RuntimeException e) {
      fresh.close();
      throw e;
    }
    fresh.close();
    return false;
  }

  PgConnection connection() {
    PgConnection held = connection;
    if (held == null) {
      throw new IllegalStateException("another node may have the lead");
    }
    return held;
  }

  RowSet<Row> run(String sql, Tuple values) {
    return database.await(connection().preparedQuery(sql).execute(values));
  }

  /// After any exception the lead must be dropped.
  <T> T inTransaction(Supplier<T> block) {
    Transaction transaction = database.await(connection().begin());
    T result = block.get();
    database.await(transaction.commit());
    return result;
  }

  /// Gives the lead up; what was not committed is undone.
  void drop() {
    PgConnection held = connection;
    connection = null;
    if (held != null) {
      held.close();
    }
  }
}
