package io.tamas.company;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.db.TestDatabase;
import io.tamas.json.Json;
import io.tamas.number.WrittenPattern;
import io.tamas.web.RouteServer;
import io.vertx.core.Vertx;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The whole company as one YAML document, over HTTP and with PostgreSQL.
class WholeCompanyIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(WholeCompanyIT.class);
  private static final String WHOLE = Yamls.text("/company/whole.yaml");

  @TempDir private static Path folder;
  private static Vertx vertx;
  private static final Map<String, String> TROUBLES = new ConcurrentHashMap<>();

  private static CompanyNode node;
  private static RouteServer server;

  @BeforeAll
  static void start() throws Exception {
    Path prompts = Files.createDirectories(folder.resolve("prompts"));
    Files.writeString(prompts.resolve("a".repeat(64) + ".wav"), "");
    vertx = Vertx.vertx();
    node = new CompanyNode(CONFIG, folder.resolve("company.json"));
    server =
        RouteServer.start(
            vertx,
            new CompanyRoutes(
                node.companies,
                node.snapshot,
                new PromptStore(prompts),
                (trunk, _) -> Optional.ofNullable(TROUBLES.get(trunk))),
            new TrunkPasswordRoutes(node.companies),
            new PartRoutes(node.companies, node.snapshot),
            new ExtensionRoutes(node.companies, node.snapshot, _ -> {}));
  }

  @AfterAll
  static void close() throws Exception {
    server.close();
    node.close();
    vertx.close().await(5, TimeUnit.SECONDS);
  }

  @BeforeEach
  void wholeCompany() {
    assertEquals(List.of(), node.replaceAll(Yamls.whole()));
  }

  @Test
  void whatIsExportedChangesNothingWhenItIsApplied() throws Exception {
    long seed = System.nanoTime();
    System.out.println("companies: seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      Company company = RandomCompany.of(random);
      assertEquals(List.of(), node.replaceAll(company));
      long version = node.snapshot.company().version();
      HttpResponse<String> exported = server.get("/company");
      assertEquals("\"" + version + "\"", etag(exported));

      HttpResponse<String> applied = put(exported.body(), "if-match", etag(exported));
      assertEquals("0 0 0", counts(json(applied, 200)));
      assertEquals(etag(exported), etag(applied));
      assertEquals(version, node.snapshot.company().version());
      assertEquals(parts(company), parts(node.snapshot.company()));
    }
  }

  @Test
  void numbersAreTakenAsPeopleWriteThemAndReturnedInInternationalForm() throws Exception {
    String person =
        """
        {"number":"104","name":"x","outgoing":"national","mobile":"۰۹۱۲ ۱۲۳-۴۵۶۷",
         "callerId":"(021) 9100 1000","forwards":{"busy":"number:tel:+98-912-1234567;ext=5"}}
        """;
    JsonNode extension = json(server.send("POST", "/extensions", person), 201).path("extension");
    assertEquals("+989121234567", extension.path("mobile").asText());
    assertEquals("+982191001000", extension.path("callerId").asText());
    assertEquals("number:+989121234567", extension.at("/forwards/busy").asText());

    String profile =
        """
        {"name":"national","title":"x","plan":{"country":"IR","areaCode":"21"},
         "rules":[{"name":"premium","numbers":["0909*","%s"],"deny":true}]}
        """;
    String path = "/outgoing-profiles/national";
    JsonNode stored = json(server.send("PUT", path, profile.formatted("00 49 900*")), 200);
    assertEquals("[\"+98909*\",\"+49900*\"]", stored.at("/rules/0/numbers").toString());
    JsonNode refused = json(server.send("PUT", path, profile.formatted("0*")), 422);
    assertEquals("/rules/0/numbers/1", refused.at("/faults/0/pointer").asText());
    assertEquals(WrittenPattern.RULE + ", not \"0*\"", refused.at("/faults/0/detail").asText());

    String route =
        """
        {"name":"rest","position":10,"to":"extension:101","ring":"PT5S","trunk":"provider",
         "numbers":["021/9100-1002","1540"],"callers":["0912*"]}
        """;
    JsonNode routed = json(server.send("PUT", "/inbound-routes/rest", route), 200);
    assertEquals("[\"+982191001002\",\"1540\"]", routed.path("numbers").toString());
    assertEquals("[\"+98912*\"]", routed.path("callers").toString());
  }

  @Test
  void whatIsAppliedWithNationalNumbersIsTheSameCompany() throws Exception {
    String nationally =
        WHOLE
            .replace("\"+98909*\"", "0909*")
            .replace("\"+982191001000\"", "021 9100 1000")
            .replace("\"+989121234567\"", "\"0912 123 4567\"")
            .replace("number:+989121234567", "number:09121234567")
            .replace("\"+98912*\"", "0912*");
    assertTrue(nationally.length() < WHOLE.length());
    assertEquals("0 0 0", counts(json(put(nationally), 200)));
  }

  @Test
  void theDifferenceIsShownFirstAndIsThenApplied() throws Exception {
    node.companies.setTrunkPassword("provider", new Secret("provider-secret"));
    var passwords = node.companies.passwords();
    String changed =
        WHOLE
            .replace("delays: {\"102\": PT5S}", "delays: {\"102\": PT5S, \"101\": PT2S}")
            .replace("  - {name: room, title: Room 1, members: [\"101\", \"102\"]}\n", "")
            .replace("pickup-groups:\n", "pickup-groups: []\n")
            .replace("forwards: {always: \"extension:103\"}", "forwards: {busy: \"extension:103\"}")
            .replace("mailbox: {}}", "mailbox: {}}\n  - {number: \"104\", name: New}");
    long version = node.snapshot.company().version();

    JsonNode told = json(post("/company/diff", changed), 200);
    assertEquals(version, told.path("version").asLong());
    assertEquals(version, node.snapshot.company().version());
    assertEquals(
        Set.of(
            "created extension 104",
            "deleted pickup-group room",
            "updated ring-group sales /delays/101 null -> \"PT2S\"",
            "updated extension 102 /forwards/always \"extension:103\" -> null"
                + " /forwards/busy null -> \"extension:103\""),
        changes(told));

    JsonNode done = json(put(changed, "if-match", "\"" + version + "\""), 200);
    assertEquals(changes(told), changes(done));
    assertEquals("1 2 1", counts(done));
    assertEquals(version + 1, done.path("version").asLong());
    assertEquals(parts(Yamls.company(changed)), parts(node.snapshot.company()));
    assertEquals(
        passwords,
        node.companies.passwords().entrySet().stream()
            .filter(entry -> !entry.getKey().digits().equals("104"))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    assertEquals(
        Map.of("provider", new Secret("provider-secret")), node.companies.trunkPasswords());
    assertTrue(!server.get("/company").body().contains("provider-secret"));
  }

  @Test
  void aFaultyCompanyIsRefusedByLineFieldAndRuleAndChangesNothing() throws Exception {
    String faulty =
        "extensions:\n  - {number: 1, name: x}\nring-groups:\n  - name: g\n"
            + "    strategy: RING_ALL\n    members: [1, 2]\n    ring: PT5S\n";
    Company before = node.snapshot.company();
    for (String path : List.of("/company", "/company/diff")) {
      HttpResponse<String> refused =
          path.equals("/company") ? put(faulty) : post("/company/diff", faulty);
      assertEquals(
          "{\"pointer\":\"/ring-groups/0/members/1\",\"detail\":"
              + "\"must be the number of an existing extension such as \\\"1\\\", not \\\"2\\\"\",\"line\":6}",
          json(refused, 422).path("faults").path(0).toString());
    }
    assertEquals(before, node.snapshot.company());

    JsonNode told = json(post("/company/validate", faulty), 200);
    assertEquals(
        "{\"whole\":false,\"faults\":[{\"line\":6,\"field\":\"/ring-groups/0/members/1\","
            + "\"rule\":\"must be the number of an existing extension such as \\\"1\\\", not \\\"2\\\"\"}],\"warnings\":[]}",
        told.toString());
  }

  @Test
  void warningsAreReportedEverywhere() throws Exception {
    String useless = WHOLE + "  - {name: never, position: 11, to: \"extension:101\", ring: PT5S}\n";
    String warning = "can never match: it is shadowed by rest";
    for (HttpResponse<String> answer :
        List.of(post("/company/validate", useless), post("/company/diff", useless), put(useless))) {
      JsonNode told = json(answer, 200).path("warnings");
      assertEquals(1, told.size());
      assertEquals(warning, told.path(0).path("rule").asText());
      assertEquals(lineOf(useless, "name: never"), told.path(0).path("line").asInt());
    }
    assertEquals(
        "[{\"kind\":\"inbound-route\",\"name\":\"never\",\"field\":\"\",\"rule\":\""
            + warning
            + "\"}]",
        json(server.get("/company/warnings"), 200).path("items").toString());
  }

  private static long lineOf(String yaml, String text) {
    return yaml.substring(0, yaml.indexOf(text)).lines().count();
  }

  @Test
  void trunkThatIsNotUpIsAWarning() throws Exception {
    TROUBLES.put("provider", "is not registered since then: SIP 403");
    try {
      JsonNode told = json(post("/company/validate", WHOLE), 200).path("warnings");
      assertEquals("is not registered since then: SIP 403", told.path(0).path("rule").asText());
      assertEquals(lineOf(WHOLE, "name: provider"), told.path(0).path("line").asInt());
      String changed = WHOLE.replace("sip.example.ir:5061", "sip2.example.ir:5061");
      assertEquals(0, json(post("/company/validate", changed), 200).path("warnings").size());
    } finally {
      TROUBLES.clear();
    }
  }

  @Test
  void audioThatWasNotUploadedHereIsAWarning() throws Exception {
    String elsewhere = WHOLE.replace("a".repeat(64), "b".repeat(64));
    JsonNode told = json(post("/company/validate", elsewhere), 200);
    assertEquals(
        "[{\"line\":"
            + lineOf(elsewhere, "b".repeat(64))
            + ",\"field\":\"/prompts/2/audio/fa\",\"rule\":\"is not stored here: it has to be uploaded\"}]",
        told.path("warnings").toString());
  }

  @Test
  void aTrunksPasswordIsSetAndNeverReturned() throws Exception {
    for (String password : List.of("first", "second; \\\"'%")) {
      HttpResponse<String> set =
          server.send("PUT", "/trunks/provider/password", Json.write(Map.of("password", password)));
      assertEquals(204, set.statusCode(), set.body());
      assertEquals(Map.of("provider", new Secret(password)), node.companies.trunkPasswords());
    }
    assertTrue(!server.get("/company").body().contains("cond"));
    for (String wrong : List.of("", "ü", "a\nb", "x".repeat(129), "a\u0085b")) {
      String body = Json.write(Map.of("password", wrong));
      assertEquals(
          "/password",
          json(server.send("PUT", "/trunks/provider/password", body), 422)
              .path("faults")
              .path(0)
              .path("pointer")
              .asText());
    }
    String body = Json.write(Map.of("password", "x"));
    assertEquals(404, server.send("PUT", "/trunks/none/password", body).statusCode());
  }

  @Test
  void aVersionThatWasChangedSinceIsNotReplaced() throws Exception {
    String etag = etag(server.get("/company"));
    node.companies.put(Parts.extension("102", "Somebody else"), Optional.empty());
    JsonNode refused = json(put(WHOLE, "if-match", etag), 412);
    assertTrue(refused.path("detail").asText().startsWith("the company has version"));
    assertEquals("0 1 0", counts(json(put(WHOLE), 200)));
  }

  @Test
  void ofTwoEditsOfTheSameVersionOneIsRefused() throws Exception {
    for (int round = 0; round < 5; round++) {
      String company = etag(server.get("/company"));
      assertEquals(
          List.of(200, 412),
          atOnce(
              () -> put(WHOLE.replace("Room 1", "One"), "if-match", company),
              () -> put(WHOLE.replace("Room 1", "Two"), "if-match", company)));
      put(WHOLE);
      String extension = etag(server.get("/extensions/102"));
      assertEquals(
          List.of(200, 200, 412, 412, 412, 412, 412, 412),
          atOnce(
              () -> edit(extension, "a"),
              () -> edit(extension, "b"),
              () -> edit(extension, "c"),
              () -> edit(extension, "d"),
              () -> edit(extension, "e"),
              () -> edit(extension, "f"),
              () -> edit(extension, "g"),
              () -> server.get("/extensions/102")));
      put(WHOLE);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a cycle       | anchors and aliases are not allowed | a: &a [*a]
          laughs        | anchors and aliases are not allowed | {a: &a [x, x, x], b: &b [*a, *a, *a], c: &c [*b, *b, *b]}
          a duplicate   | Duplicate field 'extensions'        | {extensions: [], extensions: []}
          another twice | is a duplicate                      | {extensions: [{number: 1, name: x}, {number: 1, name: y}]}
          a tag         | cannot be read                      | !!java.net.URL [http://127.0.0.1/]
          """)
  void whatIsMeantToHarmIsRefused(String what, String rule, String yaml) throws Exception {
    JsonNode refused = json(put(yaml), 422);
    assertEquals(1, refused.path("faults").size(), refused::toString);
    String detail = refused.path("faults").path(0).path("detail").asText();
    assertTrue(detail.contains(rule) || what.equals("a tag"), detail);
  }

  @Test
  void aThousandNestedMenusAreReportedWithTheirBound() throws Exception {
    String menus =
        IntStream.range(0, 1_000)
            .mapToObj(n ->
                "  - {name: m%d, greeting: p, options: {\"1\": \"menu:m%d\"}, otherwise: \"announcement:p\"}\n"
                    .formatted(n, Math.min(n + 1, 999)))
            .collect(Collectors.joining());
    JsonNode refused = json(put("prompts: [{name: p, sound: beep}]\nmenus:\n" + menus), 422);
    assertEquals(
        "is one too many: a company has at most 200 menus",
        refused.path("faults").path(0).path("detail").asText());
    assertEquals(203, refused.path("faults").path(0).path("line").asInt());
    assertEquals(
        422, put("a: " + "[".repeat(100_000)).statusCode(), "nested deeper than any stack");
  }

  @Test
  void aBodyBeyondTheBoundIsRefused() throws Exception {
    assertEquals(413, put("#".repeat((8 << 20) + 1)).statusCode());
    assertEquals(
        415,
        server
            .send("PUT", "/company", "application/json", BodyPublishers.ofString("{}"))
            .statusCode());
  }

  /// How long it takes is measured by `./tamas bench company`.
  @Test
  void fiveThousandExtensionsAreAppliedExportedAndApplied() throws Exception {
    String many =
        WHOLE.replace(
            "pickup-groups:\n",
            IntStream.range(10_000, 15_000)
                    .mapToObj(n ->
                        "  - {number: \"%d\", name: نام %d, groups: [staff], outgoing: national, record: [INBOUND], language: fa, email: p%d@example.ir, mailbox: {}}\n"
                            .formatted(n, n, n))
                    .collect(Collectors.joining())
                + "\npickup-groups:\n");
    assertEquals("5000 0 0", counts(json(put(many), 200)));
    String exported = server.get("/company").body();
    assertEquals("0 0 0", counts(json(put(exported), 200)));
    assertEquals(5_003, node.snapshot.company().extensions().size());
  }

  private static HttpResponse<String> edit(String etag, String name) throws Exception {
    return server.send(
        "PUT",
        "/extensions/102",
        "{\"number\":\"102\",\"name\":\"" + name + "\"}",
        "if-match",
        etag);
  }

  @SafeVarargs
  private static List<Integer> atOnce(Callable<HttpResponse<String>>... requests) throws Exception {
    try (var threads = Executors.newFixedThreadPool(requests.length)) {
      List<Integer> statuses = new java.util.ArrayList<>();
      for (var answer : threads.invokeAll(List.of(requests))) {
        statuses.add(answer.get().statusCode());
      }
      return statuses.stream().sorted().toList();
    }
  }

  private static HttpResponse<String> put(String yaml, String... headers) throws Exception {
    return server.send(
        "PUT", "/company", "application/yaml", BodyPublishers.ofString(yaml), headers);
  }

  private static HttpResponse<String> post(String path, String yaml) throws Exception {
    return server.send("POST", path, "application/yaml", BodyPublishers.ofString(yaml));
  }

  private static JsonNode json(HttpResponse<String> answer, int status) throws Exception {
    assertEquals(status, answer.statusCode(), answer.body());
    return RouteServer.json(answer);
  }

  private static String etag(HttpResponse<String> answer) {
    return answer.headers().firstValue("etag").orElseThrow();
  }

  private static String counts(JsonNode told) {
    return told.path("created") + " " + told.path("updated") + " " + told.path("deleted");
  }

  private static Set<String> changes(JsonNode told) {
    return StreamSupport.stream(told.path("changes").spliterator(), false)
        .map(WholeCompanyIT::change)
        .collect(Collectors.toSet());
  }

  private static String change(JsonNode change) {
    StringBuilder text =
        new StringBuilder(change.path("change").asText())
            .append(' ')
            .append(change.path("kind").asText())
            .append(' ')
            .append(change.path("name").asText());
    change
        .path("fields")
        .forEach(field ->
            text.append(' ')
                .append(field.path("field").asText())
                .append(' ')
                .append(field.get("before"))
                .append(" -> ")
                .append(field.get("after")));
    return text.toString();
  }

  private static Set<Company.Part> parts(Company company) {
    return new HashSet<>(company.parts().toList());
  }
}
