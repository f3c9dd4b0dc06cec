package io.tamas.user;

import static io.tamas.user.UserServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.db.TestDatabase;
import io.tamas.json.Json;
import io.tamas.openid.OpenId;
import io.tamas.outbound.OutboundClient;
import io.tamas.outbound.Resolver;
import io.tamas.seal.Seal;
import io.tamas.user.KeycloakBrowser.Shown;
import io.tamas.user.UserServer.Cookie;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Signing in at a real Keycloak, whole as a browser does it.
class KeycloakIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(KeycloakIT.class);
  private static final String HERE = "https://calls.example.com";
  private static final String SECRET = "secret of the client";

  private static Keycloak keycloak;

  private final Vertx vertx = Vertx.vertx();
  private OutboundClient client;
  private UserServer server;
  private KeycloakBrowser browser;

  /// By how much the clock of the server is ahead.
  private volatile Duration ahead = Duration.ZERO;

  /// Where a browser is sent, and what it keeps for when it comes back.
  private record Begun(String address, Cookie cookie) {}

  @BeforeAll
  static void startKeycloak() throws Exception {
    keycloak = new Keycloak();
  }

  @AfterAll
  static void closeKeycloak() throws Exception {
    keycloak.close();
  }

  @BeforeEach
  void start() throws Exception {
    client =
        new OutboundClient(
            vertx,
            new Config.Outbound(List.of("127.0.0.1"), List.of(keycloak.port()), Optional.empty()),
            Resolver.ofMachine(vertx, 4),
            Duration.ofSeconds(20),
            4);
    browser = new KeycloakBrowser(keycloak);
    server = server(SECRET);
    server.run("delete from user_account");
    for (String name : List.of("zahra", "reza", "ali")) {
      String email = name + "@example.com";
      server.byKey(
          201,
          "POST",
          "/users",
          Json.write(Map.of("name", name, "role", "OPERATOR", "email", email)));
    }
  }

  private UserServer server(String secret) throws Exception {
    Config.Openid config =
        new Config.Openid(keycloak.issuer(), "tamas", Optional.of(new Secret(secret)));
    Seal seal = Seal.of(new Config.Sealing(Optional.of(new Secret("k".repeat(32))))).orElseThrow();
    OpenId openId = new OpenId(config, client, () -> Instant.now().plus(ahead));
    return new UserServer(
        vertx,
        CONFIG,
        SignInLimits.Limits.DEFAULT,
        Optional.of(new OpenIdSetting(openId, seal, List.of(HERE))));
  }

  @AfterEach
  void close() throws Exception {
    server.close();
    browser.close();
    client.close();
    vertx.close().await(5, TimeUnit.SECONDS);
  }

  private Begun begin() throws Exception {
    HttpResponse<String> sent = server.send("GET", "/session/open-id?to=/calls", "");
    assertEquals(303, sent.statusCode(), sent.body());
    String address = header(sent, "location");
    assertTrue(address.startsWith(keycloak.issuer() + "/protocol/openid-connect/auth?"), address);
    return new Begun(address, Cookie.of(sent));
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private Shown submits(Begun begun, String user) throws Exception {
    Shown form = browser.opens(begun.address());
    assertTrue(form.asksForPassword(), form::toString);
    return browser.fillsIn(form, Map.of("username", user, "password", "password of " + user));
  }

  /// Comes back from Keycloak to this server.
  private HttpResponse<String> back(Begun begun, Shown shown) throws Exception {
    String address = shown.away().orElseThrow(() -> new AssertionError(shown.page()));
    assertTrue(address.startsWith(HERE + "/api/v1/session/open-id/callback?"), address);
    return server.send(
        "GET",
        address.substring((HERE + "/api/v1").length()),
        "",
        "cookie",
        begun.cookie().toString());
  }

  private HttpResponse<String> signIn(String user) throws Exception {
    Begun begun = begin();
    return back(begun, submits(begun, user));
  }

  private String nameOf(HttpResponse<String> answer) throws Exception {
    assertEquals(303, answer.statusCode(), answer.body());
    assertEquals("/calls", header(answer, "location"));
    return json(200, server.by(Cookie.of(answer), "GET", "/me", "")).path("name").asText();
  }

  private static void assertRefused(String why, HttpResponse<String> answer) {
    assertEquals(303, answer.statusCode(), answer.body());
    assertEquals("/calls?open-id=" + why, header(answer, "location"));
  }

  @Test
  void verifiedAddressTellsTheFirstTimeAndTheSubjectAfterThat() throws Exception {
    assertEquals("zahra", nameOf(signIn("zahra")));
    String subject = server.byKey(200, "GET", "/users/zahra/open-id", "").path("subject").asText();
    assertTrue(subject.matches("[0-9a-f-]{36}"), subject);
    // the address is that of nobody now
    server.byKey(
        200, "PUT", "/users/zahra", "{\"role\":\"OPERATOR\",\"email\":\"other@example.com\"}");
    Shown again = browser.opens(begin().address());
    assertTrue(again.away().isPresent(), "still signed in there");
    Begun begun = begin();
    assertEquals("zahra", nameOf(back(begun, browser.opens(begun.address()))));
  }

  @Test
  void addressThatKeycloakHasNotVerifiedTellsNothing() throws Exception {
    assertRefused("unknown-user", signIn("reza"));
    server.byKey(404, "GET", "/users/reza/open-id", "");
  }

  @Test
  void whomNobodyKnowsHereIsNotSignedIn() throws Exception {
    assertRefused("unknown-user", signIn("sara"));
  }

  @Test
  void whoIsDisabledInKeycloakDoesNotComeBack() throws Exception {
    Shown shown = submits(begin(), "ali");
    assertTrue(shown.away().isEmpty(), shown::toString);
    assertTrue(shown.says("Account is disabled"), shown::page);
    assertEquals("zahra", nameOf(signIn("zahra")));
    keycloak.enable("zahra", false);
    try {
      // of whom it still has a session, until then
      Shown refused = browser.opens(begin().address());
      assertTrue(refused.away().isEmpty(), refused::toString);
    } finally {
      keycloak.enable("zahra", true);
    }
  }

  @Test
  void wrongPasswordStaysInKeycloak() throws Exception {
    Shown form = browser.opens(begin().address());
    Shown shown = browser.fillsIn(form, Map.of("username", "zahra", "password", "wrong"));
    assertTrue(shown.asksForPassword() && shown.away().isEmpty(), shown::toString);
  }

  @Test
  void wrongSecretOfTheClientIsToldInWords() throws Exception {
    server.close();
    server = server("not the secret of the client");
    try (Overheard log = new Overheard()) {
      assertRefused("unavailable", signIn("zahra"));
      assertTrue(
          log.tells("openid.clientId or openid.clientSecret is wrong (unauthorized_client)"),
          log::toString);
    }
  }

  @Test
  void codeIsOfItsOwnSignInAndCountsOnce() throws Exception {
    Begun begun = begin();
    Shown shown = submits(begun, "zahra");
    Begun other = begin();
    // a sign-in that is unknown here has no page to go on with
    assertEquals("/?open-id=expired", header(back(other, shown), "location"));
    assertEquals("zahra", nameOf(back(begun, shown)));
    assertRefused("expired", back(begun, shown));
  }

  @Test
  void keysThatWereRotatedAreAskedForAnew() throws Exception {
    assertEquals("zahra", nameOf(signIn("zahra")));
    keycloak.rotateKeys();
    Begun begun = begin();
    // just asked: not again at once, whatever a token names
    assertRefused("refused", back(begun, browser.opens(begun.address())));
    ahead = Duration.ofSeconds(31);
    Begun next = begin();
    assertEquals("zahra", nameOf(back(next, browser.opens(next.address()))));
  }

  @Test
  void whoSignsOutIsAskedByKeycloakAndSignsInAnewAfterThat() throws Exception {
    Cookie cookie = Cookie.of(signIn("zahra"));
    HttpResponse<String> out = server.by(cookie, "DELETE", "/session", "");
    String goOn = json(200, out).path("goOn").asText();
    json(401, server.by(cookie, "GET", "/me", ""));
    assertTrue(browser.opens(begin().address()).away().isPresent(), "signed out here alone");
    Shown question = browser.opens(goOn);
    assertTrue(question.says("Do you want to log out?"), question::page);
    Shown done = browser.fillsIn(question, Map.of("confirmLogout", "Logout"));
    assertEquals(Optional.of(HERE + "/"), done.away(), done::page);
    Shown asked = browser.opens(begin().address());
    assertTrue(asked.asksForPassword(), asked::toString);
    assertFalse(asked.away().isPresent());
  }
}
