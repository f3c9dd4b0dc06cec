package io.tamas.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.config.Config;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagementServerIT {
  private final Vertx vertx = Vertx.vertx();
  private final Metrics metrics = new Metrics();
  private final AtomicReference<Health.State> journal = new AtomicReference<>(Health.State.up());
  private final Health health =
      new Health().register("journal", journal::get).register("asterisk", Health.State::up);
  private final ManagementServer server =
      new ManagementServer(
          vertx, new Config.Management("127.0.0.1", 0), metrics.registry(), health);

  @BeforeEach
  void start() throws Exception {
    server.start().await(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() throws Exception {
    server.close().await(10, TimeUnit.SECONDS);
    metrics.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void readyWhenEachPartIs() throws Exception {
    HttpResponse<String> response = get("/health/ready");
    assertEquals(200, response.statusCode());
    assertEquals(
        "{\"status\":\"ready\",\"checks\":{\"asterisk\":{\"ready\":true,\"reason\":\"\"},"
            + "\"journal\":{\"ready\":true,\"reason\":\"\"}}}",
        response.body());
  }

  @Test
  void notReadyNamesTheComponentAndTheReason() throws Exception {
    journal.set(Health.State.down("12 s behind"));
    HttpResponse<String> response = get("/health/ready");
    assertEquals(503, response.statusCode());
    assertTrue(
        response.body().contains("\"journal\":{\"ready\":false,\"reason\":\"12 s behind\"}"),
        response.body());
    assertEquals(200, get("/health/live").statusCode());
  }

  @Test
  void aCheckThatFailsIsNotReady() throws Exception {
    health.register(
        "broken",
        () -> {
          throw new IllegalStateException("secret");
        });
    HttpResponse<String> response = get("/health/ready");
    assertEquals(503, response.statusCode());
    assertTrue(response.body().contains("IllegalStateException"), response.body());
  }

  @Test
  void metricsAreThoseOfTheMachineAndOurOwn() throws Exception {
    metrics
        .registry()
        .timer("tamas.agi.sessions", "script", "route")
        .record(3, TimeUnit.MILLISECONDS);
    String text = get("/metrics").body();
    assertTrue(text.contains("jvm_memory_used_bytes"), text);
    assertTrue(
        text.contains("tamas_agi_sessions_seconds_bucket{script=\"route\",le=\"0.005\"} 1"), text);
  }

  @Test
  void nothingElseIsServed() throws Exception {
    assertEquals(404, get("/").statusCode());
    assertEquals(404, get("/../etc/passwd").statusCode());
    assertEquals(405, send("/metrics", "POST").statusCode());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(path, "GET");
  }

  private HttpResponse<String> send(String path, String method) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
              .method(method, HttpRequest.BodyPublishers.noBody())
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
