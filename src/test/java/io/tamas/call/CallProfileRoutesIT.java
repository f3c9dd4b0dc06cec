package io.tamas.call;

import static io.tamas.call.recording.CallCell.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.call.fold.Story;
import io.tamas.call.notes.CallNotes;
import io.tamas.call.recording.CallCell;
import io.tamas.call.recording.RecordingArchive;
import io.tamas.config.Config;
import io.tamas.crm.CallerProfiles;
import io.tamas.crm.MergedIds;
import io.tamas.crm.ProfileRoutes;
import io.tamas.crm.Profiles;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberingPlan;
import io.tamas.number.WrittenNumbers;
import io.tamas.web.Principal;
import io.tamas.web.Principal.Owner;
import io.tamas.web.RouteServer;
import io.tamas.web.Scope;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who a caller is, from the request through the journal to the record; the server of the test
/// holds each answer against the contract.
class CallProfileRoutesIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(CallProfileRoutesIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private static final WrittenNumbers TEHRAN =
      new WrittenNumbers(List.of(new NumberingPlan("IR", "21")));
  private static final String NUMBER = "+989121234567";
  private static final String ENDED = "main-1795225000.1";
  private static final String LIVE = "main-1795225000.2";
  private static final String OUT = "main-1795225000.3";

  @TempDir Path temp;
  private CallCell cell;
  private RouteServer server;

  @BeforeEach
  void start() throws Exception {
    DATABASE.await(DATABASE.pool().query("truncate profile restart identity cascade").execute());
    cell = new CallCell(temp, DATABASE, Duration.ofMillis(100));
    cell.forgetEverything();
    cell.start();
    Profiles profiles = new Profiles(DATABASE, () -> TEHRAN);
    RecordingArchive archive = new RecordingArchive(DATABASE, cell.recordings, cell.events);
    server =
        RouteServer.startFor(
            VERTX,
            CallProfileRoutesIT::principal,
            new ProfileRoutes(profiles, () -> TEHRAN),
            new CallRoutes(
                cell.calls,
                cell.live,
                cell.recordings,
                archive,
                () -> TEHRAN,
                () -> Duration.ofHours(24),
                new MergedIds(DATABASE)),
            new CallProfileRoutes(
                cell.calls,
                cell.live,
                new CallNotes(cell.follower, Clock.systemUTC()),
                new CallerProfiles(profiles, () -> TEHRAN)));
    cell.write(inbound(ENDED).ends().rows());
    cell.write(inbound(LIVE).rows());
    until("ended", () -> cell.calls.find(ENDED).isPresent());
    until("live", () -> cell.live.find(LIVE).isPresent());
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    cell.stop();
  }

  @AfterAll
  static void close() throws Exception {
    DATABASE.close().await(5, TimeUnit.SECONDS);
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {ENDED, LIVE})
  void aCallerIsWhoSomebodySaysAndTheNumberIsRemembered(String call) throws Exception {
    profile("Sara");
    JsonNode said =
        RouteServer.json(server.send("PUT", "/calls/" + call + "/profile", "{\"profile\":1}"));
    assertEquals("Sara", said.get("name").asText());
    assertTrue(said.get("remembered").asBoolean());
    assertEquals("Sara", call(call).get("callerName").asText());
    assertEquals(1, call(call).get("profile").asLong());
    JsonNode sara = RouteServer.json(server.get("/profiles/1"));
    assertEquals(NUMBER, sara.at("/numbers/0/number").asText());
    assertTrue(sara.at("/numbers/0/main").asBoolean());
    assertTrue(cell.events(call).contains("caller.identified"), cell.events(call)::toString);

    profile("Reza");
    JsonNode other =
        RouteServer.json(server.send("PUT", "/calls/" + call + "/profile", "{\"profile\":2}"));
    assertFalse(other.get("remembered").asBoolean());
    assertEquals(2, call(call).get("profile").asLong());
    assertEquals(0, RouteServer.json(server.get("/profiles/2")).get("numbers").size());
    assertEquals(new Refold.Report(1, 0, List.of()), refolded());

    assertEquals(204, server.send("DELETE", "/calls/" + call + "/profile", "").statusCode());
    assertFalse(call(call).has("profile"), call(call)::toString);
    assertEquals(new Refold.Report(1, 0, List.of()), refolded());
  }

  @Test
  void aProfileIsCreatedWithTheNumberOfTheCall() throws Exception {
    HttpResponse<String> created =
        server.send(
            "POST",
            "/calls/" + LIVE + "/profile",
            """
            {"kind":"organisation","name":"پارس نور","numbers":[{"number":"021 9100 1000"}]}
            """);
    assertEquals(201, created.statusCode());
    assertEquals("/api/v1/profiles/1", created.headers().firstValue("location").orElse(""));
    JsonNode profile = RouteServer.json(created);
    assertEquals("+982191001000", profile.at("/numbers/0/number").asText());
    assertTrue(profile.at("/numbers/0/main").asBoolean());
    assertEquals(NUMBER, profile.at("/numbers/1/number").asText());
    assertEquals("پارس نور", call(LIVE).get("callerName").asText());
  }

  @Test
  void aWrongProfileIsRefusedAndTheCallStaysAsItIs() throws Exception {
    String path = "/calls/" + LIVE + "/profile";
    assertEquals(422, server.send("PUT", path, "{\"profile\":999}").statusCode());
    assertEquals(422, server.send("PUT", path, "{\"profile\":\"Sara\"}").statusCode());
    assertEquals(422, server.send("PUT", path, "{}").statusCode());
    assertEquals(422, server.send("POST", path, "{\"kind\":\"person\"}").statusCode());
    String nobody = "/calls/main-1795225000.99/profile";
    assertEquals(404, server.send("DELETE", nobody, "").statusCode());
    assertEquals(404, server.send("PUT", nobody, "{\"profile\":1}").statusCode());
    assertEquals(400, server.send("DELETE", "/calls/x/profile", "").statusCode());
    assertFalse(call(LIVE).has("profile"), call(LIVE)::toString);
    assertEquals(0, RouteServer.json(server.get("/profiles")).get("items").size());
  }

  @Test
  void onlyACallerFromOutsideHasAProfile() throws Exception {
    cell.write(Story.of(OUT).from("101", "101", "").dials("PJSIP/102,20").rings("102").rows());
    until("live", () -> cell.live.find(OUT).isPresent());
    profile("Sara");
    assertEquals(
        409, server.send("PUT", "/calls/" + OUT + "/profile", "{\"profile\":1}").statusCode());
  }

  @Test
  void aNumberIsAddedToAProfileOnce() throws Exception {
    profile("Sara");
    String path = "/profiles/1/numbers";
    String office = "{\"number\":\"021 9100 1000\",\"label\":\"دفتر\"}";
    assertEquals(2, added(path, office).get("version").asInt());
    assertEquals(2, added(path, office).get("version").asInt());
    JsonNode sara = added(path, "{\"number\":\"09121234567\",\"type\":\"MOBILE\",\"main\":true}");
    assertEquals("WORK", sara.at("/numbers/0/type").asText());
    assertFalse(sara.at("/numbers/0/main").asBoolean());
    assertTrue(sara.at("/numbers/1/main").asBoolean());

    assertEquals(412, server.send("POST", path, office, "if-match", "\"1\"").statusCode());
    assertEquals(422, server.send("POST", path, "{\"number\":\"110\"}").statusCode());
    assertEquals(422, server.send("POST", path, "{}").statusCode());
    assertEquals(404, server.send("POST", "/profiles/9/numbers", office).statusCode());
    for (int i = 0; i < 48; i++) {
      added(path, "{\"number\":\"0912 000 00%02d\"}".formatted(i));
    }
    HttpResponse<String> full = server.send("POST", path, "{\"number\":\"0912 000 0099\"}");
    assertEquals(409, full.statusCode(), full.body());
  }

  /// The extension of each key; `test`, that of the server's client, has none.
  private static Future<Principal> principal(String key) {
    Optional<Owner> owner =
        ExtensionNumber.isValid(key)
            ? Optional.of(new Owner(new ExtensionNumber(key), Instant.EPOCH))
            : Optional.empty();
    return Future.succeededFuture(new Principal(key, EnumSet.allOf(Scope.class), owner));
  }

  @ParameterizedTest
  @ValueSource(strings = {ENDED, LIVE})
  void anExtensionSaysItOfItsOwnCallsOnly(String call) throws Exception {
    profile("Sara");
    String path = "/calls/" + call + "/profile";
    for (String method : List.of("PUT", "POST", "DELETE")) {
      String body =
          switch (method) {
            case "PUT" -> "{\"profile\":1}";
            case "POST" -> "{\"kind\":\"person\",\"name\":\"Reza\"}";
            default -> "";
          };
      HttpResponse<String> others =
          server.sendAsIs(method, path, body, "authorization", "Bearer 999");
      assertEquals(404, others.statusCode(), others.body());
    }
    assertFalse(call(call).has("profile"), call(call)::toString);
    assertEquals(1, RouteServer.json(server.get("/profiles")).get("items").size());
    HttpResponse<String> own =
        server.sendAsIs("PUT", path, "{\"profile\":1}", "authorization", "Bearer 101");
    assertEquals(200, own.statusCode(), own.body());
  }

  private Refold.Report refolded() {
    return new Refold(DATABASE, cell.calls).run(false);
  }

  private JsonNode added(String path, String number) throws Exception {
    HttpResponse<String> response = server.send("POST", path, number);
    assertEquals(200, response.statusCode(), response.body());
    return RouteServer.json(response);
  }

  private JsonNode call(String id) throws Exception {
    return RouteServer.json(server.get("/calls/" + id));
  }

  private void profile(String name) throws Exception {
    server.send("POST", "/profiles", "{\"kind\":\"person\",\"name\":\"" + name + "\"}");
  }

  private static Story inbound(String id) {
    return Story.of(id)
        .from("trunk-demo", NUMBER, "")
        .dials("PJSIP/101,20")
        .rings("101")
        .after(1_000)
        .answers("101")
        .after(1_000);
  }
}
