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
import io.tamas.seal.Seal;
import io.tamas.user.UserServer.Cookie;
import io.tamas.web.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One-time codes beside the password, and recovery codes for a lost telephone.
class CodesIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(CodesIT.class);
  private static final Duration STEP = Duration.ofSeconds(30);

  private static final String NOTED =
      """
      select actor || ' ' || (after::text) as what from audit
      where subject = 'user:zahra' and after::jsonb ? 'oneTimeCodes' order by id desc limit 2
      """;

  private final Vertx vertx = Vertx.vertx();
  private UserServer server;
  private Cookie cookie;

  @BeforeEach
  void start() throws Exception {
    server = new UserServer(vertx, CONFIG, SignInLimits.Limits.DEFAULT);
    server.run("delete from user_account");
    server.run("delete from company_item");
    cookie = server.user("zahra", "OPERATOR", Map.of());
  }

  @AfterEach
  void close() throws Exception {
    server.close();
    vertx.close().await(5, TimeUnit.SECONDS);
  }

  /// What the telephone of the user keeps, and what they have written down.
  private record Kept(Totp totp, List<String> recoveries) {}

  private Totp begin() throws Exception {
    JsonNode begun =
        json(
            201,
            server.by(cookie, "POST", "/me/otp", body(Map.of("password", UserServer.PASSWORD))));
    Totp totp = new Totp(key(begun.path("secret").asText()));
    assertEquals(totp.uri("zahra").reveal(), begun.path("uri").asText());
    return totp;
  }

  private Kept setUp() throws Exception {
    Totp totp = begin();
    JsonNode told = json(200, confirm(totp.code(server.time)));
    List<String> recoveries = new ArrayList<>();
    told.path("recoveryCodes").forEach(one -> recoveries.add(one.asText()));
    later(STEP);
    return new Kept(totp, recoveries);
  }

  private HttpResponse<String> confirm(String code) throws Exception {
    return server.by(cookie, "PUT", "/me/otp", body(Map.of("code", code)));
  }

  private void later(Duration time) {
    server.time = server.time.plus(time);
  }

  private static String body(Map<String, String> fields) {
    return Json.write(fields);
  }

  private static byte[] key(String base32) {
    BigInteger number = BigInteger.ZERO;
    for (char letter : base32.toCharArray()) {
      number =
          number
              .shiftLeft(5)
              .add(BigInteger.valueOf("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter)));
    }
    byte[] bytes = number.toByteArray();
    byte[] key = new byte[20];
    int length = Math.min(20, bytes.length);
    System.arraycopy(bytes, bytes.length - length, key, 20 - length, length);
    return key;
  }

  private HttpResponse<String> signIn(String code) throws Exception {
    Map<String, String> fields = new HashMap<>();
    fields.put("name", "zahra");
    fields.put("password", UserServer.PASSWORD);
    fields.put("code", code);
    return server.send("POST", "/session", body(fields));
  }

  private static List<String> faults(JsonNode problem) {
    List<String> pointers = new ArrayList<>();
    problem.path("faults").forEach(fault -> pointers.add(fault.path("pointer").asText()));
    return pointers;
  }

  @Test
  void settingUpAndRemovalAreInTheLogOfChanges() throws Exception {
    Kept kept = setUp();
    String proof =
        body(Map.of("password", UserServer.PASSWORD, "code", kept.totp.code(server.time)));
    assertEquals(204, server.by(cookie, "POST", "/me/otp/remove", proof).statusCode());
    List<String> noted =
        server.database().await(server.database().pool().query(NOTED).execute()).stream()
            .map(row -> row.getString("what"))
            .toList();
    assertEquals(
        List.of("user:zahra {\"oneTimeCodes\":false}", "user:zahra {\"oneTimeCodes\":true}"),
        noted);
  }

  @Test
  void codeIsAskedForOnceTheFirstWasRight() throws Exception {
    assertFalse(json(200, server.by(cookie, "GET", "/me/otp", "")).path("active").asBoolean());
    Totp totp = begin();
    json(201, server.signIn("zahra", UserServer.PASSWORD));
    assertEquals(List.of("/code"), faults(json(422, confirm("000000x"))));
    assertEquals(10, json(200, confirm(totp.code(server.time))).path("recoveryCodes").size());
    later(STEP);
    assertEquals(List.of("/code"), faults(json(422, server.signIn("zahra", UserServer.PASSWORD))));
    json(401, server.signIn("zahra", "wrong"));
    json(401, signIn("123"));
    json(201, signIn(totp.code(server.time)));
    JsonNode state = json(200, server.by(cookie, "GET", "/me/otp", ""));
    assertTrue(state.path("active").asBoolean());
    assertTrue(state.has("since"));
    assertEquals(10, state.path("recoveryCodes").asInt());
    JsonNode again =
        json(
            409,
            server.by(cookie, "POST", "/me/otp", body(Map.of("password", UserServer.PASSWORD))));
    assertTrue(again.path("detail").asText().contains("already"), again::toString);
  }

  @Test
  void codeCountsOnceAlsoUnderManyRequestsAtOnce() throws Exception {
    Kept kept = setUp();
    String code = kept.totp().code(server.time);
    assertEquals(1, atOnce(code, 4));
    json(401, signIn(code));
    later(STEP);
    json(201, signIn(kept.totp().code(server.time)));
    // one of before is not accepted after that either
    json(401, signIn(kept.totp().code(server.time.minus(STEP))));
  }

  @Test
  void recoveryCodeCountsOnceAlsoUnderManyRequestsAtOnce() throws Exception {
    Kept kept = setUp();
    assertEquals(1, atOnce(kept.recoveries().getFirst(), 4));
    json(201, signIn(" " + kept.recoveries().get(1).toUpperCase(Locale.ROOT) + " "));
    json(201, signIn(kept.recoveries().get(2).replace("-", "")));
    json(201, signIn(kept.recoveries().get(3).replace("-", " ")));
    Cookie now = Cookie.of(signIn(kept.totp().code(server.time)));
    assertEquals(6, json(200, server.by(now, "GET", "/me/otp", "")).path("recoveryCodes").asInt());
  }

  /// How many are signed in.
  private long atOnce(String code, int requests) throws Exception {
    List<CompletableFuture<Integer>> all = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < requests; i++) {
        all.add(CompletableFuture.supplyAsync(() -> statusOfSignIn(code), threads));
      }
    }
    long signedIn = 0;
    for (CompletableFuture<Integer> one : all) {
      int status = one.get(60, TimeUnit.SECONDS);
      assertTrue(status == 201 || status == 401, () -> "status " + status);
      signedIn += status == 201 ? 1 : 0;
    }
    return signedIn;
  }

  private int statusOfSignIn(String code) {
    try {
      return signIn(code).statusCode();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void codeIsReadInTheDigitsOfAnyScript() throws Exception {
    Kept kept = setUp();
    String code = kept.totp().code(server.time);
    StringBuilder persian = new StringBuilder(" ");
    code.chars().forEach(digit -> persian.append((char) (digit - '0' + '۰')));
    json(201, signIn(persian.insert(4, ' ').toString()));
  }

  @Test
  void sessionsFromBeforeTheCodesEnd() throws Exception {
    Cookie other = Cookie.of(server.signIn("zahra", UserServer.PASSWORD));
    setUp();
    json(401, server.by(other, "GET", "/me", ""));
    json(200, server.by(cookie, "GET", "/me", ""));
  }

  /// The password is right each time: it is the code that is guessed.
  @Test
  void codesAreNotGuessed() throws Exception {
    Kept kept = setUp();
    for (int i = 0; i < 4; i++) {
      json(401, signIn("00000" + i + "x"));
    }
    json(201, signIn(kept.recoveries().getFirst()));
    // which took nothing of the count
    json(401, signIn("000004x"));
    HttpResponse<String> limited = signIn(kept.totp().code(server.time));
    json(429, limited);
    int wait = Integer.parseInt(limited.headers().firstValue("retry-after").orElse("0"));
    assertTrue(wait > 30 && wait <= 300, () -> "retry after " + wait);
    assertEquals(
        5.0, server.registry.counter("tamas.user.sign.ins", "outcome", "wrong-code").count());
  }

  @Test
  void removedByPasswordAndCodeOnly() throws Exception {
    Kept kept = setUp();
    String code = kept.totp().code(server.time);
    Cookie other = Cookie.of(signIn(code));
    later(STEP);
    String next = kept.totp().code(server.time);
    assertEquals(List.of("/password"), faults(json(422, prove("remove", "wrong", next))));
    assertEquals(List.of("/code"), faults(json(422, prove("remove", UserServer.PASSWORD, code))));
    json(204, prove("remove", UserServer.PASSWORD, next));
    json(401, server.by(other, "GET", "/me", ""));
    json(200, server.by(cookie, "GET", "/me", ""));
    json(201, server.signIn("zahra", UserServer.PASSWORD));
    json(409, prove("remove", UserServer.PASSWORD, next));
    assertEquals(0, count("select count(*) from user_recovery_code"));
  }

  private HttpResponse<String> prove(String what, String password, String code) throws Exception {
    return server.by(
        cookie, "POST", "/me/otp/" + what, body(Map.of("password", password, "code", code)));
  }

  @Test
  void newRecoveryCodesTakeThePlaceOfTheOld() throws Exception {
    Kept kept = setUp();
    JsonNode renewed =
        json(200, prove("recovery-codes", UserServer.PASSWORD, kept.recoveries().getFirst()));
    assertEquals(10, renewed.path("recoveryCodes").size());
    json(401, signIn(kept.recoveries().get(1)));
    json(201, signIn(renewed.path("recoveryCodes").path(0).asText()));
  }

  @Test
  void administratorTakesThemFromWhoHasLostTheTelephone() throws Exception {
    json(404, server.send("DELETE", "/users/zahra/otp", "", "authorization", bearer()));
    setUp();
    assertTrue(server.byKey(200, "GET", "/users/zahra/otp", "").path("active").asBoolean());
    server.byKey(204, "DELETE", "/users/zahra/otp", "");
    json(401, server.by(cookie, "GET", "/me", ""));
    json(201, server.signIn("zahra", UserServer.PASSWORD));
    server.byKey(404, "GET", "/users/nobody/otp", "");
    server.byKey(404, "DELETE", "/users/nobody/otp", "");
  }

  private void demand(String... roles) {
    server.run("delete from company_item where kind = 'settings'");
    server.run(
        """
        insert into company_item (kind, name, body, version)
        values ('settings', 'company', '{"zone": "UTC", "codesFor": %s}', 1)
        """
            .formatted(Json.write(roles)));
  }

  /// The roles that the settings name, and of whom codes are due then.
  @Test
  void codesAreDemandedOfTheRolesOfTheSettings() throws Exception {
    Map<String, Cookie> all = new LinkedHashMap<>();
    all.put("OPERATOR", cookie);
    all.put("SUPERVISOR", server.user("sara", "SUPERVISOR", Map.of()));
    all.put("ADMINISTRATOR", server.user("admin", "ADMINISTRATOR", Map.of()));
    for (List<String> demanded :
        List.of(
            List.<String>of(),
            List.of("OPERATOR"),
            List.of("SUPERVISOR"),
            List.of("ADMINISTRATOR", "SUPERVISOR"),
            List.of("OPERATOR", "SUPERVISOR", "ADMINISTRATOR"))) {
      demand(demanded.toArray(String[]::new));
      for (Map.Entry<String, Cookie> user : all.entrySet()) {
        boolean due = demanded.contains(user.getKey());
        String told = user.getKey() + " of " + demanded;
        // of whom has signed in before, too
        JsonNode session = json(200, server.by(user.getValue(), "GET", "/session", ""));
        assertEquals(due, session.path("codesDue").asBoolean(), told);
        json(due ? 403 : 200, server.by(user.getValue(), "GET", "/me", ""));
        JsonNode state = json(200, server.by(user.getValue(), "GET", "/me/otp", ""));
        assertEquals(due, state.path("demanded").asBoolean(), told);
      }
    }
    assertTrue(server.byKey(200, "GET", "/users/sara/otp", "").path("demanded").asBoolean());
    JsonNode signedIn = json(201, server.signIn("sara", UserServer.PASSWORD));
    assertTrue(signedIn.path("codesDue").asBoolean());
  }

  @Test
  void demandedCodesAreSetUpBeforeAnythingElse() throws Exception {
    demand("OPERATOR");
    JsonNode refused = json(403, server.by(cookie, "GET", "/me", ""));
    assertTrue(refused.path("detail").asText().contains("/api/v1/me/otp"), refused::toString);
    UpgradeRejectedException rejected =
        Assertions.assertThrows(
            UpgradeRejectedException.class,
            () -> server.events(Map.of("cookie", cookie.toString(), "origin", server.origin())));
    assertEquals(403, rejected.getStatus());
    Kept kept = setUp();
    json(200, server.by(cookie, "GET", "/me", ""));
    HttpResponse<String> next = signIn(kept.totp().code(server.time));
    assertFalse(json(201, next).path("codesDue").asBoolean());
    json(200, server.by(Cookie.of(next), "GET", "/me", ""));
    // as for another telephone
    json(204, prove("remove", UserServer.PASSWORD, kept.recoveries().getFirst()));
    json(403, server.by(cookie, "GET", "/me", ""));
    setUp();
    json(200, server.by(cookie, "GET", "/me", ""));
  }

  @Test
  void oneTimePasswordIsReplacedBeforeDemandedCodes() throws Exception {
    demand("OPERATOR");
    String oneTime =
        server.byKey(200, "POST", "/users/zahra/password", "").path("oneTimePassword").asText();
    HttpResponse<String> first = server.signIn("zahra", oneTime);
    JsonNode both = json(201, first);
    assertTrue(both.path("oneTime").asBoolean() && both.path("codesDue").asBoolean());
    cookie = Cookie.of(first);
    json(403, server.by(cookie, "GET", "/me/otp", ""));
    String change = body(Map.of("old", oneTime, "password", UserServer.PASSWORD));
    json(204, server.by(cookie, "PUT", "/me/password", change));
    json(403, server.by(cookie, "GET", "/me", ""));
    setUp();
    json(200, server.by(cookie, "GET", "/me", ""));
  }

  /// Within a second, as when a right is taken away.
  @Test
  void eventsEndWhenCodesAreDemanded() throws Exception {
    try (UserServer.Stream events = server.stream(cookie, "")) {
      events.next();
      demand("OPERATOR");
      assertEquals((short) 1008, events.closeCode());
    }
  }

  private static String bearer() {
    return "Bearer " + UserServer.KEY;
  }

  /// Who commands the machine, too.
  @Test
  void rescuedUserNeedsNoCode() throws Exception {
    setUp();
    Secret oneTime = new Users(server.database()).rescue("zahra").orElseThrow();
    json(201, server.signIn("zahra", oneTime.reveal()));
  }

  @Test
  void copyOfTheDatabaseHasNoSecret() throws Exception {
    Kept kept = setUp();
    String hex = HexFormat.of().formatHex(kept.totp().key());
    assertEquals(
        0,
        count("select count(*) from user_code where encode(secret, 'hex') like '%" + hex + "%'"));
    assertEquals(1, count("select count(*) from user_code where length(secret) = 49"));
  }

  @Test
  void withAnotherKeyOfTheInstanceOnlyRecoveryCodesAreLeft() throws Exception {
    Kept kept = setUp();
    Seal other =
        Seal.of(new Config.Sealing(Optional.of(new Secret("another key of this instance, later"))))
            .orElseThrow();
    Codes codes = new Codes(server.database(), Optional.of(other), Instant::now);
    long account = new Users(server.database()).login("zahra").id();
    Problem problem = Assertions.assertThrows(Problem.class, () -> codes.use(account, "123456"));
    assertEquals(503, problem.status());
    assertTrue(codes.use(account, kept.recoveries().getFirst()));
    Problem refused =
        Assertions.assertThrows(
            Problem.class,
            () -> new Codes(server.database(), Optional.empty(), Instant::now).begin(account));
    assertTrue(refused.detail().contains("sealing.key"), refused.detail());
  }

  @Test
  void whatWasBegunTooLongAgoIsNotConfirmed() throws Exception {
    Totp totp = begin();
    server.run("update user_code set created_at = now() - interval '11 minutes'");
    json(409, confirm(totp.code(server.time)));
    json(201, server.signIn("zahra", UserServer.PASSWORD));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST | /me/otp | {\"password\":\"wrong\"} | 422",
        "POST | /me/otp | {\"password\":\"\"} | 422",
        "POST | /me/otp | {} | 422",
        "PUT | /me/otp | {\"code\":\"123456\"} | 409",
        "PUT | /me/otp | {\"code\":\"\"} | 422",
        "PUT | /me/otp | {\"code\":123456} | 422",
        "PUT | /me/otp | {\"code\":\"1234567890123456789012345678901234567890X\"} | 422",
        "POST | /me/otp/remove | {\"password\":\"x\"} | 422",
        "POST | /me/otp/recovery-codes | [] | 422",
      })
  void badInputIsRefused(String method, String path, String body, int status) throws Exception {
    json(status, server.by(cookie, method, path, body));
  }

  /// A browser that was left alone, or a key.
  @Test
  void sessionAloneIsNotEnoughNorIsAKey() throws Exception {
    server.byKey(403, "POST", "/me/otp", body(Map.of("password", UserServer.PASSWORD)));
    HttpResponse<String> foreign =
        server.send(
            "POST",
            "/me/otp",
            body(Map.of("password", UserServer.PASSWORD)),
            "cookie",
            cookie.toString(),
            "origin",
            "https://evil.example");
    json(403, foreign);
  }

  private long count(String sql) {
    return server
        .database()
        .await(server.database().pool().query(sql).execute())
        .iterator()
        .next()
        .getLong(0);
  }
}
