package io.tamas.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.web.Cursor;
import io.tamas.web.RouteServer;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Profiles that may be the same; the server of the test holds each answer against the contract.
class DuplicatesIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(DuplicatesIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private static RouteServer server;

  @BeforeAll
  static void start() throws Exception {
    Profiles profiles = new Profiles(DATABASE, () -> Contents.NUMBERS);
    server =
        RouteServer.start(
            VERTX,
            new ProfileRoutes(profiles, () -> Contents.NUMBERS),
            new DuplicateRoutes(new Duplicates(DATABASE)));
  }

  @AfterAll
  static void close() throws Exception {
    server.close();
    DATABASE.close().await(5, TimeUnit.SECONDS);
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @BeforeEach
  void empty() {
    run("truncate profile restart identity cascade");
  }

  private static void eachReasonOnce() throws Exception {
    created("{'kind':'person','name':'Sara','numbers':[{'number':'09121234567'}]}");
    created("{'kind':'person','name':'S. A.','numbers':[{'number':'+989121234567'}]}");
    created("{'kind':'person','name':'علی‌رضا','emails':['ali@example.ir']}");
    created("{'kind':'person','name':'Reza','emails':['x@example.ir','ALI@example.ir']}");
    created("{'kind':'person','name':'علي‌رضا'}");
    created("{'kind':'organisation','name':'Acme'}");
    created("{'kind':'person','name':'Maryam Karimi','organisation':6}");
    created("{'kind':'person','name':'Maryam Karimii','organisation':6}");
    created("{'kind':'person','name':'Maryam Karimiii'}");
    created("{'kind':'person','name':'Nobody Else','numbers':[{'number':'09120000009'}]}");
  }

  @Test
  void profilesAreFoundByWhatTheyHaveInCommonTheSurestFirst() throws Exception {
    eachReasonOnce();
    assertEquals(
        List.of("NUMBER 1 2", "EMAIL 3 4", "NAME 3 5", "SIMILAR_NAME 7 8"),
        groups(get("/profiles/duplicates")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void allPagesTogetherAreTheList(int limit) throws Exception {
    eachReasonOnce();
    List<String> all = new ArrayList<>();
    String next = "";
    for (int page = 0; page < 20; page++) {
      JsonNode answer = get("/profiles/duplicates?limit=" + limit + next);
      assertTrue(answer.get("items").size() <= limit);
      all.addAll(groups(answer));
      if (!answer.has("next")) {
        break;
      }
      next = "&cursor=" + answer.get("next").asText();
    }
    assertEquals(groups(get("/profiles/duplicates")), all);
  }

  @Test
  void whatHasSeveralReasonsIsThereOnceWithAllOfThem() throws Exception {
    String sara =
        "{'kind':'person','name':'سارا','numbers':[{'number':'09121234567'}],'emails':['s@example.ir']}";
    created(sara);
    created(sara.replace("s@", "S@"));
    assertEquals(List.of("NUMBER EMAIL NAME 1 2"), groups(get("/profiles/duplicates")));
  }

  @Test
  void whatIsNotTheSameIsNotListedUntilThatIsTakenBack() throws Exception {
    for (int i = 0; i < 3; i++) {
      created("{'kind':'person','name':'Family','numbers':[{'number':'02191001000'}]}");
    }
    sent(204, "PUT", "/profiles/2/not-same-as/1");
    sent(204, "PUT", "/profiles/1/not-same-as/2");
    assertEquals(List.of("NUMBER NAME 1 2 3"), groups(get("/profiles/duplicates")));
    sent(204, "PUT", "/profiles/1/not-same-as/3");
    assertEquals(List.of("NUMBER NAME 2 3"), groups(get("/profiles/duplicates")));
    sent(204, "PUT", "/profiles/3/not-same-as/2");
    assertEquals(List.of(), groups(get("/profiles/duplicates")));
    sent(204, "DELETE", "/profiles/1/not-same-as/2");
    assertEquals(List.of("NUMBER NAME 1 2"), groups(get("/profiles/duplicates")));
  }

  @Test
  void aNumberOfVeryManyIsOneGroup() throws Exception {
    for (int i = 0; i < 12; i++) {
      created("{'kind':'person','name':'P " + i + "','numbers':[{'number':'02191001000'}]}");
    }
    JsonNode group = get("/profiles/duplicates").at("/items/0");
    assertEquals(10, group.get("profiles").size());
    assertTrue(group.get("more").asBoolean());
  }

  @Test
  void thoseBehindTensOfThousandsOfOthersAreFound() throws Exception {
    run(
        """
        insert into profile (kind, name, search, fields)
        select 'person', 'P ' || n, to_char(n, 'FM000000'), '{}' from generate_series(1, 60000) n
        """);
    run(
        """
        insert into profile_number (profile, position, number, label, priority)
        select id, 1, '+98912' || to_char(id, 'FM0000000'), '', 0 from profile
        """);
    run(
        """
        insert into profile_number (profile, position, number, label, priority)
        select id, 2, '+989129999999', '', 0 from profile where id in (7, 59000)
        """);
    assertEquals(List.of("NUMBER 7 59000"), groups(get("/profiles/duplicates?limit=1")));
    assertEquals(List.of("NUMBER 7 59000"), groups(get("/profiles/duplicates")));
  }

  @Test
  void addressesAreThoseThatProfilesHaveNow() throws Exception {
    created("{'kind':'person','name':'A','emails':['a@example.ir']}");
    created("{'kind':'person','name':'B','emails':['b@example.ir']}");
    assertEquals(List.of(), groups(get("/profiles/duplicates")));
    String same = "{\"kind\":\"person\",\"name\":\"B\",\"emails\":[\"A@Example.ir\"]}";
    assertEquals(200, server.send("PUT", "/profiles/2", same).statusCode());
    assertEquals(List.of("EMAIL 1 2"), groups(get("/profiles/duplicates")));
    String none = "{\"kind\":\"person\",\"name\":\"B\"}";
    assertEquals(200, server.send("PUT", "/profiles/2", none).statusCode());
    assertEquals(List.of(), groups(get("/profiles/duplicates")));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /profiles/duplicates?limit=0, 400",
    "GET, /profiles/duplicates?limit=201, 400",
    "GET, /profiles/duplicates?cursor=AAAA, 400",
    "PUT, /profiles/1/not-same-as/1, 400",
    "DELETE, /profiles/1/not-same-as/1, 400",
    "PUT, /profiles/1/not-same-as/99, 404",
    "PUT, /profiles/99/not-same-as/1, 404",
    "PUT, /profiles/1/not-same-as/x, 400",
    "DELETE, /profiles/1/not-same-as/99, 204"
  })
  void badInputIsRefused(String method, String path, int status) throws Exception {
    created("{'kind':'person','name':'Sara'}");
    sent(status, method, path);
  }

  @Test
  void aCursorOfAnotherListIsRefused() throws Exception {
    for (Cursor cursor :
        List.of(
            Cursor.of("duplicates", "AGE", 0, 0, ""),
            Cursor.of("duplicates", "NAME", "x", 0, ""),
            Cursor.of("duplicates", "NAME", 0, 0),
            Cursor.of("profiles", 1, "sara"))) {
      sent(400, "GET", "/profiles/duplicates?cursor=" + cursor.text());
    }
  }

  /// No group is looked for by reading and sorting all profiles.
  @ParameterizedTest
  @CsvSource({
    "number, profile, profile_number",
    "email, profile, profile_email",
    "search, id, profile"
  })
  void groupsAreReadFromAnIndexInItsOrder(String key, String id, String table) {
    many();
    for (boolean until : new boolean[] {false, true}) {
      Tuple values = Tuple.of("", 50);
      if (until) {
        values.addString("z");
      }
      String plan = plan(Duplicates.walk(key, id, table, until), values);
      assertTrue(plan.contains("Index"), plan);
      assertFalse(plan.contains("Seq Scan") || plan.contains("Sort"), plan);
    }
  }

  @Test
  void personsAreReadFromAnIndexInItsOrder() {
    many();
    String plan = plan(Duplicates.SIMILAR, Tuple.of(0L, "", 0L, 50));
    assertTrue(plan.contains("profile_of_organisation"), plan);
    assertFalse(plan.contains("Seq Scan"), plan);
  }

  private static void many() {
    run(
        """
        insert into profile (kind, name, search, fields, organisation, emails_search)
        select 'person', 'p' || n, 'p' || n, '{}', n / 10, 'p' || n || '@example.ir'
        from generate_series(1, 20000) n
        """);
    run(
        """
        insert into profile_number (profile, position, number, label, priority)
        select id, 1, '+98912' || to_char(id, 'FM0000000'), '', 0 from profile
        """);
    run("vacuum analyze profile, profile_number, profile_email");
  }

  private static String plan(String sql, Tuple values) {
    StringBuilder plan = new StringBuilder();
    for (Row row :
        DATABASE.await(
            DATABASE.pool().preparedQuery("explain (costs off) " + sql).execute(values))) {
      plan.append(row.getString(0)).append('\n');
    }
    return plan.toString();
  }

  private static List<String> groups(JsonNode page) {
    List<String> groups = new ArrayList<>();
    for (JsonNode group : page.get("items")) {
      List<String> words = new ArrayList<>();
      group.get("reasons").forEach(reason -> words.add(reason.asText()));
      group.get("profiles").forEach(profile -> words.add(profile.get("id").asText()));
      groups.add(String.join(" ", words));
    }
    return groups;
  }

  private static void created(String draft) throws Exception {
    HttpResponse<String> answer = server.send("POST", "/profiles", draft.replace('\'', '"'));
    assertEquals(201, answer.statusCode(), answer.body());
  }

  private static void sent(int status, String method, String path) throws Exception {
    HttpResponse<String> answer = server.send(method, path, "");
    assertEquals(status, answer.statusCode(), answer.body());
  }

  private static JsonNode get(String path) throws Exception {
    HttpResponse<String> answer = server.get(path);
    assertEquals(200, answer.statusCode(), answer.body());
    return RouteServer.json(answer);
  }

  private static void run(String sql) {
    DATABASE.await(DATABASE.pool().query(sql).execute());
  }
}
