package io.tamas.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.json.Json;
import io.tamas.ops.RestClient;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The events of an instance as they arrive.
final class EventStream implements AutoCloseable {
  /// More than a demonstration call causes; a reader that falls behind further is disconnected.
  private static final int MAX_WAITING = 1000;

  /// Bytes: enough for the state of more phones than an instance may have.
  private static final int LARGEST = 16 << 20;

  private final BlockingQueue<JsonNode> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final Vertx vertx = Vertx.vertx();

  /// Kept in a field, because Vert.x closes a client that is garbage collected.
  private final WebSocketClient client =
      vertx.createWebSocketClient(
          new WebSocketClientOptions().setMaxFrameSize(LARGEST).setMaxMessageSize(LARGEST));

  private EventStream() {}

  /// Returns when the stream is open and its first message, the current state, has arrived.
  static EventStream open(RestClient rest, Duration deadline)
      throws IOException, InterruptedException {
    EventStream stream = new EventStream();
    try {
      stream.connect(rest, deadline);
      if (stream.next(deadline).isEmpty()) {
        throw new IOException("the event stream is silent");
      }
      return stream;
    } catch (IOException | InterruptedException e) {
      stream.close();
      throw e;
    }
  }

  private void connect(RestClient rest, Duration deadline)
      throws IOException, InterruptedException {
    // before it connects: a message may follow the handshake at once
    ClientWebSocket socket = client.webSocket();
    socket.textMessageHandler(text -> received(socket, text));
    try {
      socket
          .connect(rest.events())
          .toCompletionStage()
          .toCompletableFuture()
          .get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException(
          "the event stream was not opened within " + deadline.toSeconds() + " s");
    } catch (ExecutionException e) {
      String why = String.valueOf(e.getCause());
      throw new IOException("the event stream cannot be opened: " + why, e);
    }
  }

  private void received(WebSocket socket, String message) {
    if (!waiting.offer(Json.read(message, JsonNode.class))) {
      socket.close();
    }
  }

  /// Empty if none arrived before the deadline.
  Optional<JsonNode> next(Duration deadline) throws InterruptedException {
    return Optional.ofNullable(waiting.poll(deadline.toMillis(), TimeUnit.MILLISECONDS));
  }

  @Override
  public void close() {
    client.close();
    vertx.close();
  }
}
