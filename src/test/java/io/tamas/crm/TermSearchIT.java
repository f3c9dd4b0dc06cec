package io.tamas.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.config.Config;
import io.tamas.crm.Profile.Kind;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.web.RouteServer;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Search among 10,000 profiles; the server of the test holds each answer against the contract.
class TermSearchIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(TermSearchIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);

  /// Every tenth is an organisation, to which the nine persons after it belong.
  private static final String CROWD =
      """
      with made as (
        insert into profile (id, kind, name, search, folding, category, fields, organisation,
                             emails, emails_search)
        overriding system value
        select 1000000 + n, case when mod(n, 10) = 0 then 'organisation' else 'person' end,
          'مشتری ' || n, 'مشتری ' || n, 1, 'c' || mod(n, 100), '{}',
          case when mod(n, 10) > 0 then 1000000 + n - mod(n, 10) end,
          array['client' || n || '@example.ir'], 'client' || n || '@example.ir'
        from generate_series(1, 10000) n
        returning id, id - 1000000 as n
      ), members as (
        insert into profile_member (profile, group_id) select id, 1 + mod(n, 50) from made
      )
      insert into profile_number (profile, position, number, label, priority)
      select id, 1, '+98935' || to_char(n, 'FM0000000'), '', 0 from made
      """;

  private static RouteServer server;
  private static long pars;
  private static long vip;

  @BeforeAll
  static void start() throws Exception {
    Profiles profiles = new Profiles(DATABASE, () -> Contents.NUMBERS);
    run("insert into profile_group (name) select 'g' || n from generate_series(1, 51) n");
    run(CROWD);
    vip = 51;
    pars = profiles.create(Contents.named(Kind.ORGANISATION, "پارس نور")).id();
    profiles.create(Contents.in(pars, numbered("سارا احمدی", "+989121234567")));
    profiles.create(Contents.in(List.of(vip), List.of(), numbered("احمدی سارا", "+982191001000")));
    profiles.create(mailed("Ahmet IŞIK", "Isik@Mail.example"));
    profiles.create(numbered("Иванов Пётр", "+79161234567"));
    profiles.create(Contents.named(Kind.PERSON, "100% کتان"));
    run("vacuum analyze profile, profile_number, profile_member");
    server = RouteServer.start(VERTX, new ProfileRoutes(profiles, () -> Contents.NUMBERS));
  }

  @AfterAll
  static void close() throws Exception {
    server.close();
    DATABASE.close().await(5, TimeUnit.SECONDS);
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "سارا           | سارا احمدی,احمدی سارا",
        "سارا احمدي      | سارا احمدی,احمدی سارا",
        "احمدی           | احمدی سارا,سارا احمدی",
        "پارس           | پارس نور,سارا احمدی",
        "نور پارس        | پارس نور,سارا احمدی",
        "ışık           | Ahmet IŞIK",
        "isik@mail      | Ahmet IŞIK",
        "ПЕТР           | Иванов Пётр",
        "100% کتان       | 100% کتان",
        "0912 123 4567  | سارا احمدی",
        "۰۹۱۲۱۲۳         | سارا احمدی",
        "1234567        | Иванов Пётр,سارا احمدی",
        "+7 916 123     | Иванов Пётр",
        "916 123-45-67  | Иванов Пётр",
        "9100-1000      | احمدی سارا",
        "client777@     | مشتری 777",
        "مشتری 4321     | مشتری 4321",
        "nobody at all  | ''",
        "9999999        | ''",
      })
  void profilesAreFoundByWhateverIsKnownOfThem(String text, String names) throws Exception {
    assertEquals(names, String.join(",", names(search(text, ""))));
  }

  @Test
  void theFirstFiftyComeByNameAndNoMore() throws Exception {
    JsonNode page = search("مشتری", "");
    assertEquals(50, page.get("items").size());
    assertFalse(page.has("next"), page::toString);
    List<String> names = names(page);
    assertEquals("مشتری 1", names.getFirst());
    assertEquals(names.stream().sorted().toList(), names);
    assertEquals(3, search("مشتری", "&limit=3").get("items").size());
    assertEquals(50, search("مشتری", "&limit=200").get("items").size());
  }

  @Test
  void aFilterHoldsForEachWayToFind() throws Exception {
    assertEquals(List.of("پارس نور"), names(search("پارس", "&kind=organisation")));
    assertEquals(List.of("سارا احمدی"), names(search("پارس", "&kind=person")));
    assertEquals(List.of("احمدی سارا"), names(search("سارا", "&group=" + vip)));
    assertEquals(List.of("سارا احمدی"), names(search("سارا", "&organisation=" + pars)));
    assertEquals(List.of(), names(search("سارا", "&category=c7")));
    assertEquals(List.of("مشتری 107"), names(search("client107@", "&category=c7")));
    assertEquals(List.of("مشتری 107"), names(search("0935 000 0107", "&category=c7")));
  }

  @Test
  void theListIsFilteredToo() throws Exception {
    assertEquals(List.of("احمدی سارا"), names(list("group=" + vip)));
    assertEquals(List.of("سارا احمدی"), names(list("organisation=" + pars)));
    assertEquals(9, list("organisation=1000010").get("items").size());
    assertEquals(List.of(), names(list("organisation=1000011")));
    assertEquals(50, list("kind=organisation").get("items").size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "search=ab           | query:search must have at least 3 letters or 4 digits",
        "search=123          | query:search must have at least 3 letters or 4 digits",
        "search=%25%25%25    | query:search must have at least 3 letters or 4 digits",
        "search=sara&q=sara  | query:search cannot be combined with q",
        "search=sara&number=09121234567 | query:search cannot be combined with number",
        "search=sara&cursor=AAAA | query:search cannot be combined with cursor",
        "kind=robot          | query:kind",
        "group=0             | query:group",
        "group=vip           | query:group",
        "organisation=1e3    | query:organisation",
      })
  void aWrongSearchIsRefused(String query, String detail) throws Exception {
    HttpResponse<String> response = server.get("/profiles?" + query);
    assertEquals(400, response.statusCode());
    assertTrue(response.body().contains(detail), response.body());
  }

  @Test
  void everySearchUsesIndexes() {
    ProfileFilter all = ProfileFilter.ALL;
    assertPlan("سارا احمدی", all, "profile_by_part_of_name", "profile_by_part_of_email");
    assertTrue(plan(search("مشتری", all)).contains("profile_in_order"));
    assertPlan("client777", all, "profile_by_part_of_email", "profile_of_organisation");
    assertPlan("0912 123 4567", all, "profile_number_exact");
    assertPlan("0935 000 01", all, "profile_number_exact");
    assertPlan("1234567", all, "profile_number_by_part");
    ProfileFilter filter =
        new ProfileFilter(
            Optional.of("c7"), Optional.of(Kind.PERSON), Optional.of(7L), Optional.empty());
    assertPlan("0935 000 0107", filter, "profile_number_exact");
  }

  @Test
  void everyFilterUsesAnIndex() {
    Optional<String> any = Optional.empty();
    Optional<Kind> organisations = Optional.of(Kind.ORGANISATION);
    assertPlan(
        list(new ProfileFilter(any, organisations, Optional.empty(), Optional.empty())),
        "profile_organisations");
    assertPlan(
        list(new ProfileFilter(any, Optional.empty(), Optional.of(51L), Optional.empty())),
        "profile_members");
    assertPlan(
        list(new ProfileFilter(any, Optional.empty(), Optional.empty(), Optional.of(1000010L))),
        "profile_of_organisation");
  }

  private static ProfileSearch.Statement list(ProfileFilter filter) {
    return new ProfileSearch(
            Optional.empty(), List.of(), Optional.empty(), filter, Optional.empty(), 50)
        .statement();
  }

  private static void assertPlan(String text, ProfileFilter filter, String... indexes) {
    assertPlan(search(text, filter), indexes);
  }

  private static ProfileSearch.Statement search(String text, ProfileFilter filter) {
    SearchTerm term = SearchTerm.of(text, Contents.NUMBERS).orElseThrow();
    return new TermSearch(term, filter, 50).statement();
  }

  private static void assertPlan(ProfileSearch.Statement statement, String... indexes) {
    String plan = plan(statement);
    for (String index : indexes) {
      assertTrue(plan.contains(index), plan);
    }
    // few fields and groups are read as they come
    String others = plan.replaceAll("Seq Scan on profile_(field|group)", "");
    assertFalse(others.contains("Seq Scan on profile_"), plan);
    assertFalse(
        Pattern.compile("Seq Scan on profile .*\n *Filter: .*search").matcher(others).find(), plan);
  }

  private static String plan(ProfileSearch.Statement statement) {
    StringBuilder plan = new StringBuilder();
    DATABASE
        .await(
            DATABASE
                .pool()
                .preparedQuery(Database.PLANNED_EACH_TIME + "explain " + statement.sql())
                .execute(Tuple.from(statement.values())))
        .forEach(row -> plan.append(row.getString(0)).append('\n'));
    return plan.toString();
  }

  private static JsonNode search(String text, String more) throws Exception {
    return list("search=" + URLEncoder.encode(text, StandardCharsets.UTF_8) + more);
  }

  private static JsonNode list(String query) throws Exception {
    HttpResponse<String> response = server.get("/profiles?" + query);
    assertEquals(200, response.statusCode(), response.body());
    return RouteServer.json(response);
  }

  private static List<String> names(JsonNode page) {
    List<String> names = new ArrayList<>();
    page.get("items").forEach(item -> names.add(item.get("name").asText()));
    return names;
  }

  private static Profile.Content numbered(String name, String number) {
    return Contents.of(
        Kind.PERSON,
        name,
        Optional.empty(),
        Optional.empty(),
        List.of(Contents.number(number, "", 0)),
        Map.of());
  }

  private static Profile.Content mailed(String name, String email) {
    return new Profile.Content(
        Kind.PERSON,
        name,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(email),
        Optional.empty(),
        List.of(),
        Map.of(),
        List.of());
  }

  private static void run(String sql) {
    DATABASE.await(DATABASE.pool().query(sql).execute());
  }
}
