package io.tamas.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.config.Config;
import io.tamas.event.EventSocket;
import io.tamas.json.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// The routes of some features behind the real web server and the real contract; the operations of
/// all others answer 501.
///
/// Each answer is held against the contract before it is given back.
public final class RouteServer implements AutoCloseable {
  /// What the web server itself answers.
  private static final Set<String> OF_THE_SERVER = Set.of("getOpenApi", "createTicket");

  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final Contract contract = Contract.load();
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebServer server;

  private RouteServer(
      Vertx vertx,
      Authenticator keys,
      Browsers browsers,
      List<String> publicUrl,
      List<String> allowedOrigins,
      int webSockets,
      List<Api> apis) {
    Config.Http config =
        new Config.Http(
            "127.0.0.1",
            0,
            false,
            1 << 20,
            webSockets,
            128,
            DEADLINE,
            DEADLINE,
            300,
            300,
            publicUrl,
            allowedOrigins,
            List.of("127.0.0.9"),
            Optional.empty());
    Set<String> mounted = new HashSet<>();
    List<Api> all = List.of(on -> apis.forEach(api -> mount(api, on, mounted)), absent(mounted));
    this.server =
        new WebServer(
            vertx,
            config,
            Config.Https.OFF,
            contract,
            keys,
            browsers,
            all,
            new SimpleMeterRegistry());
  }

  /// For anybody, with all rights.
  public static RouteServer start(Vertx vertx, Api... apis) throws Exception {
    Principal anybody = new Principal("test", EnumSet.allOf(Scope.class));
    return startFor(vertx, _ -> Future.succeededFuture(anybody), apis);
  }

  public static RouteServer startFor(Vertx vertx, Authenticator keys, Api... apis)
      throws Exception {
    return startFor(vertx, keys, Browsers.NONE, List.of(), List.of(apis));
  }

  /// @param publicUrl as in the configuration
  public static RouteServer startFor(
      Vertx vertx, Authenticator keys, Browsers browsers, List<String> publicUrl, List<Api> apis)
      throws Exception {
    return startFor(vertx, keys, browsers, publicUrl, List.of(), apis);
  }

  /// @param allowedOrigins as in the configuration
  public static RouteServer startFor(
      Vertx vertx,
      Authenticator keys,
      Browsers browsers,
      List<String> publicUrl,
      List<String> allowedOrigins,
      List<Api> apis)
      throws Exception {
    return started(new RouteServer(vertx, keys, browsers, publicUrl, allowedOrigins, 10, apis));
  }

  /// For so many WebSockets of users.
  public static RouteServer startFor(Vertx vertx, Browsers browsers, int webSockets)
      throws Exception {
    Authenticator none = _ -> Future.failedFuture(Problem.unauthorized("there are no keys"));
    return started(
        new RouteServer(vertx, none, browsers, List.of(), List.of(), webSockets, List.of()));
  }

  private static RouteServer started(RouteServer made) throws Exception {
    made.server.start().await(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    return made;
  }

  public void mount(EventSocket events) {
    events.mount(server.router(), server.signedIn(EventSocket.PATH, Scope.READ));
  }

  public void report(Refusals refusals) {
    server.report(refusals);
  }

  public int port() {
    return server.port();
  }

  public HttpResponse<String> get(String path) throws Exception {
    return send("GET", path, "");
  }

  /// What is no text.
  public byte[] bytes(String path) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/api/v1" + path))
            .header("authorization", "Bearer test");
    return client.send(request.build(), BodyHandlers.ofByteArray()).body();
  }

  /// @param body JSON, or empty for none
  /// @param headers names and values in turn
  public HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    return body.isEmpty()
        ? send(method, path, "", BodyPublishers.noBody(), headers)
        : send(method, path, "application/json", BodyPublishers.ofString(body), headers);
  }

  /// Without a key.
  ///
  /// @param body JSON, or empty for none
  /// @param headers names and values in turn
  public HttpResponse<String> sendAsIs(String method, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/v1" + path))
            .timeout(DEADLINE)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("content-type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    ContractCheck.answers(method, path, response);
    return response;
  }

  /// @param type of the body, or empty for none
  public HttpResponse<String> send(
      String method, String path, String type, BodyPublisher body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/v1" + path))
            .timeout(DEADLINE)
            .header("authorization", "Bearer test")
            .method(method, body);
    if (!type.isEmpty()) {
      request.header("content-type", type);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    ContractCheck.answers(method, path, response);
    return response;
  }

  /// The JSON of an answer.
  public static JsonNode json(HttpResponse<String> response) throws IOException {
    return Json.mapper().readTree(response.body());
  }

  @Override
  public void close() throws Exception {
    client.shutdownNow();
    server.close().await(DEADLINE.toSeconds(), TimeUnit.SECONDS);
  }

  private static void mount(Api api, Api.Operations on, Set<String> mounted) {
    api.mount(new Noting(on, mounted));
  }

  private record Noting(Api.Operations on, Set<String> mounted) implements Api.Operations {
    @Override
    public Api.Operations on(String operationId, Api.Handler handler) {
      mounted.add(operationId);
      on.on(operationId, handler);
      return this;
    }
  }

  private Api absent(Set<String> mounted) {
    return on ->
        contract.operations().stream()
            .map(Operation::id)
            .filter(id -> !mounted.contains(id) && !OF_THE_SERVER.contains(id))
            .forEach(id ->
                on.on(
                    id,
                    _ -> {
                      throw new Problem(501, "Not implemented", id, List.of());
                    }));
  }
}
