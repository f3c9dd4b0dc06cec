package io.tamas.user;

import static io.tamas.lab.Eventually.eventually;
import static io.tamas.user.UserServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.db.TestDatabase;
import io.tamas.event.EventSocket;
import io.tamas.json.Json;
import io.tamas.user.UserServer.Cookie;
import io.tamas.web.ApiKeys;
import io.tamas.web.Response;
import io.tamas.web.Scope;
import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// Tickets, and what pages of other servers may do.
class TicketIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(TicketIT.class);
  private static final String AUDIO = "/recordings/0b6c4d2e-8f5a-4c1b-9d3e-7a6f5b4c3d2e";
  private static final String OTHER = "/recordings/1b6c4d2e-8f5a-4c1b-9d3e-7a6f5b4c3d2e";
  private static final String EVENTS = EventSocket.PATH;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private UserServer server;
  private Cookie cookie;
  @TempDir private Path folder;

  @BeforeEach
  void start() throws Exception {
    Path audio = Files.writeString(folder.resolve("audio.wav"), "sounds of a call");
    server =
        new UserServer(
            vertx,
            CONFIG,
            SignInLimits.Limits.DEFAULT,
            on -> on.on("getRecording", _ -> new Response.File(audio, "audio/wav", "call.wav")));
    server.run("delete from user_account");
    server.run("delete from company_item");
    TestDatabase.extensions(server.database(), Instant.now(), "101");
    cookie = server.user("zahra", "OPERATOR", Map.of("extension", "101"));
  }

  @AfterEach
  void close() throws Exception {
    server.close();
    vertx.close().await(5, TimeUnit.SECONDS);
  }

  private String byKey(String path) throws Exception {
    return server.byKey(201, "POST", "/tickets", body(path)).path("ticket").asText();
  }

  private String byUser(String path) throws Exception {
    return json(201, server.by(cookie, "POST", "/tickets", body(path))).path("ticket").asText();
  }

  private static String body(String path) {
    return Json.write(Map.of("path", path));
  }

  private HttpResponse<String> hear(String ticket) throws Exception {
    return server.send("GET", AUDIO + "?ticket=" + ticket, "");
  }

  @Test
  void audioIsHeardOnce() throws Exception {
    for (String ticket : new String[] {byKey("/api/v1" + AUDIO), byUser("/api/v1" + AUDIO)}) {
      HttpResponse<String> heard = hear(ticket);
      assertEquals("sounds of a call", heard.body());
      assertEquals("no-store", heard.headers().firstValue("cache-control").orElse(""));
      assertEquals("no-referrer", heard.headers().firstValue("referrer-policy").orElse(""));
      json(401, hear(ticket));
    }
  }

  @Test
  void logDoesNotTellIt() throws Exception {
    ListAppender<ILoggingEvent> heard = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger("io.tamas");
    heard.start();
    logger.addAppender(heard);
    String audio = byKey("/api/v1" + AUDIO);
    String events = byKey(EVENTS);
    try {
      hear(audio);
      hear(audio);
      assertEquals(403, refused(events, Map.of("origin", "https://evil.example")));
      eventually(
          "requests are logged",
          Duration.ofSeconds(10),
          () -> lines(heard).filter(line -> line.contains("getRecording")).count() == 2);
    } finally {
      logger.detachAppender(heard);
    }
    assertEquals(
        List.of(),
        lines(heard).filter(line -> line.contains(audio) || line.contains(events)).toList());
  }

  private static Stream<String> lines(ListAppender<ILoggingEvent> heard) {
    return List.copyOf(heard.list).stream()
        .map(event -> event.getFormattedMessage() + event.getKeyValuePairs());
  }

  @Test
  void itOpensNothingElse() throws Exception {
    String audio = byKey("/api/v1" + AUDIO);
    json(401, server.send("GET", OTHER + "?ticket=" + audio, ""));
    json(401, hear(audio));
    json(401, server.send("DELETE", AUDIO + "?ticket=" + byKey("/api/v1" + AUDIO), ""));
    json(401, server.send("GET", "/me?ticket=" + byUser("/api/v1" + AUDIO), ""));
    json(401, server.send("GET", AUDIO + "?ticket=" + "A".repeat(43), ""));
    String twice = byKey("/api/v1" + AUDIO);
    json(401, hear(twice + "&ticket=" + twice));
    json(401, server.send("POST", "/tickets?ticket=" + byUser(EVENTS), body(EVENTS)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/api/v1/me",
        "/api/v1/calls",
        "/api/v1/recordings",
        "/api/v1/recordings/a/b",
        "/api/v1/events/",
        "/api/v1/events?after=1",
        "https://evil.example/api/v1/events",
        "//evil.example",
      })
  void otherAddressesHaveNoTickets(String path) throws Exception {
    server.byKey(422, "POST", "/tickets", body(path));
  }

  @Test
  void streamBelongsToWhoMadeTheTicketAndEndsWithTheirSession() throws Exception {
    CompletableFuture<Short> closed = server.events(EVENTS + "?ticket=" + byUser(EVENTS), Map.of());
    server.run("delete from user_session");
    assertEquals((short) 1008, closed.get(5, TimeUnit.SECONDS));
  }

  /// The right is that of now, not that of when the ticket was made.
  @Test
  void ticketOfASessionThatHasEndedOpensNothing() throws Exception {
    String audio = byUser("/api/v1" + AUDIO);
    String events = byUser(EVENTS);
    server.run("delete from user_session");
    json(401, hear(audio));
    assertEquals(401, refused(events, Map.of()));
  }

  @Test
  void keyThatWasDeletedOpensNothing() throws Exception {
    Secret key = new Secret("the-key-of-the-crm");
    new ApiKeys(server.database()).ensure("crm", key, EnumSet.of(Scope.READ));
    String bearer = "Bearer " + key.reveal();
    JsonNode made =
        json(201, server.send("POST", "/tickets", body(EVENTS), "authorization", bearer));
    server.run("delete from api_key where name = 'crm'");
    assertEquals(401, refused(made.path("ticket").asText(), Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "https://crm.example, 0",
    "https://evil.example, 403",
    "https://crm.example.evil.example, 403",
    "null, 403",
  })
  void onlyPagesThatAreAllowedOpenAStream(String origin, int status) throws Exception {
    Map<String, String> headers = Map.of("origin", origin);
    if (status == 0) {
      assertFalse(server.events(EVENTS + "?ticket=" + byKey(EVENTS), headers).isDone());
    } else {
      assertEquals(status, refused(byKey(EVENTS), headers));
    }
  }

  /// By cookie they are still refused.
  @Test
  void pageThatIsAllowedHasNoCookie() throws Exception {
    HttpResponse<String> asked =
        send("GET", "/me", "cookie", cookie.toString(), "origin", UserServer.CRM);
    assertTrue(asked.headers().firstValue("access-control-allow-credentials").isEmpty());
    HttpResponse<String> acting =
        send("POST", "/tickets", "cookie", cookie.toString(), "origin", UserServer.CRM);
    assertEquals(403, acting.statusCode(), acting.body());
  }

  private int refused(String ticket, Map<String, String> headers) {
    UpgradeRejectedException refusal =
        assertThrows(
            UpgradeRejectedException.class,
            () -> server.events(EVENTS + "?ticket=" + ticket, headers));
    return refusal.getStatus();
  }

  @Test
  void pageIsToldWhatItMaySend() throws Exception {
    HttpResponse<String> permission =
        send(
            "OPTIONS",
            "/users/zahra",
            "origin",
            UserServer.CRM,
            "access-control-request-method",
            "PUT",
            "access-control-request-headers",
            "authorization,if-match");
    assertEquals(204, permission.statusCode());
    assertEquals(UserServer.CRM, header(permission, "access-control-allow-origin"));
    assertTrue(header(permission, "access-control-allow-methods").contains("PUT"));
    assertTrue(header(permission, "access-control-allow-headers").contains("Authorization"));
    assertEquals("Origin", header(permission, "vary"));
    HttpResponse<String> evil =
        send(
            "OPTIONS",
            "/users/zahra",
            "origin",
            "https://evil.example",
            "access-control-request-method",
            "PUT");
    assertEquals(405, evil.statusCode());
    assertEquals("", header(evil, "access-control-allow-origin"));
    assertEquals("Origin", header(evil, "vary"));
  }

  @Test
  void pageReadsAnswersAndProblems() throws Exception {
    HttpResponse<String> read =
        send(
            "GET", "/users", "origin", UserServer.CRM, "authorization", "Bearer " + UserServer.KEY);
    assertEquals(200, read.statusCode());
    assertEquals(UserServer.CRM, header(read, "access-control-allow-origin"));
    assertTrue(header(read, "access-control-expose-headers").contains("ETag"));
    assertTrue(header(read, "access-control-expose-headers").contains("Undo-Id"));
    HttpResponse<String> refused = send("GET", "/users", "origin", UserServer.CRM);
    assertEquals(401, refused.statusCode());
    assertEquals(UserServer.CRM, header(refused, "access-control-allow-origin"));
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private HttpResponse<String> send(String method, String path, String... headers)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.origin() + "/api/v1" + path))
            .method(method, BodyPublishers.noBody())
            .headers(headers)
            .build();
    return client.send(request, BodyHandlers.ofString());
  }
}
