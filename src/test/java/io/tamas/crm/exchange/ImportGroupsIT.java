package io.tamas.crm.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tamas.config.Config;
import io.tamas.crm.Profile;
import io.tamas.crm.ProfileFilter;
import io.tamas.crm.ProfileSearch;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.web.RouteServer;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.poi.hssf.usermodel.HSSFRow;
import org.apache.poi.hssf.usermodel.HSSFSheet;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Imports that name groups of the phone book, and those of old workbooks.
class ImportGroupsIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(ImportGroupsIT.class);
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
    node = new ImportNode(VERTX, DATABASE, folder, 64 << 20, 0);
    node.startImporter();
  }

  @AfterEach
  void close() throws Exception {
    node.close();
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

  private List<String> groups() throws Exception {
    return StreamSupport.stream(
            RouteServer.json(node.server.get("/profile-groups")).get("items").spliterator(), false)
        .map(group -> group.get("name").asText())
        .sorted()
        .toList();
  }

  private static byte[] inGroups() {
    return String.join(
            "\r\n",
            "name,phone,groups",
            "Sara,09121234567,VIP; friends",
            "Ali,09123334455,vip",
            "Reza,no number,never",
            "Mina,09125556677,\"with, comma\n:::\"")
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void groupThatIsNotThereIsRefusedUnlessAskedFor() throws Exception {
    JsonNode done = node.run(inGroups());
    assertEquals(4, done.at("/counts/refused").asInt(), done::toString);
    assertEquals(List.of(), groups());
  }

  @Test
  void groupsAreMadeWhenAskedForAndGoWithTheUndo() throws Exception {
    JsonNode one = node.read(inGroups());
    node.map(one, ((ObjectNode) one.get("suggestion")).put("makeGroups", true).toString());
    JsonNode tried = node.after(one, "/dry-run", "CHECKED");
    assertEquals("[\"VIP\",\"friends\",\"with, comma\"]", tried.get("newGroups").toString());
    assertEquals(1, tried.at("/counts/refused").asInt(), tried::toString);
    assertEquals(List.of(), groups());

    JsonNode done = node.after(one, "/run", "DONE");
    assertEquals(tried.get("newGroups"), done.get("newGroups"));
    assertEquals(List.of("VIP", "friends", "with, comma"), groups());
    assertEquals(
        List.of(1, 1, 2),
        profiles().stream().map(p -> p.content().groups().size()).sorted().toList());
    Set<Long> ofAll =
        profiles().stream().flatMap(p -> p.content().groups().stream()).collect(Collectors.toSet());
    assertEquals(3, ofAll.size());
    long vip =
        profiles().stream()
            .filter(p -> p.name().equals("Ali"))
            .findFirst()
            .orElseThrow()
            .content()
            .groups()
            .getFirst();
    node.server.send(
        "POST",
        "/profiles",
        "{\"kind\":\"person\",\"name\":\"By hand\",\"groups\":[%d]}".formatted(vip));
    node.after(done, "/undo", "UNDONE");
    assertEquals(List.of("VIP"), groups(), "what is used stays");
  }

  @Test
  void groupsOfSeveralBatchesAreMadeOnce() throws Exception {
    byte[] file =
        IntStream.range(0, 5_000)
            .mapToObj(i -> "Person %d,0912%07d,group %d".formatted(i, i, i % 7))
            .collect(Collectors.joining("\n", "name,mobile,groups\n", "\n"))
            .getBytes(StandardCharsets.UTF_8);
    JsonNode one = node.read(file);
    node.map(one, ((ObjectNode) one.get("suggestion")).put("makeGroups", true).toString());
    JsonNode tried = node.after(one, "/dry-run", "CHECKED");
    assertEquals(7, tried.get("newGroups").size(), tried::toString);
    JsonNode done = node.after(one, "/run", "DONE");
    assertEquals(7, done.get("newGroups").size(), done::toString);
    assertEquals(5_000, done.at("/counts/created").asInt());
    assertEquals(7, groups().size());
  }

  @Test
  void workbookOf97IsImported() throws Exception {
    try (HSSFWorkbook workbook = new HSSFWorkbook();
        ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      HSSFSheet sheet = workbook.createSheet("people");
      HSSFRow heads = sheet.createRow(0);
      heads.createCell(0).setCellValue("نام");
      heads.createCell(1).setCellValue("موبایل");
      HSSFRow row = sheet.createRow(1);
      row.createCell(0).setCellValue("سارا");
      // which has lost its 0
      row.createCell(1).setCellValue(9121234567d);
      HSSFRow spoiled = sheet.createRow(2);
      spoiled.createCell(0).setCellValue("علی");
      spoiled.createCell(1).setCellValue(98912123456789012d);
      workbook.write(out);
      JsonNode done = node.run(out.toByteArray());
      assertEquals("XLS", done.at("/format/kind").asText(), done::toString);
      assertEquals("people", done.at("/format/sheet").asText());
      assertEquals(
          "created 1, changed 0, unchanged 0, refused 1, repeated 0", ImportNode.counts(done));
      assertEquals("+989121234567", profiles().getFirst().numbers().getFirst().number().e164());
    }
  }
}
