package io.tamas.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.outbound.Guard;
import io.tamas.undo.UndoRoutes;
import io.tamas.web.Contract;
import io.tamas.web.RouteServer;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Webhooks over real sockets; the server of the test holds each answer against the contract.
class WebhookRoutesIT {
  private static final String CRM =
      "{\"url\":\"https://crm.example.com/tamas?key=secret\",\"events\":[\"call.ended\"]}";

  private static final Config.Database CONFIG = TestDatabase.fresh(WebhookRoutesIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private static final AtomicInteger CHANGES = new AtomicInteger();
  private static RouteServer server;

  @BeforeAll
  static void start() throws Exception {
    Config.Outbound config =
        new Config.Outbound(List.of("10.0.0.0/8"), List.of(443, 80), Optional.empty());
    server =
        RouteServer.start(
            VERTX,
            new WebhookRoutes(
                new Webhooks(DATABASE, new SecureRandom(), new StoredSecrets(Optional.empty())),
                new WebhookDeliveries(DATABASE),
                new Guard(config),
                CHANGES::incrementAndGet),
            new UndoRoutes(
                DATABASE, Contract.load(), List.of(new DeletedWebhooks(CHANGES::incrementAndGet))));
  }

  @AfterAll
  static void close() throws Exception {
    server.close();
    DATABASE.close().await(5, TimeUnit.SECONDS);
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @BeforeEach
  void empty() {
    run("truncate webhook, webhook_delivery, event, trash, trash_row");
  }

  @Test
  void aWebhookIsMadeShownReplacedAndDeleted() throws Exception {
    HttpResponse<String> made = put("crm", CRM);
    assertEquals(201, made.statusCode(), made.body());
    assertEquals("/api/v1/webhooks/crm", made.headers().firstValue("location").orElse(""));
    assertEquals("\"1\"", made.headers().firstValue("etag").orElse(""));
    String secret = RouteServer.json(made).get("secret").asText();
    assertTrue(secret.matches("whsec_[A-Za-z0-9+/]{43}="), secret);

    HttpResponse<String> shown = server.get("/webhooks/crm");
    assertFalse(shown.body().contains("whsec"), shown.body());
    JsonNode webhook = RouteServer.json(shown);
    assertEquals(RouteServer.json(made).get("webhook"), webhook);
    assertEquals("ACTIVE", webhook.get("state").asText());
    assertEquals(webhook, RouteServer.json(server.get("/webhooks")).get("items").get(0));

    String off = CRM.replace("}", ",\"enabled\":false}");
    assertEquals(412, put("crm", off, "if-match", "\"7\"").statusCode());
    JsonNode replaced = RouteServer.json(put("crm", off, "if-match", "\"1\""));
    assertEquals("DISABLED", replaced.get("state").asText());
    assertEquals(2, replaced.get("version").asInt());
    assertEquals(412, put("none", CRM, "if-match", "\"1\"").statusCode());

    assertEquals(412, server.send("DELETE", "/webhooks/crm", "", "if-match", "\"1\"").statusCode());
    assertEquals(204, server.send("DELETE", "/webhooks/crm", "").statusCode());
    assertEquals(404, server.send("DELETE", "/webhooks/crm", "").statusCode());
    assertEquals(404, server.get("/webhooks/crm").statusCode());
    assertEquals(0, RouteServer.json(server.get("/webhooks")).get("items").size());
    assertEquals(201, put("crm", CRM).statusCode(), "the name is free again");
  }

  @Test
  void aDeletedWebhookComesBackWithItsSecretAndWhatWaits() throws Exception {
    put("crm", CRM);
    run("update webhook set secret = sha256('one')");
    run("insert into event (at, type, subject, data) values (now(), 'call.ended', 'call:1', '{}')");
    run(
        """
        insert into webhook_delivery (webhook, event, type, subject, chain, state, since, due_at)
        select h.id, e.id, e.type, e.subject, e.subject, 'WAITING', now(), now()
        from webhook h, event e
        """);
    HttpResponse<String> deleted = server.send("DELETE", "/webhooks/crm", "");
    String undo = "/undo/" + deleted.headers().firstValue("undo-id").orElseThrow();
    new WebhookRetention(DATABASE).delete(Instant.EPOCH);
    put("crm", CRM);
    HttpResponse<String> taken = server.send("POST", undo, "");
    assertEquals(409, taken.statusCode(), taken.body());
    assertTrue(taken.body().contains("another webhook has the name crm"), taken.body());
    server.send("DELETE", "/webhooks/crm", "");

    int before = CHANGES.get();
    assertEquals(200, server.send("POST", undo, "").statusCode());
    assertEquals(before + 1, CHANGES.get(), "its events are sent at once");
    assertEquals(1, count("select count(*) from audit where action = 'restored'"));
    assertEquals(
        0,
        count("select count(*) from audit where before::text || after::text like '%secret%'"),
        "what is behind the path may be one");
    JsonNode waiting = RouteServer.json(server.get("/webhooks/crm/deliveries"));
    assertEquals(1, waiting.get("items").size());
    assertEquals(
        1, count("select count(*) from webhook where not deleted and secret = sha256('one')"));

    run("truncate trash cascade");
    new WebhookRetention(DATABASE).delete(Instant.EPOCH);
    assertEquals(1, count("select count(*) from webhook"), "the other one is gone for good");
  }

  private static long count(String sql) {
    return DATABASE.await(DATABASE.pool().query(sql).execute()).iterator().next().getLong(0);
  }

  @Test
  void secretIsRenewedAndShownOnce() throws Exception {
    String first = RouteServer.json(put("crm", CRM)).get("secret").asText();
    int before = CHANGES.get();
    JsonNode renewed = RouteServer.json(server.send("POST", "/webhooks/crm/secret", ""));
    assertTrue(renewed.get("secret").asText().startsWith("whsec_"));
    assertFalse(renewed.get("secret").asText().equals(first));
    assertEquals(before + 1, CHANGES.get());
    JsonNode shown = RouteServer.json(server.get("/webhooks/crm"));
    assertEquals(renewed.get("oldSecretUntil"), shown.get("oldSecretUntil"));
    assertFalse(shown.toString().contains("whsec"));
    assertEquals(404, server.send("POST", "/webhooks/none/secret", "").statusCode());
  }

  /// A receiver that has the secret of yesterday is not cut off by two renewals.
  @Test
  void secretIsNotRenewedWhileTheOneBeforeSigns() throws Exception {
    put("crm", CRM);
    JsonNode renewed = RouteServer.json(server.send("POST", "/webhooks/crm/secret", ""));
    HttpResponse<String> again = server.send("POST", "/webhooks/crm/secret", "");
    assertEquals(409, again.statusCode());
    String until = renewed.get("oldSecretUntil").asText().substring(0, 19);
    assertTrue(again.body().contains("which signs until " + until), again.body());
    run("update webhook set old_secret_until = now()");
    assertEquals(200, server.send("POST", "/webhooks/crm/secret", "").statusCode());
  }

  @Test
  void thereIsABound() throws Exception {
    for (int i = 0; i < 50; i++) {
      assertEquals(201, put("hook-" + i, CRM).statusCode());
    }
    HttpResponse<String> refused = put("one-more", CRM);
    assertEquals(409, refused.statusCode(), refused.body());
    assertTrue(refused.body().contains("50 webhooks already"), refused.body());
    assertEquals(200, put("hook-7", CRM).statusCode());
    assertEquals(50, RouteServer.json(server.get("/webhooks")).get("items").size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"url\":\"https://crm.example.com/\",\"events\":[]}|/events",
        "{\"url\":\"https://crm.example.com/\"}|/events",
        "{\"events\":[\"call.ended\"]}|/url",
        "{\"url\":\"https://crm.example.com/\",\"events\":[\"call.teleported\"]}|/events/0",
        "{\"url\":\"https://crm.example.com/\",\"events\":[\"*\"]}|/events/0",
        "{\"url\":\"https://crm.example.com/\",\"events\":[\"call.ended\",\"call.ended\"]}|/events",
        "{\"url\":\"ftp://crm.example.com/\",\"events\":[\"call.ended\"]}|/url",
        "{\"url\":\"https://u:p@crm.example.com/\",\"events\":[\"call.ended\"]}|/url",
        "{\"url\":\"https://crm.example.com:22/\",\"events\":[\"call.ended\"]}|/url",
        "{\"url\":\"https://127.0.0.1/\",\"events\":[\"call.ended\"]}|/url",
        "{\"url\":\"https://169.254.169.254/latest\",\"events\":[\"call.ended\"]}|/url",
        "{\"url\":\"https://0x7f.1/\",\"events\":[\"call.ended\"]}|/url",
        "{\"url\":\"https://2130706433/\",\"events\":[\"call.ended\"]}|/url",
        "{\"url\":\"https://[::]/\",\"events\":[\"call.ended\"]}|/url",
        "{\"url\":\"https://[::ffff:127.0.0.1]/\",\"events\":[\"call.ended\"]}|/url",
        "{\"url\":\"https://مثال.ایران/\",\"events\":[\"call.ended\"]}|/url",
        "{\"url\":7,\"events\":[\"call.ended\"]}|/url",
        "{\"url\":\"https://crm.example.com/\",\"events\":[\"call.ended\"],\"secret\":\"a\"}|/secret",
        "{\"url\":\"https://crm.example.com/\",\"events\":[\"call.ended\"],\"enabled\":1}|/enabled"
      })
  void whatIsNoWebhookIsRefusedWithItsField(String body, String pointer) throws Exception {
    HttpResponse<String> refused = put("crm", body);
    assertEquals(422, refused.statusCode(), refused.body());
    assertEquals(pointer, RouteServer.json(refused).get("faults").get(0).get("pointer").asText());
    assertEquals(404, server.get("/webhooks/crm").statusCode());
  }

  @Test
  void whatIsAllowedInsideIsAccepted() throws Exception {
    String inside = "{\"url\":\"http://10.1.2.3/\",\"events\":[\"call.ended\"]}";
    assertEquals(201, put("inside", inside).statusCode());
  }

  @Test
  void nameIsChecked() throws Exception {
    assertEquals(400, put("Crm", CRM).statusCode());
    assertEquals(400, put("a".repeat(41), CRM).statusCode());
  }

  @Test
  void deliveriesAreListedByPageAndSentAgain() throws Exception {
    put("crm", CRM);
    put("other", CRM);
    run(
        """
        insert into event (at, type, subject, data)
        select now(), 'call.ended', 'call:' || n, '{}' from generate_series(1, 7) n
        """);
    run(
        """
        insert into webhook_delivery
          (webhook, event, type, subject, chain, state, head, tries, since, due_at, tried_at, ended_at,
           status, reason)
        select h.id, e.id, e.type, e.subject, e.subject,
               case e.id % 3 when 0 then 'WAITING' when 1 then 'DELIVERED' else 'FAILED' end, false, 2,
               '2026-01-01', '2026-01-02', '2026-01-01', case when e.id % 3 > 0 then now() end,
               500, 'HTTP 500'
        from webhook h, event e where h.name = 'crm'
        """);
    List<Long> ids = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = RouteServer.json(server.get("/webhooks/crm/deliveries?limit=3" + cursor));
      page.get("items").forEach(item -> ids.add(item.get("id").asLong()));
      cursor = page.has("next") ? "&cursor=" + page.get("next").asText() : "";
    } while (!cursor.isEmpty());
    assertEquals(7, ids.size());
    assertEquals(ids.stream().sorted().toList().reversed(), ids);
    for (String state : List.of("WAITING", "DELIVERED", "FAILED")) {
      JsonNode some = RouteServer.json(server.get("/webhooks/crm/deliveries?state=" + state));
      some.get("items")
          .forEach(item -> {
            assertEquals(state, item.get("state").asText());
            assertEquals(!state.equals("WAITING"), item.has("endedAt"));
          });
    }
    assertEquals(400, server.get("/webhooks/crm/deliveries?state=LOST").statusCode());
    assertEquals(400, server.get("/webhooks/crm/deliveries?cursor=abc").statusCode());
    assertEquals(404, server.get("/webhooks/none/deliveries").statusCode());
    assertEquals(0, RouteServer.json(server.get("/webhooks/other/deliveries")).get("items").size());

    for (long id : ids) {
      JsonNode again = RouteServer.json(retry("crm", id));
      assertEquals("WAITING", again.get("state").asText());
      assertEquals(2, again.get("attempts").asInt());
      assertFalse(again.has("endedAt"));
    }
    assertEquals(404, retry("other", ids.getFirst()).statusCode());
    assertEquals(404, retry("crm", ids.getFirst() + 1).statusCode());
    assertEquals(404, retry("none", ids.getFirst()).statusCode());
    assertEquals(400, server.send("POST", "/webhooks/crm/deliveries/x/retry", "").statusCode());
    run("delete from event");
    HttpResponse<String> refused = retry("crm", ids.getFirst());
    assertEquals(409, refused.statusCode());
    assertTrue(refused.body().contains("no longer kept"), refused.body());
  }

  @Test
  void listsAreReadByIndexes() {
    run("set enable_seqscan = off");
    for (String sql : List.of(WebhookDeliveries.LIST, WebhookDeliveries.LIST_OF_STATE)) {
      String literal =
          sql.replace("$1", "'crm'")
              .replace("$2", "7")
              .replace("$3", "51")
              .replace("$4", "'FAILED'");
      String plan =
          DATABASE.await(DATABASE.pool().query("explain " + literal).execute()).stream()
              .map(row -> row.getString(0))
              .collect(Collectors.joining("\n"));
      assertFalse(plan.contains("Seq Scan on webhook_delivery"), plan);
    }
  }

  private static HttpResponse<String> retry(String webhook, long id) throws Exception {
    return server.send("POST", "/webhooks/" + webhook + "/deliveries/" + id + "/retry", "");
  }

  private static HttpResponse<String> put(String name, String body, String... headers)
      throws Exception {
    return server.send("PUT", "/webhooks/" + name, body, headers);
  }

  private static void run(String sql) {
    DATABASE.await(DATABASE.pool().query(sql).execute());
  }
}
