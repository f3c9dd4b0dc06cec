package io.tamas.user;

import static io.tamas.user.UserServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.db.TestDatabase;
import io.tamas.json.Json;
import io.tamas.openid.OpenId;
import io.tamas.outbound.OutboundClient;
import io.tamas.outbound.Resolver;
import io.tamas.seal.Seal;
import io.tamas.user.UserServer.Cookie;
import io.vertx.core.Vertx;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Signing in at an issuer of OpenID Connect, which may lie, be slow or be gone.
class OpenIdIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(OpenIdIT.class);
  private static final String PATH = "/session/open-id";

  private final Vertx vertx = Vertx.vertx();
  private FakeIssuer issuer;
  private OutboundClient client;
  private UserServer server;

  /// By how much the clock of the server is ahead.
  private volatile Duration ahead = Duration.ZERO;

  /// Where a browser is sent, and what it keeps for when it comes back.
  private record Begun(Map<String, String> query, Cookie cookie) {}

  @BeforeEach
  void start() throws Exception {
    issuer = new FakeIssuer();
    client =
        new OutboundClient(
            vertx,
            new Config.Outbound(List.of("127.0.0.1"), List.of(issuer.port()), Optional.empty()),
            Resolver.ofMachine(vertx, 4),
            Duration.ofSeconds(3),
            4);
    Config.Openid config =
        new Config.Openid(
            issuer.url(), FakeIssuer.CLIENT, Optional.of(new Secret(FakeIssuer.SECRET)));
    Seal seal = Seal.of(new Config.Sealing(Optional.of(new Secret("k".repeat(32))))).orElseThrow();
    server =
        new UserServer(
            vertx,
            CONFIG,
            SignInLimits.Limits.DEFAULT,
            Optional.of(
                new OpenIdSetting(
                    new OpenId(config, client, () -> Instant.now().plus(ahead)),
                    seal,
                    List.of("https://calls.example.com"))));
    server.run("delete from user_account");
    server.run("delete from company_item");
    create("zahra", "zahra@example.com");
  }

  @AfterEach
  void close() throws Exception {
    server.close();
    client.close();
    issuer.close();
    vertx.close().await(5, TimeUnit.SECONDS);
  }

  private void create(String name, String email) throws Exception {
    server.byKey(
        201,
        "POST",
        "/users",
        Json.write(Map.of("name", name, "role", "OPERATOR", "email", email)));
  }

  private Begun begin() throws Exception {
    HttpResponse<String> sent = server.send("GET", PATH + "?to=/calls", "");
    assertEquals(303, sent.statusCode(), sent.body());
    String location = header(sent, "location");
    assertTrue(location.startsWith(issuer.url() + "/authorize?"), location);
    return new Begun(
        FakeIssuer.fields(location.substring(location.indexOf('?') + 1)), Cookie.of(sent));
  }

  private HttpResponse<String> back(Begun begun, String code, String... more) throws Exception {
    return back(begun.cookie().toString(), begun.query().getOrDefault("state", ""), code, more);
  }

  private HttpResponse<String> back(String cookie, String state, String code, String... more)
      throws Exception {
    String issued = more.length > 0 ? more[0] : "&iss=" + encoded(issuer.url());
    return server.send(
        "GET",
        PATH + "/callback?session_state=x&code=" + encoded(code) + "&state=" + state + issued,
        "",
        "cookie",
        cookie);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private HttpResponse<String> signIn(String subject, String email, boolean verified)
      throws Exception {
    Begun begun = begin();
    return back(begun, issuer.signsIn(begun.query(), subject, email, verified));
  }

  private static void assertRefused(String why, HttpResponse<String> answer) {
    assertEquals(303, answer.statusCode(), answer.body());
    String location = header(answer, "location");
    assertTrue(location.endsWith("?open-id=" + why), location);
    assertFalse(answer.headers().allValues("set-cookie").stream().anyMatch(OpenIdIT::isSession));
  }

  private static boolean isSession(String cookie) {
    return cookie.matches("tamas-[0-9a-f]{12}=.*");
  }

  private String nameOf(HttpResponse<String> answer) throws Exception {
    assertEquals(303, answer.statusCode(), answer.body());
    assertEquals("/calls", header(answer, "location"));
    assertTrue(isSession(header(answer, "set-cookie")), header(answer, "set-cookie"));
    JsonNode me = json(200, server.by(Cookie.of(answer), "GET", "/me", ""));
    return me.path("name").asText();
  }

  /// The one-time password is not theirs to replace.
  @Test
  void verifiedAddressTellsTheFirstTimeAndTheSubjectAfterThat() throws Exception {
    assertEquals("zahra", nameOf(signIn("s-1", "Zahra@Example.com", true)));
    assertEquals("zahra", nameOf(signIn("s-1", "elsewhere@example.com", false)));
    // the address has passed on to somebody else
    assertRefused("unknown-user", signIn("s-2", "zahra@example.com", true));
    assertEquals(2.0, server.registry.counter("tamas.user.sign.ins", "outcome", "open-id").count());
  }

  @Test
  void addressThatIsNotVerifiedOrNotOfOneUserTellsNothing() throws Exception {
    assertRefused("unknown-user", signIn("s-1", "zahra@example.com", false));
    assertRefused("unknown-user", signIn("s-1", "nobody@example.com", true));
    create("second", "zahra@example.com");
    assertRefused("unknown-user", signIn("s-1", "zahra@example.com", true));
  }

  @Test
  void administratorSaysWhoASubjectIs() throws Exception {
    server.byKey(404, "GET", "/users/zahra/open-id", "");
    server.byKey(200, "PUT", "/users/zahra/open-id", "{\"subject\":\"s-1\"}");
    HttpResponse<String> signedIn = signIn("s-1", "", false);
    assertEquals("zahra", nameOf(signedIn));
    create("reza", "reza@example.com");
    server.byKey(409, "PUT", "/users/reza/open-id", "{\"subject\":\"s-1\"}");
    server.byKey(422, "PUT", "/users/reza/open-id", "{\"subject\":\"\"}");
    server.byKey(404, "PUT", "/users/nobody/open-id", "{\"subject\":\"s-2\"}");
    assertEquals(
        "s-1", server.byKey(200, "GET", "/users/zahra/open-id", "").path("subject").asText());
    server.byKey(204, "DELETE", "/users/zahra/open-id", "");
    json(401, server.by(Cookie.of(signedIn), "GET", "/me", ""));
    server.byKey(404, "DELETE", "/users/zahra/open-id", "");
    assertRefused("unknown-user", signIn("s-1", "", false));
  }

  @Test
  void browserIsToldApartByCookieAndState() throws Exception {
    Begun begun = begin();
    String code = issuer.signsIn(begun.query(), "s-1", "zahra@example.com", true);
    Begun other = begin();
    String state = begun.query().getOrDefault("state", "");
    String cookie = begun.cookie().toString();
    // another browser, into which somebody has put the address; or none at all
    assertRefused("expired", back(other.cookie().toString(), state, code));
    assertRefused("expired", back("a=b", state, code));
    assertRefused("expired", back(cookie, "x", code));
    assertRefused("expired", back(cookie, "", code));
    assertRefused("expired", back(cookie + "; " + cookie, state, code));
    assertRefused("expired", back(begun.cookie().name() + "=AAAA", state, code));
    assertRefused("expired", back(begun.cookie().name() + "=*", state, code));
    assertEquals("zahra", nameOf(back(begun, code)));
  }

  /// With another verifier, as of who has stolen the code.
  @Test
  void codeIsWorthNothingInAnotherSignIn() throws Exception {
    Begun begun = begin();
    String code = issuer.signsIn(begun.query(), "s-1", "zahra@example.com", true);
    assertRefused("refused", back(begin(), code));
  }

  @Test
  void codeCountsOnce() throws Exception {
    Begun begun = begin();
    String code = issuer.signsIn(begun.query(), "s-1", "zahra@example.com", true);
    assertEquals("zahra", nameOf(back(begun, code)));
    assertRefused("expired", back(begun, code));
  }

  @Test
  void anotherSubjectEndsWhatWasBegunByTheOneBefore() throws Exception {
    HttpResponse<String> signedIn = signIn("s-1", "zahra@example.com", true);
    server.byKey(200, "PUT", "/users/zahra/open-id", "{\"subject\":\"s-1\"}");
    assertEquals("zahra", nameOf(signedIn), "the same is no other");
    server.byKey(200, "PUT", "/users/zahra/open-id", "{\"subject\":\"s-2\"}");
    json(401, server.by(Cookie.of(signedIn), "GET", "/me", ""));
  }

  @Test
  void theLogSaysWhoWasTiedToASubjectAndWhoSignedIn() throws Exception {
    nameOf(signIn("s-1", "zahra@example.com", true));
    List<String> rows = new ArrayList<>();
    server
        .database()
        .await(
            server
                .database()
                .pool()
                .query(
                    """
                    select actor || ' ' || action || coalesce(' ' || (after ->> 'subject'), '') as row
                    from audit where subject = 'user:zahra' order by id desc limit 2
                    """)
                .execute())
        .forEach(row -> rows.add(row.getString("row")));
    assertEquals(List.of("user:zahra signed-in", " updated s-1"), rows);
  }

  @Test
  void aSubjectThatCannotBeStoredIsRefused() throws Exception {
    assertRefused("refused", signIn("s\u00001", "zahra@example.com", true));
  }

  /// They are no guesses.
  @Test
  void whatTheIssuerFailsToAnswerDoesNotCount() throws Exception {
    issuer.secret = "another";
    for (int i = 0; i < 25; i++) {
      assertRefused("unavailable", signIn("s-1", "zahra@example.com", true));
    }
  }

  @Test
  void otherIssuerInBetweenIsRefused() throws Exception {
    Begun begun = begin();
    String code = issuer.signsIn(begun.query(), "s-1", "zahra@example.com", true);
    assertRefused("refused", back(begun, code, "&iss=https%3A%2F%2Fevil.example"));
    assertRefused("refused", back(begun, code, ""));
    assertEquals("zahra", nameOf(back(begun, code)));
  }

  @Test
  void tokenOfAnotherSignInIsRefused() throws Exception {
    issuer.nonce = Optional.of("that of another");
    assertRefused("refused", signIn("s-1", "zahra@example.com", true));
  }

  @Test
  void refusalOfTheIssuerIsToldToThePage() throws Exception {
    Begun begun = begin();
    HttpResponse<String> answer =
        server.send(
            "GET",
            PATH
                + "/callback?error=access_denied&error_description=%3Cb%3E&state="
                + begun.query().get("state"),
            "",
            "cookie",
            begun.cookie().toString());
    assertRefused("refused", answer);
    assertTrue(header(answer, "location").startsWith("/calls?"), header(answer, "location"));
  }

  @Test
  void newKeysOfTheIssuerAreAskedForAndOldOnesKept() throws Exception {
    assertEquals("zahra", nameOf(signIn("s-1", "zahra@example.com", true)));
    assertEquals("zahra", nameOf(signIn("s-1", "zahra@example.com", true)));
    assertEquals(1, issuer.keysAsked.get());
    // just asked: not again at once, whatever a token names
    issuer.changeKey("two");
    assertRefused("refused", signIn("s-1", "zahra@example.com", true));
    assertEquals(1, issuer.keysAsked.get());
    ahead = Duration.ofSeconds(31);
    assertEquals("zahra", nameOf(signIn("s-1", "zahra@example.com", true)));
    assertEquals(2, issuer.keysAsked.get());
  }

  @Test
  void issuerThatIsAnotherIsNotBelieved() throws Exception {
    issuer.claimed = Optional.of("https://evil.example");
    assertRefused("unavailable", server.send("GET", PATH + "?to=/calls", ""));
  }

  @Test
  void issuerThatIsSilentOrGoneIsWaitedForBriefly() throws Exception {
    issuer.isSilent = true;
    long began = System.nanoTime();
    assertRefused("unavailable", server.send("GET", PATH, ""));
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
    assertTrue(seconds < 30, () -> seconds + " s");
    issuer.close();
    assertRefused("unavailable", server.send("GET", PATH, ""));
  }

  @Test
  void attemptsFromOneAddressAreLimited() throws Exception {
    HttpResponse<String> last = signIn("s-9", "nobody@example.com", true);
    for (int i = 0; i < 20 && !header(last, "location").endsWith("=too-many"); i++) {
      last = signIn("s-9", "nobody@example.com", true);
    }
    assertRefused("too-many", last);
  }

  /// Who has signed in cannot mend it, and is not refused.
  @Test
  void wrongSecretIsToldInTheLogAsSuch() throws Exception {
    issuer.secret = "another";
    try (Overheard log = new Overheard()) {
      assertRefused("unavailable", signIn("s-1", "zahra@example.com", true));
      assertTrue(log.tells("openid.clientSecret is wrong (invalid_client)"), log::toString);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "https://id.example/logout | https://id.example/logout?client_id=tamas&post_logout_redirect_uri=https%3A%2F%2Fcalls.example.com%2F",
        "https://id.example/end?a=b | https://id.example/end?a=b&client_id=tamas&post_logout_redirect_uri=https%3A%2F%2Fcalls.example.com%2F",
        "none | none",
        "javascript:alert(1) | none",
        "/logout | none",
      })
  void whoSignsOutIsToldWhereToGoOn(@Nullable String end, @Nullable String goOn) throws Exception {
    issuer.end = Optional.ofNullable(end);
    Cookie cookie = Cookie.of(signIn("s-1", "zahra@example.com", true));
    HttpResponse<String> out = server.by(cookie, "DELETE", "/session", "");
    JsonNode told = json(goOn == null ? 204 : 200, out);
    assertEquals(goOn == null ? "" : goOn, told.path("goOn").asText());
    assertTrue(header(out, "set-cookie").contains("=; Path=/; Max-Age=0;"), out::toString);
    json(401, server.by(cookie, "GET", "/me", ""));
  }

  @Test
  void whoHasSignedInByPasswordIsSentNowhere() throws Exception {
    issuer.end = Optional.of("https://id.example/logout");
    Cookie cookie = server.user("reza", "OPERATOR", Map.of());
    json(204, server.by(cookie, "DELETE", "/session", ""));
  }

  @Test
  void goneIssuerHindersNobodyFromSigningOut() throws Exception {
    issuer.end = Optional.of("https://id.example/logout");
    Cookie cookie = Cookie.of(signIn("s-1", "zahra@example.com", true));
    issuer.close();
    ahead = Duration.ofMinutes(11);
    json(204, server.by(cookie, "DELETE", "/session", ""));
    json(401, server.by(cookie, "GET", "/me", ""));
  }

  /// What the issuer demands is its business.
  @Test
  void codesAreNotDemandedAfterSuchASignIn() throws Exception {
    server.run(
        """
        insert into company_item (kind, name, body, version)
        values ('settings', 'company', '{"zone": "UTC", "codesFor": ["OPERATOR"]}', 1)
        on conflict (kind, name) do update set body = excluded.body
        """);
    assertEquals("zahra", nameOf(signIn("s-1", "zahra@example.com", true)));
    json(403, server.by(server.user("reza", "OPERATOR", Map.of()), "GET", "/me", ""));
  }

  @Test
  void cookieAndAddressSayNothingToOthers() throws Exception {
    HttpResponse<String> sent = server.send("GET", PATH, "");
    String cookie = header(sent, "set-cookie");
    assertTrue(cookie.contains("; HttpOnly; SameSite=Lax"), cookie);
    Begun begun = begin();
    assertEquals(
        "https://calls.example.com/api/v1/session/open-id/callback",
        begun.query().get("redirect_uri"));
    assertEquals("openid email", begun.query().get("scope"));
    assertFalse(begun.query().containsKey("code_verifier"));
    assertTrue(json(200, server.send("GET", "/session/ways", "")).path("openId").asBoolean());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "calls",
        "",
        "/calls?a=b",
        "/%0d%0aset-cookie:a=b",
      })
  void pageOfAnotherServerIsRefused(String to) throws Exception {
    json(400, server.send("GET", PATH + "?to=" + encoded(to), ""));
  }
}
