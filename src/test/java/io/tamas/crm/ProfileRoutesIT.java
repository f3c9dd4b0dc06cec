package io.tamas.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.number.NumberingPlan;
import io.tamas.number.WrittenNumbers;
import io.tamas.web.RouteServer;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Profiles over real sockets; the server of the test holds each answer against the contract.
class ProfileRoutesIT {
  private static final String SARA =
      """
      {"kind":"person","name":"سارا احمدی","category":"customer","owner":"leila",
       "numbers":[{"number":"00989121234567","label":"mobile"},{"number":"+98 21 9100 1000"}],
       "fields":{"city":"Tehran"}}
      """;

  private static final WrittenNumbers TEHRAN =
      new WrittenNumbers(List.of(new NumberingPlan("IR", "21")));

  private static final Config.Database CONFIG = TestDatabase.fresh(ProfileRoutesIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private static RouteServer server;

  @BeforeAll
  static void start() throws Exception {
    Owners.add(DATABASE, "leila", "101");
    server =
        RouteServer.start(
            VERTX, new ProfileRoutes(new Profiles(DATABASE, () -> Contents.NUMBERS), () -> TEHRAN));
  }

  @AfterAll
  static void close() throws Exception {
    server.close();
    DATABASE.close().await(5, TimeUnit.SECONDS);
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @BeforeEach
  void empty() {
    DATABASE.await(DATABASE.pool().query("truncate profile cascade").execute());
  }

  @Test
  void aProfileIsCreatedReadReplacedAndDeleted() throws Exception {
    HttpResponse<String> created = server.send("POST", "/profiles", SARA);
    assertEquals(201, created.statusCode());
    assertEquals("\"1\"", created.headers().firstValue("etag").orElse(""));
    String path = "/profiles/" + RouteServer.json(created).get("id").asLong();
    assertEquals("/api/v1" + path, created.headers().firstValue("location").orElse(""));
    assertEquals(created.body(), server.get(path).body());

    String renamed = "{\"kind\":\"organisation\",\"name\":\"Ahmadi & Co\"}";
    assertEquals(412, server.send("PUT", path, renamed, "if-match", "\"7\"").statusCode());
    JsonNode replaced = RouteServer.json(server.send("PUT", path, renamed, "if-match", "\"1\""));
    assertEquals(2, replaced.get("version").asInt());
    assertEquals("Ahmadi & Co", replaced.get("name").asText());

    assertEquals(412, server.send("DELETE", path, "", "if-match", "\"1\"").statusCode());
    assertEquals(204, server.send("DELETE", path, "").statusCode());
    assertEquals(404, server.get(path).statusCode());
    assertEquals(404, server.send("PUT", path, renamed).statusCode());
    assertEquals(404, server.send("DELETE", path, "").statusCode());
  }

  @Test
  void whatAPhoneBookKnowsComesBack() throws Exception {
    String acme = "{\"kind\":\"organisation\",\"name\":\"پارس نور\"}";
    long organisation = RouteServer.json(server.send("POST", "/profiles", acme)).get("id").asLong();
    String draft =
        """
        {"kind":"person","name":"Sara","organisation":%d,"emails":["sara@example.ir"],
         "address":"Zand 12\\nShiraz",
         "numbers":[{"number":"02191001000","label":"دفتر"},{"number":"09121234567","main":true}]}
        """
            .formatted(organisation);
    JsonNode sara = RouteServer.json(server.send("POST", "/profiles", draft));
    assertEquals("پارس نور", sara.get("organisationName").asText());
    assertEquals("WORK", sara.at("/numbers/0/type").asText());
    assertTrue(sara.at("/numbers/1/main").asBoolean());

    String person = "{\"kind\":\"person\",\"name\":\"x\"}";
    assertEquals(409, server.send("PUT", "/profiles/" + organisation, person).statusCode());
    assertEquals(204, server.send("DELETE", "/profiles/" + organisation, "").statusCode());
    JsonNode left = RouteServer.json(server.get("/profiles/" + sara.get("id").asLong()));
    assertTrue(left.path("organisation").isMissingNode(), left::toString);
    assertEquals("Zand 12\nShiraz", left.get("address").asText());
  }

  @Test
  void ofTwoEditorsTheLaterOneIsToldWhoeverSheIs() throws Exception {
    String path =
        "/profiles/" + RouteServer.json(server.send("POST", "/profiles", SARA)).get("id").asLong();
    List<Integer> told;
    try (ExecutorService editors = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> edits =
          IntStream.range(0, 10)
              .mapToObj(i -> "{\"kind\":\"person\",\"name\":\"Editor " + i + "\"}")
              .<Callable<Integer>>map(
                  body -> () -> server.send("PUT", path, body, "if-match", "\"1\"").statusCode())
              .toList();
      told = editors.invokeAll(edits).stream().map(Future::resultNow).sorted().toList();
    }
    assertEquals(200, told.getFirst());
    assertEquals(Collections.nCopies(9, 412), told.subList(1, 10));
    assertEquals(2, RouteServer.json(server.get(path)).get("version").asInt());
  }

  @Test
  void numbersAddedAtOnceAreAllThere() throws Exception {
    String path =
        "/profiles/" + RouteServer.json(server.send("POST", "/profiles", SARA)).get("id").asLong();
    try (ExecutorService editors = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> added =
          IntStream.range(0, 10)
              .mapToObj("{\"number\":\"0912 000 000%d\"}"::formatted)
              .<Callable<Integer>>map(
                  body -> () -> server.send("POST", path + "/numbers", body).statusCode())
              .toList();
      editors.invokeAll(added).forEach(one -> assertEquals(200, one.resultNow()));
    }
    assertEquals(12, RouteServer.json(server.get(path)).get("numbers").size());
  }

  @Test
  void allPagesTogetherAreTheList() throws Exception {
    for (int i = 0; i < 7; i++) {
      server.send(
          "POST", "/profiles", "{\"kind\":\"person\",\"name\":\"" + "ن".repeat(190) + i + "\"}");
    }
    List<String> names = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = RouteServer.json(server.get("/profiles?limit=3" + cursor));
      page.get("items").forEach(item -> names.add(item.get("name").asText()));
      cursor = page.has("next") ? "&cursor=" + page.get("next").asText() : "";
    } while (!cursor.isEmpty());
    assertEquals(7, names.size());
    assertEquals(names.stream().sorted().toList(), names);
  }

  @ParameterizedTest
  @CsvSource({
    "number=%2B989121234567,1",
    "number=00989121234567,1",
    "number=%2B989120000000,0",
    "number=+989121234567,1",
    "number=+98+912+123+4567,1",
    "number=0912%20123%204567,1",
    "number=9121234567,1",
    "number=989121234567,1",
    "number=(0912)%20123-45.67,1",
    "number=0912%2F1234567,1",
    "number=%DB%B0%DB%B9%DB%B1%DB%B2%DB%B1%DB%B2%DB%B3%DB%B4%DB%B5%DB%B6%DB%B7,1",
    "number=%D9%A0%D9%A9%D9%A1%D9%A2%D9%A1%D9%A2%D9%A3%D9%A4%D9%A5%D9%A6%D9%A7,1",
    "number=%E2%80%AA%2B989121234567%E2%80%AC,1",
    "number=tel%3A%2B98-912-123-4567%3Bext%3D5,1",
    "number=sip%3A09121234567%40example.org,1",
    "number=021%C2%A09100%C2%A01000,1",
    "number=91001000,1",
    "q=0912%20123%204567,1",
    "q=+989121234567,1",
    "q=0912123,1",
    "q=91001000,1",
    "q=tel%3A09121234567,1",
    "q=%DB%B0%DB%B9%DB%B1%DB%B2,1",
    "q=0913,0",
    "q=%D8%B3%D8%A7%D8%B1%D8%A7,1",
    "q=1234567,1",
    "category=customer,1",
    "category=supplier,0",
  })
  void profilesAreFoundByNameNumberAndCategory(String query, int found) throws Exception {
    server.send("POST", "/profiles", SARA);
    assertEquals(found, RouteServer.json(server.get("/profiles?" + query)).get("items").size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"kind\":\"person\"}|422",
        "{\"kind\":\"robot\",\"name\":\"x\"}|422",
        "{\"kind\":\"person\",\"name\":\"x\",\"id\":1}|422",
        "{\"kind\":\"person\",\"name\":\"x\\u0000y\"}|422",
        "{\"kind\":\"person\",\"name\":\"  \"}|422",
        "{\"kind\":\"person\",\"name\":\"x\",\"owner\":\"../1\"}|422",
        "{\"kind\":\"person\",\"name\":\"x\",\"owner\":\"nobody\"}|422",
        "{\"kind\":\"person\",\"name\":\"x\",\"numbers\":[{\"number\":\"call me\"}]}|422",
        "{\"kind\":\"person\",\"name\":\"x\",\"numbers\":[{\"number\":\"110\"}]}|422",
        "{\"kind\":\"person\",\"name\":\"x\",\"fields\":{\"a\":1}}|422",
        "{\"kind\":\"person\",\"name\":\"x\",\"numbers\":null}|422",
        "{\"kind\":\"person\",\"name\":\"x\",\"numbers\":[{\"number\":\"09121234567\",\"type\":\"PAGER\"}]}|422",
        "{\"kind\":\"person\",\"name\":\"x\",\"organisation\":0}|422",
        "{\"kind\":\"person\",\"name\":\"x\",\"organisation\":999999999999999999}|422",
        "{\"kind\":\"person\",\"name\":\"x\",\"organisation\":\"Acme\"}|422",
        "{\"kind\":\"person\",\"name\":\"x\",\"emails\":[\"sara\"]}|422",
        "{\"kind\":\"person\",\"name\":\"x\",\"emails\":\"sara@example.ir\"}|422",
        "{\"kind\":\"person\",\"name\":\"x\",\"address\":\"\\u0007\"}|422",
        "[]|422",
        "nonsense|400",
      })
  void aWrongProfileIsRefusedAndNothingIsChanged(String body, int status) throws Exception {
    HttpResponse<String> response = server.send("POST", "/profiles", body);
    assertEquals(status, response.statusCode(), response.body());
    assertTrue(RouteServer.json(response).get("faults").size() > 0, response.body());
    assertEquals(0, RouteServer.json(server.get("/profiles")).get("items").size());
  }

  @ParameterizedTest
  @CsvSource({
    "/profiles?cursor=nonsense",
    "/profiles?cursor=AAAA",
    "/profiles?limit=0",
    "/profiles?number=call-me",
    "/profiles?number=110",
    "/profiles?number=0912",
    "/profiles?number=9.89121E%2B11",
    "/profiles?unknown=1",
    "/profiles?q=%00%00%00",
    "/profiles/0",
    "/profiles/99999999999999999999",
  })
  void aWrongParameterIsRefused(String path) throws Exception {
    HttpResponse<String> response = server.get(path);
    assertEquals(400, response.statusCode(), response.body());
  }
}
