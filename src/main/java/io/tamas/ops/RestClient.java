package io.tamas.ops;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.config.Secret;
import io.tamas.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// The REST interface of an instance, as its own commands use it.
public final class RestClient implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final String base;
  private final Secret key;

  public RestClient(Instance instance, Secret key) {
    this.base = "127.0.0.1:" + instance.port(Port.HTTP) + "/api/v1";
    this.key = key;
  }

  /// An answer of any status; the body of one without is absent.
  public record Answer(int status, JsonNode body) {

    boolean ok() {
      return status >= 200 && status < 300;
    }
  }

  /// @throws IOException when the answer is no success, with the problem that it tells
  public JsonNode get(String path) throws IOException, InterruptedException {
    return success("GET " + path, send(request(path).GET()));
  }

  JsonNode put(String path, JsonNode body) throws IOException, InterruptedException {
    return success("PUT " + path, send(with(path, "PUT", body)));
  }

  JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
    return success("POST " + path, tryPost(path, body));
  }

  Answer tryPost(String path, JsonNode body) throws IOException, InterruptedException {
    return send(with(path, "POST", body));
  }

  /// The stream of events.
  public CompletableFuture<WebSocket> events(WebSocket.Listener listener) {
    return http.newWebSocketBuilder()
        .header("Authorization", "Bearer " + key.reveal())
        .connectTimeout(DEADLINE)
        .buildAsync(URI.create("ws://" + base + "/events"), listener);
  }

  private HttpRequest.Builder with(String path, String method, JsonNode body) {
    HttpRequest.Builder request = request(path);
    return body.isMissingNode()
        ? request.method(method, HttpRequest.BodyPublishers.noBody())
        : request
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(Json.write(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + base + path))
        .timeout(DEADLINE)
        .header("Authorization", "Bearer " + key.reveal());
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), Json.mapper().readTree(response.body()));
  }

  private static JsonNode success(String what, Answer answer) throws IOException {
    if (!answer.ok()) {
      throw new IOException(what + " was answered " + answer.status() + ": " + answer.body());
    }
    return answer.body();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
