package io.tamas.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.audit.Audit.Action;
import io.tamas.audit.Audit.Change;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.web.Act;
import io.tamas.web.ApiKeys;
import io.tamas.web.KeyRoutes;
import io.tamas.web.Principal;
import io.tamas.web.Problem;
import io.tamas.web.Role;
import io.tamas.web.RouteServer;
import io.tamas.web.Scope;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.net.http.HttpResponse;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The log over real sockets; each answer is held against the contract.
class AuditRoutesIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(AuditRoutesIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private static final SimpleMeterRegistry METRICS = new SimpleMeterRegistry();
  private static final AtomicLong NANOS = new AtomicLong();
  private static final AuditedRefusals REFUSALS =
      new AuditedRefusals(DATABASE, NANOS::get, METRICS);
  private static RouteServer server;

  @BeforeAll
  static void start() throws Exception {
    ApiKeys keys = new ApiKeys(DATABASE);
    keys.notedBy(new AuditedKeys());
    Principal zahra =
        Principal.of(
            new Principal.User("zahra", Role.OPERATOR, 31, false),
            Set.of(),
            Optional.empty(),
            List.of());
    Principal test = new Principal("test", EnumSet.allOf(Scope.class));
    server =
        RouteServer.startFor(
            VERTX,
            key ->
                switch (key) {
                  case "test" -> Future.succeededFuture(test);
                  case "zahra" -> Future.succeededFuture(zahra);
                  default -> Future.failedFuture(Problem.unauthorized("the API key is not known"));
                },
            new AuditRoutes(DATABASE),
            new KeyRoutes(keys));
    server.report(REFUSALS);
  }

  @AfterAll
  static void close() throws Exception {
    server.close();
    DATABASE.close().await(5, TimeUnit.SECONDS);
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  private static JsonNode list(String query) throws Exception {
    HttpResponse<String> answer = server.get("/audit?" + query);
    assertEquals(200, answer.statusCode(), answer.body());
    return RouteServer.json(answer).get("items");
  }

  @Test
  void aChangeSaysWhoWhatAndFromWhere() throws Exception {
    String draft = "{\"name\":\"crm\",\"scopes\":[\"read\",\"call\"]}";
    assertEquals(201, server.send("POST", "/keys", draft).statusCode());
    assertEquals(409, server.send("POST", "/keys", draft).statusCode(), "leaves no row");
    assertEquals(
        204, server.send("DELETE", "/keys/crm", "", "x-forwarded-for", "192.0.2.99").statusCode());
    JsonNode rows = list("subject=key:crm");
    assertEquals(2, rows.size(), rows::toString);
    JsonNode created = rows.get(1);
    assertEquals("key:test", created.get("actor").asText());
    assertEquals("127.0.0.1", created.get("address").asText());
    assertEquals("createKey", created.get("operation").asText());
    assertEquals("created", created.get("action").asText());
    assertEquals("{\"scopes\":[\"call\",\"read\"]}", created.get("after").toString());
    assertEquals("deleted", rows.get(0).get("action").asText());
    assertEquals("127.0.0.1", rows.get(0).get("address").asText(), "no proxy said so");
  }

  @Test
  void refusedRequestsAreNotedWithinLimits() throws Exception {
    NANOS.addAndGet(TimeUnit.HOURS.toNanos(2));
    for (int i = 0; i < 12; i++) {
      assertEquals(403, by("zahra").statusCode());
      assertEquals(401, by("guess-" + i).statusCode());
    }
    REFUSALS.write();
    JsonNode known = list("action=refused&actor=user:zahra");
    assertEquals(AuditedRefusals.OF_KNOWN, known.size());
    assertEquals(31, known.get(0).get("session").asInt());
    assertEquals("request:listKeys", known.get(0).get("subject").asText());
    assertEquals(
        "{\"status\":403,\"detail\":\"the user needs the role administrator\"}",
        known.get(0).get("after").toString());
    List<JsonNode> strangers = new ArrayList<>();
    list("action=refused").forEach(strangers::add);
    strangers.removeIf(row -> !row.get("actor").asText().isEmpty());
    assertEquals(1, strangers.size(), strangers::toString);
    assertFalse(strangers.toString().contains("guess"), "no key is in the log");
    assertEquals(13, METRICS.get("tamas.audit.refusals.withheld").counter().count());

    NANOS.addAndGet(TimeUnit.MINUTES.toNanos(1));
    by("guess");
    REFUSALS.write();
    REFUSALS.write();
    list("action=refused").forEach(strangers::add);
    strangers.removeIf(row -> !row.get("actor").asText().isEmpty());
    assertEquals(1 + 2, strangers.size(), "one more a minute later");
  }

  private static HttpResponse<String> by(String key) throws Exception {
    return server.sendAsIs("GET", "/keys", "", "authorization", "Bearer " + key);
  }

  @Test
  void pagesGoBackInTimeAndAreFiltered() throws Exception {
    for (int i = 0; i < 7; i++) {
      Change change = Change.of("extension", i % 2 == 0 ? "701" : "702", Action.UPDATED);
      Act.by("command")
          .during(() ->
              DATABASE.inTransaction(tx -> {
                Audit.record(tx, change.after(Map.of("name", "علی")));
                return tx;
              }));
    }
    List<Long> ids = new ArrayList<>();
    String cursor = "";
    do {
      HttpResponse<String> answer =
          server.get("/audit?actor=command&kind=extension&limit=3" + cursor);
      assertEquals(200, answer.statusCode(), answer.body());
      JsonNode page = RouteServer.json(answer);
      page.get("items").forEach(row -> ids.add(row.get("id").asLong()));
      cursor = page.has("next") ? "&cursor=" + page.get("next").asText() : "";
    } while (!cursor.isEmpty());
    assertEquals(7, ids.size());
    assertEquals(ids.stream().distinct().sorted().toList().reversed(), ids);

    assertEquals(3, list("subject=extension:702").size());
    assertEquals(0, list("subject=extension:702&action=deleted").size());
    String middle = list("subject=extension:702").get(1).get("at").asText();
    assertEquals(2, list("subject=extension:702&from=" + middle).size());
    assertEquals(1, list("subject=extension:702&to=" + middle).size());
  }

  @ParameterizedTest
  @CsvSource({"key:bulk-7, , audit_of_actor", ", profile:77, audit_of_subject", ", , audit_at"})
  void aPageReadsAnIndex(@Nullable String actor, @Nullable String subject, String index) {
    DATABASE.await(
        DATABASE
            .pool()
            .query(
                """
                insert into audit (at, actor, operation, kind, subject, action)
                select now() - n * interval '1 second', 'key:bulk-' || n % 100, '', 'profile',
                  'profile:' || n % 500, 'updated'
                from generate_series(1, 20000) n
                """)
            .execute());
    DATABASE.await(DATABASE.pool().query("analyze audit").execute());
    Tuple values =
        Tuple.of(OffsetDateTime.now(ZoneOffset.UTC), 0L)
            .addString(actor)
            .addString(null)
            .addString(subject)
            .addString(null)
            .addOffsetDateTime(null)
            .addInteger(51);
    String sql = AuditLog.LIST.replace("select a.id", "explain select a.id");
    String plan =
        DATABASE.await(DATABASE.pool().preparedQuery(sql).execute(values)).stream()
            .map(row -> row.getString(0))
            .collect(Collectors.joining("\n"));
    assertTrue(plan.contains(index), plan);
    assertFalse(plan.contains("Sort"), plan);
  }

  @ParameterizedTest
  @CsvSource({
    "from=yesterday, query:from",
    "to=2026-13-01T00:00:00Z, query:to",
    "action=teleported, query:action",
    "limit=0, query:limit",
    "limit=201, query:limit",
    "cursor=abc, query:cursor",
    "actor=, query:actor",
    "colour=red, query:colour"
  })
  void badParametersAreRefused(String query, String pointer) throws Exception {
    HttpResponse<String> refused = server.get("/audit?" + query);
    assertEquals(400, refused.statusCode(), refused.body());
    assertTrue(refused.body().contains(pointer), refused.body());
  }
}
