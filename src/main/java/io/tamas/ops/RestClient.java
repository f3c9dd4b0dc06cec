package io.tamas.ops;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.config.Secret;
import io.tamas.json.Json;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// A client of the REST interface of an instance, for its own commands.
public final class RestClient implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  /// The deadline for a whole company.
  private static final Duration LONG_DEADLINE = Duration.ofSeconds(60);

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

  /// @throws IOException if the request fails, with the problem of the response
  public JsonNode get(String path) throws IOException, InterruptedException {
    return send(request(path).GET()).orThrow().json();
  }

  JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path);
    HttpRequest.Builder with =
        body.isMissingNode()
            ? request.POST(HttpRequest.BodyPublishers.noBody())
            : request
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)));
    return send(with).orThrow().json();
  }

  /// A response of any status.
  ///
  /// @param to the request
  public record Answer(String to, int status, String body) {
    public boolean ok() {
      return status >= 200 && status < 300;
    }

    /// The JSON of its body; missing if there is no body.
    public JsonNode json() throws IOException {
      return Json.mapper().readTree(body);
    }

    Answer orThrow() throws IOException {
      if (!ok()) {
        throw new IOException(to + " was answered " + status + ": " + body);
      }
      return this;
    }
  }

  /// @param yaml the body, or empty for none
  /// @param headers names and values in turn
  public Answer yaml(String method, String path, String yaml, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(path)
            .timeout(LONG_DEADLINE)
            .method(
                method,
                yaml.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(yaml));
    if (!yaml.isEmpty()) {
      request.header("Content-Type", "application/yaml");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  /// The address of the event stream, for a WebSocket client. The one of the JDK fails when the
  /// state is long and arrives right after the handshake (JDK 25).
  public WebSocketConnectOptions events() {
    return new WebSocketConnectOptions()
        .setAbsoluteURI("ws://" + base + "/events")
        .addHeader("Authorization", "Bearer " + key.reveal());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + base + path))
        .timeout(DEADLINE)
        .header("Authorization", "Bearer " + key.reveal());
  }

  private Answer send(HttpRequest.Builder builder) throws IOException, InterruptedException {
    HttpRequest request = builder.build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    return new Answer(
        request.method() + " " + request.uri().getPath(), response.statusCode(), response.body());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
