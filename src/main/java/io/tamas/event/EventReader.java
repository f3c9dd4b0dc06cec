package io.tamas.event;

import io.tamas.db.Database;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads new events of all nodes as they are committed: woken by `NOTIFY`, and by a timer in case a
/// notification is lost. Reconnects after each loss of the connection and continues where it was.
///
/// Everything here runs on one event loop.
final class EventReader {
  private static final Logger log = LoggerFactory.getLogger(EventReader.class);
  private static final long RETRY_MILLIS = 250;
  private static final long CLOCK_MILLIS = 1_000;

  private final Vertx vertx;
  private final Context context;
  private final Database database;
  private final Sink sink;
  private final int page;
  private @Nullable PgConnection connection;
  private boolean reading;
  private boolean wanted;
  private boolean closed;
  private boolean reported;
  private long clock;

  /// Receives the events.
  interface Sink {
    /// The id up to which everything has been read; requested after the first [#connected].
    long last();

    /// The reader has a connection and starts, or continues, with what is kept.
    void connected(Events.Range kept);

    /// The next events, and what is kept. More are read when the future completes.
    Future<Void> read(Events.Page page);
  }

  /// @param page how many events are read at once
  EventReader(Vertx vertx, Context context, Database database, Sink sink, int page) {
    this.vertx = vertx;
    this.context = context;
    this.database = database;
    this.sink = sink;
    this.page = page;
  }

  void start() {
    context.runOnContext(go -> {
      clock = vertx.setPeriodic(CLOCK_MILLIS, tick -> wake());
      connect();
    });
  }

  Future<Void> close() {
    Promise<Void> done = Promise.promise();
    context.runOnContext(go -> {
      closed = true;
      vertx.cancelTimer(clock);
      PgConnection open = connection;
      connection = null;
      if (open == null) {
        done.complete();
      } else {
        open.close().onComplete(done);
      }
    });
    return done.future();
  }

  private void connect() {
    if (closed) {
      return;
    }
    Future<PgConnection> connecting = database.dedicated();
    limited(connecting)
        .onFailure(late -> connecting.onSuccess(PgConnection::close))
        .compose(fresh -> listen(fresh).onFailure(thrown -> fresh.close()))
        .onFailure(this::retry);
  }

  private Future<?> listen(PgConnection fresh) {
    fresh.notificationHandler(notification -> wake());
    return limited(fresh.query("listen " + Outbox.CHANNEL).execute())
        .compose(listening -> limited(Events.range(fresh)))
        .onSuccess(kept -> connected(fresh, kept));
  }

  private void connected(PgConnection fresh, Events.Range kept) {
    if (closed) {
      fresh.close();
      return;
    }
    if (reported) {
      log.atInfo().log("event reading resumed");
      reported = false;
    }
    connection = fresh;
    fresh.exceptionHandler(thrown -> lost(fresh, thrown));
    fresh.closeHandler(gone -> lost(fresh, new IllegalStateException("connection closed")));
    sink.connected(kept);
    wake();
  }

  private void lost(PgConnection broken, Throwable thrown) {
    if (connection == broken) {
      connection = null;
      reading = false;
      broken.close();
      retry(thrown);
    }
  }

  private void retry(Throwable thrown) {
    if (closed) {
      return;
    }
    if (!reported) {
      log.atWarn().addKeyValue("cause", thrown.getMessage()).log("events cannot be read");
      reported = true;
    }
    vertx.setTimer(RETRY_MILLIS, again -> connect());
  }

  private void wake() {
    PgConnection open = connection;
    if (open == null) {
      return;
    }
    if (reading) {
      wanted = true;
      return;
    }
    reading = true;
    wanted = false;
    limited(Events.page(open, sink.last(), page))
        .compose(next -> sink.read(next).map(next.events().size() == page))
        .onSuccess(more -> read(open, more))
        .onFailure(thrown -> lost(open, thrown));
  }

  private void read(PgConnection from, boolean more) {
    if (from != connection) {
      return;
    }
    reading = false;
    if (more || wanted) {
      wake();
    }
  }

  private <T> Future<T> limited(Future<T> work) {
    return work.timeout(database.timeout().toMillis(), TimeUnit.MILLISECONDS);
  }
}
