package io.tamas.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.json.Json;
import io.tamas.web.ContractCheck;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// The events that a subscriber has received so far.
///
/// Not by the WebSocket client of the JDK: when more than 16 KB follow the handshake at once it
/// loses its position in them (JDK 25) and ends.
public final class ReceivedEvents implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LARGEST = 16 << 20;

  private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
  private final WebSocketClient client;
  private volatile Optional<Short> closed = Optional.empty();

  private ReceivedEvents(WebSocketClient client) {
    this.client = client;
  }

  static ReceivedEvents at(Vertx vertx, URI address, String key) {
    WebSocketClient client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions().setMaxFrameSize(LARGEST).setMaxMessageSize(LARGEST));
    ReceivedEvents heard = new ReceivedEvents(client);
    var to =
        new WebSocketConnectOptions()
            .setAbsoluteURI(address.toString())
            .addHeader("authorization", "Bearer " + key);
    ClientWebSocket socket = client.webSocket();
    socket.textMessageHandler(heard::add);
    socket.closeHandler(_ -> heard.closed = Optional.ofNullable(socket.closeStatusCode()));
    try {
      socket.connect(to).await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return heard;
    } catch (TimeoutException e) {
      throw new AssertionError("no connection to " + address, e);
    }
  }

  private void add(String message) {
    messages.add(Json.read(message, JsonNode.class));
  }

  /// The id of the last event, or that of the snapshot with which the stream started.
  public long lastId() {
    return messages.stream()
        .mapToLong(message -> message.path("id").asLong(message.path("lastId").asLong()))
        .max()
        .orElseThrow();
  }

  /// The snapshot with which the stream started.
  public JsonNode snapshot() {
    hears("snapshot");
    return messages.getFirst();
  }

  /// The types of the events of the one call from a number, in their order.
  public List<String> ofCallFrom(String caller) {
    return messages.stream()
        .filter(message -> message.at("/data/caller").asText().equals(caller))
        .map(message -> message.path("type").asText())
        .toList();
  }

  /// All texts in the events so far.
  public List<String> texts() {
    return messages.stream().flatMap(JsonTexts::in).toList();
  }

  /// The data of the events so far of this type and subject.
  public List<JsonNode> of(String type, String subject) {
    return messages.stream()
        .filter(message -> message.path("type").asText().equals(type))
        .filter(message -> message.path("subject").asText().equals(subject))
        .map(message -> message.path("data"))
        .toList();
  }

  /// Waits until an event of this type has come.
  public ReceivedEvents hears(String type) {
    Eventually.eventually(
        type + " among " + messages,
        PATIENCE,
        () -> messages.stream().anyMatch(message -> message.path("type").asText().equals(type)));
    return this;
  }

  /// The server closes the connection with this code.
  public void isClosedWith(int code) {
    Eventually.eventually(
        "closed with " + code, PATIENCE, () -> closed.filter(is -> is == code).isPresent());
  }

  /// The subjects of all events so far whose type begins so.
  public List<String> subjects(String type) {
    return messages.stream()
        .filter(message -> message.path("type").asText().startsWith(type))
        .map(message -> message.path("subject").asText())
        .distinct()
        .toList();
  }

  /// Waits for an event of this type and subject, and returns its data.
  public JsonNode hearsOf(String type, String subject) {
    Eventually.eventually(
        type + " of " + subject + " among " + messages,
        PATIENCE,
        () -> !of(type, subject).isEmpty());
    return of(type, subject).getFirst();
  }

  /// Waits for an event of this type that is about an extension, and returns its data.
  public JsonNode hears(String type, String extension) {
    List<JsonNode> found = new CopyOnWriteArrayList<>();
    Eventually.eventually(
        type + " of " + extension + " among " + messages,
        PATIENCE,
        () ->
            messages.stream()
                .filter(message -> message.path("type").asText().equals(type))
                .map(message -> message.path("data"))
                .filter(data -> data.path("extension").asText().equals(extension))
                .anyMatch(found::add));
    return found.getLast();
  }

  /// Waits for the end of a call, and returns all events of it.
  List<JsonNode> hearsEndOf(String call) {
    Eventually.eventually(
        "the end of " + call,
        PATIENCE,
        () -> of(call).anyMatch(event -> event.path("type").asText().equals("call.ended")));
    return of(call).toList();
  }

  /// The calls that were published as part of this one.
  List<String> joinedInto(String call) {
    return messages.stream()
        .filter(message -> message.path("type").asText().equals("call.joined"))
        .filter(message -> message.at("/data/into").asText().equals(call))
        .map(message -> message.path("subject").asText().substring("call:".length()))
        .toList();
  }

  /// The types of the events of a call, in order.
  List<String> typesOf(String call) {
    return of(call).map(event -> event.path("type").asText()).toList();
  }

  /// Without the events of its recording, which come later.
  private Stream<JsonNode> of(String call) {
    return messages.stream()
        .filter(message -> message.path("subject").asText().equals("call:" + call))
        .filter(message -> message.path("type").asText().startsWith("call."));
  }

  /// All messages were as the contract says.
  @Override
  public void close() {
    client.close();
    for (JsonNode message : messages) {
      assertEquals(List.of(), ContractCheck.messageFaults(message.toString()), message::toString);
    }
  }
}
