package io.tamas.company;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.config.Config;
import io.tamas.db.TestDatabase;
import io.tamas.json.Json;
import io.tamas.web.Api;
import io.tamas.web.ContractCheck;
import io.tamas.web.Problem;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The operations behind the contract; that requests fit it is tested where it is served.
class CompanyRoutesIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(CompanyRoutesIT.class);

  @TempDir private static Path folder;
  private static CompanyNode node;
  private static final Map<String, Api.Handler> HANDLERS = new HashMap<>();

  @BeforeAll
  static void start() throws Exception {
    node = new CompanyNode(CONFIG, folder.resolve("company.json"));
    Mounted mounted = new Mounted();
    new ExtensionRoutes(node.companies, node.snapshot, _ -> {}).mount(mounted);
    new PartRoutes(node.companies, node.snapshot).mount(mounted);
    new SettingsRoutes(node.companies, node.snapshot).mount(mounted);
  }

  @AfterAll
  static void close() throws Exception {
    node.close();
  }

  @BeforeEach
  void smallCompany() {
    node.replaceAll(Company.empty());
    assertEquals(List.of(), node.replaceAll(Parts.with(wayOut())));
  }

  private static Company.Part[] wayOut() {
    Company company =
        Yamls.company(
            """
            extensions:
              - {number: 101, name: Leila Karimi}
            trunks:
              - {name: out, plan: {country: IR, areaCode: 21}, addresses: [127.0.0.3], fallback: 101, server: 10.0.0.1}
            outgoing-profiles:
              - {name: mobile, title: Mobile, plan: {country: IR, areaCode: 21}, rules: [{name: all, numbers: ["+989*"], trunks: [out]}]}
            emergency-numbers:
              - {name: police, number: 110, trunks: [out]}
            pickup-groups:
              - {name: desk, title: Desk, members: [101]}
            prompts:
              - {name: closed, sound: ss-noservice}
            menus:
              - {name: welcome, greeting: closed, options: {"1": "extension:101"}, otherwise: "extension:101"}
            """);
    return company.parts().toArray(Company.Part[]::new);
  }

  @Test
  void extensionLivesFromCreationToDeletion() {
    Response.Body created =
        answer("createExtension", 201, ask().body("{\"number\":\"300\",\"name\":\"Ayşe\"}"));
    assertEquals("/api/v1/extensions/300", created.headers().get("location"));
    JsonNode body = Json.tree(created.body());
    assertTrue(body.path("password").asText().matches("[a-zA-Z2-9]{20}"));
    assertEquals("Ayşe", body.at("/extension/name").asText());
    assertEquals(
        409,
        refused("createExtension", ask().body("{\"number\":\"300\",\"name\":\"x\"}")).status());

    Response.Body read = answer("getExtension", 200, ask().path("number", "300"));
    String etag = Objects.requireNonNull(read.headers().get("etag"));
    assertEquals(created.headers().get("etag"), etag);

    Ask edit =
        ask()
            .path("number", "300")
            .header("if-match", etag)
            .body("{\"number\":\"300\",\"name\":\"Ayşe Kaya\",\"record\":[\"INBOUND\"]}");
    answer("updateExtension", 200, edit);
    assertEquals(412, refused("updateExtension", edit).status());
    assertEquals(
        412,
        refused("deleteExtension", ask().path("number", "300").header("if-match", etag)).status());

    Response.Body reset = answer("resetExtensionPassword", 200, ask().path("number", "300"));
    assertTrue(!Json.tree(reset.body()).path("password").equals(body.path("password")));

    call("deleteExtension", ask().path("number", "300"));
    for (String operation : List.of("getExtension", "deleteExtension", "resetExtensionPassword")) {
      assertEquals(404, refused(operation, ask().path("number", "300")).status());
    }
    assertEquals(404, refused("updateExtension", edit).status());
  }

  @Test
  void settingsHaveDefaultsUntilTheyAreSet() {
    assertEquals(
        "{\"zone\":\"UTC\",\"codesFor\":[]}", Json.write(answer("getSettings", 200, ask()).body()));
    Response.Body set = answer("putSettings", 200, ask().body("{\"zone\":\"Asia/Tehran\"}"));
    String etag = Objects.requireNonNull(set.headers().get("etag"));
    Response.Body read = answer("getSettings", 200, ask());
    assertEquals("{\"zone\":\"Asia/Tehran\",\"codesFor\":[]}", Json.write(read.body()));
    assertEquals(etag, read.headers().get("etag"));
    Ask edit = ask().header("if-match", etag).body("{\"zone\":\"Europe/Istanbul\"}");
    answer("putSettings", 200, edit);
    assertEquals(412, refused("putSettings", edit).status());
    Problem wrong = refused("putSettings", ask().body("{\"zone\":\"Iran/Tehran\"}"));
    assertEquals(422, wrong.status());
    assertEquals("/zone", wrong.faults().getFirst().pointer());
    for (String within : List.of("PT0S", "PT745H", "PT1.5S")) {
      Problem never =
          refused(
              "putSettings",
              ask().body("{\"zone\":\"UTC\",\"callBackWithin\":\"" + within + "\"}"));
      assertEquals("/callBackWithin", never.faults().getFirst().pointer(), within);
    }
    for (String made :
        List.of("{\"makeProfile\":1}", "{\"makeProfile\":true,\"category\":\" \"}")) {
      Problem never =
          refused("putSettings", ask().body("{\"zone\":\"UTC\",\"unknownCallers\":" + made + "}"));
      assertEquals(422, never.status(), made);
      assertTrue(
          never.faults().getFirst().pointer().startsWith("/unknownCallers/"), never::toString);
    }
  }

  /// Sessions read them in the row, as they are written there.
  @Test
  void rolesOfWhichCodesAreDemandedAreKeptByTheirNames() {
    answer("putSettings", 200, ask().body("{\"zone\":\"UTC\",\"codesFor\":[\"SUPERVISOR\"]}"));
    assertEquals(
        "{\"zone\":\"UTC\",\"codesFor\":[\"SUPERVISOR\"]}",
        Json.write(answer("getSettings", 200, ask()).body()));
    assertEquals(
        1,
        node.database
            .await(
                node.database
                    .pool()
                    .query(
                        """
                        select from company_item
                        where kind = 'settings' and name = 'company'
                          and body -> 'codesFor' = '["SUPERVISOR"]'
                        """)
                    .execute())
            .size());
    Problem wrong =
        refused("putSettings", ask().body("{\"zone\":\"UTC\",\"codesFor\":[\"CHIEF\"]}"));
    assertEquals(422, wrong.status());
    assertEquals("/codesFor/0", wrong.faults().getFirst().pointer());
  }

  @Test
  void malformedSiteIsRefusedWithItsRule() {
    for (String site : List.of("Tehran", "te hran", "-x", "")) {
      String body = "{\"number\":\"300\",\"name\":\"Ayşe\",\"site\":\"" + site + "\"}";
      Problem problem = refused("createExtension", ask().body(body));
      assertEquals(422, problem.status());
      assertEquals("/site", problem.faults().getFirst().pointer());
    }
  }

  @Test
  void groupIsMadeWithItsFirstExtension() {
    String body = "{\"number\":\"300\",\"name\":\"Ayşe\",\"groups\":[\"staff\",\"night\"]}";
    Problem unknown = refused("createExtension", ask().body(body));
    assertEquals(422, unknown.status());
    assertTrue(unknown.faults().getFirst().pointer().startsWith("/groups"), unknown::toString);

    answer("createExtension", 201, ask().query("newGroups", "true").body(body));
    Response.Body group = answer("getExtensionGroup", 200, ask().path("name", "night"));
    assertEquals("night", Json.tree(group.body()).path("title").asText());
    Response.Body known = answer("getExtensionGroup", 200, ask().path("name", "staff"));
    assertEquals("Staff", Json.tree(known.body()).path("title").asText());

    Ask taken = ask().query("newGroups", "true").body(body.replace("night", "third"));
    assertEquals(409, refused("createExtension", taken).status());
    assertEquals(404, refused("getExtensionGroup", ask().path("name", "third")).status());
  }

  @ParameterizedTest
  @CsvSource({
    "ExtensionGroup, staff,  '{\"name\":\"staff\",\"title\":\"All staff\"}'",
    "Trunk,          demo,   '{\"name\":\"demo\",\"plan\":{\"country\":\"TR\",\"areaCode\":\"212\"},\"addresses\":[\"10.0.0.0/24\"],\"fallback\":\"102\"}'",
    "Schedule,       office, '{\"name\":\"office\",\"zone\":\"Europe/Istanbul\",\"hours\":[{\"days\":[\"MONDAY\"],\"from\":\"22:00:00\",\"to\":\"06:00:00\"}],\"holidays\":[\"2026-10-29\"]}'",
    "Prompt,         closed, '{\"name\":\"closed\",\"sound\":\"custom/closed\"}'",
    "RingGroup,      sales,  '{\"name\":\"sales\",\"strategy\":\"IN_ORDER\",\"members\":[\"102\",\"101\"],\"ring\":\"PT10S\"}'",
    "PickupGroup,    desk,   '{\"name\":\"desk\",\"title\":\"The desk\",\"members\":[\"102\",\"101\"]}'",
    "OutgoingProfile, mobile, '{\"name\":\"mobile\",\"title\":\"Abroad\",\"plan\":{\"country\":\"TR\",\"areaCode\":\"212\"},\"rules\":[{\"name\":\"premium\",\"numbers\":[\"+90900*\"],\"deny\":true,\"trunks\":[],\"strip\":0}],\"limits\":{\"countries\":[\"TR\"],\"calls\":2,\"perDay\":\"PT1H\"}}'",
    "EmergencyNumber, police, '{\"name\":\"police\",\"number\":\"112\",\"trunks\":[\"out\"]}'",
    "Menu,           welcome, '{\"name\":\"welcome\",\"greeting\":\"closed\",\"options\":{\"1\":\"extension:102\",\"*\":\"ring-group:sales\"},\"dialExtensions\":true,\"patience\":\"PT3S\",\"tries\":2,\"noInput\":\"closed\",\"wrongInput\":\"closed\",\"otherwise\":\"extension:101\",\"wrong\":\"announcement:closed\"}'",
    "InboundRoute,   main,   '{\"name\":\"main\",\"position\":3,\"trunk\":\"demo\",\"numbers\":[\"110\"],\"to\":\"ring-group:sales\",\"ring\":\"PT10S\",\"record\":true}'"
  })
  void namedPartIsListedReadReplacedDeletedAndMadeAgain(String kind, String name, String body)
      throws Exception {
    // what another has already belongs to it alone
    String made =
        body.replace('"' + name + '"', "\"other\"")
            .replace("10.0.0.0", "10.0.1.0")
            .replace("\"112\"", "\"115\"");
    assertEquals(List.of(), ContractCheck.requestFaults("put" + kind, body));
    JsonNode items = Json.tree(answer("list" + kind + "s", 200, ask()).body()).path("items");
    assertTrue(items.findValuesAsText("name").contains(name), items::toString);
    Response.Body read = answer("get" + kind, 200, ask().path("name", name));
    String etag = Objects.requireNonNull(read.headers().get("etag"));

    Ask put = ask().path("name", name).header("if-match", etag).body(body);
    Response.Body replaced = answer("put" + kind, 200, put);
    assertTrue(contains(Json.tree(replaced.body()), Json.mapper().readTree(body)));
    assertEquals(412, refused("put" + kind, put).status());

    Ask absent = ask().path("name", "other").header("if-match", "*").body(made);
    assertEquals(412, refused("put" + kind, absent).status());
    answer("put" + kind, 201, ask().path("name", "other").body(made));
    Ask stale = ask().path("name", "other").header("if-match", etag);
    assertEquals(412, refused("delete" + kind, stale).status());
    call("delete" + kind, ask().path("name", "other"));
    assertEquals(404, refused("get" + kind, ask().path("name", "other")).status());
    assertEquals(404, refused("delete" + kind, ask().path("name", "other")).status());
  }

  @Test
  void whatIsNeededCannotBeDeletedAndTheReasonIsReported() {
    Problem refused = refused("deleteExtension", ask().path("number", "102"));
    assertEquals(409, refused.status());
    assertEquals("needed by ring-group sales /members/1", refused.detail());
  }

  @Test
  void faultsAreReportedByField() {
    Problem unknownMember =
        refused(
            "putRingGroup",
            ask()
                .path("name", "sales")
                .body(
                    "{\"name\":\"sales\",\"strategy\":\"RING_ALL\",\"members\":[\"101\",\"999\"],\"ring\":\"PT5S\"}"));
    assertEquals(422, unknownMember.status());
    assertEquals("/members/1", unknownMember.faults().getFirst().pointer());

    Problem otherName =
        refused(
            "putExtensionGroup",
            ask().path("name", "staff").body("{\"name\":\"other\",\"title\":\"x\"}"));
    assertEquals("/name", otherName.faults().getFirst().pointer());
  }

  @Test
  void extensionsAreListedByPages() {
    List<String> numbers = new ArrayList<>();
    for (int n = 400; n < 405; n++) {
      node.companies.create(Parts.extension("" + n, "x"));
    }
    Optional<String> cursor = Optional.empty();
    do {
      Ask ask = ask().query("limit", "3");
      cursor.ifPresent(text -> ask.query("cursor", text));
      JsonNode page = Json.tree(answer("listExtensions", 200, ask).body());
      page.path("items").forEach(item -> numbers.add(item.path("number").asText()));
      cursor = Optional.of(page.path("next").asText()).filter(text -> !text.isEmpty());
    } while (cursor.isPresent());
    assertEquals(List.of("101", "102", "400", "401", "402", "403", "404"), numbers);
    assertEquals(400, refused("listExtensions", ask().query("cursor", "x")).status());
  }

  @ParameterizedTest
  @CsvSource({
    "کريمي, 401",
    "علي, 401",
    "yildiz, 402",
    "IŞIK, 403",
    "ışık, 403",
    "анна, 404",
    "ПЕТ, 404",
    "40, 401 402 403 404",
    "۴۰۲, 402",
    "nobody, ''"
  })
  void extensionsAreFoundInAllScripts(String q, String expected) {
    node.companies.create(Parts.extension("401", "علی کریمی"));
    node.companies.create(Parts.extension("402", "Mehmet Yıldız"));
    node.companies.create(Parts.extension("403", "Işık Demir"));
    node.companies.create(Parts.extension("404", "Анна Петрова"));
    List<String> found = new ArrayList<>();
    Json.tree(answer("listExtensions", 200, ask().query("q", q)).body())
        .path("items")
        .forEach(item -> found.add(item.path("number").asText()));
    assertEquals(expected, String.join(" ", found));
  }

  private static boolean contains(JsonNode whole, JsonNode part) {
    return part.properties().stream()
        .allMatch(field -> field.getValue().equals(whole.get(field.getKey())));
  }

  private static Ask ask() {
    return new Ask();
  }

  private static Response call(String operation, Ask ask) {
    return Objects.requireNonNull(HANDLERS.get(operation)).handle(ask);
  }

  private static Problem refused(String operation, Ask ask) {
    return assertThrows(Problem.class, () -> call(operation, ask));
  }

  /// The answer, which is as the contract says.
  private static Response.Body answer(String operation, int status, Ask ask) {
    Response.Body body = assertInstanceOf(Response.Body.class, call(operation, ask));
    assertEquals(status, body.status());
    assertEquals(
        List.of(), ContractCheck.faults(operation, status, Json.write(body.body())), operation);
    return body;
  }

  private static final class Mounted implements Api.Operations {
    @Override
    public Api.Operations on(String operationId, Api.Handler handler) {
      HANDLERS.put(operationId, handler);
      return this;
    }
  }

  private static final class Ask implements Request {
    private final Map<String, String> path = new HashMap<>();
    private final Map<String, String> query = new HashMap<>();
    private final Map<String, String> headers = new HashMap<>();
    private String body = "";

    Ask path(String name, String value) {
      path.put(name, value);
      return this;
    }

    Ask query(String name, String value) {
      query.put(name, value);
      return this;
    }

    Ask header(String name, String value) {
      headers.put(name, value);
      return this;
    }

    Ask body(String json) {
      body = json;
      return this;
    }

    @Override
    public String path(String name) {
      return Objects.requireNonNull(path.get(name));
    }

    @Override
    public Optional<String> query(String name) {
      return Optional.ofNullable(query.get(name));
    }

    @Override
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }

    @Override
    public <T> T body(Class<T> type) {
      return Json.read(body, type);
    }

    @Override
    public String principal() {
      return "test";
    }
  }
}
