package io.tamas.lab;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a subscriber of the events has heard so far.
public final class EventsHeard implements WebSocket.Listener, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private @Nullable WebSocket socket;

  private EventsHeard() {}

  static EventsHeard at(HttpClient http, URI address, String key) {
    EventsHeard heard = new EventsHeard();
    heard.socket =
        http.newWebSocketBuilder()
            .header("authorization", "Bearer " + key)
            .connectTimeout(PATIENCE)
            .buildAsync(address, heard)
            .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
            .join();
    return heard;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      messages.add(Json.read(text.toString(), JsonNode.class));
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  /// The id of the last event, or that of the state with which the stream began.
  public long lastId() {
    return messages.stream()
        .mapToLong(message -> message.path("id").asLong(message.path("lastId").asLong()))
        .max()
        .orElseThrow();
  }

  /// The types of the events of the one call from a number, in their order.
  public List<String> ofCallFrom(String caller) {
    return messages.stream()
        .filter(message -> message.at("/data/caller").asText().equals(caller))
        .map(message -> message.path("type").asText())
        .toList();
  }

  /// Waits until an event of this type has come.
  public EventsHeard hears(String type) {
    Eventually.eventually(
        type + " among " + messages,
        PATIENCE,
        () -> messages.stream().anyMatch(message -> message.path("type").asText().equals(type)));
    return this;
  }

  /// Waits for the end of a call, and returns all that was told of it.
  List<JsonNode> hearsEndOf(String call) {
    Eventually.eventually(
        "the end of " + call,
        PATIENCE,
        () -> of(call).anyMatch(event -> event.path("type").asText().equals("call.ended")));
    return of(call).toList();
  }

  /// Also what comes later of its recording is of the call.
  private Stream<JsonNode> of(String call) {
    return messages.stream()
        .filter(message -> message.path("subject").asText().equals("call:" + call))
        .filter(message -> message.path("type").asText().startsWith("call."));
  }

  @Override
  public void close() {
    if (socket != null) {
      socket.abort();
    }
  }
}
