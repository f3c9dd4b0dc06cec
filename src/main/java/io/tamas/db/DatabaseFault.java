package io.tamas.db;

import io.vertx.core.VertxException;
import io.vertx.sqlclient.ClosedConnectionException;
import io.vertx.sqlclient.DatabaseException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/// PostgreSQL did not execute a request.
public sealed class DatabaseFault extends RuntimeException {
  private final String sqlState;

  private DatabaseFault(String message, String sqlState, Throwable cause) {
    super(message, cause);
    this.sqlState = sqlState;
  }

  /// PostgreSQL is unavailable, refuses the server, is too slow, stopping, or another transaction
  /// was in conflict: a retry can help.
  ///
  /// It is unknown whether a commit in progress was executed: what is retried must be repeatable.
  public static final class Retryable extends DatabaseFault {
    private Retryable(String message, String sqlState, Throwable cause) {
      super(message, sqlState, cause);
    }
  }

  /// The statement itself was refused, such as by a constraint: a retry fails again.
  public static final class Refused extends DatabaseFault {
    private Refused(String message, String sqlState, Throwable cause) {
      super(message, sqlState, cause);
    }
  }

  /// The five characters of PostgreSQL (appendix A of its manual), such as `23505`; empty when it
  /// did not answer.
  public Optional<String> sqlState() {
    return sqlState.isEmpty() ? Optional.empty() : Optional.of(sqlState);
  }

  /// Whether PostgreSQL itself ended the statement because it took too long (`57014`): it is there,
  /// but slow.
  public boolean isSlow() {
    return sqlState.equals("57014");
  }

  /// Whether PostgreSQL is there and lets nobody in with this user, password and database (class
  /// `28`, `3D000`).
  public boolean refusesTheServer() {
    return lacksAccess(sqlState);
  }

  private static boolean lacksAccess(String state) {
    return state.startsWith("28") || state.equals("3D000");
  }

  /// Whether the tables do not exist (`42P01`): at the first start they are made beside other
  /// things.
  public boolean lacksTables() {
    return sqlState.equals("42P01");
  }

  /// Whether a unique index refused the row (`23505`).
  public boolean isDuplicate() {
    return sqlState.equals("23505");
  }

  /// Whether a foreign key refused the row (`23503`): it refers to one that does not exist.
  public boolean refersToNothing() {
    return sqlState.equals("23503");
  }

  /// Classifies what the client threw; anything unrelated to PostgreSQL is returned unchanged.
  public static RuntimeException of(Throwable thrown) {
    return switch (thrown) {
      case DatabaseFault fault -> fault;
      case DatabaseException e -> ofState(e, Optional.ofNullable(e.getSqlState()).orElse(""));
      case ClosedConnectionException e -> new Retryable("connection lost", "", e);
      case IOException e -> new Retryable("PostgreSQL cannot be reached", "", e);
      case TimeoutException e -> new Retryable("PostgreSQL did not answer in time", "", e);
      case InterruptedException e -> {
        Thread.currentThread().interrupt();
        yield new Retryable("interrupted while waiting", "", e);
      }
      case VertxException e -> ofClient(e, String.valueOf(e.getMessage()));
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> new IllegalStateException(thrown);
    };
  }

  /// The client's own refusals have no type: a full queue before the pool, no connection in time, a
  /// connection that is closed; or parameters that do not fit the statement, which is a bug.
  private static DatabaseFault ofClient(VertxException thrown, String message) {
    boolean mistake =
        message.startsWith("Parameter at position")
            || message.startsWith("The number of parameters");
    return mistake ? new Refused(message, "", thrown) : new Retryable(message, "", thrown);
  }

  private static DatabaseFault ofState(DatabaseException thrown, String state) {
    String message = String.valueOf(thrown.getMessage());
    return passes(state)
        ? new Retryable(message, state, thrown)
        : new Refused(message, state, thrown);
  }

  private static boolean passes(String state) {
    return state.startsWith("08") // connection
        || lacksAccess(state)
        || state.startsWith("40") // serialisation, deadlock
        || state.startsWith("53") // out of connections, memory, disk
        || state.startsWith("57") // stopping, starting, statement time-out
        || state.equals("55P03") // lock time-out
        || state.equals("25P03") // idle in transaction for too long
        || state.equals("25P04"); // transaction time-out
  }
}
