package io.tamas.ops;

import io.tamas.db.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;

/// Whether PostgreSQL answers: queried periodically, so that a health check has the state at hand.
public final class DatabaseHealth implements Supplier<Health.State> {
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final Vertx vertx;
  private final Database database;
  private volatile Health.State state = Health.State.down("not checked yet");
  private volatile long timer = -1;
  private volatile boolean closed;

  public DatabaseHealth(Vertx vertx, Database database) {
    this.vertx = vertx;
    this.database = database;
  }

  /// Completes with the first result, whether success or failure.
  public Future<Void> start() {
    return ask();
  }

  public Future<Void> close() {
    closed = true;
    vertx.cancelTimer(timer);
    return Future.succeededFuture();
  }

  @Override
  public Health.State get() {
    return state;
  }

  private Future<Void> ask() {
    return database
        .pool()
        .query("select 1")
        .execute()
        .<Void>mapEmpty()
        .transform(asked -> {
          state =
              asked.succeeded()
                  ? Health.State.up()
                  : Health.State.down("PostgreSQL does not answer");
          if (!closed) {
            timer = vertx.setTimer(PERIOD.toMillis(), _ -> ask());
          }
          return Future.succeededFuture();
        });
  }
}
