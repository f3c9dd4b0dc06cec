package io.tamas.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Profiles that are parted again after others worked with them.
class UndoneMergesIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(UndoneMergesIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private static RouteServer server;

  @BeforeAll
  static void start() throws Exception {
    Profiles profiles = new Profiles(DATABASE, () -> Contents.NUMBERS);
    List<Undoable> kinds =
        List.of(
            new UndoneMerges(profiles),
            new DeletedProfiles(),
            new DeletedNotes(),
            new DeletedGroups(),
            new DeletedFields());
    server =
        RouteServer.start(
            VERTX,
            new ProfileRoutes(profiles, () -> Contents.NUMBERS),
            new ContactNoteRoutes(profiles, new ContactNotes(DATABASE)),
            new ProfileGroupRoutes(new ProfileGroups(DATABASE)),
            new ProfileFieldRoutes(new ProfileFields(DATABASE)),
            new ProfileMergeRoutes(
                new ProfileMerges(DATABASE, profiles), new SimpleMeterRegistry()),
            new DuplicateRoutes(new Duplicates(DATABASE)),
            new UndoRoutes(DATABASE, Contract.load(), kinds));
  }

  @AfterAll
  static void close() throws Exception {
    server.close();
    DATABASE.close().await(5, TimeUnit.SECONDS);
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  /// Organisations 1 and 2; person 3 belongs to the second.
  @BeforeEach
  void empty() throws Exception {
    run("truncate profile, profile_group, profile_field, user_account restart identity cascade");
    run("truncate profile_merge, trash, event restart identity cascade");
    created("/profiles", "{'kind':'organisation','name':'Acme'}");
    created("/profiles", "{'kind':'organisation','name':'ACME Ltd'}");
    created("/profiles", "{'kind':'person','name':'Reza','organisation':2}");
  }

  @Test
  void personsComeBackToTheirOrganisation() throws Exception {
    undone(merged(1, 2));
    assertEquals(2, organisation(3));
    assertEquals("restored profile:2", lastOfTheLog());
  }

  @Test
  void theOwnerOfTheOtherWasDeletedSince() throws Exception {
    Owners.add(DATABASE, "sara", "101");
    created("/profiles", "{'kind':'person','name':'A'}");
    created("/profiles", "{'kind':'person','name':'B','owner':'sara'}");
    String undo = merged(4, 5);
    run("delete from user_account");
    undone(undo);
    assertEquals("B", get("/profiles/5").get("name").asText());
    assertFalse(get("/profiles/5").has("owner"));
  }

  @Test
  void whatTheOneThatStayedHadWasDeletedSince() throws Exception {
    Owners.add(DATABASE, "sara", "101");
    created("/profile-groups", "{'name':'vip'}");
    created("/profile-fields", "{'name':'shoe','type':'NUMBER'}");
    created("/profiles", "{'kind':'organisation','name':'Pars'}");
    created(
        "/profiles",
        "{'kind':'person','name':'A','organisation':4,'owner':'sara','groups':[1],'values':[{'field':1,'value':'42'}]}");
    created("/profiles", "{'kind':'person','name':'B'}");
    String undo = merged(5, "{'profile':6,'take':['NAME']}");
    for (String path : List.of("/profile-groups/1", "/profile-fields/1", "/profiles/4")) {
      deleted(path);
    }
    run("delete from user_account");
    undone(undo);
    JsonNode left = get("/profiles/5");
    assertEquals("A", left.get("name").asText());
    assertEquals(List.of(), left.findValues("organisation"));
    assertEquals("B", get("/profiles/6").get("name").asText());
  }

  @Test
  void whoWasGivenAnotherOrganisationKeepsIt() throws Exception {
    created("/profiles", "{'kind':'organisation','name':'Pars'}");
    String undo = merged(1, 2);
    sent(200, "PUT", "/profiles/3", "{'kind':'person','name':'Reza','organisation':4}");
    undone(undo);
    assertEquals(4, organisation(3));
  }

  @Test
  void whoBecameAnOrganisationBelongsToNone() throws Exception {
    String undo = merged(1, 2);
    sent(200, "PUT", "/profiles/3", "{'kind':'organisation','name':'Reza'}");
    undone(undo);
    assertFalse(get("/profiles/3").has("organisation"));
  }

  @Test
  void whoWasDeletedBeforeTheMergeComesBackToTheOneThatStays() throws Exception {
    String person = deleted("/profiles/3");
    String merge = merged(1, 2);
    undone(person);
    assertEquals(1, organisation(3));
    undone(merge);
    assertEquals(2, organisation(3));
  }

  @Test
  void whoWasDeletedAfterTheMergeComesBackToTheOther() throws Exception {
    String merge = merged(1, 2);
    String person = deleted("/profiles/3");
    undone(merge);
    undone(person);
    assertEquals(2, organisation(3));
  }

  @Test
  void aNoteThatWasDeletedIsAboutWhomItWas() throws Exception {
    created("/profiles/2/notes", "{'text':'before'}");
    created("/profiles/2/notes", "{'text':'after'}");
    String before = deleted("/profiles/2/notes/1");
    String merge = merged(1, 2);
    undone(before);
    assertEquals(2, get("/profiles/1/notes").get("items").size());
    String after = deleted("/profiles/1/notes/2");
    undone(merge);
    undone(after);
    assertEquals(0, get("/profiles/1/notes").get("items").size());
    assertEquals(2, get("/profiles/2/notes").get("items").size());
  }

  @Test
  void whoIsNotTheSameIsSoAfterADeletion() throws Exception {
    sent(204, "PUT", "/profiles/1/not-same-as/2", "");
    undone(deleted("/profiles/1"));
    assertEquals(1, count("profile_distinct"));
  }

  private static int organisation(long person) throws Exception {
    return get("/profiles/" + person).get("organisation").asInt();
  }

  private static String merged(long into, long other) throws Exception {
    return merged(into, "{'profile':" + other + "}");
  }

  private static String merged(long into, String body) throws Exception {
    return offered(sent(200, "POST", "/profiles/" + into + "/merge", body));
  }

  private static String deleted(String path) throws Exception {
    return offered(sent(204, "DELETE", path, ""));
  }

  private static String offered(HttpResponse<String> answer) {
    return answer.headers().firstValue("undo-id").orElseThrow();
  }

  private static void undone(String id) throws Exception {
    sent(200, "POST", "/undo/" + id, "");
  }

  private static void created(String path, String body) throws Exception {
    sent(201, "POST", path, body);
  }

  private static JsonNode get(String path) throws Exception {
    return RouteServer.json(server.get(path));
  }

  private static HttpResponse<String> sent(int status, String method, String path, String body)
      throws Exception {
    HttpResponse<String> answer = server.send(method, path, body.replace('\'', '"'));
    assertEquals(status, answer.statusCode(), answer.body());
    return answer;
  }

  private static String lastOfTheLog() {
    return text("select action || ' ' || subject as text from audit order by id desc limit 1");
  }

  private static String text(String sql) {
    return DATABASE.await(DATABASE.pool().query(sql).execute()).iterator().next().getString("text");
  }

  private static long count(String table) {
    return Long.parseLong(text("select count(*)::text as text from " + table));
  }

  private static void run(String sql) {
    DATABASE.await(DATABASE.pool().query(sql).execute());
  }
}
