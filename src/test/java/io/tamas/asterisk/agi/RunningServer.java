package io.tamas.asterisk.agi;

import static org.junit.jupiter.api.Assertions.fail;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.config.Config;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/// A server on a free port, and what it counted.
final class RunningServer implements AutoCloseable {
  static final Config.Agi DEFAULTS =
      new Config.Agi(
          "127.0.0.1",
          0,
          List.of("127.0.0.1", "::1"),
          20_000,
          20_000,
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofMillis(1500));

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AgiServer server;
  private final int port;

  RunningServer(Config.Agi config, Map<String, Script> scripts) {
    this(config, scripts, Optional.empty());
  }

  /// @param refusal what it sets where a session fails because of its call
  RunningServer(Config.Agi config, Map<String, Script> scripts, Optional<Variable> refusal) {
    server = new AgiServer(vertx, config, scripts, refusal, meters);
    port = await(server.start());
  }

  int port() {
    return port;
  }

  Peer connect() {
    return new Peer(port);
  }

  double sessions(String script, Outcome outcome) {
    return meters
        .get("tamas.agi.sessions")
        .tags("script", script, "outcome", outcome.tag())
        .counter()
        .count();
  }

  double refused(String reason) {
    return meters.get("tamas.agi.refused").tag("reason", reason).counter().count();
  }

  double active() {
    return meters.get("tamas.agi.active").gauge().value();
  }

  double ended() {
    return meters.get("tamas.agi.sessions").counters().stream().mapToDouble(c -> c.count()).sum();
  }

  /// Waits until so many sessions ended in all, and none is open.
  void awaitEnded(int count) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (ended() < count || active() > 0) {
      if (System.nanoTime() - end > 0) {
        fail("ended: " + ended() + " of " + count + ", still open: " + active());
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  void stop() {
    await(server.close());
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  private static <T> T await(io.vertx.core.Future<T> future) {
    try {
      return future.await(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
