package io.tamas.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.json.Json;
import io.tamas.ops.RestClient;
import java.io.IOException;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The events of an instance as they come.
final class EventStream implements WebSocket.Listener, AutoCloseable {
  /// More than a demonstration call causes; a reader that falls behind further is cut off.
  private static final int MOST_WAITING = 1000;

  private final BlockingQueue<JsonNode> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final StringBuilder text = new StringBuilder();
  private @Nullable WebSocket socket;

  /// Returns when the stream is open and its first message, the state of now, has come.
  static EventStream open(RestClient rest, Duration deadline)
      throws IOException, InterruptedException {
    EventStream stream = new EventStream();
    try {
      stream.socket = rest.events(stream).get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the event stream cannot be opened: " + e.getMessage(), e);
    }
    if (stream.next(deadline).isEmpty()) {
      stream.close();
      throw new IOException("the event stream is silent");
    }
    return stream;
  }

  /// Empty when none came inside the deadline.
  Optional<JsonNode> next(Duration deadline) throws InterruptedException {
    return Optional.ofNullable(waiting.poll(deadline.toMillis(), TimeUnit.MILLISECONDS));
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      JsonNode message = Json.read(text.toString(), JsonNode.class);
      text.setLength(0);
      if (!waiting.offer(message)) {
        from.abort();
      }
    }
    from.request(1);
    return null;
  }

  @Override
  public void close() {
    if (socket != null) {
      socket.abort();
    }
  }
}
