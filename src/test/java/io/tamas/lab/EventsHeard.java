package io.tamas.lab;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.json.Json;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// What a subscriber of the events has heard so far.
///
/// Not by the WebSocket client of the JDK: when more than 16 KB come right behind the handshake it
/// loses its place in them (JDK 25) and ends.
public final class EventsHeard implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LARGEST = 16 << 20;

  private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
  private final WebSocketClient client;

  private EventsHeard(WebSocketClient client) {
    this.client = client;
  }

  static EventsHeard at(Vertx vertx, URI address, String key) {
    WebSocketClient client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions().setMaxFrameSize(LARGEST).setMaxMessageSize(LARGEST));
    EventsHeard heard = new EventsHeard(client);
    var to =
        new WebSocketConnectOptions()
            .setAbsoluteURI(address.toString())
            .addHeader("authorization", "Bearer " + key);
    try {
      client
          .connect(to)
          .onSuccess(socket -> socket.textMessageHandler(heard::add))
          .await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return heard;
    } catch (TimeoutException e) {
      throw new AssertionError("no connection to " + address, e);
    }
  }

  private void add(String message) {
    messages.add(Json.read(message, JsonNode.class));
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

  /// The calls that were told to be part of this one.
  List<String> joinedInto(String call) {
    return messages.stream()
        .filter(message -> message.path("type").asText().equals("call.joined"))
        .filter(message -> message.at("/data/into").asText().equals(call))
        .map(message -> message.path("subject").asText().substring("call:".length()))
        .toList();
  }

  /// What was told of a call, in order.
  List<String> typesOf(String call) {
    return of(call).map(event -> event.path("type").asText()).toList();
  }

  /// Also what comes later of its recording is of the call.
  private Stream<JsonNode> of(String call) {
    return messages.stream()
        .filter(message -> message.path("subject").asText().equals("call:" + call))
        .filter(message -> message.path("type").asText().startsWith("call."));
  }

  @Override
  public void close() {
    client.close();
  }
}
