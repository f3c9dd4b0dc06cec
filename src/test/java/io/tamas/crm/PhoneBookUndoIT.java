package io.tamas.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.undo.TrashRounds;
import io.tamas.undo.UndoRoutes;
import io.tamas.undo.Undoable;
import io.tamas.web.Contract;
import io.tamas.web.Principal;
import io.tamas.web.Problem;
import io.tamas.web.Role;
import io.tamas.web.RouteServer;
import io.tamas.web.Scope;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is deleted in the phone book comes back, for who has deleted it, and else for nobody.
class PhoneBookUndoIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(PhoneBookUndoIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private static final List<Undoable> KINDS =
      List.of(new DeletedProfiles(), new DeletedNotes(), new DeletedGroups(), new DeletedFields());

  /// Who has signed in, by key.
  private static final Map<String, Principal> SIGNED_IN = new ConcurrentHashMap<>();

  private static RouteServer server;

  @BeforeAll
  static void start() throws Exception {
    Profiles profiles = new Profiles(DATABASE, () -> Contents.NUMBERS);
    server =
        RouteServer.startFor(
            VERTX,
            key ->
                Optional.ofNullable(SIGNED_IN.get(key))
                    .map(Future::succeededFuture)
                    .orElseGet(() -> Future.failedFuture(Problem.unauthorized("unknown"))),
            new ProfileRoutes(profiles, () -> Contents.NUMBERS),
            new ContactNoteRoutes(profiles, new ContactNotes(DATABASE)),
            new ProfileGroupRoutes(new ProfileGroups(DATABASE)),
            new ProfileFieldRoutes(new ProfileFields(DATABASE)),
            new UndoRoutes(DATABASE, Contract.load(), KINDS));
  }

  @AfterAll
  static void close() throws Exception {
    server.close();
    DATABASE.close().await(5, TimeUnit.SECONDS);
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @BeforeEach
  void empty() {
    run("truncate profile, profile_group, profile_field restart identity cascade");
    run("truncate trash, event restart identity cascade");
    SIGNED_IN.clear();
    SIGNED_IN.put("test", new Principal("test", EnumSet.allOf(Scope.class)));
    SIGNED_IN.put("other", new Principal("other", EnumSet.allOf(Scope.class)));
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

  private static HttpResponse<String> sent(int status, String method, String path, String body)
      throws Exception {
    HttpResponse<String> answer = server.send(method, path, body);
    assertEquals(status, answer.statusCode(), answer.body());
    return answer;
  }

  private static String deleted(String path) throws Exception {
    HttpResponse<String> answer = sent(204, "DELETE", path, "");
    assertTrue(answer.headers().firstValue("undo-until").orElse("").endsWith("Z"));
    return answer.headers().firstValue("undo-id").orElseThrow();
  }

  private static JsonNode undone(String id) throws Exception {
    return RouteServer.json(sent(200, "POST", "/undo/" + id, ""));
  }

  private static String refused(int status, String id) throws Exception {
    return RouteServer.json(sent(status, "POST", "/undo/" + id, "")).get("detail").asText();
  }

  /// Profile 1 of group 1, with a value in field 1 of the group, a note and two numbers.
  private static String sara() throws Exception {
    sent(201, "POST", "/profile-groups", "{\"name\":\"همکاران\"}");
    sent(201, "POST", "/profile-fields", "{\"name\":\"تولد\",\"type\":\"DATE\",\"group\":1}");
    String draft =
        """
        {"kind":"person","name":"سارا احمدی","groups":[1],"emails":["s@example.com"],
         "numbers":[{"number":"0912 123 4567","label":"mobile"},{"number":"021 9100 1000"}],
         "fields":{"شهر":"شیراز"},"values":[{"field":1,"value":"۱۴۰۵/۱/۱"}]}
        """;
    sent(201, "POST", "/profiles", draft);
    sent(201, "POST", "/profiles/1/notes", "{\"text\":\"زنگ زد\"}");
    sent(201, "POST", "/profiles/1/notes", "{\"text\":\"second\"}");
    return server.get("/profiles/1").body();
  }

  @Test
  void aProfileComesBackAsItWas() throws Exception {
    String before = sara();
    String notes = server.get("/profiles/1/notes").body();
    String id = deleted("/profiles/1");
    sent(404, "GET", "/profiles/1", "");
    assertEquals(0, RouteServer.json(server.get("/profiles?search=0912123")).get("items").size());

    assertEquals("{\"kind\":\"profile\",\"subject\":\"profile:1\"}", undone(id).toString());
    assertEquals(before, server.get("/profiles/1").body());
    assertEquals(notes, server.get("/profiles/1/notes").body());
    assertEquals(1, RouteServer.json(server.get("/profiles?search=0912123")).get("items").size());
    assertEquals(
        List.of("profile.created", "note.created", "note.created", "profile.deleted"),
        events().stream().filter(type -> !type.startsWith("phone-book")).limit(4).toList());
    assertEquals("profile.created", events().getLast(), "caches are told");
    assertEquals(0, count("trash"));
    assertEquals(0, count("trash_row"));
  }

  @Test
  void theAuditLogSaysWhatWasDoneAndKeepsNothingOfAnybody() throws Exception {
    long before = count("audit");
    sara();
    sent(
        200,
        "PUT",
        "/profiles/1",
        "{\"kind\":\"person\",\"name\":\"سارا احمدی\",\"groups\":[1],\"address\":\"شیراز\"}");
    undone(deleted("/profiles/1"));
    assertEquals(
        409, server.send("POST", "/profile-groups", "{\"name\":\"همکاران\"}").statusCode());
    List<String> rows = new ArrayList<>();
    DATABASE
        .await(
            DATABASE
                .pool()
                .query(
                    """
                    select actor || ' ' || action || ' ' || subject || coalesce(' ' || after::text, '') as row
                    from audit where kind in ('profile', 'note') order by id
                    """)
                .execute())
        .forEach(row -> rows.add(row.getString("row")));
    assertEquals(
        List.of(
            "key:test created profile:1",
            "key:test created note:1 {\"profile\":1}",
            "key:test created note:2 {\"profile\":1}",
            "key:test updated profile:1 {\"changed\":[\"address\",\"emails\",\"fields\",\"numbers\",\"values\"]}",
            "key:test deleted profile:1",
            "key:test restored profile:1"),
        rows.subList(rows.size() - 6, rows.size()));
    assertEquals(before + 8, count("audit"), "a refusal leaves no row");
    assertEquals(
        0,
        count(
            "audit where coalesce(before::text, '') || coalesce(after::text, '') ~ 'سارا|شیراز|9121234567'"));
  }

  private static List<String> events() {
    List<String> types = new ArrayList<>();
    DATABASE
        .await(DATABASE.pool().query("select type from event order by id").execute())
        .forEach(row -> types.add(row.getString("type")));
    return types;
  }

  @Test
  void aProfileComesBackWithoutAGroupThatIsGone() throws Exception {
    sara();
    String id = deleted("/profiles/1");
    deleted("/profile-groups/1");
    undone(id);
    assertEquals("[]", RouteServer.json(server.get("/profiles/1")).get("groups").toString());
  }

  @Test
  void aProfileThatWasMadeForANumberDoesNotComeBackBesideAnother() throws Exception {
    sara();
    run("update profile set made_for = '+989121234567'");
    String id = deleted("/profiles/1");
    sara2();
    run("update profile set made_for = '+989121234567'");
    assertTrue(refused(409, id).contains("another profile was made for its number"));
    run("update profile set made_for = null");
    undone(id);
  }

  @Test
  void aProfileComesBackWithoutAnOwnerWhoIsGone() throws Exception {
    sara();
    run("insert into user_account (name, role, password) values ('omid', 'OPERATOR', 'x')");
    run("update profile set owner_account = (select id from user_account where name = 'omid')");
    String id = deleted("/profiles/1");
    run("delete from user_account where name = 'omid'");
    undone(id);
    assertFalse(RouteServer.json(server.get("/profiles/1")).has("owner"));
  }

  private static void sara2() throws Exception {
    sent(201, "POST", "/profiles", "{\"kind\":\"person\",\"name\":\"Sara\"}");
  }

  @Test
  void aNoteComesBackUnlessItsProfileIsGone() throws Exception {
    sara();
    String before = server.get("/profiles/1/notes/1").body();
    undone(deleted("/profiles/1/notes/1"));
    assertEquals(before, server.get("/profiles/1/notes/1").body());

    String note = deleted("/profiles/1/notes/1");
    String profile = deleted("/profiles/1");
    assertEquals("changed since: profile 1 was deleted", refused(409, note));
    undone(profile);
    sent(404, "GET", "/profiles/1/notes/1", "");
    sent(200, "GET", "/profiles/1/notes/2", "");
    undone(note);
    assertEquals(before, server.get("/profiles/1/notes/1").body());
  }

  @Test
  void aGroupComesBackWithItsFieldsAndProfiles() throws Exception {
    String before = sara();
    String fields = server.get("/profile-fields").body();
    String id = deleted("/profile-groups/1");
    assertEquals("[]", RouteServer.json(server.get("/profiles/1")).get("groups").toString());
    undone(id);
    assertEquals(before, server.get("/profiles/1").body());
    assertEquals(fields, server.get("/profile-fields").body());
  }

  @Test
  void aGroupWhoseNameIsTakenStaysDeleted() throws Exception {
    sara();
    String id = deleted("/profile-groups/1");
    sent(201, "POST", "/profile-groups", "{\"name\":\"همکاران\"}");
    assertEquals("changed since: another group has the name همکاران", refused(409, id));
  }

  @Test
  void aFieldComesBackWithTheValuesThatItHad() throws Exception {
    String before = sara();
    undone(deleted("/profile-fields/1"));
    assertEquals(before, server.get("/profiles/1").body());

    String id = deleted("/profile-fields/1");
    sent(201, "POST", "/profile-fields", "{\"name\":\"تولد\",\"type\":\"TEXT\",\"group\":1}");
    assertEquals("changed since: another field has the name تولد", refused(409, id));
    deleted("/profile-groups/1");
    assertEquals("changed since: its group was deleted", refused(409, id));
  }

  @Test
  void itIsUndoneOnce() throws Exception {
    sara();
    String id = deleted("/profiles/1");
    undone(id);
    assertTrue(refused(404, id).contains("was done"));
  }

  @Test
  void ofManyAtOnceOneUndoesIt() throws Exception {
    sara();
    String id = deleted("/profiles/1");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> undo = () -> server.send("POST", "/undo/" + id, "").statusCode();
      List<Integer> statuses = new ArrayList<>();
      for (var one : threads.invokeAll(List.of(undo, undo, undo, undo, undo, undo, undo, undo))) {
        statuses.add(one.get());
      }
      assertEquals(1, statuses.stream().filter(status -> status == 200).count(), "" + statuses);
      assertEquals(7, statuses.stream().filter(status -> status == 404).count(), "" + statuses);
    }
    sent(200, "GET", "/profiles/1", "");
  }

  @Test
  void afterTenMinutesItIsGoneForGood() throws Exception {
    sara();
    String id = deleted("/profiles/1");
    run("update trash set until = now() + interval '1 second'");
    TrashRounds.empty(DATABASE, KINDS, new SimpleMeterRegistry());
    undone(id);

    String late = deleted("/profiles/1");
    run("update trash set until = now() - interval '1 second'");
    assertTrue(refused(404, late).contains("10 minutes"));
    run("update trash set until = now() - interval '2 minutes'");
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    TrashRounds.empty(DATABASE, KINDS, metrics);
    assertEquals(0, count("trash"));
    assertEquals(0, count("trash_row"), "nothing personal is left");
    assertEquals(1, metrics.get("tamas.trash.emptied").counter().count());
  }

  @Test
  void nobodyElseUndoesIt() throws Exception {
    sara();
    String id = deleted("/profiles/1");
    HttpResponse<String> other =
        server.sendAsIs("POST", "/undo/" + id, "", "authorization", "Bearer other");
    assertEquals(403, other.statusCode());
    sent(404, "GET", "/profiles/1", "");
  }

  @Test
  void whoMayNoLongerDeleteDoesNotUndoEither() throws Exception {
    sara();
    SIGNED_IN.put("test", user(Role.ADMINISTRATOR));
    String id = deleted("/profiles/1");
    SIGNED_IN.put("test", user(Role.OPERATOR));
    assertTrue(refused(403, id).startsWith("the user needs the role administrator"));
    SIGNED_IN.put("test", user(Role.ADMINISTRATOR));
    undone(id);
  }

  private static Principal user(Role role) {
    return Principal.of(
        new Principal.User("zahra", role, 1, false), Set.of(), Optional.empty(), List.of());
  }

  @Test
  void aRefusedDeletionOffersNothing() throws Exception {
    sara();
    HttpResponse<String> stale = server.send("DELETE", "/profiles/1", "", "if-match", "\"9\"");
    assertEquals(412, stale.statusCode());
    assertFalse(stale.headers().firstValue("undo-id").isPresent());
    assertEquals(0, count("trash"));
    assertFalse(
        server.get("/profiles/1").headers().firstValue("undo-id").isPresent(), "nor does reading");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xT3kPq0mJ8c1Zr5vW7yB2nD4fG6hL9sA-eQ_uI0oYtN",
      })
  void whatWasNeverOfferedIsNotFound(String id) throws Exception {
    sent(404, "POST", "/undo/" + id, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "a", "%27%3B--", "xT3kPq0mJ8c1Zr5vW7yB2nD4fG6hL9sA-eQ_uI0oYt%D9%A1"})
  void whatIsNoIdIsRefused(String id) throws Exception {
    HttpResponse<String> refused = sent(400, "POST", "/undo/" + id, "");
    assertEquals("path:id", RouteServer.json(refused).get("faults").get(0).get("pointer").asText());
  }

  @Test
  void aBodyIsRefused() throws Exception {
    sara();
    String id = deleted("/profiles/1");
    sent(400, "POST", "/undo/" + id, "{}");
  }
}
