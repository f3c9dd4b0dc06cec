package io.tamas.asterisk.ari;

import io.tamas.config.Config;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.Optional;

/// One WebSocket with Asterisk, from the handshake to its end. Runs on the socket's event loop.
final class AriConnection {
  /// The first response arrives after all events that Asterisk queued while Tamas was down.
  private static final Duration SETUP_TIMEOUT = Duration.ofSeconds(30);

  /// Receives the events of a connection.
  interface Owner {
    void ready(AriConnection connection, AriSetup.Result setup);

    void event(AriConnection connection, AriEvent event);

    void ended(AriConnection connection, CloseReason reason, String detail);
  }

  private final Vertx vertx;
  private final Context context;
  private final ServerWebSocket socket;
  private final Config.Ari config;
  private final AriMetrics metrics;
  private final Owner owner;
  private final RequestWindow window;
  private boolean ready;
  private boolean ended;
  private boolean alive = true;
  private long pingTimer;

  AriConnection(
      Vertx vertx, ServerWebSocket socket, Config.Ari config, AriMetrics metrics, Owner owner) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.socket = socket;
    this.config = config;
    this.metrics = metrics;
    this.owner = owner;
    this.window = new RequestWindow(vertx, metrics, socket::writeTextMessage);
  }

  /// Starts reading and sets up the connection.
  void open() {
    socket.textMessageHandler(this::received);
    socket.binaryMessageHandler(data -> end(CloseReason.GARBAGE, "a binary message"));
    socket.pongHandler(pong -> alive = true);
    socket.exceptionHandler(this::failed);
    socket.closeHandler(closed -> end(CloseReason.PEER, String.valueOf(socket.closeReason())));
    pingTimer = vertx.setTimer(config.pingInterval().toMillis(), fired -> ping());
    setUp();
  }

  /// From any thread.
  Future<AriResponse> request(AriRequest request) {
    Promise<AriResponse> promise = Promise.promise();
    context.runOnContext(here -> window.add(request, config.requestTimeout()).onComplete(promise));
    return promise.future();
  }

  /// From any thread.
  void close(CloseReason reason, String detail) {
    context.runOnContext(here -> end(reason, detail));
  }

  String peer() {
    return String.valueOf(socket.remoteAddress());
  }

  private void setUp() {
    ready = false;
    new AriSetup(request -> window.add(request, SETUP_TIMEOUT))
        .run()
        .onSuccess(this::setUpDone)
        .onFailure(e -> end(CloseReason.SETUP, String.valueOf(e.getMessage())));
  }

  private void setUpDone(AriSetup.Result result) {
    if (!ended) {
      ready = true;
      owner.ready(this, result);
    }
  }

  private void received(String text) {
    if (ended) {
      return;
    }
    alive = true;
    // Asterisk leaves Nagle's algorithm on: its next message waits until this one is acknowledged,
    // and the kernel delays a bare acknowledgement by 40 ms. A pong carries it at once.
    socket.writePong(Buffer.buffer());
    try {
      handle(AriMessage.parse(text));
    } catch (AriFault e) {
      end(CloseReason.GARBAGE, String.valueOf(e.getMessage()));
    }
  }

  private void handle(AriMessage message) {
    switch (message) {
      case AriMessage.Answer(String id, AriResponse response) -> window.answered(id, response);
      case AriMessage.Used(AriEvent event) -> happened(event);
      case AriMessage.Registered() -> registered();
      case AriMessage.Unused(String type) -> metrics.event("unused");
    }
  }

  private void happened(AriEvent event) {
    if (!ready) {
      metrics.replayed();
      return;
    }
    metrics.event(event.getClass().getSimpleName());
    owner.event(this, event);
  }

  /// After a reload of Asterisk's module the application is new, without filter and subscription.
  private void registered() {
    if (ready) {
      setUp();
    }
  }

  private void ping() {
    if (ended) {
      return;
    }
    if (!alive) {
      end(CloseReason.FROZEN, "silent for " + config.pingInterval().toMillis() * 2 + " ms");
      return;
    }
    alive = false;
    socket.writePing(Buffer.buffer("tamas"));
    // set anew each time: after a pause of this process, accumulated ticks would otherwise declare
    // the peer dead before its pong is read
    pingTimer = vertx.setTimer(config.pingInterval().toMillis(), fired -> ping());
  }

  private void failed(Throwable e) {
    CloseReason reason =
        Optional.ofNullable(e.getMessage()).orElse("").contains("Connection")
            ? CloseReason.PEER
            : CloseReason.PROTOCOL;
    end(reason, String.valueOf(e.getMessage()));
  }

  private void end(CloseReason reason, String detail) {
    if (ended) {
      return;
    }
    ended = true;
    ready = false;
    vertx.cancelTimer(pingTimer);
    window.close();
    metrics.closed(reason);
    socket.close(reason.status(), reason.label());
    owner.ended(this, reason, detail);
  }
}
