package io.tamas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.config.Config;
import io.tamas.config.ConfigLoader;
import io.tamas.db.TestDatabase;
import io.tamas.lab.FreePorts;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `http.plain: true`: other machines are served without TLS.
class PlainHttpIT {
  private static final String KEY = "key-of-the-first-start";

  private final Config.Database database = TestDatabase.fresh(PlainHttpIT.class);
  private final int port = FreePorts.take();

  @TempDir private Path folder;

  @Test
  void otherMachinesReachTheApiAndTheEventsWithoutTls() throws Exception {
    try (Server server = Server.start(config())) {
      assertEquals(200, status(), server::toString);
      String snapshot = firstEvent();
      assertTrue(snapshot.contains("\"snapshot\""), snapshot);
    }
  }

  private int status() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.2:" + port + "/api/v1/calls"))
            .header("Authorization", "Bearer " + KEY)
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  private String firstEvent() throws Exception {
    Vertx vertx = Vertx.vertx();
    CompletableFuture<String> first = new CompletableFuture<>();
    var to =
        new WebSocketConnectOptions()
            .setAbsoluteURI("ws://127.0.0.2:" + port + "/api/v1/events")
            .addHeader("authorization", "Bearer " + KEY);
    var client = vertx.createWebSocketClient();
    try {
      ClientWebSocket socket = client.webSocket();
      socket.textMessageHandler(first::complete);
      socket.connect(to).onFailure(first::completeExceptionally);
      return first.get(10, TimeUnit.SECONDS);
    } finally {
      vertx.close().await(10, TimeUnit.SECONDS);
    }
  }

  private Config config() throws Exception {
    String yaml =
        """
        cell: plain
        agi: {port: 0}
        ari: {port: 0, password: ari}
        ami: {port: %d, password: ami}
        http: {port: 0, plain: true, apiKey: %s}
        https: {address: 127.0.0.2, port: %d}
        management: {port: 0}
        """
            .formatted(FreePorts.take(), KEY, port);
    Path file = Files.writeString(folder.resolve("tamas.yaml"), yaml);
    return ConfigLoader.load(
        Optional.of(file),
        Map.of(
            "TAMAS_DATABASE_URL", database.url(),
            "TAMAS_DATABASE_USER", database.user(),
            "TAMAS_DATABASE_PASSWORD", database.password().reveal()));
  }
}
