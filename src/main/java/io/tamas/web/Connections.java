package io.tamas.web;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.tamas.config.Config;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Keeps the connections of the HTTP server within their [ConnectionPots].
final class Connections {
  /// Additional connections, for clients that keep one open without a request.
  private static final int CONNECTIONS_PER_REQUEST = 8;

  private static final long SWEEP_MILLIS = 500;

  /// The name of the handler of Vert.x in the pipeline of Netty.
  private static final String VERTX = "handler";

  private final ConnectionPots<Channel> pots;
  private final ReentrantLock lock = new ReentrantLock();
  private final Vertx vertx;
  private final MeterRegistry meters;
  private final long timer;

  Connections(Vertx vertx, Config.Http config, Duration idle, MeterRegistry meters) {
    this.vertx = vertx;
    this.meters = meters;
    this.pots =
        new ConnectionPots<>(
            new ConnectionPots.Limits(
                config.maxStrangers(),
                config.maxStrangersPerAddress(),
                config.maxWebSockets() + CONNECTIONS_PER_REQUEST * config.maxRequests(),
                config.headTimeout(),
                idle));
    this.timer = vertx.setPeriodic(SWEEP_MILLIS, _ -> sweep());
    Gauge.builder("tamas.http.connections", () -> locked(pots::size)).register(meters);
    Gauge.builder("tamas.http.strangers", () -> locked(pots::strangers)).register(meters);
  }

  void opened(HttpConnection connection) {
    Channel channel = channel(connection);
    String address = connection.remoteAddress().hostAddress();
    Optional<Channel> giving =
        locked(() -> pots.opened(channel, String.valueOf(address), System.nanoTime()));
    // not the handler of Vert.x: it is lost when the connection becomes a WebSocket
    channel
        .closeFuture()
        .addListener(_ ->
            locked(() -> {
              pots.closed(channel);
              return true;
            }));
    giving.ifPresent(other -> close(other, "crowded"));
    channel
        .pipeline()
        .addBefore(VERTX, "framing", new RequestFraming(Listening.MAX_LINE_BYTES))
        .addBefore(VERTX, "order", new RequestOrder(() -> answered(channel)));
  }

  /// The head of a request was received.
  void began(HttpServerRequest request) {
    Channel channel = channel(request.connection());
    locked(() -> {
      pots.began(channel);
      return true;
    });
    request.response().bodyEndHandler(_ -> answered(channel));
  }

  /// An answer was made, or taken.
  private void answered(Channel channel) {
    locked(() -> {
      pots.answered(channel, System.nanoTime());
      return true;
    });
  }

  /// The connection becomes a stream.
  void streams(HttpServerRequest request) {
    Channel channel = channel(request.connection());
    locked(() -> {
      pots.streams(channel);
      return true;
    });
  }

  /// @throws Problem 503 if there are too many holders of keys
  void signedIn(HttpServerRequest request) {
    if (!locked(() -> pots.signedIn(channel(request.connection())))) {
      throw Problem.unavailable("too many connections");
    }
  }

  private void sweep() {
    List<Channel> overdue = locked(() -> pots.overdue(System.nanoTime()));
    overdue.forEach(channel -> close(channel, "slow"));
  }

  private void close(Channel channel, String reason) {
    meters.counter("tamas.http.connections.closed", "reason", reason).increment();
    channel.close();
  }

  /// Closes a connection at once: that of Vert.x first waits until what is being sent was received.
  static void cut(HttpConnection connection) {
    channel(connection).close();
  }

  void close() {
    vertx.cancelTimer(timer);
  }

  /// Vert.x has no public API for it; its connection is a channel of Netty.
  static Channel channel(HttpConnection connection) {
    return ((ConnectionBase) connection).channel();
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}
