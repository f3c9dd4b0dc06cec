package io.tamas.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.web.RouteServer;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Groups and fields of the phone book over real sockets; the server of the test holds each answer
/// against the contract.
class PhoneBookRoutesIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(PhoneBookRoutesIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private static RouteServer server;

  @BeforeAll
  static void start() throws Exception {
    server =
        RouteServer.start(
            VERTX,
            new ProfileRoutes(
                new Profiles(DATABASE, () -> Contents.NUMBERS), () -> Contents.NUMBERS),
            new ProfileGroupRoutes(new ProfileGroups(DATABASE)),
            new ProfileFieldRoutes(new ProfileFields(DATABASE)));
  }

  @AfterAll
  static void close() throws Exception {
    server.close();
    DATABASE.close().await(5, TimeUnit.SECONDS);
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @BeforeEach
  void empty() {
    String all = "truncate profile, profile_group, profile_field restart identity cascade";
    DATABASE.await(DATABASE.pool().query(all).execute());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/profile-groups | {\"name\":\"همکاران\"} | {\"name\":\"Staff\"}",
        "/profile-fields | {\"name\":\"born\",\"type\":\"DATE\"} |"
            + " {\"name\":\"تولد\",\"type\":\"DATE\",\"several\":true}",
      })
  void eachIsCreatedReadReplacedAndDeleted(String list, String draft, String other)
      throws Exception {
    HttpResponse<String> created = server.send("POST", list, draft);
    assertEquals(201, created.statusCode());
    String path = list + "/1";
    assertEquals("/api/v1" + path, created.headers().firstValue("location").orElse(""));
    assertEquals(created.body(), server.get(path).body());
    assertEquals(409, server.send("POST", list, draft).statusCode());
    assertEquals(412, server.send("PUT", path, other, "if-match", "\"7\"").statusCode());
    HttpResponse<String> replaced = server.send("PUT", path, other, "if-match", "\"1\"");
    assertEquals("\"2\"", replaced.headers().firstValue("etag").orElse(""));
    assertEquals(1, RouteServer.json(server.get(list)).get("items").size());
    assertEquals(412, server.send("DELETE", path, "", "if-match", "\"1\"").statusCode());
    assertEquals(204, server.send("DELETE", path, "").statusCode());
    for (String method : new String[] {"GET", "DELETE"}) {
      assertEquals(404, server.send(method, path, "").statusCode());
    }
    assertEquals(404, server.send("PUT", path, other).statusCode());
  }

  @Test
  void aProfileHasValuesInTheFieldsOfItsGroups() throws Exception {
    server.send("POST", "/profile-groups", "{\"name\":\"Staff\"}");
    server.send("POST", "/profile-fields", "{\"name\":\"hired\",\"type\":\"DATE\",\"group\":1}");
    String in =
        """
        {"kind":"person","name":"Sara","groups":[1],"values":[{"field":1,"value":"۱۴۰۵/۱/۱"}]}
        """;
    JsonNode sara = RouteServer.json(server.send("POST", "/profiles", in));
    assertEquals("2026-03-21", sara.at("/values/0/value").asText());
    assertEquals("JALALI", sara.at("/values/0/calendar").asText());

    HttpResponse<String> outside = server.send("POST", "/profiles", in.replace("[1]", "[]"));
    assertEquals(422, outside.statusCode());
    assertTrue(outside.body().contains("/values/0/field"), outside.body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/profile-groups | {}",
        "/profile-groups | {\"name\":\" \"}",
        "/profile-groups | {\"name\":\"a\\u0000b\"}",
        "/profile-groups | {\"name\":\"x\",\"colour\":\"red\"}",
        "/profile-fields | {\"name\":\"x\"}",
        "/profile-fields | {\"name\":\"x\",\"type\":\"COLOUR\"}",
        "/profile-fields | {\"name\":\"\\u200c\",\"type\":\"TEXT\"}",
        "/profile-fields | {\"name\":\"x\",\"type\":\"CHOICE\"}",
        "/profile-fields | {\"name\":\"x\",\"type\":\"CHOICE\",\"choices\":[\"شیراز\",\"شيراز\"]}",
        "/profile-fields | {\"name\":\"x\",\"type\":\"CHOICE\",\"choices\":[\"\\n\"]}",
        "/profile-fields | {\"name\":\"x\",\"type\":\"TEXT\",\"choices\":[\"a\"]}",
        "/profile-fields | {\"name\":\"x\",\"type\":\"TEXT\",\"group\":999}",
        "/profiles | {\"kind\":\"person\",\"name\":\"x\",\"groups\":[999]}",
        "/profiles | {\"kind\":\"person\",\"name\":\"x\",\"groups\":[\"Staff\"]}",
        "/profiles |"
            + " {\"kind\":\"person\",\"name\":\"x\",\"values\":[{\"field\":999,\"value\":\"x\"}]}",
        "/profiles | {\"kind\":\"person\",\"name\":\"x\",\"values\":[{\"field\":1}]}",
        "/profiles | {\"kind\":\"person\",\"name\":\"x\",\"values\":{\"1\":\"x\"}}",
      })
  void whatIsWrongIsRefusedAndNothingIsChanged(String path, String body) throws Exception {
    HttpResponse<String> response = server.send("POST", path, body);
    assertEquals(422, response.statusCode(), response.body());
    assertTrue(RouteServer.json(response).get("faults").size() > 0, response.body());
    assertEquals(0, RouteServer.json(server.get(path)).get("items").size());
  }

  @ParameterizedTest
  @CsvSource({
    "/profile-groups/0",
    "/profile-groups/x",
    "/profile-fields/99999999999999999999",
    "/profile-fields?unknown=1",
  })
  void aWrongParameterIsRefused(String path) throws Exception {
    assertEquals(400, server.get(path).statusCode());
  }
}
