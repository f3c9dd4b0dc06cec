package io.tamas.asterisk.ari;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.config.Config;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The WebSocket server to which Asterisk connects (`outbound_websocket` in ari.conf), and over
/// which requests are sent. At most one connection is active: a new one replaces the old one.
///
/// Asterisk reconnects by itself, twice a second; Tamas never connects.
public final class AriServer implements Ari {
  public static final String PATH = "/asterisk/ari";

  private static final Logger log = LoggerFactory.getLogger(AriServer.class);

  /// Asterisk cannot send more: it builds a message on a stack of 496 KB, and crashes beyond that.
  private static final int MAX_MESSAGE_BYTES = 1024 * 1024;

  private static final int CLOSING_SECONDS = 1;

  private final Vertx vertx;
  private final Config.Ari config;
  private final Handshakes handshakes;
  private final AriMetrics metrics;
  private final List<AriListener> listeners = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable AriConnection> current = new AtomicReference<>();
  private final HttpServer server;
  private volatile Optional<AriPeer> peer = Optional.empty();
  private volatile Optional<Instant> lastStart = Optional.empty();

  /// @param allowedPeer which addresses (such as `127.0.0.1`) may connect
  public AriServer(
      Vertx vertx, Config.Ari config, Predicate<String> allowedPeer, MeterRegistry registry) {
    this.vertx = vertx;
    this.config = config;
    this.metrics = new AriMetrics(registry, this::connected);
    this.handshakes = new Handshakes(config, allowedPeer, metrics);
    this.server = vertx.createHttpServer(options(config));
  }

  /// To be called before [#start], so that no event is missed.
  public void listen(AriListener listener) {
    listeners.add(listener);
  }

  public Future<Void> start() {
    return server
        .requestHandler(request -> request.response().setStatusCode(404).end())
        .webSocketHandshakeHandler(handshakes::decide)
        .webSocketHandler(this::opened)
        .exceptionHandler(e -> log.atDebug().setCause(e).log("ARI connection failed"))
        .listen()
        .mapEmpty();
  }

  /// The actual port.
  public int port() {
    return server.actualPort();
  }

  /// Whether Asterisk is connected and accepts requests.
  public boolean connected() {
    return peer.isPresent();
  }

  /// The Asterisk that is connected now.
  public Optional<AriPeer> peer() {
    return peer;
  }

  @Override
  public Future<AriResponse> request(AriRequest request) {
    AriConnection connection = current.get();
    return connection == null
        ? Future.failedFuture(new AriFault(AriFault.Kind.OFFLINE, "Asterisk is not connected"))
        : connection.request(request);
  }

  /// Closes the connection to Asterisk and stops listening.
  public Future<Void> close() {
    AriConnection connection = current.get();
    if (connection != null) {
      connection.close(CloseReason.STOPPED, "Tamas is stopping");
    }
    return server.shutdown(CLOSING_SECONDS, TimeUnit.SECONDS);
  }

  private void opened(ServerWebSocket socket) {
    metrics.opened();
    AriConnection connection = new AriConnection(vertx, socket, config, metrics, new Ears());
    AriConnection old = current.getAndSet(connection);
    if (old != null) {
      old.close(CloseReason.REPLACED, "by " + connection.peer());
      gone();
    }
    connection.open();
  }

  private void gone() {
    if (peer.isPresent()) {
      peer = Optional.empty();
      notifyListeners(AriListener::offline);
    }
  }

  /// A fault in one listener affects neither the others nor the connection.
  private void notifyListeners(Consumer<AriListener> event) {
    for (AriListener listener : listeners) {
      try {
        event.accept(listener);
      } catch (RuntimeException e) {
        log.atError().setCause(e).log("an ARI listener failed");
      }
    }
  }

  private static HttpServerOptions options(Config.Ari config) {
    return new HttpServerOptions()
        .setHost(config.host())
        .setPort(config.port())
        .setWebSocketSubProtocols(List.of("ari"))
        .setMaxWebSocketFrameSize(MAX_MESSAGE_BYTES)
        .setMaxWebSocketMessageSize(MAX_MESSAGE_BYTES)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setWebSocketClosingTimeout(CLOSING_SECONDS)
        // this also ends a peer that never completes its handshake
        .setIdleTimeout(Math.toIntExact(config.pingInterval().toMillis() * 4))
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setTcpNoDelay(true);
  }

  private final class Ears implements AriConnection.Owner {
    @Override
    public void ready(AriConnection connection, AriSetup.Result setup) {
      if (!connection.equals(current.get())) {
        return;
      }
      boolean restarted = lastStart.filter(last -> !last.equals(setup.startedAt())).isPresent();
      lastStart = Optional.of(setup.startedAt());
      AriPeer now = new AriPeer(setup.startedAt(), setup.version(), restarted, Instant.now());
      peer = Optional.of(now);
      handshakes.succeeded();
      log.atInfo()
          .addKeyValue("peer", connection.peer())
          .addKeyValue("version", now.version())
          .addKeyValue("startedAt", now.startedAt())
          .addKeyValue("restarted", restarted)
          .log("Asterisk connected");
      notifyListeners(listener -> listener.online(now));
    }

    @Override
    public void event(AriConnection connection, AriEvent event) {
      if (connection.equals(current.get())) {
        notifyListeners(listener -> listener.event(event));
      }
    }

    @Override
    public void ended(AriConnection connection, CloseReason reason, String detail) {
      log.atInfo()
          .addKeyValue("peer", connection.peer())
          .addKeyValue("reason", reason.label())
          .addKeyValue("detail", detail)
          .log("Asterisk disconnected");
      if (current.compareAndSet(connection, null)) {
        gone();
      }
    }
  }
}
