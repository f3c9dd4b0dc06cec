package io.tamas.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.config.Config;
import io.tamas.db.DatabaseFault;
import io.tamas.event.EventSocket;
import io.tamas.json.Json;
import io.tamas.number.ExtensionNumber;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A web server with a contract of its own, whose handlers do what the tests need.
final class ThingServer implements AutoCloseable {
  static final int MAX_BODY = 4096;
  static final int MAX_REQUESTS = 4;
  static final int MAX_WEB_SOCKETS = 10;
  static final int MAX_STRANGERS = 40;
  static final int MAX_STRANGERS_HERE = 30;

  /// For the head of a request.
  static final Duration HEAD = Duration.ofSeconds(2);

  /// Long enough for an honest request on a busy machine.
  private static final Duration DEADLINE = Duration.ofSeconds(4);

  final List<Thing> created = new CopyOnWriteArrayList<>();
  final CountDownLatch interrupted = new CountDownLatch(1);
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Vertx vertx;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Path files;
  private final WebServer server;

  record Thing(String name, Optional<Integer> count, Optional<ExtensionNumber> extension) {}

  private record Things(List<Thing> items) {}

  ThingServer(Path files) throws IOException {
    this(Vertx.vertx(), files, ThingServer::holder);
  }

  /// @param vertx is closed together with the server
  ThingServer(Vertx vertx, Path files, Authenticator authenticator) throws IOException {
    this.vertx = vertx;
    this.files = files;
    this.server =
        new WebServer(
            vertx,
            config(),
            Config.Https.OFF,
            contract(),
            authenticator,
            Browsers.NONE,
            List.of(this::mount),
            meters);
    server
        .router()
        .get("/api/v1/beside")
        .handler(server.signedIn("/api/v1/beside", Scope.WRITE))
        .handler(routing -> routing.fail(426, new Problem(426, "Upgrade", "needed", List.of())));
    await(server.start());
  }

  static Contract contract() throws IOException {
    try (InputStream in = ThingServer.class.getResourceAsStream("/web/contract.yaml")) {
      if (in == null) {
        throw new IOException("no test contract");
      }
      return Contract.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  static Config.Http config() {
    return new Config.Http(
        "127.0.0.1",
        0,
        false,
        MAX_BODY,
        MAX_WEB_SOCKETS,
        MAX_REQUESTS,
        DEADLINE,
        HEAD,
        MAX_STRANGERS,
        MAX_STRANGERS_HERE,
        List.of(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  static Future<Principal> holder(String key) {
    return switch (key) {
      case "reader" -> Future.succeededFuture(new Principal("reader", Set.of(Scope.READ)));
      case "writer" ->
          Future.succeededFuture(new Principal("writer", Set.of(Scope.READ, Scope.WRITE)));
      case "unknowable" ->
          Future.failedFuture(DatabaseFault.of(new IOException("connection refused")));
      default -> Future.failedFuture(Problem.unauthorized("the API key is not known"));
    };
  }

  void mount(Api.Operations on) {
    on.on("listThings", this::list)
        .on("createThing", this::create)
        .on("getThing", _ -> Response.ok(new Thing("one", Optional.of(1), Optional.empty())))
        .on(
            "getFile",
            request ->
                new Response.File(files.resolve(request.path("id")), "audio/wav", "a\"b.wav"))
        .on("putText", request -> text(request.text()))
        .on("putUpload", ThingServer::upload)
        .on("getFault", request -> fault(request.path("kind")));
  }

  private static Response text(String text) {
    return new Response.Text(Map.of("etag", "\"7\""), "application/yaml", text);
  }

  private static Response upload(Request request) {
    try {
      return text(request.file() + " " + Files.size(request.file()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Response list(Request request) {
    request.query("cursor").ifPresent(text -> Cursor.parse("things", 1, text));
    return Response.ok(new Things(created));
  }

  private Response create(Request request) {
    Thing thing = request.body(Thing.class);
    created.add(thing);
    return Response.created("/api/v1/things/1", thing);
  }

  private Response fault(String kind) {
    return switch (kind) {
      case "slow" -> slow();
      case "database" -> throw DatabaseFault.of(new IOException("secret address"));
      case "stale" -> throw Problem.preconditionFailed("version 2 now");
      case "taken" -> throw Problem.conflict("the name is taken");
      default -> throw new IllegalStateException("secret of the house");
    };
  }

  private Response slow() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interrupted.countDown();
    }
    return Response.noContent();
  }

  int port() {
    return server.port();
  }

  void mount(EventSocket events) {
    events.mount(server.router(), server.signedIn(EventSocket.PATH, Scope.READ));
  }

  double connections() {
    return meters.get("tamas.http.connections").gauge().value();
  }

  double strangers() {
    return meters.get("tamas.http.strangers").gauge().value();
  }

  double waiting() {
    return meters.get("tamas.http.waiting").gauge().value();
  }

  double closed(String reason) {
    return meters.counter("tamas.http.connections.closed", "reason", reason).count();
  }

  long answered(String operation) {
    return meters.get("tamas.http.requests").tag("operation", operation).timer().count();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
        .timeout(Duration.ofSeconds(10))
        .header("authorization", "Bearer writer");
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  java.util.concurrent.CompletableFuture<HttpResponse<String>> sendLater(
      HttpRequest.Builder request) {
    return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> post(String body) throws Exception {
    return send(
        request("/api/v1/things")
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  static JsonNode problem(HttpResponse<String> response) throws IOException {
    return Json.mapper().readTree(response.body());
  }

  @Override
  public void close() {
    client.shutdownNow();
    await(server.close());
    await(vertx.close());
  }

  private static void await(Future<Void> work) {
    try {
      work.await(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
