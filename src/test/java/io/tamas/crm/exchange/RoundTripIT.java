package io.tamas.crm.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.json.Json;
import io.tamas.web.RouteServer;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is exported and imported again is the same: random profiles in all scripts.
class RoundTripIT {
  private static final int PROFILES = 150;

  private static final List<String> WORDS =
      List.of(
          "سارا",
          "علی\u200cرضا",
          "İbrahim",
          "Ёлкин",
          "O'Neil",
          "=1+1",
          "@home",
          "-2",
          "+9",
          "'quoted",
          "a,b;c",
          "say \"hi\"",
          "李雷",
          "שלום",
          "👍🏽",
          "１２",
          "ﷺ",
          "{}",
          ":",
          "sep=;",
          "9.1E+11");

  private static final List<String> NAMES = List.of("city", "رنگ", "a:b", "=x");

  private static final Config.Database CONFIG = TestDatabase.fresh(RoundTripIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @TempDir Path folder;

  @AfterAll
  static void close() throws Exception {
    DATABASE.close().await(5, TimeUnit.SECONDS);
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void exportComesBackTheSame() throws Exception {
    try (ImportNode node = new ImportNode(VERTX, DATABASE, folder, 64 << 20, 0)) {
      node.startImporter();
      RouteServer server = node.server;
      long vip = made(server, "/profile-groups", "{\"name\":\"VIP, gold; first\"}");
      long other = made(server, "/profile-groups", "{\"name\":\"دوستان\"}");
      List<Long> fields =
          List.of(
              made(server, "/profile-fields", "{\"name\":\"born\",\"type\":\"DATE\"}"),
              made(
                  server,
                  "/profile-fields",
                  "{\"name\":\"notes\",\"type\":\"TEXT\",\"several\":true}"),
              made(server, "/profile-fields", "{\"name\":\"amount\",\"type\":\"NUMBER\"}"),
              made(
                  server,
                  "/profile-fields",
                  "{\"name\":\"phones\",\"type\":\"PHONE\",\"several\":true}"));
      List<Long> organisations = new ArrayList<>();
      for (int i = 0; i < PROFILES; i++) {
        boolean isOrganisation = i < PROFILES / 10;
        ObjectNode draft = draft(i, isOrganisation, List.of(vip, other), fields);
        if (!isOrganisation && random.nextBoolean()) {
          draft.put("organisation", organisations.get(random.nextInt(organisations.size())));
        }
        long id = made(server, "/profiles", draft.toString());
        if (isOrganisation) {
          organisations.add(id);
        }
      }
      TreeMap<String, String> before = book(server);
      for (String file : List.of("/profiles.csv", "/profiles.xlsx")) {
        byte[] bytes = server.bytes(file);
        assertEquals(
            "created 0, changed 0, unchanged %d, refused 0, repeated 0".formatted(PROFILES),
            ImportNode.counts(told(node, node.run(bytes))),
            () -> "seed " + seed);
        DATABASE.await(DATABASE.pool().query("truncate profile cascade").execute());
        DATABASE.await(DATABASE.pool().query("delete from profile_group").execute());
        JsonNode one = node.read(bytes);
        ObjectNode mapping = (ObjectNode) one.get("suggestion");
        node.map(one, mapping.put("makeGroups", true).toString());
        assertEquals(
            "created %d, changed 0, unchanged 0, refused 0, repeated 0".formatted(PROFILES),
            ImportNode.counts(told(node, node.after(one, "/run", "DONE"))),
            () -> "seed " + seed);
        assertEquals(before, book(server), () -> "seed " + seed);
      }
    }
  }

  /// With the reasons, should rows be refused.
  private static JsonNode told(ImportNode node, JsonNode one) throws Exception {
    if (one.at("/counts/refused").asInt() > 0) {
      System.err.println(
          node.server.get("/imports/" + one.get("id").asLong() + "/refusals").body());
    }
    return one;
  }

  private static long made(RouteServer server, String path, String draft) throws Exception {
    HttpResponse<String> created = server.send("POST", path, draft);
    assertEquals(201, created.statusCode(), () -> draft + created.body());
    return RouteServer.json(created).get("id").asLong();
  }

  private String words() {
    StringBuilder words = new StringBuilder(WORDS.get(random.nextInt(WORDS.size())));
    for (int more = random.nextInt(4); more > 0; more--) {
      words.append(' ').append(WORDS.get(random.nextInt(WORDS.size())));
    }
    return words.toString();
  }

  private String lines() {
    return random.nextBoolean() ? words() : words() + "\n" + words();
  }

  private ObjectNode draft(int i, boolean isOrganisation, List<Long> groups, List<Long> fields) {
    ObjectNode draft = Json.mapper().createObjectNode();
    draft.put("kind", isOrganisation ? "organisation" : "person");
    draft.put("name", words() + " " + i);
    if (random.nextBoolean()) {
      draft.put("category", words());
    }
    if (random.nextBoolean()) {
      draft.put("address", lines());
    }
    int numbers = random.nextInt(4);
    ArrayNode all = draft.putArray("numbers");
    for (int n = 0; n < numbers; n++) {
      ObjectNode number = all.addObject();
      number.put("number", "+98912%05d%02d".formatted(i, n));
      number.put("type", List.of("MOBILE", "WORK", "HOME", "FAX", "OTHER").get(random.nextInt(5)));
      number.put("label", random.nextBoolean() ? "" : WORDS.get(random.nextInt(WORDS.size())));
      number.put("priority", random.nextInt(3));
      number.put("main", n == numbers - 1);
    }
    ArrayNode emails = draft.putArray("emails");
    for (int n = random.nextInt(3); n > 0; n--) {
      emails.add("P%d.%d@example.ir".formatted(i, n));
    }
    ArrayNode members = draft.putArray("groups");
    groups.stream().filter(_ -> random.nextBoolean()).forEach(members::add);
    ObjectNode texts = draft.putObject("fields");
    NAMES.stream().filter(_ -> random.nextInt(4) == 0).forEach(name -> texts.put(name, lines()));
    ArrayNode values = draft.putArray("values");
    if (random.nextBoolean()) {
      value(values, fields.get(0), random.nextBoolean() ? "1370-05-12" : "1991-08-03");
    }
    for (int n = random.nextInt(3); n > 0; n--) {
      value(values, fields.get(1), n + " " + lines());
    }
    if (random.nextBoolean()) {
      value(
          values,
          fields.get(2),
          List.of("-12.5", "0", "123456789012345678901").get(random.nextInt(3)));
    }
    for (int n = random.nextInt(3); n > 0; n--) {
      value(values, fields.get(3), "+9821910010%02d".formatted(n));
    }
    return draft;
  }

  private static void value(ArrayNode values, long field, String text) {
    values.addObject().put("field", field).put("value", text);
  }

  /// Each profile without what is of the time and place of its making, by name.
  private static TreeMap<String, String> book(RouteServer server) throws Exception {
    TreeMap<String, String> book = new TreeMap<>();
    Map<Long, String> groups = new HashMap<>();
    for (JsonNode group : RouteServer.json(server.get("/profile-groups")).get("items")) {
      groups.put(group.get("id").asLong(), group.get("name").asText());
    }
    JsonNode page = RouteServer.json(server.get("/profiles?limit=200"));
    for (JsonNode profile : page.get("items")) {
      ObjectNode same = profile.deepCopy();
      same.remove(List.of("id", "version", "createdAt", "updatedAt", "organisation", "groups"));
      Set<String> names = new TreeSet<>();
      profile.path("groups").forEach(id -> names.add(groups.get(id.asLong())));
      same.put("groups", names.toString());
      book.put(same.get("name").asText(), same.toString());
    }
    return book;
  }
}
