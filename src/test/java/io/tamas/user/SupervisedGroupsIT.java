package io.tamas.user;

import static io.tamas.user.UserServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.config.Config;
import io.tamas.db.TestDatabase;
import io.tamas.json.Json;
import io.tamas.user.UserServer.Cookie;
import io.tamas.web.Principal.Reach;
import io.tamas.web.Response;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What supervisors reach: the extensions that are in their groups at the moment, since they exist.
class SupervisedGroupsIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(SupervisedGroupsIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static volatile Optional<Reach.Extensions> seen = Optional.empty();
  private static @Nullable UserServer started;

  @BeforeAll
  static void start() throws Exception {
    started =
        new UserServer(
            VERTX,
            CONFIG,
            SignInLimits.Limits.DEFAULT,
            on ->
                on.on(
                    "listCalls",
                    request -> {
                      seen = request.extensions();
                      return Response.ok(Map.of("items", List.of()));
                    }));
  }

  @AfterAll
  static void close() throws Exception {
    server().close();
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  private static UserServer server() {
    return Objects.requireNonNull(started);
  }

  @BeforeEach
  void company() {
    server().run("delete from user_account");
    server().run("delete from company_item");
    groups("sales", "support");
    extension("101", "sales");
    extension("102", "sales", "support");
    extension("103", "support");
    extension("104");
  }

  private static void groups(String... names) {
    for (String name : names) {
      server()
          .run(
              "insert into company_item (kind, name, body, version) values ('extension-group', '"
                  + name
                  + "', '{}', 1)");
    }
  }

  /// Stores it anew with these groups; it exists since the beginning.
  private static void extension(String number, String... groups) {
    server()
        .run(
            """
            insert into company_item (kind, name, body, version, created_at)
            values ('extension', '%s', '{"groups": %s}', 1, '%s')
            on conflict (kind, name) do update set body = excluded.body
            """
                .formatted(number, Json.write(groups), BEGIN));
  }

  private static Cookie supervisor(String... groups) throws Exception {
    return server().user("sara", "SUPERVISOR", Map.of("groups", List.of(groups)));
  }

  private static Map<String, Instant> reach(Cookie cookie) throws Exception {
    json(200, server().by(cookie, "GET", "/calls", ""));
    Map<String, Instant> since = new HashMap<>();
    seen.orElseThrow().since().forEach((extension, from) -> since.put(extension.digits(), from));
    return since;
  }

  private static Set<String> numbers(Cookie cookie) throws Exception {
    return new TreeSet<>(reach(cookie).keySet());
  }

  @Test
  void reachesWhatIsInTheGroupsNow() throws Exception {
    Cookie sara = supervisor("sales", "support");
    assertEquals(Map.of("101", BEGIN, "102", BEGIN, "103", BEGIN), reach(sara));
    extension("101");
    extension("104", "support");
    assertEquals(Set.of("102", "103", "104"), numbers(sara));
    server().run("delete from company_item where kind = 'extension' and name = '103'");
    assertEquals(Set.of("102", "104"), numbers(sara));
  }

  @Test
  void andTheOwnExtensionSinceItWasGiven() throws Exception {
    Cookie sara =
        server()
            .user("sara", "SUPERVISOR", Map.of("groups", List.of("support"), "extension", "104"));
    Map<String, Instant> reach = reach(sara);
    assertEquals(Set.of("102", "103", "104"), reach.keySet());
    assertTrue(reach.getOrDefault("104", BEGIN).isAfter(BEGIN), reach::toString);
    extension("104", "support");
    assertEquals(BEGIN, reach(sara).get("104"));
  }

  @Test
  void anExtensionThatIsMadeAnewIsAnotherOne() throws Exception {
    Cookie sara = supervisor("sales");
    server().run("delete from company_item where kind = 'extension' and name = '101'");
    server()
        .run(
            """
            insert into company_item (kind, name, body, version)
            values ('extension', '101', '{"groups": ["sales"]}', 1)
            """);
    assertTrue(reach(sara).getOrDefault("101", BEGIN).isAfter(BEGIN));
  }

  @Test
  void aGroupThatIsMadeAnewIsAnotherOne() throws Exception {
    Cookie sara = supervisor("sales", "support");
    server().run("delete from company_item where name = 'sales'");
    groups("sales");
    assertEquals(Set.of("102", "103"), numbers(sara));
    assertEquals(
        List.of("support"), names(server().byKey(200, "GET", "/users/sara", "").path("groups")));
  }

  private static List<String> names(JsonNode array) {
    return List.of(Json.read(array.toString(), String[].class));
  }

  @ParameterizedTest
  @ValueSource(strings = {"operator", "empty", "nobody"})
  void withoutExtensionsNothingIsReached(String how) throws Exception {
    Cookie user =
        switch (how) {
          case "operator" -> server().user("sara", "OPERATOR", Map.of());
          case "empty" -> {
            extension("102", "sales");
            extension("103");
            yield supervisor("support");
          }
          default -> supervisor();
        };
    HttpResponse<String> refused = server().by(user, "GET", "/calls", "");
    assertTrue(
        json(403, refused).path("detail").asText().contains("supervises none"), refused.body());
  }

  /// Nobody keeps groups that are a supervisor's.
  @Test
  void groupsAreReplacedAndEndWithTheRole() throws Exception {
    Cookie sara = supervisor("sales");
    JsonNode changed =
        server()
            .byKey(
                200,
                "PUT",
                "/users/sara",
                "{\"role\":\"SUPERVISOR\",\"groups\":[\"support\"],\"grants\":[\"LISTEN\",\"CALL\"]}");
    assertEquals(List.of("support"), names(changed.path("groups")));
    assertEquals(List.of("CALL", "LISTEN"), names(changed.path("grants")));
    assertEquals(Set.of("102", "103"), numbers(sara));
    JsonNode operator = server().byKey(200, "PUT", "/users/sara", "{\"role\":\"OPERATOR\"}");
    assertEquals(List.of(), names(operator.path("groups")));
    assertEquals(List.of(), names(operator.path("grants")));
    json(403, server().by(sara, "GET", "/calls", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"role\":\"SUPERVISOR\",\"groups\":[\"nobody\"]} | /groups",
        "{\"role\":\"SUPERVISOR\",\"groups\":[\"sales\",\"nobody\"]} | /groups",
        "{\"role\":\"SUPERVISOR\",\"groups\":\"sales\"} | /groups",
        "{\"role\":\"SUPERVISOR\",\"groups\":[\"فروش\"]} | /groups/0",
        "{\"role\":\"OPERATOR\",\"groups\":[\"sales\"]} | /groups",
        "{\"role\":\"ADMINISTRATOR\",\"groups\":[\"sales\"]} | /groups",
        "{\"role\":\"OPERATOR\",\"grants\":[\"ROOT\"]} | /grants/0",
        "{\"role\":\"OPERATOR\",\"grants\":[\"CALL\",\"CALL\",\"CALL\",\"CALL\",\"CALL\"]} | /grants",
      })
  void whatCannotBeSupervisedOrGrantedIsRefused(String body, String pointer) throws Exception {
    supervisor("sales");
    JsonNode refused = server().byKey(422, "PUT", "/users/sara", body);
    assertEquals(pointer, refused.at("/faults/0/pointer").asText(), refused::toString);
    JsonNode kept = server().byKey(200, "GET", "/users/sara", "");
    assertEquals(List.of("sales"), names(kept.path("groups")));
  }

  /// A stream begins again when its rights change in whatever way.
  @ParameterizedTest
  @ValueSource(strings = {"moved", "joined", "group", "user", "grants"})
  void openStreamEndsWithinASecondWhenWhatIsReachedChanges(String how) throws Exception {
    Cookie sara = supervisor("sales");
    CompletableFuture<Short> closed =
        server().events(Map.of("cookie", sara.toString(), "origin", server().origin()));
    switch (how) {
      case "moved" -> extension("101", "support");
      case "joined" -> extension("104", "sales");
      case "group" -> server().run("delete from company_item where name = 'sales'");
      case "user" ->
          server().byKey(200, "PUT", "/users/sara", "{\"role\":\"SUPERVISOR\",\"groups\":[]}");
      default ->
          server()
              .byKey(
                  200,
                  "PUT",
                  "/users/sara",
                  "{\"role\":\"SUPERVISOR\",\"groups\":[\"sales\"],\"grants\":[\"SEE_SETTINGS\"]}");
    }
    assertEquals((short) 1008, closed.get(10, TimeUnit.SECONDS));
  }
}
