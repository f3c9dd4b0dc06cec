package io.tamas.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.config.Config;
import io.tamas.db.TestDatabase;
import io.tamas.event.Audience;
import io.tamas.event.Audience.Circle;
import io.tamas.event.EventType;
import io.tamas.event.NewEvent;
import io.tamas.event.Outbox;
import io.tamas.json.Json;
import io.tamas.user.UserServer.Cookie;
import io.tamas.user.UserServer.Stream;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who receives which events, by the rights of the moment.
class EventRightsIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(EventRightsIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static @Nullable UserServer started;

  @BeforeAll
  static void start() throws Exception {
    started = new UserServer(VERTX, CONFIG, SignInLimits.Limits.DEFAULT);
  }

  @AfterAll
  static void close() throws Exception {
    server().close();
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  private static UserServer server() {
    return Objects.requireNonNull(started);
  }

  @BeforeEach
  void company() {
    server().run("delete from user_account");
    server().run("delete from company_item");
    for (String group : List.of("sales", "support")) {
      server()
          .run(
              "insert into company_item (kind, name, body, version) values ('extension-group', '%s', '{}', 1)"
                  .formatted(group));
    }
    extension("101", "sales");
    extension("102", "sales");
    extension("103", "support");
  }

  private static void extension(String number, String... groups) {
    server()
        .run(
            """
            insert into company_item (kind, name, body, version)
            values ('extension', '%s', '{"groups": %s}', 1)
            on conflict (kind, name) do update set body = excluded.body
            """
                .formatted(number, Json.write(groups)));
  }

  private static NewEvent event(String subject, Audience audience) {
    return new NewEvent(EventType.of("test.happened"), subject, Map.of(), audience);
  }

  private static NewEvent of(String... extensions) {
    return event(String.join("+", extensions), Audience.of(List.of(extensions), Instant.now()));
  }

  private static void append(NewEvent... events) {
    server()
        .database()
        .inTransaction(tx -> tx.await(Outbox.append(tx.connection(), List.of(events))));
  }

  /// The subjects of the next events up to the one that is for everybody.
  private static List<String> untilLast(Stream stream) throws Exception {
    List<String> subjects = new ArrayList<>();
    while (true) {
      JsonNode next = stream.next();
      String type = next.path("type").asText();
      String subject = type.equals("test.happened") ? next.path("subject").asText() : type;
      if (subject.equals("last")) {
        return subjects;
      }
      if (!subject.equals("position")) {
        subjects.add(subject);
      }
    }
  }

  private static void appendOfEach() {
    append(
        of("101"),
        of("103"),
        of("102", "103"),
        event("users", Circle.USERS),
        event("settings", Circle.SETTINGS),
        event("overseers", Circle.OVERSEERS),
        event("last", Circle.EVERYBODY));
  }

  @Test
  void eachReceivesWhatIsTheirs() throws Exception {
    Cookie zahra = server().user("zahra", "OPERATOR", Map.of("extension", "101"));
    Cookie sara = server().user("sara", "SUPERVISOR", Map.of("groups", List.of("support")));
    Cookie nobody = server().user("nobody", "OPERATOR", Map.of());
    Cookie boss = server().user("boss", "ADMINISTRATOR", Map.of());
    try (Stream ofZahra = server().stream(zahra, "");
        Stream ofSara = server().stream(sara, "");
        Stream ofNobody = server().stream(nobody, "");
        Stream ofBoss = server().stream(boss, "")) {
      for (Stream each : List.of(ofZahra, ofSara, ofNobody, ofBoss)) {
        assertEquals("snapshot", each.next().path("type").asText());
      }
      appendOfEach();
      assertEquals(List.of("101", "users"), untilLast(ofZahra));
      assertEquals(List.of("103", "102+103", "users", "settings"), untilLast(ofSara));
      assertEquals(List.of("users"), untilLast(ofNobody));
      assertEquals(
          List.of("101", "103", "102+103", "users", "settings", "overseers"), untilLast(ofBoss));
    }
  }

  /// What was missed is read from the table, and judged in the same way.
  @Test
  void andTheSameWhenTheyResume() throws Exception {
    Cookie sara = server().user("sara", "SUPERVISOR", Map.of("groups", List.of("support")));
    String cursor;
    try (Stream stream = server().stream(sara, "")) {
      cursor = stream.next().path("cursor").asText();
    }
    appendOfEach();
    try (Stream stream = server().stream(sara, "?after=" + cursor)) {
      assertEquals(List.of("103", "102+103", "users", "settings"), untilLast(stream));
    }
  }

  @Test
  void extensionThatMovesBetweenGroupsTakesItsEventsAlong() throws Exception {
    Cookie sales = server().user("sales", "SUPERVISOR", Map.of("groups", List.of("sales")));
    Cookie support = server().user("support", "SUPERVISOR", Map.of("groups", List.of("support")));
    try (Stream ofSales = server().stream(sales, "");
        Stream ofSupport = server().stream(support, "")) {
      JsonNode first = ofSales.next();
      ofSupport.next();
      extension("102", "support");
      assertEquals(1008, ofSales.closeCode());
      assertEquals(1008, ofSupport.closeCode());
      append(of("102"), event("last", Circle.EVERYBODY));
      String cursor = first.path("cursor").asText();
      try (Stream again = server().stream(sales, "?after=" + cursor)) {
        assertEquals("snapshot", again.next().path("type").asText());
      }
      try (Stream again = server().stream(sales, "?after=" + first.path("lastId").asText())) {
        assertEquals(List.of(), untilLast(again));
      }
      try (Stream again = server().stream(support, "?after=" + first.path("lastId").asText())) {
        assertEquals(List.of("102"), untilLast(again));
      }
    }
  }

  @Test
  void cursorOfAnotherBeginsWithTheState() throws Exception {
    Cookie zahra = server().user("zahra", "OPERATOR", Map.of("extension", "101"));
    Cookie reza = server().user("reza", "OPERATOR", Map.of("extension", "102"));
    String cursor;
    try (Stream stream = server().stream(zahra, "")) {
      cursor = stream.next().path("cursor").asText();
    }
    append(of("101"));
    try (Stream stream = server().stream(reza, "?after=" + cursor)) {
      JsonNode first = stream.next();
      assertEquals("snapshot", first.path("type").asText());
      assertNotEquals(cursor, first.path("cursor").asText());
    }
  }

  @Test
  void positionMovesPastWhatWasNotTheirs() throws Exception {
    Cookie zahra = server().user("zahra", "OPERATOR", Map.of("extension", "101"));
    try (Stream stream = server().stream(zahra, "")) {
      stream.next();
      append(of("102"), of("103"));
      JsonNode position = stream.next();
      assertEquals("position", position.path("type").asText(), position::toString);
      append(of("101"), event("last", Circle.EVERYBODY));
      assertEquals(List.of("101"), untilLast(stream));
      try (Stream again = server().stream(zahra, "?after=" + position.path("cursor").asText())) {
        assertEquals(List.of("101"), untilLast(again));
      }
    }
  }

  @Test
  void eventsOfAnEarlierVersionAreAGapForWhoSeesSomeExtensionsOnly() throws Exception {
    Cookie zahra = server().user("zahra", "OPERATOR", Map.of("extension", "101"));
    Cookie boss = server().user("boss", "ADMINISTRATOR", Map.of());
    String before;
    try (Stream stream = server().stream(boss, "")) {
      before = stream.next().path("lastId").asText();
    }
    server()
        .run(
            """
            insert into event (at, type, subject, data)
            select now(), 'test.happened', 'old', '{}' from generate_series(1, 3)
            """);
    append(of("101"), event("last", Circle.EVERYBODY));
    try (Stream stream = server().stream(zahra, "?after=" + before)) {
      JsonNode gap = stream.next();
      assertEquals("gap", gap.path("type").asText(), gap::toString);
      assertEquals(2, gap.path("to").asLong() - gap.path("from").asLong());
      assertTrue(gap.path("from").asLong() > Long.parseLong(before));
      assertEquals(List.of("101"), untilLast(stream));
    }
    try (Stream stream = server().stream(boss, "?after=" + before)) {
      assertEquals(List.of("old", "old", "old", "101"), untilLast(stream));
    }
  }
}
