package io.tamas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.config.Secret;
import io.tamas.ops.Instance;
import io.tamas.ops.Port;
import io.tamas.ops.Ports;
import io.tamas.ops.RestClient;
import io.tamas.ops.SipNetwork;
import io.tamas.ops.TlsSettings;
import io.tamas.ops.VoiceSettings;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void end() throws TimeoutException {
    vertx.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void aLongStateIsReadWhole() throws Exception {
    String state = "{\"extensions\":\"" + "x".repeat(3_000_000) + "\"}";
    try (RestClient rest =
            client(socket -> {
              socket.writeTextMessage(state);
              socket.writeTextMessage("{\"type\":\"call.started\"}");
            });
        EventStream events = EventStream.open(rest, PATIENCE)) {
      assertEquals("call.started", events.next(PATIENCE).orElseThrow().path("type").asText());
      assertTrue(events.next(Duration.ofMillis(50)).isEmpty());
    }
  }

  @Test
  void whoSaysNothingIsNotWaitedForLonger() throws Exception {
    try (RestClient rest = client(_ -> {})) {
      IOException fault =
          assertThrows(
              IOException.class, () -> EventStream.open(rest, Duration.ofSeconds(2)).close());
      assertEquals("the event stream is silent", fault.getMessage());
    }
  }

  @Test
  void theRefusalIsReported() throws Exception {
    try (RestClient rest = client(ServerWebSocket::close)) {
      assertThrows(IOException.class, () -> EventStream.open(rest, PATIENCE).close());
    }
    try (RestClient rest = new RestClient(at(1), new Secret("key"))) {
      IOException fault =
          assertThrows(IOException.class, () -> EventStream.open(rest, PATIENCE).close());
      assertTrue(String.valueOf(fault.getMessage()).contains("cannot be opened"));
    }
  }

  /// Garbage is collected while the stream opens: Vert.x ends a client that nobody holds.
  private RestClient client(Handler<ServerWebSocket> answers) throws TimeoutException {
    int port =
        vertx
            .createHttpServer()
            .webSocketHandshakeHandler(opening -> {
              System.gc();
              vertx.setTimer(100, _ -> opening.accept());
            })
            .webSocketHandler(answers)
            .listen(0, "127.0.0.1")
            .await(5, TimeUnit.SECONDS)
            .actualPort();
    return new RestClient(at(port), new Secret("key"));
  }

  private static Instance at(int port) {
    return new Instance(
        Path.of("unused"),
        "unused",
        Ports.choose(Map.of(Port.HTTP, port), Map.of()),
        SipNetwork.LOOPBACK,
        TlsSettings.OWN,
        VoiceSettings.DEFAULT);
  }
}
