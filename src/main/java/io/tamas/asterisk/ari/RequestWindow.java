package io.tamas.asterisk.ari;

import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/// The requests of one connection: those in flight and those waiting to be sent.
///
/// Asterisk serves requests in order on one thread, so only a few are kept in flight: a bulk job
/// then delays a single request by few others only. Used on the connection's event loop only.
final class RequestWindow {
  /// Asterisk closes the socket (1009) at a longer frame.
  static final int MAX_FRAME_BYTES = 65_535;

  static final int MAX_IN_FLIGHT = 64;
  static final int MAX_WAITING = 1_024;

  private record Pending(
      String id, String message, Promise<AriResponse> promise, long timer, Timer.Sample sample) {}

  private final Vertx vertx;
  private final AriMetrics metrics;
  private final Consumer<String> send;
  private final Map<String, Pending> inFlight = new HashMap<>();
  private final ArrayDeque<Pending> waiting = new ArrayDeque<>();
  private long lastId;
  private boolean closed;

  RequestWindow(Vertx vertx, AriMetrics metrics, Consumer<String> send) {
    this.vertx = vertx;
    this.metrics = metrics;
    this.send = send;
  }

  /// Sends the request now or when its turn comes; the time-out runs from now.
  Future<AriResponse> add(AriRequest request, Duration timeout) {
    if (closed) {
      return refuse(AriFault.Kind.OFFLINE, "Asterisk is not connected");
    }
    if (waiting.size() >= MAX_WAITING) {
      return refuse(AriFault.Kind.FULL, MAX_WAITING + " requests are waiting");
    }
    String id = Long.toString(++lastId);
    String message = request.message(id);
    int bytes = message.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_FRAME_BYTES) {
      return refuse(AriFault.Kind.TOO_LONG, "a request of " + bytes + " bytes");
    }
    Promise<AriResponse> promise = Promise.promise();
    long timer = vertx.setTimer(timeout.toMillis(), fired -> expire(id, request, timeout));
    waiting.add(new Pending(id, message, promise, timer, metrics.began()));
    sendNext();
    return promise.future();
  }

  /// Completes the request of a response. A response that nobody waits for any more is counted.
  void answered(String id, AriResponse response) {
    Pending pending = inFlight.remove(id);
    if (pending == null) {
      metrics.lateAnswer();
      return;
    }
    vertx.cancelTimer(pending.timer());
    metrics.ended(pending.sample(), response.ok() ? "ok" : "refused");
    sendNext();
    pending.promise().complete(response);
  }

  /// Fails all open requests; no more are accepted.
  void close() {
    closed = true;
    List<Pending> open = new ArrayList<>(inFlight.values());
    open.addAll(waiting);
    inFlight.clear();
    waiting.clear();
    for (Pending pending : open) {
      vertx.cancelTimer(pending.timer());
      fail(pending, AriFault.Kind.CLOSED, "the connection to Asterisk ended");
    }
  }

  private void sendNext() {
    while (inFlight.size() < MAX_IN_FLIGHT && !waiting.isEmpty()) {
      Pending next = waiting.remove();
      inFlight.put(next.id(), next);
      send.accept(next.message());
    }
  }

  private void expire(String id, AriRequest request, Duration timeout) {
    Pending pending = inFlight.remove(id);
    if (pending == null) {
      pending = waiting.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
      waiting.remove(pending);
    }
    fail(
        pending,
        AriFault.Kind.TIMEOUT,
        "%s %s: no response in %d ms"
            .formatted(request.method(), request.uri(), timeout.toMillis()));
    sendNext();
  }

  private void fail(Pending pending, AriFault.Kind kind, String message) {
    metrics.ended(pending.sample(), kind.name().toLowerCase(Locale.ROOT));
    pending.promise().fail(new AriFault(kind, message));
  }

  private static Future<AriResponse> refuse(AriFault.Kind kind, String message) {
    return Future.failedFuture(new AriFault(kind, message));
  }
}
