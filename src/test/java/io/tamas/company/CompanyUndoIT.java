package io.tamas.company;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.number.ExtensionNumber;
import io.tamas.undo.UndoRoutes;
import io.tamas.web.Contract;
import io.tamas.web.RouteServer;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is deleted of a company comes back.
class CompanyUndoIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(CompanyUndoIT.class);
  private static final String ALI = "{\"number\":\"777\",\"name\":\"علی\",\"mailbox\":{}}";

  @TempDir private static Path folder;
  private static Vertx vertx;
  private static Database database;
  private static CompanyNode node;
  private static RouteServer server;

  @BeforeAll
  static void start() throws Exception {
    vertx = Vertx.vertx();
    database = new Database(vertx, CONFIG);
    node = new CompanyNode(CONFIG, folder.resolve("company.json"));
    PromptStore store = new PromptStore(folder.resolve("prompts"));
    server =
        RouteServer.start(
            vertx,
            new PromptAudioRoutes(node.companies, store, CompanyUndoIT::convert),
            new PartRoutes(node.companies, node.snapshot),
            new ExtensionRoutes(node.companies, node.snapshot, _ -> {}),
            new CompanyRoutes(node.companies, node.snapshot, store, (_, _) -> Optional.empty()),
            new UndoRoutes(
                database,
                Contract.load(),
                List.of(
                    new DeletedParts(node.companies),
                    new DeletedAudio(node.companies, store),
                    new FormerCompany(node.companies))));
  }

  private static void convert(Path in, Path out) throws SoundFault {
    try {
      Files.copy(in, out);
    } catch (IOException e) {
      throw new SoundFault.Unavailable("disk");
    }
  }

  @AfterAll
  static void close() throws Exception {
    server.close();
    node.close();
    database.close().await(5, TimeUnit.SECONDS);
    vertx.close().await(5, TimeUnit.SECONDS);
  }

  @BeforeEach
  void wholeCompany() {
    node.replaceAll(Company.empty());
    assertEquals(List.of(), node.replaceAll(Yamls.whole()));
    database.await(database.pool().query("truncate trash cascade").execute());
  }

  private static HttpResponse<String> sent(int status, String method, String path, String body)
      throws Exception {
    HttpResponse<String> answer = server.send(method, path, body);
    assertEquals(status, answer.statusCode(), answer.body());
    return answer;
  }

  private static String undo(HttpResponse<String> answer) {
    return answer.headers().firstValue("undo-id").orElseThrow();
  }

  private static JsonNode undone(String id) throws Exception {
    return RouteServer.json(sent(200, "POST", "/undo/" + id, ""));
  }

  private static String refused(String id) throws Exception {
    return RouteServer.json(sent(409, "POST", "/undo/" + id, "")).get("detail").asText();
  }

  @Test
  void aGroupOfExtensionsComesBackWithThoseWhoSuperviseIt() throws Exception {
    sent(201, "PUT", "/extension-groups/night", "{\"name\":\"night\",\"title\":\"Night\"}");
    database.await(
        database
            .pool()
            .query(
                """
                with made as (
                  insert into user_account (name, role, one_time)
                  values ('leila', 'SUPERVISOR', sha256('x')) returning id)
                insert into user_group (account, name) select id, 'night' from made
                """)
            .execute());
    String id = undo(sent(204, "DELETE", "/extension-groups/night", ""));
    assertEquals(0, row("select count(*) from user_group").getLong(0));
    undone(id);
    assertEquals(1, row("select count(*) from user_group").getLong(0));
    database.await(database.pool().query("delete from user_account").execute());
  }

  private static Row row(String sql) {
    return database.await(database.pool().query(sql).execute()).iterator().next();
  }

  private static Secret password() {
    return Objects.requireNonNull(node.companies.passwords().get(new ExtensionNumber("777")));
  }

  @Test
  void anExtensionComesBackWithItsMailboxAndANewPassword() throws Exception {
    sent(201, "POST", "/extensions", ALI);
    String since = "select created_at from company_item where kind = 'extension' and name = '777'";
    Object created = row(since).getValue(0);
    Secret before = password();
    database.await(
        database
            .pool()
            .query(
                """
                insert into api_key (name, hash, scopes, extension)
                values ('of-ali', sha256('of-ali'), array['call'], '777')
                """)
            .execute());
    String shown = server.get("/extensions/777").body();

    String id = undo(sent(204, "DELETE", "/extensions/777", ""));
    sent(404, "GET", "/extensions/777", "");
    JsonNode undone = undone(id);
    assertEquals("extension:777", undone.get("subject").asText());
    assertEquals(shown, server.get("/extensions/777").body());
    assertEquals(created, row(since).getValue(0), "its messages are its own again");
    assertEquals(password().reveal(), undone.get("password").asText());
    assertNotEquals(before.reveal(), password().reveal());
    assertEquals(0, row("select count(*) from api_key").getLong(0), "its keys have ended");
    assertTrue(node.snapshot.get().extension(new ExtensionNumber("777")).isPresent());
  }

  @Test
  void aNewExtensionOfTheNumberStartsEmptyAndEndsTheUndo() throws Exception {
    sent(201, "POST", "/extensions", ALI);
    String id = undo(sent(204, "DELETE", "/extensions/777", ""));
    sent(201, "POST", "/extensions", ALI.replace("علی", "Sara"));
    assertEquals("changed since: extension 777 was made anew", refused(id));
    Secret hers = password();
    assertEquals("Sara", RouteServer.json(server.get("/extensions/777")).get("name").asText());
    assertEquals(hers.reveal(), password().reveal());
  }

  @Test
  void theAuditLogHasWhatWasBeforeAndAfter() throws Exception {
    sent(201, "POST", "/extensions", ALI);
    sent(200, "PUT", "/extensions/777", ALI.replace("علی", "Sara"));
    String set = "{\"password\":\"Ex-7$long-and-hard-to-guess\"}";
    sent(204, "PUT", "/extensions/777/password", set);
    undone(undo(sent(204, "DELETE", "/extensions/777", "")));
    String rows =
        row("""
        select string_agg(
          concat_ws(' ', action, before ->> 'name', '->', after ->> 'name', operation), '; ' order by id) as rows
        from (select * from audit where subject = 'extension:777' order by id desc limit 5) a
        """)
            .getString("rows");
    assertEquals(
        "created -> علی createExtension; updated علی -> Sara updateExtension;"
            + " secret -> setExtensionPassword; deleted Sara -> deleteExtension;"
            + " restored -> Sara undo",
        rows);
    putCompany("extensions:\n  - {number: \"101\", name: Other}\n");
    Row last = row("select action, after::text as after from audit order by id desc limit 1");
    assertEquals("replaced", last.getString("action"));
    assertTrue(last.getString("after").contains("\"changes\""), last.getString("after"));
    assertEquals(
        0, row("select count(*) from audit where after::text like '%hard-to-guess%'").getLong(0));
  }

  @Test
  void aTrunkComesBackWithItsPassword() throws Exception {
    sent(
        201,
        "PUT",
        "/trunks/spare",
        "{\"name\":\"spare\",\"plan\":{\"country\":\"IR\",\"areaCode\":\"21\"},"
            + "\"addresses\":[\"10.9.0.1\"],\"fallback\":\"101\",\"server\":\"sip.example.ir\","
            + "\"registration\":{\"server\":\"sip.example.ir\",\"user\":\"tamas\"}}");
    assertTrue(
        node.companies.setTrunkPassword("spare", new Secret("of the provider"))
            instanceof CompanyOutcome.Done);
    String id = undo(sent(204, "DELETE", "/trunks/spare", ""));
    assertFalse(node.companies.trunkPasswords().containsKey("spare"));
    assertFalse(undone(id).has("password"));
    assertEquals(
        Optional.of("of the provider"),
        Optional.ofNullable(node.companies.trunkPasswords().get("spare")).map(Secret::reveal));
  }

  @Test
  void aPartIsRefusedThatNeedsWhatIsGone() throws Exception {
    String group =
        "{\"name\":\"night\",\"strategy\":\"RING_ALL\",\"members\":[\"777\"],\"ring\":\"PT20S\"}";
    sent(201, "POST", "/extensions", ALI);
    sent(201, "PUT", "/ring-groups/night", group);
    String ring = undo(sent(204, "DELETE", "/ring-groups/night", ""));
    String ali = undo(sent(204, "DELETE", "/extensions/777", ""));
    assertTrue(refused(ring).startsWith("changed since: ring-group night: /members/0"));
    undone(ali);
    undone(ring);
    sent(200, "GET", "/ring-groups/night", "");
  }

  @Test
  void whatIsStillNeededIsNotDeletedAndOffersNothing() throws Exception {
    HttpResponse<String> needed = sent(409, "DELETE", "/extensions/101", "");
    assertFalse(needed.headers().firstValue("undo-id").isPresent());
    assertEquals(0, row("select count(*) from trash").getLong(0));
  }

  @Test
  void audioOfAPromptComesBack() throws Exception {
    HttpResponse<String> put =
        server.send(
            "PUT", "/prompts/welcome/audio/tr", "audio/wav", BodyPublishers.ofString("one"));
    assertEquals(200, put.statusCode(), put.body());
    String id = undo(sent(200, "DELETE", "/prompts/welcome/audio/tr", ""));
    sent(404, "GET", "/prompts/welcome/audio/tr", "");
    undone(id);
    assertEquals("one", server.get("/prompts/welcome/audio/tr").body());

    String late = undo(sent(200, "DELETE", "/prompts/welcome/audio/tr", ""));
    server.send("PUT", "/prompts/welcome/audio/tr", "audio/wav", BodyPublishers.ofString("two"));
    assertEquals("changed since: the prompt has other audio", refused(late));
  }

  @Test
  void theFormerCompanyComesBackUnlessSomethingWasChangedSince() throws Exception {
    String before = company();
    String other =
        "extensions:\n  - {number: \"101\", name: Other}\n  - {number: \"888\", name: New}\n";
    String id = undo(putCompany(other));
    assertNotEquals(before, company());
    undone(id);
    assertEquals(before, company());

    String late = undo(putCompany(other));
    sent(201, "POST", "/extensions", ALI);
    assertTrue(refused(late).startsWith("changed since: the company has version "));
  }

  /// Without its first line, which names the version.
  private static String company() throws Exception {
    return server.get("/company").body().replaceFirst("^#[^\n]*\n", "");
  }

  private static HttpResponse<String> putCompany(String yaml) throws Exception {
    HttpResponse<String> put =
        server.send("PUT", "/company", "application/yaml", BodyPublishers.ofString(yaml));
    assertEquals(200, put.statusCode(), put.body());
    return put;
  }

  @Test
  void aReplacementThatChangesNothingOffersNothing() throws Exception {
    HttpResponse<String> same = putCompany(server.get("/company").body());
    assertFalse(same.headers().firstValue("undo-id").isPresent());
  }
}
