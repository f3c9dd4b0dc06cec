package io.tamas.hook;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.config.Config;
import io.tamas.db.TestDatabase;
import io.tamas.event.EventType.Known;
import io.tamas.hook.HookReceiver.Reply;
import io.tamas.hook.HookReceiver.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Webhooks to real receivers, which do all that receivers do.
class CourierIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(CourierIT.class);
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @BeforeEach
  void empty() throws Exception {
    try (HookNode node = new HookNode(CONFIG, HookNode.QUICK, PATIENCE)) {
      node.database.await(
          node.database.pool().query("truncate webhook, webhook_delivery").execute());
    }
  }

  @Test
  void eventIsSentSignedAndOnlyWhereItIsWanted() throws Exception {
    try (HookReceiver receiver = new HookReceiver();
        HookNode node = new HookNode(CONFIG, HookNode.QUICK, PATIENCE, receiver.port())) {
      node.append(Known.CALL_ENDED, "call:before");
      WebhookSecret secret = node.create("crm", receiver.url(), "call.ended");
      node.append(Known.CALL_STARTED, "call:a", Map.of("caller", "سارا"));
      long id = node.append(Known.CALL_ENDED, "call:a", Map.of("caller", "سارا"));
      eventually("it is sent", SOON, () -> node.attempts("delivered") == 1);

      assertEquals(List.of(id), receiver.acceptedIds());
      Request request = receiver.requests.getFirst();
      assertEquals(Long.toString(id), request.header("webhook-id"));
      assertEquals("application/json", request.header("content-type"));
      assertEquals("call.ended", request.event().get("type").textValue());
      assertEquals("سارا", request.event().get("data").get("caller").textValue());
      long timestamp = Long.parseLong(request.header("webhook-timestamp"));
      assertTrue(Math.abs(Instant.now().getEpochSecond() - timestamp) < 60);
      assertEquals(
          secret.sign(Long.toString(id), timestamp, request.body()),
          request.header("webhook-signature"));

      WebhookDelivery delivery = node.list("crm").getFirst();
      assertEquals(WebhookDelivery.State.DELIVERED, delivery.state());
      assertEquals(1, delivery.attempts());
      assertEquals(Optional.of(204), delivery.status());
      assertTrue(delivery.endedAt().isPresent());
    }
  }

  @Test
  void twoSecretsSignAfterARenewal() throws Exception {
    try (HookReceiver receiver = new HookReceiver();
        HookNode node = new HookNode(CONFIG, HookNode.QUICK, PATIENCE, receiver.port())) {
      WebhookSecret old = node.create("crm", receiver.url(), "call.ended");
      WebhookSecret fresh = node.renew("crm");
      long id = node.append(Known.CALL_ENDED, "call:a");
      eventually("it is sent", SOON, () -> receiver.accepted.size() == 1);
      Request request = receiver.requests.getFirst();
      long timestamp = Long.parseLong(request.header("webhook-timestamp"));
      String told = Long.toString(id);
      assertEquals(
          fresh.sign(told, timestamp, request.body())
              + " "
              + old.sign(told, timestamp, request.body()),
          request.header("webhook-signature"));

      node.database.await(
          node.database
              .pool()
              .query("update webhook set old_secret_until = now() - interval '1 second'")
              .execute());
      node.append(Known.CALL_ENDED, "call:b");
      eventually("it is sent", SOON, () -> receiver.accepted.size() == 2);
      assertEquals(1, receiver.requests.getLast().header("webhook-signature").split(" ").length);
    }
  }

  /// Whatever the receiver does, it gets all of a call in their order.
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void eventsOfOneCallStayInOrder(long seed) throws Exception {
    Random random = new Random(seed);
    Random answers = new Random(seed);
    try (HookReceiver receiver = new HookReceiver();
        HookNode node =
            new HookNode(CONFIG, HookNode.QUICK, Duration.ofMillis(300), receiver.port())) {
      receiver.does(_ -> {
        synchronized (answers) {
          return switch (answers.nextInt(12)) {
            case 0, 1 -> Reply.status(500);
            case 2 -> Reply.CLOSE;
            case 3 -> Reply.SILENCE;
            case 4 -> new Reply(429, Map.of("retry-after", "0"), "");
            case 5 -> new Reply(302, Map.of("location", "http://127.0.0.1/"), "");
            default -> Reply.status(200);
          };
        }
      });
      node.create("crm", receiver.url(), "call.ringing", "call.answered", "call.ended");
      Map<String, List<Long>> expected = new TreeMap<>();
      for (int i = 0; i < 80; i++) {
        String call = "call:" + random.nextInt(10);
        Known type =
            List.of(Known.CALL_RINGING, Known.CALL_ANSWERED, Known.CALL_ENDED)
                .get(random.nextInt(3));
        expected.computeIfAbsent(call, _ -> new ArrayList<>()).add(node.append(type, call));
      }
      eventually(
          "all is sent, seed " + seed,
          Duration.ofSeconds(60),
          () -> new HashSet<>(receiver.acceptedIds()).size() == 80 && node.waiting() == 0);

      Map<String, List<Long>> first = new TreeMap<>();
      Set<Long> seen = new HashSet<>();
      for (Request request : receiver.accepted) {
        if (seen.add(request.id())) {
          first.computeIfAbsent(request.subject(), _ -> new ArrayList<>()).add(request.id());
        }
      }
      assertEquals(expected, first, "seed " + seed);
      // and none was tried before all of its call that come before it were accepted
      Map<String, Long> newest = new HashMap<>();
      for (Request request : receiver.requests) {
        Long before = newest.merge(request.subject(), request.id(), Math::max);
        assertEquals(request.id(), before, "seed " + seed);
      }
    }
  }

  @Test
  void callThatIsNeverAcceptedHoldsUpNoOther() throws Exception {
    try (HookReceiver receiver = new HookReceiver();
        HookNode node = new HookNode(CONFIG, HookNode.QUICK, PATIENCE, receiver.port())) {
      receiver.does(
          request -> request.subject().equals("call:dead") ? Reply.SILENCE : Reply.status(200));
      node.create("crm", receiver.url(), "call.answered", "call.ended");
      node.append(Known.CALL_ANSWERED, "call:dead");
      node.append(Known.CALL_ENDED, "call:dead");
      List<Long> others = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        others.add(node.append(Known.CALL_ENDED, "call:" + i));
      }
      eventually(
          "the others are sent",
          Duration.ofMillis(1900),
          () -> Set.copyOf(receiver.acceptedIds()).equals(Set.copyOf(others)));
      eventually("it is tried again", SOON, () -> node.attempts("failed") > 1);
      assertTrue(
          receiver.requests.stream()
              .noneMatch(request ->
                  request.subject().equals("call:dead")
                      && request.event().get("type").textValue().equals("call.ended")));
    }
  }

  @Test
  void receiverThatAsksForAPauseGetsIt() throws Exception {
    Courier.Limits patient =
        new Courier.Limits(
            100,
            8,
            32,
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            Duration.ofSeconds(30),
            Duration.ofMinutes(10));
    AtomicInteger count = new AtomicInteger();
    try (HookReceiver receiver = new HookReceiver();
        HookNode node = new HookNode(CONFIG, patient, PATIENCE, receiver.port())) {
      receiver.does(_ ->
          count.getAndIncrement() == 0
              ? new Reply(429, Map.of("retry-after", "2"), "slow\u0000down")
              : Reply.status(200));
      node.create("crm", receiver.url(), "call.ended");
      node.append(Known.CALL_ENDED, "call:a");
      eventually("it failed", SOON, () -> node.attempts("failed") == 1);
      long start = System.nanoTime();
      assertEquals("HTTP 429: slow down", node.list("crm").getFirst().reason().orElseThrow());
      node.append(Known.CALL_ENDED, "call:b");
      eventually("one is sent", SOON, () -> !receiver.accepted.isEmpty());
      assertTrue(System.nanoTime() - start > 1_500_000_000L, "too early");
      eventually("both are sent", SOON, () -> receiver.accepted.size() == 2);
    }
  }

  @Test
  void receiverThatIsGoneIsSentNoMoreUntilItIsSavedAgain() throws Exception {
    try (HookReceiver receiver = new HookReceiver();
        HookNode node = new HookNode(CONFIG, HookNode.QUICK, PATIENCE, receiver.port())) {
      receiver.does(_ -> Reply.status(410));
      node.create("crm", receiver.url(), "call.ended");
      node.create("watch", receiver.url() + "/watch", "webhook.suspended");
      long first = node.append(Known.CALL_ENDED, "call:a");
      eventually(
          "it is suspended",
          SOON,
          () -> node.webhooks.find("crm").orElseThrow().state() == Webhook.State.SUSPENDED);
      assertEquals(1, node.attempts("gone"));
      node.append(Known.CALL_ENDED, "call:missed");

      receiver.does(_ -> Reply.status(200));
      node.webhooks.put(
          "crm",
          new WebhookDraft(receiver.url(), List.of("call.ended"), Optional.empty()),
          Optional.empty());
      long last = node.append(Known.CALL_ENDED, "call:b");
      eventually(
          "what waited and what is new is sent",
          SOON,
          () -> Set.copyOf(receiver.acceptedIds()).containsAll(List.of(first, last)));
      assertTrue(receiver.requests.stream().noneMatch(one -> one.subject().equals("call:missed")));
    }
  }

  @Test
  void webhookWithTooMuchWaitingIsSuspendedWithAnEvent() throws Exception {
    Courier.Limits few =
        new Courier.Limits(
            50,
            8,
            32,
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofMinutes(10));
    try (HookReceiver receiver = new HookReceiver();
        HookNode node = new HookNode(CONFIG, few, PATIENCE, receiver.port())) {
      receiver.does(
          request -> request.subject().startsWith("call:") ? Reply.status(500) : Reply.status(200));
      node.create("crm", receiver.url(), "call.ended");
      node.create("watch", receiver.url(), "webhook.suspended");
      for (int i = 0; i < 60; i++) {
        node.append(Known.CALL_ENDED, "call:" + i);
      }
      eventually("the other webhook hears of it", SOON, () -> receiver.accepted.size() == 1);
      Request told = receiver.accepted.getFirst();
      assertEquals("webhook:crm", told.subject());
      assertEquals("crm", told.event().get("data").get("webhook").textValue());
      assertTrue(node.waiting() <= 50);
      Webhook crm = node.webhooks.find("crm").orElseThrow();
      assertEquals(Webhook.State.SUSPENDED, crm.state());
      assertEquals("more than 50 events wait for its receiver", crm.reason().orElseThrow());
      eventually(
          "it is measured",
          SOON,
          () -> {
            node.courier.wake();
            return node.metrics.get("tamas.webhooks.suspended").gauge().value() == 1
                && node.metrics.get("tamas.webhooks.waiting").gauge().value() == node.waiting();
          });
    }
  }

  @Test
  void isGivenUpInTheEndAndTheNextOfTheCallIsSent() throws Exception {
    Courier.Limits hasty =
        new Courier.Limits(
            100,
            8,
            32,
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Duration.ofSeconds(3));
    try (HookReceiver receiver = new HookReceiver();
        HookNode node = new HookNode(CONFIG, hasty, PATIENCE, receiver.port())) {
      receiver.does(request ->
          Reply.status(request.event().get("type").textValue().equals("call.ended") ? 200 : 500));
      node.create("crm", receiver.url(), "call.answered", "call.ended");
      node.append(Known.CALL_ANSWERED, "call:a");
      eventually("it is given up", SOON, () -> node.attempts("given-up") == 1);
      long second = node.append(Known.CALL_ENDED, "call:a");
      eventually("the next is sent", SOON, () -> receiver.acceptedIds().equals(List.of(second)));
      WebhookDelivery failed = node.list("crm").getLast();
      assertEquals(WebhookDelivery.State.FAILED, failed.state());
      assertEquals(Optional.of(500), failed.status());
      assertTrue(failed.attempts() > 1);
    }
  }

  @Test
  void deletedAndSwitchedOffWebhooksStopWithinASecond() throws Exception {
    try (HookReceiver receiver = new HookReceiver();
        HookNode node = new HookNode(CONFIG, HookNode.QUICK, PATIENCE, receiver.port())) {
      receiver.does(_ -> Reply.status(500));
      node.create("gone", receiver.url(), "call.ended");
      node.create("off", receiver.url(), "call.ended");
      for (int i = 0; i < 20; i++) {
        node.append(Known.CALL_ENDED, "call:" + i);
      }
      eventually(
          "they are tried", SOON, () -> node.waiting() == 40 && receiver.requests.size() > 20);
      node.webhooks.delete("gone", Optional.empty());
      node.webhooks.put(
          "off",
          new WebhookDraft(receiver.url(), List.of("call.ended"), Optional.of(false)),
          Optional.empty());
      Thread.sleep(Duration.ofMillis(1200));
      int seen = receiver.requests.size();
      node.append(Known.CALL_ENDED, "call:later");
      Thread.sleep(Duration.ofMillis(1500));
      assertEquals(seen, receiver.requests.size());
      assertTrue(node.webhooks.find("gone").isEmpty());

      WebhookRetention retention = new WebhookRetention(node.database);
      retention.delete(Instant.EPOCH);
      assertEquals(40, node.waiting(), "it can be brought back");
      node.database.await(node.database.pool().query("delete from trash").execute());
      retention.delete(Instant.EPOCH);
      assertEquals(20, node.waiting(), "those of the one that is off");
      node.create("gone", receiver.url(), "call.ended");
      assertEquals(List.of(), node.list("gone"));
    }
  }

  @Test
  void whatEndedIsDeletedAfterItsTime() throws Exception {
    try (HookReceiver receiver = new HookReceiver();
        HookNode node = new HookNode(CONFIG, HookNode.QUICK, PATIENCE, receiver.port())) {
      node.create("crm", receiver.url(), "call.ended");
      node.append(Known.CALL_ENDED, "call:a");
      eventually("it is sent", SOON, () -> node.attempts("delivered") == 1);
      WebhookRetention retention = new WebhookRetention(node.database);
      retention.delete(Instant.now().minusSeconds(60));
      assertEquals(1, node.list("crm").size());
      retention.delete(Instant.now().plusSeconds(60));
      assertEquals(0, node.list("crm").size());
    }
  }

  @Test
  void receiverInsideIsRefusedUnlessItIsAllowed() throws Exception {
    try (HookReceiver receiver = new HookReceiver();
        HookNode node =
            new HookNode(CONFIG, HookNode.QUICK, PATIENCE, List.of(), receiver.port())) {
      node.create("inside", "https://localhost:" + receiver.port() + "/", "call.ended");
      node.append(Known.CALL_ENDED, "call:a");
      eventually("it failed", SOON, () -> node.attempts("failed") > 0);
      String reason = node.list("inside").getFirst().reason().orElseThrow();
      assertTrue(reason.contains("is not a public address"), reason);
      assertEquals(List.of(), receiver.requests);
      assertFalse(node.list("inside").getFirst().status().isPresent());
    }
  }

  @Test
  void onlyOneOfTwoNodesSends() throws Exception {
    try (HookReceiver receiver = new HookReceiver();
        HookNode one = new HookNode(CONFIG, HookNode.QUICK, PATIENCE, receiver.port());
        HookNode other = new HookNode(CONFIG, HookNode.QUICK, PATIENCE, receiver.port())) {
      one.create("crm", receiver.url(), "call.ended");
      for (int i = 0; i < 50; i++) {
        (i % 2 == 0 ? one : other).append(Known.CALL_ENDED, "call:" + i);
      }
      eventually("all are sent", SOON, () -> receiver.accepted.size() >= 50 && one.waiting() == 0);
      assertEquals(50, receiver.requests.size());
      double by = one.attempts("delivered");
      assertTrue(by == 0 || by == 50, "by the first: " + by);
    }
  }
}
