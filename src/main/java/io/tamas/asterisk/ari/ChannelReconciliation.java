package io.tamas.asterisk.ari;

import io.tamas.work.Worker;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Checks which of the channels without a known end still exist: at each connection and
/// periodically, so that a call whose end was never logged (Asterisk was killed) is closed.
///
/// Requests each channel by its id, never the list: Asterisk builds a response on the stack of a
/// thread (`ast_websocket_write` in `res_http_websocket.c`), and a list of several hundred channels
/// crashes it.
public final class ChannelReconciliation implements AriListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ChannelReconciliation.class);
  private static final int BATCH = 32;
  private static final int NOT_FOUND = 404;

  /// The channels to be checked. May wait.
  @FunctionalInterface
  public interface OpenChannels {
    /// The unique ids of all channels without a known end.
    Set<String> ids();
  }

  /// Closes channels that do not exist. May wait.
  @FunctionalInterface
  public interface GoneChannels {
    /// Receives which of the open channels no longer exist.
    ///
    /// @param ids those of the open channels that Asterisk does not have
    /// @param asOf when Asterisk was queried
    void closeLost(Set<String> ids, Instant asOf) throws TimeoutException;
  }

  private final Ari ari;
  private final OpenChannels open;
  private final GoneChannels sink;
  private final Duration every;
  private final Duration timeout;
  private final Semaphore due = new Semaphore(0);
  private final Worker worker = new Worker("channel-reconciliation", this::run);
  private volatile boolean online;
  private volatile boolean closed;

  /// @param every the interval, in addition to each connection
  /// @param timeout of a batch of requests to Asterisk
  public ChannelReconciliation(
      Ari ari, OpenChannels open, GoneChannels sink, Duration every, Duration timeout) {
    this.ari = ari;
    this.open = open;
    this.sink = sink;
    this.every = every;
    this.timeout = timeout;
  }

  public void start() {
    worker.start();
  }

  public Worker worker() {
    return worker;
  }

  @Override
  public void online(AriPeer peer) {
    online = true;
    due.release();
  }

  @Override
  public void offline() {
    online = false;
  }

  @Override
  public void close() {
    closed = true;
    due.release();
  }

  private void run() {
    try {
      while (!closed) {
        if (due.tryAcquire(every.toMillis(), TimeUnit.MILLISECONDS)) {
          due.drainPermits();
        }
        if (online && !closed) {
          reconcile();
        }
      }
    } catch (InterruptedException e) {
      log.atDebug().log("channel reconciliation stopped");
    }
  }

  private void reconcile() throws InterruptedException {
    Instant asOf = Instant.now();
    try {
      List<String> checked = List.copyOf(open.ids());
      Set<String> gone = new HashSet<>();
      for (int from = 0; from < checked.size(); from += BATCH) {
        gone.addAll(gone(checked.subList(from, Math.min(checked.size(), from + BATCH))));
      }
      sink.closeLost(gone, asOf);
    } catch (AriFault | TimeoutException e) {
      log.atInfo().addKeyValue("reason", e.getMessage()).log("channel reconciliation deferred");
    } catch (RuntimeException e) {
      // such as PostgreSQL being unavailable: the next round retries
      log.atWarn().setCause(e).log("lost calls were not closed");
    }
  }

  private Set<String> gone(List<String> ids) throws TimeoutException, InterruptedException {
    List<Future<AriResponse>> answers =
        ids.stream().map(id -> ari.request(AriRequest.get(AriRequest.channel(id)))).toList();
    Future.all(answers).await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    Set<String> gone = new HashSet<>();
    for (int i = 0; i < ids.size(); i++) {
      if (answers.get(i).result().status() == NOT_FOUND) {
        gone.add(ids.get(i));
      }
    }
    return gone;
  }
}
