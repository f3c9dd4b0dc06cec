package io.tamas.user;

import static io.tamas.user.UserServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.undo.UndoRoutes;
import io.tamas.user.UserServer.Cookie;
import io.tamas.web.Contract;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Users over real sockets; each answer is held against the contract.
class UserRoutesIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(UserRoutesIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private static UserServer server;

  @BeforeAll
  static void start() throws Exception {
    server =
        new UserServer(
            VERTX,
            CONFIG,
            SignInLimits.Limits.DEFAULT,
            new UndoRoutes(DATABASE, Contract.load(), List.of(new DeletedUsers())));
  }

  @AfterAll
  static void close() throws Exception {
    server.close();
    DATABASE.close().await(5, TimeUnit.SECONDS);
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @BeforeEach
  void empty() {
    server.run("delete from user_account");
    server.run("delete from company_item");
    TestDatabase.extensions(server.database(), Instant.now(), "101", "102");
  }

  @Test
  void aDeletedUserComesBackWithThePasswordButNotTheSessions() throws Exception {
    Cookie zahra = server.user("zahra", "OPERATOR", Map.of("extension", "101"));
    String codes =
        """
        insert into user_code (account, secret) select id, 'sealed' from user_account where name = 'zahra';
        insert into user_recovery_code select account, sha256('one') from user_code;
        insert into company_item (kind, name, body, version) values ('extension-group', 'staff', '{}', 1);
        insert into user_group (account, name) select id, 'staff' from user_account where name = 'zahra'
        """;
    server.run(codes);
    JsonNode before = server.byKey(200, "GET", "/users/zahra", "");
    String undo = deleted("/users/zahra");
    json(401, server.by(zahra, "GET", "/me", ""));
    json(401, server.signIn("zahra", UserServer.PASSWORD));
    server.byKey(200, "POST", undo, "");
    assertEquals(before, server.byKey(200, "GET", "/users/zahra", ""));
    assertEquals(1, count("user_code"), "or else a deletion would take the codes away");
    assertEquals(1, count("user_recovery_code"));
    assertEquals(1, count("user_group"));
    json(401, server.by(zahra, "GET", "/me", ""));
    json(201, server.signIn("zahra", UserServer.PASSWORD));

    assertEquals(
        "created; signed-in; secret; deleted; restored; signed-in",
        server
            .database()
            .await(
                server
                    .database()
                    .pool()
                    .query(
                        """
                        select string_agg(action, '; ' order by id) as actions
                        from audit where subject = 'user:zahra'
                        """)
                    .execute())
            .iterator()
            .next()
            .getString("actions"));
    String late = deleted("/users/zahra");
    server.user("zahra", "OPERATOR", Map.of());
    JsonNode refused = server.byKey(409, "POST", late, "");
    assertEquals("changed since: another user has the name zahra", refused.get("detail").asText());
  }

  /// Who was given it since keeps it.
  @Test
  void aDeletedUserComesBackWithoutASubjectThatAnotherHasNow() throws Exception {
    server.user("zahra", "OPERATOR", Map.of());
    server.user("reza", "OPERATOR", Map.of());
    String tie =
        "insert into user_open_id (issuer, subject, account) select 'https://id', 's', id from user_account where name = ";
    server.run(tie + "'zahra'");
    String undo = deleted("/users/zahra");
    server.run(tie + "'reza'");
    server.byKey(200, "POST", undo, "");
    assertEquals(1, count("user_open_id"));
  }

  @Test
  void nobodyOfTheSameNameBringsBackWhatADeletedUserHasDeleted() throws Exception {
    server.user("leila", "ADMINISTRATOR", Map.of());
    Cookie admin = server.user("omid", "ADMINISTRATOR", Map.of());
    server.user("zahra", "OPERATOR", Map.of());
    HttpResponse<String> answer = server.by(admin, "DELETE", "/users/zahra", "");
    String undo = "/undo/" + answer.headers().firstValue("undo-id").orElseThrow();
    server.byKey(204, "DELETE", "/users/omid", "");
    Cookie other = server.user("omid", "ADMINISTRATOR", Map.of());
    json(403, server.by(other, "POST", undo, ""));
  }

  private static long count(String table) {
    String sql = "select count(*) from " + table;
    Database database = server.database();
    return database.await(database.pool().query(sql).execute()).iterator().next().getLong(0);
  }

  private static String deleted(String path) throws Exception {
    HttpResponse<String> answer =
        server.send("DELETE", path, "", "authorization", "Bearer " + UserServer.KEY);
    assertEquals(204, answer.statusCode(), answer.body());
    return "/undo/" + answer.headers().firstValue("undo-id").orElseThrow();
  }

  @Test
  void userIsCreatedChangedListedAndDeleted() throws Exception {
    JsonNode made =
        server.byKey(
            201,
            "POST",
            "/users",
            """
            {"name":"zahra","displayName":"زهرا احمدی","mobile":"0912 123 4567",
             "email":"z@example.com","role":"OPERATOR","extension":"101",
             "settings":{"language":"fa","calendar":"JALALI","digits":"PERSIAN",
               "zone":"Asia/Tehran","listLength":50,"ringing":"OPEN_PROFILE"}}
            """);
    JsonNode user = made.path("user");
    assertEquals("+989121234567", user.path("mobile").asText());
    assertEquals("زهرا احمدی", user.path("displayName").asText());
    assertEquals("JALALI", user.at("/settings/calendar").asText());
    assertTrue(user.path("oneTime").asBoolean());
    assertTrue(made.path("oneTimePassword").asText().matches("([a-z2-9]{5}-){3}[a-z2-9]{5}"));

    String changed = "{\"role\":\"SUPERVISOR\",\"extension\":\"102\"}";
    HttpResponse<String> stale = put("/users/zahra", changed, "\"9\"");
    json(412, stale);
    JsonNode after = json(200, put("/users/zahra", changed, "\"1\""));
    assertEquals("102", after.path("extension").asText());
    assertFalse(after.has("mobile"));
    assertEquals(after, server.byKey(200, "GET", "/users/zahra", ""));
    assertEquals(1, server.byKey(200, "GET", "/users", "").path("items").size());
    server.byKey(204, "DELETE", "/users/zahra", "");
    server.byKey(404, "DELETE", "/users/zahra", "");
    server.byKey(404, "GET", "/users/zahra", "");
    server.byKey(404, "GET", "/users/zahra/sessions", "");
    server.byKey(404, "POST", "/users/zahra/password", "");
  }

  private static HttpResponse<String> put(String path, String body, String etag) throws Exception {
    return server.send(
        "PUT", path, body, "authorization", "Bearer " + UserServer.KEY, "if-match", etag);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":\"A b\",\"role\":\"OPERATOR\"} | /name",
        "{\"name\":\"a\\n\",\"role\":\"OPERATOR\"} | /name",
        "{\"name\":\"a\",\"role\":\"OPERATOR\",\"email\":\"a@b.ir\\n\\tx\"} | /email",
        "{\"name\":\"a\",\"role\":\"OPERATOR\",\"settings\":{\"language\":\"fa\\n\"}} | /settings/language",
        "{\"name\":\"a\"} | /role",
        "{\"name\":\"a\",\"role\":\"ROOT\"} | /role",
        "{\"name\":\"a\",\"role\":\"OPERATOR\",\"mobile\":\"12\"} | /mobile",
        "{\"name\":\"a\",\"role\":\"OPERATOR\",\"email\":\"nobody\"} | /email",
        "{\"name\":\"a\",\"role\":\"OPERATOR\",\"displayName\":\"  \"} | /displayName",
        "{\"name\":\"a\",\"role\":\"OPERATOR\",\"displayName\":\"a\\nb\"} | /displayName",
        "{\"name\":\"a\",\"role\":\"OPERATOR\",\"extension\":\"10a\"} | /extension",
        "{\"name\":\"a\",\"role\":\"OPERATOR\",\"extension\":\"999\"} | /extension",
        "{\"name\":\"a\",\"role\":\"OPERATOR\",\"settings\":{\"zone\":\"Iran/Tehran\"}} | /settings/zone",
        "{\"name\":\"a\",\"role\":\"OPERATOR\",\"settings\":{\"listLength\":5}} | /settings/listLength",
        "{\"name\":\"a\",\"role\":\"OPERATOR\",\"settings\":{\"digits\":\"ROMAN\"}} | /settings/digits",
        "{\"name\":\"a\",\"role\":\"OPERATOR\",\"password\":\"mine\"} | /password",
      })
  void whatIsNoUserIsRefusedWithItsField(String body, String pointer) throws Exception {
    JsonNode refused = server.byKey(422, "POST", "/users", body);
    assertEquals(pointer, refused.at("/faults/0/pointer").asText(), refused::toString);
    assertEquals(0, server.byKey(200, "GET", "/users", "").path("items").size());
  }

  @Test
  void nameIsTakenOnce() throws Exception {
    String zahra = "{\"name\":\"zahra\",\"role\":\"OPERATOR\"}";
    server.byKey(201, "POST", "/users", zahra);
    server.byKey(409, "POST", "/users", zahra);
  }

  @Test
  void listHasPages() throws Exception {
    for (String name : List.of("b", "a", "d", "c", "a-1")) {
      server.byKey(201, "POST", "/users", "{\"name\":\"" + name + "\",\"role\":\"OPERATOR\"}");
    }
    List<String> names = new ArrayList<>();
    String query = "?limit=2";
    for (int page = 0; page < 3; page++) {
      JsonNode listed = server.byKey(200, "GET", "/users" + query, "");
      listed.path("items").forEach(user -> names.add(user.path("name").asText()));
      assertEquals(page < 2, listed.has("next"));
      query = "?limit=2&cursor=" + listed.path("next").asText();
    }
    assertEquals(List.of("a", "a-1", "b", "c", "d"), names);
    server.byKey(400, "GET", "/users?cursor=bm9uZQ", "");
  }

  @Test
  void lastAdministratorIsNeitherLoweredNorDeleted() throws Exception {
    Cookie admin = server.user("admin", "ADMINISTRATOR", Map.of());
    String lowered = "{\"role\":\"OPERATOR\"}";
    json(409, server.by(admin, "PUT", "/users/admin", lowered));
    json(409, server.by(admin, "DELETE", "/users/admin", ""));
    server.byKey(409, "DELETE", "/users/admin", "");
    json(200, server.by(admin, "PUT", "/users/admin", "{\"role\":\"ADMINISTRATOR\"}"));
    server.byKey(201, "POST", "/users", "{\"name\":\"second\",\"role\":\"ADMINISTRATOR\"}");
    json(200, server.by(admin, "PUT", "/users/admin", lowered));
    json(403, server.by(admin, "GET", "/users", ""));
    server.byKey(409, "DELETE", "/users/second", "");
  }

  /// Each of two administrators removes the other: one of them stays.
  @Test
  void twoAdministratorsDoNotRemoveEachOther() throws Exception {
    for (int round = 0; round < 10; round++) {
      server.run("delete from user_account");
      for (String name : List.of("one", "two")) {
        server.byKey(
            201, "POST", "/users", "{\"name\":\"" + name + "\",\"role\":\"ADMINISTRATOR\"}");
      }
      List<CompletableFuture<HttpResponse<String>>> both = new ArrayList<>();
      for (String name : List.of("one", "two")) {
        both.add(
            CompletableFuture.supplyAsync(() -> {
              try {
                return server.send(
                    "DELETE", "/users/" + name, "", "authorization", "Bearer " + UserServer.KEY);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            }));
      }
      List<Integer> statuses = new ArrayList<>();
      for (CompletableFuture<HttpResponse<String>> one : both) {
        statuses.add(one.get(10, TimeUnit.SECONDS).statusCode());
      }
      statuses.sort(null);
      assertEquals(List.of(204, 409), statuses);
    }
  }

  @Test
  void ownSettingsAreReplacedAndNothingElse() throws Exception {
    Cookie zahra = server.user("zahra", "OPERATOR", Map.of("extension", "101"));
    JsonNode me = json(200, server.by(zahra, "GET", "/me", ""));
    assertEquals("101", me.path("extension").asText());
    JsonNode changed =
        json(
            200,
            server.by(zahra, "PUT", "/me/settings", "{\"language\":\"tr\",\"listLength\":20}"));
    assertEquals("tr", changed.at("/settings/language").asText());
    assertEquals(changed, json(200, server.by(zahra, "GET", "/me", "")));
    String byOthers = "{\"role\":\"OPERATOR\",\"displayName\":\"Zahra\"}";
    server.byKey(200, "PUT", "/users/zahra", byOthers);
    JsonNode kept = json(200, server.by(zahra, "GET", "/me", ""));
    assertEquals(changed.path("settings"), kept.path("settings"));
    json(200, server.by(zahra, "PUT", "/me/settings", "{}"));
    assertEquals(0, json(200, server.by(zahra, "GET", "/me", "")).path("settings").size());
    JsonNode refused = json(422, server.by(zahra, "PUT", "/me/settings", "{\"zone\":\"Mars\"}"));
    assertEquals("/zone", refused.at("/faults/0/pointer").asText());
    json(422, server.by(zahra, "PUT", "/me/settings", "{\"role\":\"ADMINISTRATOR\"}"));
  }

  @Test
  void keyHasNoSettingsOfItsOwn() throws Exception {
    for (String path : List.of("/me", "/me/sessions", "/session")) {
      assertTrue(
          server.byKey(403, "GET", path, "").path("detail").asText().contains("only users"), path);
    }
    server.byKey(403, "DELETE", "/session", "");
  }

  /// A number that is given again is another extension.
  @Test
  void extensionThatWasDeletedIsNotTheUsersAnyMore() throws Exception {
    Cookie zahra = server.user("zahra", "OPERATOR", Map.of("extension", "101"));
    server.run("delete from company_item where name = '101'");
    TestDatabase.extensions(server.database(), Instant.now().plusSeconds(1), "101");
    assertFalse(json(200, server.by(zahra, "GET", "/me", "")).has("extension"));
    server.byKey(200, "PUT", "/users/zahra", "{\"role\":\"OPERATOR\",\"extension\":\"101\"}");
    assertEquals("101", json(200, server.by(zahra, "GET", "/me", "")).path("extension").asText());
  }

  @Test
  void thereIsABound() throws Exception {
    server.run(
        """
        insert into user_account (name, role, one_time)
        select 'u' || n, 'OPERATOR', sha256(n::text::bytea) from generate_series(1, 10000) n
        """);
    JsonNode refused =
        server.byKey(409, "POST", "/users", "{\"name\":\"zahra\",\"role\":\"OPERATOR\"}");
    assertTrue(refused.path("detail").asText().contains("10000 users"), refused::toString);
  }
}
