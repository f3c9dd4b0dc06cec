package io.tamas.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.number.ExtensionNumber;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Keys over real sockets; the server of the test holds each answer against the contract.
class KeyRoutesIT {
  private static final String ZAHRA =
      "{\"name\":\"zahra\",\"scopes\":[\"read\",\"call\"],\"extension\":\"101\"}";

  private static final Config.Database CONFIG = TestDatabase.fresh(KeyRoutesIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private static final ApiKeys KEYS = new ApiKeys(DATABASE);
  private static RouteServer server;

  @BeforeAll
  static void start() throws Exception {
    server = RouteServer.start(VERTX, new KeyRoutes(KEYS));
  }

  @AfterAll
  static void close() throws Exception {
    server.close();
    DATABASE.close().await(5, TimeUnit.SECONDS);
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @BeforeEach
  void empty() {
    DATABASE.await(DATABASE.pool().query("delete from api_key").execute());
    DATABASE.await(DATABASE.pool().query("delete from company_item").execute());
    TestDatabase.extensions(DATABASE, Instant.now(), "101");
  }

  @Test
  void keyEndsWithItsExtensionAndIsNotRevivedWithTheNumber() throws Exception {
    String key = RouteServer.json(server.send("POST", "/keys", ZAHRA)).get("key").asText();
    KEYS.authenticate(key).await(5, TimeUnit.SECONDS);
    DATABASE.await(DATABASE.pool().query("delete from company_item").execute());
    KEYS.forget();
    assertEquals(
        401,
        assertThrows(Problem.class, () -> KEYS.authenticate(key).await(5, TimeUnit.SECONDS))
            .status());
    TestDatabase.extensions(DATABASE, Instant.now(), "101");
    KEYS.forget();
    assertEquals(
        401,
        assertThrows(Problem.class, () -> KEYS.authenticate(key).await(5, TimeUnit.SECONDS))
            .status());
    assertEquals(0, RouteServer.json(server.get("/keys")).get("items").size());
  }

  @Test
  void keyForAnExtensionThatDoesNotExistIsRefused() throws Exception {
    HttpResponse<String> refused =
        server.send(
            "POST", "/keys", "{\"name\":\"a\",\"scopes\":[\"read\"],\"extension\":\"999\"}");
    assertEquals(422, refused.statusCode(), refused.body());
    assertEquals(
        "/extension", RouteServer.json(refused).get("faults").get(0).get("pointer").asText());
  }

  @Test
  void aKeyIsMadeListedWithoutItselfAndDeleted() throws Exception {
    HttpResponse<String> made = server.send("POST", "/keys", ZAHRA);
    assertEquals(201, made.statusCode());
    String key = RouteServer.json(made).get("key").asText();
    Principal zahra = KEYS.authenticate(key).await(5, TimeUnit.SECONDS);
    assertEquals("zahra", zahra.name());
    assertEquals(Set.of(Scope.READ, Scope.CALL), zahra.scopes());
    assertEquals(Optional.of(new ExtensionNumber("101")), zahra.own());

    HttpResponse<String> listed = server.get("/keys");
    assertFalse(listed.body().contains(key));
    JsonNode item = RouteServer.json(listed).get("items").get(0);
    assertEquals("zahra", item.get("name").asText());
    assertEquals("101", item.get("extension").asText());
    assertEquals(2, item.get("scopes").size());

    assertEquals(409, server.send("POST", "/keys", ZAHRA).statusCode());
    assertEquals(204, server.send("DELETE", "/keys/zahra", "").statusCode());
    assertEquals(404, server.send("DELETE", "/keys/zahra", "").statusCode());
    assertEquals(0, RouteServer.json(server.get("/keys")).get("items").size());
  }

  @Test
  void nobodyShutsThemselvesOut() throws Exception {
    KEYS.ensure("test", new Secret("test"), Set.of(Scope.ADMIN));
    HttpResponse<String> refused = server.send("DELETE", "/keys/test", "");
    assertEquals(409, refused.statusCode());
    assertTrue(refused.body().contains("cannot delete itself"), refused.body());
    assertEquals(1, KEYS.list().size());
  }

  @Test
  void thereIsABound() throws Exception {
    DATABASE.await(
        DATABASE
            .pool()
            .query(
                """
                insert into api_key (name, hash, scopes)
                select 'k' || n, sha256(n::text::bytea), array['read'] from generate_series(1, 1000) n
                """)
            .execute());
    HttpResponse<String> refused = server.send("POST", "/keys", ZAHRA);
    assertEquals(409, refused.statusCode());
    assertTrue(refused.body().contains("1000 keys already"), refused.body());
    assertEquals(1000, RouteServer.json(server.get("/keys")).get("items").size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":\"A b\",\"scopes\":[\"read\"]}|/name",
        "{\"name\":\"a\",\"scopes\":[]}|/scopes",
        "{\"name\":\"a\",\"scopes\":[\"root\"]}|/scopes/0",
        "{\"name\":\"a\",\"scopes\":[\"read\",\"read\"]}|/scopes",
        "{\"name\":\"a\",\"scopes\":[\"read\"],\"extension\":\"10a\"}|/extension",
        "{\"name\":\"a\",\"scopes\":[\"read\"],\"key\":\"mine\"}|/key",
      })
  void whatIsNoKeyIsRefusedWithItsField(String body, String pointer) throws Exception {
    HttpResponse<String> refused = server.send("POST", "/keys", body);
    assertEquals(422, refused.statusCode(), refused.body());
    assertEquals(pointer, RouteServer.json(refused).get("faults").get(0).get("pointer").asText());
  }
}
