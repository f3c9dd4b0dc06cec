package io.tamas.crm.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tamas.config.Config;
import io.tamas.crm.Profile;
import io.tamas.crm.Profile.Kind;
import io.tamas.crm.ProfileFilter;
import io.tamas.crm.ProfileSearch;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.event.Event;
import io.tamas.event.EventType.Known;
import io.tamas.event.Events;
import io.tamas.web.RouteServer;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Imports over real sockets and a real PostgreSQL.
class ImportIT {
  private static final long LARGEST = 64 << 20;

  private static final Config.Database CONFIG = TestDatabase.fresh(ImportIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);

  @TempDir Path folder;
  private ImportNode node;

  @AfterAll
  static void closeAll() throws Exception {
    DATABASE.close().await(5, TimeUnit.SECONDS);
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @BeforeEach
  void start() throws Exception {
    String all = "truncate profile, profile_group, profile_field, profile_import cascade";
    DATABASE.await(DATABASE.pool().query(all).execute());
    node = new ImportNode(VERTX, DATABASE, folder, LARGEST, 0);
    node.startImporter();
  }

  @AfterEach
  void close() throws Exception {
    node.close();
  }

  private static byte[] file(String... lines) {
    return String.join("\r\n", lines).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] people(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "Person %d,0912%07d,p%d@example.ir".formatted(i, i, i))
        .collect(Collectors.joining("\n", "name,mobile,e-mail\n", "\n"))
        .getBytes(StandardCharsets.UTF_8);
  }

  private List<Profile> profiles() {
    return node.profiles
        .lists()
        .list(
            new ProfileSearch(
                Optional.empty(),
                List.of(),
                Optional.empty(),
                ProfileFilter.ALL,
                Optional.empty(),
                100_000))
        .items();
  }

  private List<String> names() {
    return profiles().stream().map(Profile::name).toList();
  }

  private JsonNode profile(String draft) throws Exception {
    HttpResponse<String> created = node.server.send("POST", "/profiles", draft);
    assertEquals(201, created.statusCode(), created::body);
    return RouteServer.json(created);
  }

  @Test
  void fileIsPreviewedTriedAndRun() throws Exception {
    JsonNode one =
        node.read(
            file(
                "نام;شرکت;موبایل;ایمیل;x",
                "سارا احمدی;پارس نور;۰۹۱۲ ۱۲۳ ۴۵۶۷;sara@example.ir;1",
                "Ali;پارس نور;9123334455;;2",
                ";پارس نور;02191001000;;3",
                "spoiled;;9,12E+11;;4",
                "Sara again;;;not an address;5",
                ";;;;6"));
    assertEquals("READY", one.get("state").asText(), one::toString);
    assertEquals("SEMICOLON", one.at("/format/delimiter").asText());
    assertEquals(7, one.get("rows").asInt());
    assertEquals("سارا احمدی", one.at("/preview/0/0").asText());
    assertEquals(5, one.get("headings").size());

    node.map(one, one.get("suggestion").toString());
    JsonNode tried = node.after(one, "/dry-run", "CHECKED");
    assertEquals(
        "created 3, changed 0, unchanged 0, refused 3, repeated 0", ImportNode.counts(tried));
    assertEquals(List.of(), names());

    JsonNode done = node.after(one, "/run", "DONE");
    assertEquals(
        "created 2, changed 1, unchanged 0, refused 3, repeated 0", ImportNode.counts(done));
    assertEquals(List.of("Ali", "سارا احمدی", "پارس نور"), sortedNames());
    JsonNode refusals =
        RouteServer.json(node.server.get("/imports/" + one.get("id").asLong() + "/refusals"));
    assertEquals("[5,3,\"" + WrittenCells.SPOILED + "\"]", shown(refusals.at("/items/0")));
    assertEquals(6, refusals.at("/items/1/row").asInt());
    assertEquals(4, refusals.at("/items/1/column").asInt());
    assertEquals("has no name", refusals.at("/items/2/reason").asText());
    assertFalse(Files.exists(folder.resolve(one.get("id").asLong() + ".sheet")));
  }

  private List<String> sortedNames() {
    return names().stream()
        .sorted((a, b) -> a.equals("پارس نور") ? 1 : b.equals("پارس نور") ? -1 : a.compareTo(b))
        .toList();
  }

  private static String shown(JsonNode refusal) {
    return "[%s,%s,%s]".formatted(refusal.get("row"), refusal.get("column"), refusal.get("reason"));
  }

  @Test
  void secondImportOfAFileChangesNothing() throws Exception {
    byte[] file = people(1200);
    assertEquals(
        "created 1200, changed 0, unchanged 0, refused 0, repeated 0",
        ImportNode.counts(node.run(file)));
    assertEquals(
        "created 0, changed 0, unchanged 1200, refused 0, repeated 0",
        ImportNode.counts(node.run(file)));
    assertEquals(1200, names().size());
  }

  @Test
  void refusedRowsComeAsAFileThatCanBePutRight() throws Exception {
    JsonNode done = node.run(file("name,phone", "=1+1,9.1E+11", "Ali,09121234567"));
    String csv = node.server.get("/imports/" + done.get("id").asLong() + "/refusals.csv").body();
    assertEquals(
        "\uFEFFname,phone,row,reason\r\n'=1+1,9.1E+11,2,phone: "
            + WrittenCells.SPOILED.replace(",", ","),
        csv.replace("\"", "").strip());
    JsonNode again =
        node.run(csv.replace("9.1E+11", "'+989121112233").getBytes(StandardCharsets.UTF_8));
    assertEquals(1, again.at("/counts/created").asInt(), again::toString);
    assertTrue(names().contains("=1+1"), names()::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "UPDATE!OLD!+989121234567!vip",
        "ADD!Old!+989120000000 +989121234567!customer",
        "SKIP!Old!+989120000000!customer",
      })
  void whatIsKnownIsChangedAsWanted(String whenKnown, String name, String numbers, String category)
      throws Exception {
    JsonNode old =
        profile(
            """
            {"kind":"person","name":"Old","category":"customer",
             "numbers":[{"number":"+989120000000"}]}
            """);
    JsonNode one =
        node.read(file("id,name,phone,category", old.get("id") + ",OLD,09121234567,vip"));
    ObjectNode mapping = (ObjectNode) one.get("suggestion");
    mapping.put("whenKnown", whenKnown);
    node.map(one, mapping.toString());
    node.after(one, "/run", "DONE");
    Profile now = profiles().getFirst();
    assertEquals(name, now.name());
    assertEquals(category, now.content().category().orElse(""));
    assertEquals(
        numbers,
        now.numbers().stream()
            .map(number -> number.number().e164())
            .collect(Collectors.joining(" ")));
  }

  @Test
  void rowsOfOneProfileInAFileMeetOneAnother() throws Exception {
    JsonNode done =
        node.run(
            file(
                "name,phone,category",
                "Sara,09121234567,a",
                "Sara,09121234567,b",
                "Ali,09121234567,c",
                "Sara,09121234567,a"));
    assertEquals(
        "created 2, changed 2, unchanged 0, refused 0, repeated 0", ImportNode.counts(done));
    assertEquals(Set.of("Sara", "Ali"), Set.copyOf(names()));
  }

  @Test
  void idOfAnotherTamasOverwritesNobody() throws Exception {
    JsonNode ali = profile("{\"kind\":\"person\",\"name\":\"Ali\"}");
    JsonNode done = node.run(file("id,name,phone", ali.get("id") + ",Sara,09121234567"));
    assertEquals(1, done.at("/counts/refused").asInt(), done::toString);
    assertEquals(List.of("Ali"), names());
  }

  @Test
  void aRunAndItsUndoAreARowOfTheLogEach() throws Exception {
    JsonNode done = node.run(file("name,phone", "Ali,09121234567", "Sara,09121234568"));
    node.after(done, "/undo", "UNDONE");
    List<String> rows = new ArrayList<>();
    DATABASE
        .await(
            DATABASE
                .pool()
                .query(
                    "select action || ' ' || subject || ' ' || (after ->> 'rows') as row from audit"
                        + " where kind = 'import' order by id desc limit 2")
                .execute())
        .forEach(row -> rows.add(row.getString("row")));
    String subject = "import:" + done.get("id").asLong() + " 3"; // with the heads
    assertEquals(List.of("deleted " + subject, "created " + subject), rows);
  }

  @Test
  void undoBringsBackWhatWasAndLeavesWhatIsUsed() throws Exception {
    JsonNode old =
        profile(
            "{\"kind\":\"person\",\"name\":\"Old\",\"numbers\":[{\"number\":\"09120000000\"}]}");
    JsonNode other = profile("{\"kind\":\"person\",\"name\":\"Other\"}");
    JsonNode done =
        node.run(
            file(
                "id,name,company,phone",
                old.get("id") + ",OLD,Acme,09121111111",
                other.get("id") + ",OTHER,,",
                ",Ali,Acme,09122222222",
                ",Edited,,09123333333"));
    assertEquals(
        "created 2, changed 2, unchanged 0, refused 0, repeated 0", ImportNode.counts(done));
    long edited =
        profiles().stream().filter(p -> p.name().equals("Edited")).findFirst().orElseThrow().id();
    String draft = "{\"kind\":\"person\",\"name\":\"By hand\"}";
    node.server.send("PUT", "/profiles/" + edited, draft);
    node.server.send("PUT", "/profiles/" + other.get("id").asLong(), draft);
    JsonNode undone = node.after(done, "/undo", "UNDONE");
    assertEquals(2, undone.at("/counts/kept").asInt(), undone::toString);
    assertEquals(
        Set.of(edited, other.get("id").asLong()),
        Stream.of(0, 1)
            .map(i -> undone.at("/keptProfiles/" + i).asLong())
            .collect(Collectors.toSet()));
    assertEquals(List.of("By hand", "By hand", "Old"), names().stream().sorted().toList());
    JsonNode restored = RouteServer.json(node.server.get("/profiles/" + old.get("id").asLong()));
    assertEquals("+989120000000", restored.at("/numbers/0/number").asText());
    assertTrue(restored.path("organisation").isMissingNode());
    assertEquals(409, node.post(done, "/undo"));
  }

  @Test
  void whatIsBrokenOffGoesOnAfterTheLastBatch() throws Exception {
    JsonNode one = node.read(people(20_000));
    node.map(one, one.get("suggestion").toString());
    assertEquals(202, node.post(one, "/run"));
    long id = one.get("id").asLong();
    for (int i = 0; i < 3; i++) {
      long before = node.get(id).at("/counts/done").asLong();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (node.get(id).at("/counts/done").asLong() == before
          && node.get(id).get("state").asText().equals("RUNNING")
          && System.nanoTime() < end) {
        Thread.sleep(5);
      }
      node.stopImporter();
      node.startImporter();
    }
    JsonNode done = node.reaches(id, Set.of("DONE"));
    assertEquals(
        "created 20000, changed 0, unchanged 0, refused 0, repeated 0", ImportNode.counts(done));
    assertEquals(20_000, Set.copyOf(names()).size());
    assertEquals(20_000, profiles().size());
  }

  @Test
  void oneImportIsOpenAtATime() throws Exception {
    JsonNode one = node.read(people(10));
    assertEquals(409, node.upload(people(10)).statusCode());
    assertEquals(202, node.post(one, "/cancel"));
    assertEquals("CANCELLED", node.get(one.get("id").asLong()).get("state").asText());
    JsonNode other = node.read(people(10));
    assertEquals("READY", other.get("state").asText());
    assertEquals(409, node.post(one, "/cancel"));
    assertEquals(409, node.post(one, "/run"));
    assertEquals(409, node.post(one, "/undo"));
    assertEquals(409, node.post(other, "/run"), "without a mapping");
    JsonNode list = RouteServer.json(node.server.get("/imports?limit=1"));
    assertEquals(other.get("id"), list.at("/items/0/id"));
    JsonNode next =
        RouteServer.json(node.server.get("/imports?cursor=" + list.get("next").asText()));
    assertEquals(one.get("id"), next.at("/items/0/id"));
  }

  @Test
  void cancelledRunKeepsWhatItHasDoneAndCanBeUndone() throws Exception {
    JsonNode one = node.read(people(20_000));
    node.map(one, one.get("suggestion").toString());
    node.post(one, "/run");
    long id = one.get("id").asLong();
    while (node.get(id).at("/counts/done").asLong() == 0) {
      Thread.sleep(5);
    }
    assertEquals(202, node.post(one, "/cancel"));
    JsonNode cancelled = node.reaches(id, Set.of("CANCELLED"));
    long created = cancelled.at("/counts/created").asLong();
    assertTrue(created > 0 && created < 20_000, cancelled::toString);
    assertEquals(created, names().size());
    node.after(one, "/undo", "UNDONE");
    assertEquals(0, names().size());
  }

  @Test
  void cancelledDryRunLeavesItReady() throws Exception {
    JsonNode one = node.read(people(50_000));
    node.map(one, one.get("suggestion").toString());
    assertEquals(202, node.post(one, "/dry-run"));
    assertEquals(202, node.post(one, "/cancel"));
    JsonNode ready = node.reaches(one.get("id").asLong(), Set.of("READY"));
    assertEquals(0, ready.at("/counts/done").asLong());
    assertEquals("DONE", node.after(one, "/run", "DONE").get("state").asText());
  }

  @Test
  void fieldThatIsDeletedMeanwhileEndsTheImport() throws Exception {
    JsonNode field =
        RouteServer.json(
            node.server.send("POST", "/profile-fields", "{\"name\":\"city\",\"type\":\"TEXT\"}"));
    JsonNode one = node.read(file("name,city", "Sara,Shiraz"));
    node.map(one, one.get("suggestion").toString());
    node.server.send("DELETE", "/profile-fields/" + field.get("id").asLong(), "");
    JsonNode failed = node.after(one, "/run", "DONE");
    assertEquals(
        "there is no field %d any more, which the mapping uses".formatted(field.get("id").asLong()),
        failed.path("reason").asText());
    assertEquals(List.of(), names());
  }

  @Test
  void eventsAreBoundedAndOfTheImport() throws Exception {
    Events events = new Events(DATABASE);
    long before = DATABASE.await(events.range()).newest();
    node.run(people(3000));
    List<Event> told = DATABASE.await(events.after(before, 100));
    assertTrue(told.size() <= 3, told::toString);
    assertEquals(
        Set.of(Known.PROFILES_IMPORTED),
        told.stream().map(Event::type).collect(Collectors.toSet()));
    assertTrue(
        told.getLast().data().replace(" ", "").contains("\"created\":3000"), told.getLast().data());
    assertEquals(
        3000, node.metrics.get("tamas.import.rows").tag("outcome", "created").counter().count());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "''!the file is empty",
        "name,phone!the file has no row but the heads of its columns",
        "<html><table>!this is a web page",
        "PK\u0003\u0004!the workbook is broken, or not whole",
      })
  void fileThatIsNoneIsRefusedWithTheReason(String content, String reason) throws Exception {
    HttpResponse<String> created = node.upload(content.getBytes(StandardCharsets.UTF_8));
    assertEquals(201, created.statusCode(), created::body);
    JsonNode failed =
        node.reaches(RouteServer.json(created).get("id").asLong(), Set.of("READY", "FAILED"));
    assertTrue(failed.path("reason").asText().startsWith(reason), failed::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "[]!/columns",
        "[{\"column\":1,\"to\":\"NAME\"},{\"column\":1,\"to\":\"CATEGORY\"}]!/columns/1/column",
        "[{\"column\":9,\"to\":\"NAME\"}]!/columns/0/column",
        "[{\"column\":1,\"to\":\"NAME\"},{\"column\":2,\"to\":\"NAME\"}]!/columns/1/to",
        "[{\"column\":1,\"to\":\"NAME\"},{\"column\":2,\"to\":\"NUMBER\"}]!/columns/1/place",
        "[{\"column\":1,\"to\":\"NAME\"},{\"column\":2,\"to\":\"NUMBER_TYPE\",\"place\":1}]!/columns/1/place",
        "[{\"column\":1,\"to\":\"NAME\"},{\"column\":2,\"to\":\"FIELD\",\"field\":77}]!/columns",
        "[{\"column\":1,\"to\":\"NAME\",\"field\":77}]!/columns/0/field",
        "[{\"column\":0,\"to\":\"NAME\"}]!/columns/0/column",
        "[{\"column\":1,\"to\":\"SHOE\"}]!/columns/0/to",
      })
  void mappingThatCannotBeIsRefusedWithItsField(String columns, String pointer) throws Exception {
    JsonNode one = node.read(file("a,b", "Sara,1"));
    String mapping =
        "{\"columns\":%s,\"identifiedBy\":\"NOTHING\",\"whenKnown\":\"SKIP\"}".formatted(columns);
    HttpResponse<String> refused =
        node.server.send("PUT", "/imports/" + one.get("id").asLong() + "/mapping", mapping);
    assertEquals(422, refused.statusCode(), refused::body);
    assertEquals(pointer, RouteServer.json(refused).at("/faults/0/pointer").asText());
  }

  @Test
  void otherWayOfReadingIsFollowed() throws Exception {
    JsonNode one = node.read(file("name;phone", "Sara;09121234567"));
    long id = one.get("id").asLong();
    String path = "/imports/" + id + "/format";
    assertEquals(
        202,
        node.server.send("PUT", path, "{\"delimiter\":\"COMMA\",\"header\":false}").statusCode());
    JsonNode read = node.reaches(id, Set.of("READY"));
    assertEquals("[\"name;phone\"]", read.at("/preview/0").toString());
    assertEquals(422, node.server.send("PUT", path, "{\"delimiter\":\"DASH\"}").statusCode());
    assertEquals(404, node.server.get("/imports/999999").statusCode());
    assertEquals(404, node.server.send("POST", "/imports/999999/run", "").statusCode());
  }

  @Test
  void uploadNeedsRoomAndALength() throws Exception {
    try (ImportNode full = new ImportNode(VERTX, DATABASE, folder, 1000, Long.MAX_VALUE / 2)) {
      assertEquals(507, full.upload(people(1)).statusCode());
      assertEquals(413, full.upload(people(1000)).statusCode());
    }
    assertEquals(
        411,
        node.server
            .send(
                "POST",
                "/imports",
                "text/csv",
                java.net.http.HttpRequest.BodyPublishers.ofInputStream(
                    () -> new java.io.ByteArrayInputStream(people(1))))
            .statusCode());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void organisationsOfTheSameNameAreNotGuessed() throws Exception {
    profile("{\"kind\":\"organisation\",\"name\":\"Acme\"}");
    profile("{\"kind\":\"organisation\",\"name\":\"ACME\"}");
    JsonNode done = node.run(file("name,company", "Sara,Acme"));
    assertEquals(1, done.at("/counts/refused").asInt(), done::toString);
    assertEquals(2, profiles().stream().filter(p -> p.kind() == Kind.ORGANISATION).count());
  }
}
