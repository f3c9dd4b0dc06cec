package io.tamas.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.undo.UndoRoutes;
import io.tamas.undo.Undoable;
import io.tamas.web.Contract;
import io.tamas.web.RouteServer;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Profiles that become one; the server of the test holds each answer against the contract.
class ProfileMergeIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(ProfileMergeIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private static final Profiles PROFILES = new Profiles(DATABASE, () -> Contents.NUMBERS);
  private static final SimpleMeterRegistry REGISTRY = new SimpleMeterRegistry();
  private static RouteServer server;

  @BeforeAll
  static void start() throws Exception {
    List<Undoable> kinds = List.of(new UndoneMerges(PROFILES), new DeletedProfiles());
    server =
        RouteServer.start(
            VERTX,
            new ProfileRoutes(PROFILES, () -> Contents.NUMBERS),
            new ContactNoteRoutes(PROFILES, new ContactNotes(DATABASE)),
            new ProfileMergeRoutes(new ProfileMerges(DATABASE, PROFILES), REGISTRY),
            new DuplicateRoutes(new Duplicates(DATABASE)),
            new UndoRoutes(DATABASE, Contract.load(), kinds));
  }

  @AfterAll
  static void close() throws Exception {
    server.close();
    DATABASE.close().await(5, TimeUnit.SECONDS);
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @BeforeEach
  void empty() throws Exception {
    run("truncate profile, profile_merge, trash, event restart identity cascade");
    created(
        "{'kind':'person','name':'Sara','numbers':[{'number':'09121234567'}],'category':'customer'}");
    created(
        "{'kind':'person','name':'S. Ahmadi','numbers':[{'number':'02191001000'}],'emails':['s@example.ir'],'category':'partner'}");
    note(1, "یک");
    note(2, "two");
  }

  @Test
  void oneStaysAndHasWhatBothHad() throws Exception {
    double before = REGISTRY.counter("tamas.profiles.merged").count();
    HttpResponse<String> merged = merged(200, 1, "{'profile':2}");
    JsonNode sara = json(merged).get("profile");
    assertEquals("Sara", sara.get("name").asText());
    assertEquals(2, sara.get("version").asInt());
    assertEquals("\"2\"", merged.headers().firstValue("etag").orElse(""));
    assertEquals(2, sara.get("numbers").size());
    assertEquals("s@example.ir", sara.at("/emails/0").asText());
    assertEquals(
        List.of("NAME Sara S. Ahmadi", "CATEGORY customer partner"), conflicts(json(merged)));
    assertEquals(sara, get("/profiles/1"));
    assertEquals(sara, get("/profiles/2"));
    assertEquals(List.of("two", "یک"), notes(1));
    assertEquals(List.of("two", "یک"), notes(2));
    assertEquals(1, get("/profiles").get("items").size());
    assertEquals(1, get("/profiles?search=02191001000").at("/items/0/id").asInt());
    assertEquals(before + 1, REGISTRY.counter("tamas.profiles.merged").count());
  }

  @Test
  void whoFollowsEventsLearnsOfBoth() throws Exception {
    run("truncate event");
    merged(200, 1, "{'profile':2}");
    List<String> types = new ArrayList<>();
    DATABASE
        .await(
            DATABASE
                .pool()
                .query(
                    """
                    select type || ' ' || subject || coalesce(' ' || (data::jsonb ->> 'mergedInto'), '')
                    from event order by id
                    """)
                .execute())
        .forEach(row -> types.add(row.getString(0)));
    assertEquals(List.of("profile.deleted profile:2 1", "profile.updated profile:1"), types);
  }

  @Test
  void mergingIsOneRowOfTheLogOfChanges() throws Exception {
    long before = count("audit");
    merged(200, 1, "{'profile':2}");
    assertEquals(before + 1, count("audit"));
    assertEquals(
        "merged profile:2 1",
        DATABASE
            .await(
                DATABASE
                    .pool()
                    .query(
                        """
                        select action || ' ' || subject || ' ' || (after ->> 'into') as row
                        from audit order by id desc limit 1
                        """)
                    .execute())
            .iterator()
            .next()
            .getString("row"));
  }

  @Test
  void whatIsTakenIsTheOthers() throws Exception {
    JsonNode merged = json(merged(200, 1, "{'profile':2,'take':['NAME']}"));
    assertEquals("S. Ahmadi", merged.at("/profile/name").asText());
    assertEquals("customer", merged.at("/profile/category").asText());
  }

  @Test
  void aDryRunChangesNothing() throws Exception {
    JsonNode one = get("/profiles/1");
    JsonNode merged = json(merged(200, 1, "{'profile':2,'dryRun':true}"));
    assertEquals(2, merged.at("/profile/numbers").size());
    assertEquals(2, merged.get("conflicts").size());
    assertEquals(one, get("/profiles/1"));
    assertEquals("S. Ahmadi", get("/profiles/2").get("name").asText());
  }

  @Test
  void anIdLeadsOnHoweverOftenItWasMerged() throws Exception {
    created("{'kind':'person','name':'Third'}");
    merged(200, 2, "{'profile':1}");
    merged(200, 3, "{'profile':2}");
    for (int id = 1; id <= 3; id++) {
      assertEquals(3, get("/profiles/" + id).get("id").asInt());
      assertEquals(2, notes(id).size());
    }
    MergedIds merged = new MergedIds(DATABASE);
    assertEquals(Map.of(1L, 3L, 2L, 3L), merged.into(List.of(1L, 2L, 3L, 9L)));
    assertEquals(List.of(3L, 2L, 1L), merged.all(1));
  }

  @Test
  void whatIsMergedIsWrittenNoMoreButNothingIsLost() throws Exception {
    merged(200, 1, "{'profile':2}");
    String draft = "{\"kind\":\"person\",\"name\":\"x\"}";
    for (HttpResponse<String> refused :
        List.of(
            server.send("PUT", "/profiles/2", draft),
            server.send("DELETE", "/profiles/2", ""),
            merged(409, 2, "{'profile':1}"),
            merged(409, 1, "{'profile':2}"))) {
      assertEquals(409, refused.statusCode(), refused.body());
      assertTrue(refused.body().contains("profile 2 was merged into profile 1"), refused.body());
    }
    note(2, "three");
    assertEquals(List.of("three", "two", "یک"), notes(1));
    HttpResponse<String> added =
        server.send("POST", "/profiles/2/numbers", "{\"number\":\"09120000001\"}");
    assertEquals(200, added.statusCode(), added.body());
    assertEquals(1, RouteServer.json(added).get("id").asInt());
  }

  @Test
  void personsBelongToTheOrganisationThatStays() throws Exception {
    created("{'kind':'organisation','name':'Acme'}");
    created("{'kind':'organisation','name':'ACME Ltd'}");
    created("{'kind':'person','name':'Reza','organisation':4}");
    merged(200, 3, "{'profile':4}");
    assertEquals("Acme", get("/profiles/5").get("organisationName").asText());
    assertEquals(1, get("/profiles?organisation=4").get("items").size());
    merged(409, 3, "{'profile':1}");
  }

  @Test
  void aCallThatEndsLaterIsAContactWithTheOneThatStays() throws Exception {
    merged(200, 1, "{'profile':2}");
    Instant at = Instant.now().truncatedTo(ChronoUnit.MICROS);
    DATABASE.inTransaction(tx ->
        tx.await(LastContacts.store(tx.connection(), Map.of(2L, at, 1L, at.minusSeconds(5)))));
    Instant stored =
        DATABASE
            .await(DATABASE.pool().query("select last_contact from profile where id = 1").execute())
            .iterator()
            .next()
            .getOffsetDateTime(0)
            .toInstant();
    assertEquals(at, stored);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'profile':1}",
        "{'profile':0}",
        "{'profile':'two'}",
        "{'profile':99}",
        "{'profile':2,'take':['AGE']}",
        "{'profile':2,'take':'NAME'}",
        "{'profile':2,'takeFields':['']}",
        "{'profile':2,'takeValues':[-1]}",
        "{'profile':2,'version':0}",
        "{'profile':2,'dryRun':'no'}",
        "{'profile':2,'more':1}"
      })
  void badInputIsRefused(String body) throws Exception {
    merged(422, 1, body);
    assertEquals("Sara", get("/profiles/1").get("name").asText());
    assertEquals("S. Ahmadi", get("/profiles/2").get("name").asText());
  }

  @Test
  void whatHasChangedSinceIsRefused() throws Exception {
    HttpResponse<String> mine =
        server.send("POST", "/profiles/1/merge", "{\"profile\":2}", "if-match", "\"7\"");
    assertEquals(412, mine.statusCode());
    assertTrue(merged(412, 1, "{'profile':2,'version':7}").body().contains("profile 2"));
    merged(404, 99, "{'profile':2}");
    merged(200, 1, "{'profile':2,'version':1}");
  }

  /// Of two that cross one is first, and the other is told so.
  @Test
  void mergesAtOnceAreOneAfterTheOther() throws Exception {
    try (ExecutorService editors = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 5; round++) {
        empty();
        List<Callable<Integer>> crossing =
            List.of(
                () -> server.send("POST", "/profiles/1/merge", "{\"profile\":2}").statusCode(),
                () -> server.send("POST", "/profiles/2/merge", "{\"profile\":1}").statusCode());
        List<Integer> told =
            editors.invokeAll(crossing).stream().map(Future::resultNow).sorted().toList();
        assertEquals(List.of(200, 409), told);
        assertEquals(1, get("/profiles").get("items").size());
        assertEquals(get("/profiles/1"), get("/profiles/2"));
        assertEquals(2, notes(1).size());
      }
    }
  }

  @Test
  void whatWasMergedIsPartedAgain() throws Exception {
    created("{'kind':'person','name':'Third'}");
    assertEquals(204, server.send("PUT", "/profiles/2/not-same-as/3", "").statusCode());
    JsonNode one = get("/profiles/1");
    JsonNode two = get("/profiles/2");
    String undo = undoOf(merged(200, 1, "{'profile':2,'take':['NAME']}"));
    note(1, "later");
    HttpResponse<String> parted = server.send("POST", "/undo/" + undo, "");
    assertEquals(200, parted.statusCode(), parted.body());
    assertEquals("profile:2", RouteServer.json(parted).get("subject").asText());
    assertEquals(two, get("/profiles/2"));
    assertEquals(one.get("name"), get("/profiles/1").get("name"));
    assertEquals(one.get("numbers"), get("/profiles/1").get("numbers"));
    assertEquals(List.of("later", "یک"), notes(1));
    assertEquals(List.of("two"), notes(2));
    assertEquals(1, count("profile_distinct"));
    assertEquals(0, count("profile_merge"));
    assertEquals(404, server.send("POST", "/undo/" + undo, "").statusCode());
  }

  @Test
  void whatWasWrittenSinceIsNotParted() throws Exception {
    String undo = undoOf(merged(200, 1, "{'profile':2}"));
    server.send("POST", "/profiles/1/numbers", "{\"number\":\"09120000001\"}");
    HttpResponse<String> refused = server.send("POST", "/undo/" + undo, "");
    assertEquals(409, refused.statusCode());
    assertTrue(refused.body().contains("profile 1 was written"), refused.body());
    assertFalse(get("/profiles/1").get("numbers").isEmpty());
  }

  @Test
  void nothingOfAPersonIsLeftWhenTheOneThatStayedIsDeleted() throws Exception {
    merged(200, 1, "{'profile':2}");
    assertEquals(204, server.send("DELETE", "/profiles/1", "").statusCode());
    assertEquals(404, server.get("/profiles/1").statusCode());
    assertEquals(404, server.get("/profiles/2").statusCode());
    run("truncate trash cascade");
    assertEquals(0, count("profile_note"));
    assertEquals(0, count("profile_email"));
    assertEquals(0, count("profile_number"));
  }

  private static String undoOf(HttpResponse<String> merged) {
    return merged.headers().firstValue("undo-id").orElseThrow();
  }

  private static HttpResponse<String> merged(int status, long id, String body) throws Exception {
    HttpResponse<String> answer =
        server.send("POST", "/profiles/" + id + "/merge", body.replace('\'', '"'));
    assertEquals(status, answer.statusCode(), answer.body());
    return answer;
  }

  private static List<String> conflicts(JsonNode merged) {
    List<String> conflicts = new ArrayList<>();
    merged
        .get("conflicts")
        .forEach(one ->
            conflicts.add(
                String.join(
                    " ",
                    one.get("of").asText(),
                    one.get("kept").asText(),
                    one.get("dropped").asText())));
    return conflicts;
  }

  private static List<String> notes(long id) throws Exception {
    List<String> texts = new ArrayList<>();
    get("/profiles/" + id + "/notes")
        .get("items")
        .forEach(one -> texts.add(one.get("text").asText()));
    return texts;
  }

  private static void note(long id, String text) throws Exception {
    HttpResponse<String> answer =
        server.send("POST", "/profiles/" + id + "/notes", "{\"text\":\"" + text + "\"}");
    assertEquals(201, answer.statusCode(), answer.body());
  }

  private static void created(String draft) throws Exception {
    HttpResponse<String> answer = server.send("POST", "/profiles", draft.replace('\'', '"'));
    assertEquals(201, answer.statusCode(), answer.body());
  }

  private static JsonNode get(String path) throws Exception {
    HttpResponse<String> answer = server.get(path);
    assertEquals(200, answer.statusCode(), answer.body());
    return RouteServer.json(answer);
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return RouteServer.json(answer);
  }

  private static void run(String sql) {
    DATABASE.await(DATABASE.pool().query(sql).execute());
  }

  private static long count(String table) {
    return DATABASE
        .await(DATABASE.pool().query("select count(*) from " + table).execute())
        .iterator()
        .next()
        .getLong(0);
  }
}
