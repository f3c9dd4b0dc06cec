package io.tamas.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.event.Event;
import io.tamas.event.EventType;
import io.tamas.event.EventType.Known;
import io.tamas.event.Events;
import io.tamas.web.RouteServer;
import io.vertx.core.Vertx;
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
import org.junit.jupiter.params.provider.ValueSource;

/// Notes over real sockets; the server of the test holds each answer against the contract.
class ContactNotesIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(ContactNotesIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private static RouteServer server;
  private final Events events = new Events(DATABASE);
  private String path = "";

  @BeforeAll
  static void start() throws Exception {
    Profiles profiles = new Profiles(DATABASE, () -> Contents.NUMBERS);
    server =
        RouteServer.start(
            VERTX,
            new ProfileRoutes(profiles, () -> Contents.NUMBERS),
            new ContactNoteRoutes(profiles, new ContactNotes(DATABASE)));
  }

  @AfterAll
  static void close() throws Exception {
    server.close();
    DATABASE.close().await(5, TimeUnit.SECONDS);
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @BeforeEach
  void sara() throws Exception {
    DATABASE.await(DATABASE.pool().query("truncate profile cascade").execute());
    path = "/profiles/" + profile("Sara") + "/notes";
  }

  @Test
  void aNoteIsWrittenReadChangedAndDeleted() throws Exception {
    long before = DATABASE.await(events.range()).newest();
    HttpResponse<String> written =
        server.send(
            "POST",
            path,
            "{\"kind\":\"CALL\",\"text\":\" فردا\\r\\nساعت ۱۰ \",\"call\":\"tamas-1.2\"}");
    assertEquals(201, written.statusCode());
    JsonNode note = RouteServer.json(written);
    assertEquals("فردا\nساعت ۱۰", note.get("text").asText());
    assertEquals("test", note.get("author").asText());
    String one = path + "/" + note.get("id").asLong();
    assertEquals("/api/v1" + one, written.headers().firstValue("location").orElse(""));
    assertEquals(written.body(), server.get(one).body());

    String changed = "{\"text\":\"tomorrow\"}";
    assertEquals(412, server.send("PUT", one, changed, "if-match", "\"2\"").statusCode());
    JsonNode after = RouteServer.json(server.send("PUT", one, changed, "if-match", "\"1\""));
    assertEquals("NOTE", after.get("kind").asText());
    assertEquals(2, after.get("version").asInt());
    assertFalse(after.has("call"), after::toString);

    assertEquals(412, server.send("DELETE", one, "", "if-match", "\"1\"").statusCode());
    assertEquals(204, server.send("DELETE", one, "", "if-match", "\"2\"").statusCode());
    assertEquals(404, server.get(one).statusCode());
    assertEquals(404, server.send("PUT", one, changed).statusCode());
    assertEquals(404, server.send("DELETE", one, "").statusCode());
    List<Event> told = DATABASE.await(events.after(before, 10));
    assertEquals(
        List.<EventType>of(Known.NOTE_CREATED, Known.NOTE_UPDATED, Known.NOTE_DELETED),
        told.stream().map(Event::type).toList());
    assertEquals(
        List.of("profile:" + note.get("profile").asLong()),
        told.stream().map(Event::subject).distinct().toList());
  }

  @Test
  void pagesHaveEveryNoteOnceTheNewestFirst() throws Exception {
    for (int i = 0; i < 7; i++) {
      server.send("POST", path, "{\"text\":\"note " + i + "\"}");
    }
    server.send("POST", "/profiles/" + profile("Ali") + "/notes", "{\"text\":\"of Ali\"}");
    List<String> texts = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = RouteServer.json(server.get(path + "?limit=3" + cursor));
      page.get("items").forEach(item -> texts.add(item.get("text").asText()));
      cursor = page.has("next") ? "&cursor=" + page.get("next").asText() : "";
    } while (!cursor.isEmpty());
    assertEquals(
        List.of("note 6", "note 5", "note 4", "note 3", "note 2", "note 1", "note 0"), texts);
  }

  @Test
  void aNoteIsFoundUnderItsOwnProfileOnly() throws Exception {
    long note = RouteServer.json(server.send("POST", path, "{\"text\":\"x\"}")).get("id").asLong();
    long ali = profile("Ali");
    for (String method : List.of("GET", "DELETE")) {
      assertEquals(
          404, server.send(method, "/profiles/" + ali + "/notes/" + note, "").statusCode());
    }
    assertEquals(200, server.get(path + "/" + note).statusCode());
    assertEquals(404, server.get("/profiles/" + (ali + 100) + "/notes").statusCode());
    String nobodys = "/profiles/" + (ali + 100) + "/notes";
    assertEquals(404, server.send("POST", nobodys, "{\"text\":\"x\"}").statusCode());
  }

  @Test
  void thereIsABoundOfNotes() throws Exception {
    long sara = Long.parseLong(path.split("/")[2]);
    String fill =
        """
        insert into profile_note (profile, kind, text, author)
        select $1, 'NOTE', 'n', 'test' from generate_series(1, 10000)
        """;
    DATABASE.await(DATABASE.pool().preparedQuery(fill).execute(Tuple.of(sara)));
    DATABASE.await(DATABASE.pool().query("vacuum analyze profile_note").execute());
    assertEquals(409, server.send("POST", path, "{\"text\":\"one more\"}").statusCode());

    long ali = profile("Ali");
    StringBuilder plan = new StringBuilder();
    DATABASE
        .await(
            DATABASE
                .pool()
                .preparedQuery("explain " + ContactNotes.LIST)
                .execute(Tuple.of(ali, Long.MAX_VALUE, 50)))
        .forEach(row -> plan.append(row.getString(0)).append('\n'));
    assertTrue(plan.toString().contains("profile_note_newest"), plan::toString);
    assertFalse(plan.toString().contains("Sort"), plan::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"text\":\" \\n \"}",
        "{\"text\":\"a\\u0000b\"}",
        "{\"text\":\"\\u200c\"}",
        "{\"text\":\"x\",\"kind\":\"POEM\"}",
        "{\"text\":\"x\",\"call\":\"../1\"}",
        "{\"text\":\"x\",\"author\":\"me\"}",
      })
  void aWrongNoteIsRefused(String body) throws Exception {
    HttpResponse<String> response = server.send("POST", path, body);
    assertEquals(422, response.statusCode(), response.body());
    assertTrue(RouteServer.json(response).get("faults").size() > 0, response.body());
    assertEquals(0, RouteServer.json(server.get(path)).get("items").size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"?cursor=AAAA", "?limit=0", "/x", "/0", "?unknown=1"})
  void aWrongParameterIsRefused(String parameter) throws Exception {
    assertEquals(400, server.get(path + parameter).statusCode());
  }

  private static long profile(String name) throws Exception {
    String draft = "{\"kind\":\"person\",\"name\":\"" + name + "\"}";
    return RouteServer.json(server.send("POST", "/profiles", draft)).get("id").asLong();
  }
}
