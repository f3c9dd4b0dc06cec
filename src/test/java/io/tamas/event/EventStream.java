package io.tamas.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tamas.json.Json;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A WebSocket client of the events, for tests.
final class EventStream implements AutoCloseable {
  private final WebSocketClient client;
  private final ClientWebSocket socket;
  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<Short> closed = new CompletableFuture<>();

  private EventStream(WebSocketClient client) {
    this.client = client;
    this.socket = client.webSocket();
    socket.textMessageHandler(messages::add);
    socket.closeHandler(gone -> closed.complete(socket.closeStatusCode()));
  }

  static EventStream open(Vertx vertx, int port, String query) throws Exception {
    WebSocketClient client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setMaxFrameSize(16 << 20)
                .setMaxMessageSize(16 << 20)
                .setReceiveBufferSize(16_384));
    WebSocketConnectOptions to =
        new WebSocketConnectOptions()
            .setHost("127.0.0.1")
            .setPort(port)
            .setURI(EventSocket.PATH + query)
            .addHeader("authorization", "Bearer key");
    EventStream stream = new EventStream(client);
    stream.socket.connect(to).await(5, TimeUnit.SECONDS);
    return stream;
  }

  JsonNode next() throws InterruptedException {
    String text = messages.poll(10, TimeUnit.SECONDS);
    if (text == null) {
      throw new AssertionError("no message within 10 s");
    }
    return Json.read(text, JsonNode.class);
  }

  /// The next message that has already come; a missing node when there is none.
  JsonNode poll() {
    String text = messages.poll();
    return text == null ? MissingNode.getInstance() : Json.read(text, JsonNode.class);
  }

  /// The subjects of the next events.
  List<String> subjects(int count) throws InterruptedException {
    List<String> subjects = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      subjects.add(next().path("subject").asText());
    }
    return subjects;
  }

  /// For a sign of life.
  void asks() throws Exception {
    socket.writeTextMessage("position").await(5, TimeUnit.SECONDS);
  }

  void pause() {
    socket.pause();
  }

  void resume() {
    socket.resume();
  }

  /// The code with which the server closed.
  int closeCode() throws Exception {
    return closed.get(15, TimeUnit.SECONDS);
  }

  boolean isOpen() {
    return !closed.isDone();
  }

  @Override
  public void close() throws Exception {
    client.close().await(5, TimeUnit.SECONDS);
  }
}
