package io.tamas.user;

import static io.tamas.user.UserServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.config.Config;
import io.tamas.db.TestDatabase;
import io.tamas.json.Json;
import io.tamas.lab.Eventually;
import io.tamas.user.UserServer.Cookie;
import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.sqlclient.Tuple;
import java.net.http.HttpResponse;
import java.time.Duration;
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
import org.junit.jupiter.params.provider.ValueSource;

/// Signing in, and what sessions and their cookies withstand.
class SignInIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(SignInIT.class);
  private static final Config.Database OTHER_CONFIG = TestDatabase.server().fresh("signinit_other");
  private static final Vertx VERTX = Vertx.vertx();
  private static final Duration SOON = Duration.ofSeconds(3);
  private static final String WAITING =
      """
      select from pg_stat_activity
      where wait_event_type = 'Lock' and query like 'insert into user_session%'
      """;

  private static UserServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new UserServer(VERTX, CONFIG, SignInLimits.Limits.DEFAULT);
  }

  @AfterAll
  static void close() throws Exception {
    server.close();
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @BeforeEach
  void empty() {
    server.run("delete from user_account");
    server.run("delete from company_item");
    TestDatabase.extensions(server.database(), Instant.now(), "101", "102");
  }

  @Test
  void oneTimePasswordIsReplacedBeforeAnythingElse() throws Exception {
    String oneTime =
        server
            .byKey(201, "POST", "/users", "{\"name\":\"admin\",\"role\":\"ADMINISTRATOR\"}")
            .path("oneTimePassword")
            .asText();
    HttpResponse<String> first = server.signIn("Admin ", oneTime);
    assertEquals(true, json(201, first).path("oneTime").asBoolean());
    Cookie cookie = Cookie.of(first);
    JsonNode refused = json(403, server.by(cookie, "GET", "/users", ""));
    assertTrue(refused.path("detail").asText().contains("one-time password"), refused::toString);
    assertEquals(403, rejected(cookie, server.origin()));
    json(200, server.by(cookie, "GET", "/session", ""));
    change(422, cookie, oneTime, "password1234");
    change(422, cookie, oneTime, oneTime);
    change(422, cookie, "wrong", UserServer.PASSWORD);
    change(204, cookie, oneTime, UserServer.PASSWORD);
    json(200, server.by(cookie, "GET", "/users", ""));
    json(401, server.signIn("admin", oneTime));
    assertEquals(
        false, json(201, server.signIn("admin", UserServer.PASSWORD)).path("oneTime").asBoolean());
  }

  private static JsonNode change(int status, Cookie cookie, String old, String password)
      throws Exception {
    String body = Json.write(Map.of("old", old, "password", password));
    return json(status, server.by(cookie, "PUT", "/me/password", body));
  }

  @Test
  void cookieIsOutOfReachOfScriptsAndOtherSites() throws Exception {
    server.user("zahra", "OPERATOR", Map.of());
    String plain = setCookie(server.signIn("zahra", UserServer.PASSWORD));
    assertTrue(
        plain.matches(
            "tamas-[0-9a-f]{12}=[A-Za-z0-9_-]{43}; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax"),
        plain);
    // as if it were a proxy with TLS; nobody trusts it
    String claimed =
        setCookie(server.signIn("zahra", UserServer.PASSWORD, "x-forwarded-proto", "https"));
    assertFalse(claimed.contains("Secure"), claimed);
    assertEquals(
        0, count("select count(*) from user_session where encode(hash, 'escape') like '%tamas%'"));
  }

  private static String setCookie(HttpResponse<String> answer) throws Exception {
    json(201, answer);
    return answer.headers().firstValue("set-cookie").orElseThrow();
  }

  private static long count(String sql) {
    return server
        .database()
        .await(server.database().pool().query(sql).execute())
        .iterator()
        .next()
        .getLong(0);
  }

  @Test
  void wrongNameAndWrongPasswordAreAnsweredAlike() throws Exception {
    server.user("zahra", "OPERATOR", Map.of());
    JsonNode wrong = json(401, server.signIn("zahra", "wrong"));
    JsonNode unknown = json(401, server.signIn("nobody", "wrong"));
    assertEquals(wrong.path("detail"), unknown.path("detail"));
    long known = Long.MAX_VALUE;
    long nobody = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      known = Math.min(known, nanos("zahra"));
      nobody = Math.min(nobody, nanos("nobody"));
    }
    // without a hash it would take a hundredth
    assertTrue(nobody > known / 10, "known " + known + ", unknown " + nobody);
  }

  private static long nanos(String name) throws Exception {
    long began = System.nanoTime();
    json(401, server.signIn(name, "wrong"));
    return System.nanoTime() - began;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":\"zahra\"} | 422",
        "{\"name\":\"\",\"password\":\"x\"} | 422",
        "{\"name\":\"zahra\",\"password\":\"\"} | 422",
        "{\"name\":[\"zahra\"],\"password\":\"x\"} | 422",
        "{\"name\":\"zahra\",\"password\":{\"reveal\":\"x\"}} | 422",
        "{\"name\":\"zahra\",\"password\":\"x\",\"role\":\"ADMINISTRATOR\"} | 422",
        "name=zahra | 400",
        "{\"name\":\"' or 1=1 --\",\"password\":\"x\"} | 401",
      })
  void whatIsNoSignInIsRefused(String body, int status) throws Exception {
    json(status, server.send("POST", "/session", body));
  }

  @Test
  void tokenThatSomebodyElseChoseIsNotTakenOver() throws Exception {
    Cookie zahra = server.user("zahra", "OPERATOR", Map.of());
    Cookie planted = new Cookie(zahra.name(), "A".repeat(43));
    HttpResponse<String> signed =
        server.signIn("zahra", UserServer.PASSWORD, "cookie", planted.toString());
    Cookie fresh = Cookie.of(signed);
    assertNotEquals(planted.token(), fresh.token());
    assertNotEquals(zahra.token(), fresh.token());
    json(401, server.by(planted, "GET", "/me", ""));
    json(200, server.by(fresh, "GET", "/me", ""));
  }

  @Test
  void stolenSessionIsSeenAndEndedAndWhatItHasOpenEnds() throws Exception {
    Cookie mine = server.user("zahra", "OPERATOR", Map.of("extension", "101"));
    Cookie stolen =
        Cookie.of(server.signIn("zahra", UserServer.PASSWORD, "user-agent", "Thief/1.0"));
    CompletableFuture<Short> stream = events(stolen);
    JsonNode listed = json(200, server.by(mine, "GET", "/me/sessions", "")).path("items");
    assertEquals(2, listed.size());
    JsonNode thief = listed.get(listed.get(0).path("current").asBoolean() ? 1 : 0);
    assertEquals("Thief/1.0", thief.path("agent").asText());
    assertEquals("127.0.0.1", thief.path("address").asText());
    json(204, server.by(mine, "DELETE", "/me/sessions/" + thief.path("id").asText(), ""));
    json(401, server.by(stolen, "GET", "/me", ""));
    assertEquals((short) 1008, stream.get(SOON.toMillis(), TimeUnit.MILLISECONDS));
    json(200, server.by(mine, "GET", "/me", ""));
    json(404, server.by(mine, "DELETE", "/me/sessions/" + thief.path("id").asText(), ""));
  }

  /// Not in a transaction, which would see the activity of its first look for ever.
  private static boolean isWaiting() {
    return server.database().await(server.database().pool().query(WAITING).execute()).size() > 0;
  }

  @Test
  void sessionDoesNotBeginByAPasswordThatIsBeingReplaced() throws Exception {
    server.user("leila", "OPERATOR", Map.of());
    CompletableFuture<HttpResponse<String>> signingIn =
        server
            .database()
            .inTransaction(tx -> {
              tx.execute(
                  "update user_account set password = 'other' where name = 'leila'", Tuple.tuple());
              CompletableFuture<HttpResponse<String>> started = new CompletableFuture<>();
              Thread.startVirtualThread(() -> {
                try {
                  started.complete(server.signIn("leila", UserServer.PASSWORD));
                } catch (Exception e) {
                  started.completeExceptionally(e);
                }
              });
              Eventually.eventually(
                  "the sign-in waits or is done",
                  Duration.ofSeconds(10),
                  () -> started.isDone() || isWaiting());
              return started;
            });
    assertEquals(401, signingIn.get(10, TimeUnit.SECONDS).statusCode());
  }

  @Test
  void nobodyEndsTheSessionsOfOthersByTheirNumbers() throws Exception {
    Cookie zahra = server.user("zahra", "OPERATOR", Map.of());
    Cookie reza = server.user("reza", "OPERATOR", Map.of());
    String id = json(200, server.by(zahra, "GET", "/me/sessions", "")).at("/items/0/id").asText();
    json(404, server.by(reza, "DELETE", "/me/sessions/" + id, ""));
    server.byKey(404, "DELETE", "/users/reza/sessions/" + id, "");
    server.byKey(204, "DELETE", "/users/zahra/sessions/" + id, "");
    json(401, server.by(zahra, "GET", "/me", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sign-out", "password", "reset", "delete", "role", "extension", "idle", "end"})
  void whoLosesTheRightLosesTheStream(String how) throws Exception {
    server.byKey(201, "POST", "/users", "{\"name\":\"other\",\"role\":\"ADMINISTRATOR\"}");
    String role = how.equals("role") ? "ADMINISTRATOR" : "OPERATOR";
    Cookie zahra = server.user("zahra", role, Map.of("extension", "101"));
    Cookie elsewhere = Cookie.of(server.signIn("zahra", UserServer.PASSWORD));
    CompletableFuture<Short> stream = events(zahra);
    switch (how) {
      case "sign-out" -> json(204, server.by(zahra, "DELETE", "/session", ""));
      case "password" ->
          change(204, elsewhere, UserServer.PASSWORD, "another battery of the horses");
      case "reset" -> server.byKey(200, "POST", "/users/zahra/password", "");
      case "delete" -> server.byKey(204, "DELETE", "/users/zahra", "");
      case "role" -> server.byKey(200, "PUT", "/users/zahra", draft("SUPERVISOR", "101"));
      case "extension" -> server.byKey(200, "PUT", "/users/zahra", draft("OPERATOR", "102"));
      case "idle" -> server.run("update user_session set last_at = now() - interval '12 hours'");
      default -> server.run("update user_session set started_at = now() - interval '7 days'");
    }
    assertEquals((short) 1008, stream.get(SOON.toMillis(), TimeUnit.MILLISECONDS));
    boolean isSignedIn = how.equals("role") || how.equals("extension");
    json(isSignedIn ? 200 : 401, server.by(zahra, "GET", "/me", ""));
  }

  private static String draft(String role, String extension) {
    return Json.write(Map.of("role", role, "extension", extension));
  }

  @Test
  void useKeepsASessionAlive() throws Exception {
    Cookie zahra = server.user("zahra", "OPERATOR", Map.of());
    server.run("update user_session set last_at = now() - interval '11 hours'");
    json(200, server.by(zahra, "GET", "/me", ""));
    io.tamas.lab.Eventually.eventually(
        "the session was used",
        SOON,
        () ->
            count("select count(*) from user_session where last_at > now() - interval '1 minute'")
                == 1);
  }

  @Test
  void oldestSessionGivesWay() throws Exception {
    Cookie zahra = server.user("zahra", "OPERATOR", Map.of());
    server.run(
        """
        insert into user_session (hash, account, address, agent, last_at)
        select sha256(n::text::bytea), id, '192.0.2.1', '', now() + n * interval '1 s'
        from generate_series(1, 60) n, user_account where name = 'zahra'
        """);
    json(201, server.signIn("zahra", UserServer.PASSWORD));
    assertEquals(50, count("select count(*) from user_session"));
    json(401, server.by(zahra, "GET", "/me", ""));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, -, 403",
        "http://evil.example, -, 403",
        "http://evil.example, cross-site, 403",
        "null, cross-site, 403",
        "-, same-site, 403",
        "-, same-origin, 200",
      })
  void foreignPageChangesNothingAndGetsNoEvents(String origin, String site, int status)
      throws Exception {
    Cookie zahra = server.user("zahra", "OPERATOR", Map.of());
    List<String> headers = new ArrayList<>(List.of("cookie", zahra.toString()));
    Map<String, String> upgrade = new java.util.HashMap<>(Map.of("cookie", zahra.toString()));
    if (origin != null) {
      headers.addAll(List.of("origin", origin));
      upgrade.put("origin", origin);
    }
    if (site != null) {
      headers.addAll(List.of("sec-fetch-site", site));
      upgrade.put("sec-fetch-site", site);
    }
    HttpResponse<String> answer =
        server.send("PUT", "/me/settings", "{\"language\":\"tr\"}", headers.toArray(String[]::new));
    JsonNode told = json(status, answer);
    if (status == 403) {
      assertTrue(told.path("detail").asText().contains("http.publicUrl"), told::toString);
      UpgradeRejectedException refused =
          assertThrows(UpgradeRejectedException.class, () -> server.events(upgrade));
      assertEquals(403, refused.getStatus());
    } else {
      assertFalse(server.events(upgrade).isDone());
    }
    // what changes nothing may come from anywhere: no script of another origin reads it
    json(200, server.send("GET", "/me", "", headers.toArray(String[]::new)));
  }

  @Test
  void foreignPageSignsNobodyInAsSomebodyElse() throws Exception {
    server.user("zahra", "OPERATOR", Map.of());
    json(403, server.signIn("zahra", UserServer.PASSWORD, "origin", "http://evil.example"));
    json(403, server.signIn("zahra", UserServer.PASSWORD, "sec-fetch-site", "cross-site"));
    json(201, server.signIn("zahra", UserServer.PASSWORD, "origin", server.origin()));
    json(201, server.signIn("zahra", UserServer.PASSWORD));
  }

  @Test
  void keyGoesBeforeTheCookieAndTwoCookiesAreNone() throws Exception {
    Cookie zahra = server.user("zahra", "OPERATOR", Map.of());
    json(
        401,
        server.send("GET", "/me", "", "cookie", zahra.toString(), "authorization", "Bearer x"));
    json(401, server.send("GET", "/me", "", "cookie", zahra + "; " + zahra.name() + "=other"));
    json(401, server.send("GET", "/me", "", "cookie", "__Host-" + zahra));
    json(401, server.send("GET", "/me", "", "cookie", zahra.name() + "=' or 1=1"));
    json(401, server.send("GET", "/me", "", "cookie", "=;;;\"" + zahra.name()));
    json(200, server.send("GET", "/me", "", "cookie", "theme=dark; " + zahra + "; other=\"1\""));
  }

  @Test
  void twoInstancesOnOneHostDoNotTakeEachOthersCookies() throws Exception {
    Cookie here = server.user("zahra", "OPERATOR", Map.of());
    try (UserServer other = new UserServer(VERTX, OTHER_CONFIG, SignInLimits.Limits.DEFAULT)) {
      // that of the test was copied, with its name
      other.run("update installation set id = 'aaaaaaaaaaaa'");
      Cookie there = other.user("zahra", "OPERATOR", Map.of());
      assertNotEquals(here.name(), there.name());
      String both = here + "; " + there;
      json(200, server.send("GET", "/me", "", "cookie", both));
      json(200, other.send("GET", "/me", "", "cookie", both));
      json(401, other.send("GET", "/me", "", "cookie", here.toString()));
      json(401, other.send("GET", "/me", "", "cookie", there.name() + "=" + here.token()));
      // a page of one is a foreign page to the other
      json(403, other.send("PUT", "/me/settings", "{}", "cookie", both, "origin", server.origin()));
    }
  }

  @Test
  void roleDecidesByCookieToo() throws Exception {
    Cookie zahra = server.user("zahra", "SUPERVISOR", Map.of());
    json(501, server.by(zahra, "GET", "/company", ""));
    json(403, server.by(zahra, "PUT", "/settings", "{}"));
    json(403, server.by(zahra, "GET", "/users", ""));
    json(403, server.by(zahra, "GET", "/keys", ""));
  }

  private static CompletableFuture<Short> events(Cookie cookie) throws Exception {
    return server.events(Map.of("cookie", cookie.toString(), "origin", server.origin()));
  }

  private static int rejected(Cookie cookie, String origin) {
    Map<String, String> headers = Map.of("cookie", cookie.toString(), "origin", origin);
    return assertThrows(UpgradeRejectedException.class, () -> server.events(headers)).getStatus();
  }
}
