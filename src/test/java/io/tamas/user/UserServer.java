package io.tamas.user;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.db.Database;
import io.tamas.event.EventHub;
import io.tamas.event.EventSocket;
import io.tamas.event.Snapshot;
import io.tamas.json.Json;
import io.tamas.lab.FreePorts;
import io.tamas.number.NumberingPlan;
import io.tamas.number.WrittenNumbers;
import io.tamas.seal.Seal;
import io.tamas.web.Api;
import io.tamas.web.ApiKeys;
import io.tamas.web.ContractCheck;
import io.tamas.web.RouteServer;
import io.tamas.web.Scope;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Users, sessions, keys and events behind the real web server, as an instance has them.
final class UserServer implements AutoCloseable {
  static final String PASSWORD = "correct horse battery staple";

  /// A page of another server that may use the API.
  static final String CRM = "https://crm.example";

  static final String KEY = "the-first-key";
  static final Config.Sessions TIMES =
      new Config.Sessions(Duration.ofHours(12), Duration.ofDays(7));

  private static final EventHub.Limits LIMITS =
      new EventHub.Limits(
          10_000,
          64L << 20,
          Duration.ofSeconds(20),
          Duration.ofSeconds(60),
          Duration.ofMillis(300));

  /// By which one-time codes are judged.
  volatile Instant time = Instant.now();

  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final RouteServer routes;

  /// Where a page may be served, too, that may use the API.
  final int pagePort = FreePorts.take();

  private final Database database;
  private final Accounts accounts;
  private final EventHub hub;
  private final WebSocketClient client;

  /// What a browser keeps.
  record Cookie(String name, String token) {
    static Cookie of(HttpResponse<String> answer) {
      String header = answer.headers().firstValue("set-cookie").orElseThrow();
      String pair = header.substring(0, header.indexOf(';'));
      int is = pair.indexOf('=');
      return new Cookie(pair.substring(0, is), pair.substring(is + 1));
    }

    @Override
    public String toString() {
      return name + "=" + token;
    }
  }

  private record Nothing() implements Snapshot {
    @Override
    public Object calls() {
      return List.of();
    }

    @Override
    public Object extensions() {
      return List.of();
    }
  }

  UserServer(Vertx vertx, Config.Database config, SignInLimits.Limits limits, Api... more)
      throws Exception {
    this(vertx, config, limits, Optional.empty(), more);
  }

  UserServer(
      Vertx vertx,
      Config.Database config,
      SignInLimits.Limits limits,
      Optional<OpenIdSetting> openId,
      Api... more)
      throws Exception {
    database = new Database(vertx, config);
    accounts =
        new Accounts(
            database,
            TIMES,
            limits,
            () -> new WrittenNumbers(List.of(new NumberingPlan("IR", "21"))),
            List::of,
            new Codes(
                database,
                Seal.of(new Config.Sealing(Optional.of(new Secret("k".repeat(32))))),
                () -> time),
            openId,
            registry);
    ApiKeys keys = new ApiKeys(database);
    keys.ensure("first", new Secret(KEY), EnumSet.allOf(Scope.class));
    hub = new EventHub(vertx, database, new Nothing(), LIMITS, new SimpleMeterRegistry());
    List<Api> apis = new ArrayList<>(accounts.routes());
    apis.addAll(List.of(more));
    routes =
        RouteServer.startFor(
            vertx,
            keys,
            accounts.browsers(),
            List.of(),
            List.of(CRM, "http://localhost:" + pagePort),
            apis);
    hub.start().await(10, TimeUnit.SECONDS);
    routes.mount(new EventSocket(hub, 10));
    client = vertx.createWebSocketClient();
  }

  void run(String sql) {
    database.await(database.pool().query(sql).execute());
  }

  Database database() {
    return database;
  }

  String origin() {
    return "http://127.0.0.1:" + routes.port();
  }

  /// With the first key, which may do everything.
  JsonNode byKey(int status, String method, String path, String body) throws Exception {
    return json(status, routes.sendAsIs(method, path, body, "authorization", "Bearer " + KEY));
  }

  HttpResponse<String> signIn(String name, String password, String... headers) throws Exception {
    return send(
        "POST", "/session", Json.write(Map.of("name", name, "password", password)), headers);
  }

  /// A user who has replaced the one-time password.
  Cookie user(String name, String role, Map<String, Object> more) throws Exception {
    Map<String, Object> draft = new HashMap<>(more);
    draft.put("name", name);
    draft.put("role", role);
    JsonNode made = byKey(201, "POST", "/users", Json.write(draft));
    Cookie first = Cookie.of(signIn(name, made.path("oneTimePassword").asText()));
    String change =
        Json.write(Map.of("old", made.path("oneTimePassword").asText(), "password", PASSWORD));
    json(204, by(first, "PUT", "/me/password", change));
    return first;
  }

  /// As a page of this server asks.
  HttpResponse<String> by(Cookie cookie, String method, String path, String body) throws Exception {
    return send(method, path, body, "cookie", cookie.toString(), "origin", origin());
  }

  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    return routes.sendAsIs(method, path, body, headers);
  }

  static JsonNode json(int status, HttpResponse<String> answer) throws Exception {
    if (answer.statusCode() != status) {
      throw new AssertionError(status + " expected: " + answer.statusCode() + answer.body());
    }
    return answer.body().isEmpty()
        ? Json.mapper().createObjectNode()
        : Objects.requireNonNull(RouteServer.json(answer));
  }

  /// Completes with the code with which the server closes it; fails if it is not let in.
  CompletableFuture<Short> events(Map<String, String> headers) throws Exception {
    return events(EventSocket.PATH, headers);
  }

  /// @param uri path and query
  CompletableFuture<Short> events(String uri, Map<String, String> headers) throws Exception {
    CompletableFuture<Short> closed = new CompletableFuture<>();
    ClientWebSocket socket = client.webSocket();
    socket.closeHandler(_ -> closed.complete(socket.closeStatusCode()));
    WebSocketConnectOptions to =
        new WebSocketConnectOptions()
            .setHost("127.0.0.1")
            .setPort(routes.port())
            .setURI(uri)
            .setAllowOriginHeader(headers.containsKey("origin"));
    headers.forEach(to::addHeader);
    socket.connect(to).await(5, TimeUnit.SECONDS);
    return closed;
  }

  /// The messages that a user receives.
  ///
  /// @param query such as `?after=17`
  Stream stream(Cookie cookie, String query) throws Exception {
    ClientWebSocket socket = client.webSocket();
    Stream stream = new Stream(socket);
    socket
        .connect(
            new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(routes.port())
                .setURI(EventSocket.PATH + query)
                .addHeader("cookie", cookie.toString())
                .addHeader("origin", origin())
                .setAllowOriginHeader(true))
        .await(5, TimeUnit.SECONDS);
    return stream;
  }

  static final class Stream implements AutoCloseable {
    private final ClientWebSocket socket;
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Short> closed = new CompletableFuture<>();

    private Stream(ClientWebSocket socket) {
      this.socket = socket;
      socket.textMessageHandler(messages::add);
      socket.closeHandler(_ -> closed.complete(socket.closeStatusCode()));
    }

    JsonNode next() throws InterruptedException {
      String text = messages.poll(15, TimeUnit.SECONDS);
      if (text == null) {
        throw new AssertionError("no message within 15 s");
      }
      assertEquals(List.of(), ContractCheck.messageFaults(text), text);
      return Json.read(text, JsonNode.class);
    }

    /// The code with which the server closed.
    short closeCode() throws Exception {
      return closed.get(15, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  @Override
  public void close() throws Exception {
    client.close().await(5, TimeUnit.SECONDS);
    hub.close().await(5, TimeUnit.SECONDS);
    routes.close();
    accounts.close();
    database.close().await(5, TimeUnit.SECONDS);
  }
}
