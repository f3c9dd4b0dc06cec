package io.tamas.user;

import static io.tamas.user.UserServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.config.Config;
import io.tamas.db.TestDatabase;
import io.tamas.lab.Fail2Ban;
import io.tamas.user.UserServer.Cookie;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who guesses passwords.
class GuessedPasswordIT {
  private final Config.Database database = TestDatabase.fresh(GuessedPasswordIT.class);
  private final Vertx vertx = Vertx.vertx();
  private UserServer server;
  @TempDir private Path folder;

  @BeforeEach
  void start() throws Exception {
    server =
        new UserServer(
            vertx,
            database,
            new SignInLimits.Limits(12, Duration.ofMinutes(10), 4, Duration.ofMinutes(10)));
    server.user("zahra", "OPERATOR", Map.of());
    server.user("reza", "OPERATOR", Map.of());
  }

  @AfterEach
  void close() throws Exception {
    server.close();
    vertx.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void nameIsLimitedAndOthersSignInAllTheSame() throws Exception {
    for (int i = 0; i < 4; i++) {
      json(401, server.signIn("nobody", "guess-" + i));
    }
    HttpResponse<String> limited = server.signIn("nobody", "guess-5");
    json(429, limited);
    int wait = Integer.parseInt(limited.headers().firstValue("retry-after").orElse("0"));
    assertTrue(wait > 0 && wait <= 600, () -> "retry after " + wait);
    json(201, server.signIn("reza", UserServer.PASSWORD));
    assertEquals(1.0, outcome("limited"));
    assertEquals(4.0, outcome("wrong"));
  }

  /// Right passwords too: nothing is looked up.
  @Test
  void addressIsLimitedWhateverIsGuessed() throws Exception {
    for (int i = 0; i < 12; i++) {
      json(401, server.signIn("user-" + i, "guess"));
    }
    json(429, server.signIn("zahra", UserServer.PASSWORD));
    json(429, server.signIn("zahra", UserServer.PASSWORD, "x-forwarded-for", "192.0.2.77"));
  }

  @Test
  void guessingElsewhereLocksNobodyOutAfterARestartEither() throws Exception {
    try (UserServer again =
        new UserServer(
            vertx,
            database,
            new SignInLimits.Limits(12, Duration.ofMinutes(10), 4, Duration.ofMinutes(10)))) {
      for (int i = 0; i < 4; i++) {
        json(401, again.signIn("zahra", "guess"));
      }
      json(201, again.signIn("zahra", UserServer.PASSWORD));
      // which is not known of the address
      again.run("delete from user_address");
      for (int i = 0; i < 4; i++) {
        json(401, again.signIn("reza", "guess"));
      }
      json(429, again.signIn("reza", UserServer.PASSWORD));
    }
  }

  @Test
  void addressesAreKnownFor30DaysAndFiftyOfAUser() throws Exception {
    KnownAddresses known = new KnownAddresses(server.database());
    Users users = new Users(server.database());
    long zahra = users.login("zahra").id();
    server.run("update user_address set last_at = now() - interval '31 days'");
    assertFalse(known.isKnown("zahra", "127.0.0.1"));
    for (int i = 1; i <= 60; i++) {
      String address = i % 2 == 0 ? "192.0.2." + i : "2001:db8:0:" + i + "::1";
      server
          .database()
          .inTransaction(tx -> {
            KnownAddresses.remember(tx, zahra, address);
            return tx;
          });
    }
    assertEquals(50, addresses("zahra"));
    assertEquals(1, addresses("reza"));
    assertTrue(known.isKnown("zahra", "192.0.2.60"));
    assertTrue(known.isKnown("zahra", KnownAddresses.network("2001:db8:0:59:ffff::9")));
    assertFalse(known.isKnown("zahra", "192.0.2.10"));
    assertFalse(known.isKnown("reza", "192.0.2.60"));
    assertFalse(known.isKnown("nobody", "192.0.2.60"));
  }

  private long addresses(String user) {
    return server
        .database()
        .await(
            server
                .database()
                .pool()
                .preparedQuery(
                    """
                    select count(*) from user_address a join user_account u on u.id = a.account
                    where u.name = $1
                    """)
                .execute(Tuple.of(user)))
        .iterator()
        .next()
        .getLong(0);
  }

  @Test
  void oldPasswordIsNotGuessedByAStolenSession() throws Exception {
    Cookie stolen = Cookie.of(server.signIn("zahra", UserServer.PASSWORD));
    String guess = "{\"old\":\"guess\",\"password\":\"another battery of the horses\"}";
    for (int i = 0; i < 4; i++) {
      json(422, server.by(stolen, "PUT", "/me/password", guess));
    }
    json(429, server.by(stolen, "PUT", "/me/password", guess));
  }

  @Test
  void fail2banFindsTheAddressOfEachGuess() throws Exception {
    try (Fail2Ban fail2ban = Fail2Ban.ofWebServer()) {
      json(201, server.signIn("zahra", UserServer.PASSWORD));
      json(
          401,
          server.send(
              "GET",
              "/me",
              "",
              "cookie",
              Cookie.of(server.signIn("zahra", UserServer.PASSWORD)).name()
                  + "="
                  + "A".repeat(43)));
      assertEquals(List.of(), fail2ban.finds("tamas-http.conf", folder.resolve("before")));
      json(401, server.signIn("zahra", "guess"));
      json(401, server.signIn("nobody", "guess"));
      assertEquals(
          List.of("127.0.0.1", "127.0.0.1"),
          fail2ban.finds("tamas-http.conf", folder.resolve("after")));
    }
  }

  /// Two are hashed at once and 50 wait; the others are told to come back.
  @Test
  void hundredAtOnceAreSignedInOrToldToComeBack() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 100; i++) {
        all.add(
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return server.signIn("zahra", UserServer.PASSWORD);
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                },
                threads));
      }
    }
    Map<Integer, Integer> statuses = new TreeMap<>();
    for (CompletableFuture<HttpResponse<String>> one : all) {
      HttpResponse<String> answer = one.get(60, TimeUnit.SECONDS);
      statuses.merge(answer.statusCode(), 1, Integer::sum);
      if (answer.statusCode() == 429) {
        assertTrue(answer.headers().firstValue("retry-after").isPresent());
      }
    }
    assertTrue(statuses.keySet().equals(java.util.Set.of(201, 429)), statuses::toString);
    JsonNode after = json(201, server.signIn("zahra", UserServer.PASSWORD));
    assertEquals("zahra", after.path("name").asText());
  }

  private double outcome(String name) {
    return server.registry.counter("tamas.user.sign.ins", "outcome", name).count();
  }
}
