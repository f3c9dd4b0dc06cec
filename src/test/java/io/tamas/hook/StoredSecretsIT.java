package io.tamas.hook;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.config.Config;
import io.tamas.db.TestDatabase;
import io.tamas.event.EventType.Known;
import io.tamas.hook.HookReceiver.Request;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the database keeps of the secrets of webhooks.
class StoredSecretsIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(StoredSecretsIT.class);
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final StoredSecrets UNSEALED = new StoredSecrets(Optional.empty());

  @BeforeEach
  void empty() throws Exception {
    try (HookNode node = node(UNSEALED)) {
      node.database.await(
          node.database.pool().query("truncate webhook, webhook_delivery").execute());
    }
  }

  @Test
  void secretsOfBeforeAreSealedAtTheStartAndSignOn() throws Exception {
    try (HookReceiver receiver = new HookReceiver()) {
      WebhookSecret old;
      WebhookSecret fresh;
      try (HookNode node = node(UNSEALED, receiver.port())) {
        old = node.create("crm", receiver.url(), "call.ended");
        fresh = node.renew("crm");
        assertTrue(isStored(node, old) && isStored(node, fresh));
      }
      try (HookNode node = node(new StoredSecrets(HookNode.SEAL), receiver.port())) {
        node.webhooks.sealStored();
        node.webhooks.sealStored();
        assertFalse(isStored(node, old) || isStored(node, fresh));
        long id = node.append(Known.CALL_ENDED, "call:a");
        eventually("it is sent", SOON, () -> receiver.accepted.size() == 1);
        Request request = receiver.requests.getFirst();
        long at = Long.parseLong(request.header("webhook-timestamp"));
        String told = Long.toString(id);
        assertEquals(
            fresh.sign(told, at, request.body()) + " " + old.sign(told, at, request.body()),
            request.header("webhook-signature"));
      }
    }
  }

  @Test
  void nothingIsSentUnsignedWhereTheKeyIsAnother() throws Exception {
    try (HookReceiver receiver = new HookReceiver()) {
      try (HookNode node = node(new StoredSecrets(HookNode.SEAL), receiver.port())) {
        node.create("crm", receiver.url(), "call.ended");
      }
      StoredSecrets others = new StoredSecrets(HookNode.seal("key of another instance"));
      try (HookNode node = node(others, receiver.port())) {
        node.append(Known.CALL_ENDED, "call:a");
        eventually(
            "it is suspended",
            SOON,
            () -> node.webhooks.find("crm").orElseThrow().state() == Webhook.State.SUSPENDED);
        String reason = node.webhooks.find("crm").orElseThrow().reason().orElseThrow();
        assertTrue(reason.startsWith("its secret cannot be opened"), reason);
        assertEquals(List.of(), List.copyOf(receiver.requests));

        WebhookSecret fresh = node.renew("crm");
        WebhookDraft again =
            new WebhookDraft(receiver.url(), List.of("call.ended"), Optional.empty());
        node.webhooks.put("crm", again, Optional.empty());
        node.courier.wake();
        long id = node.append(Known.CALL_ENDED, "call:b");
        eventually("it is sent", SOON, () -> !receiver.accepted.isEmpty());
        Request request = receiver.requests.getLast();
        long at = Long.parseLong(request.header("webhook-timestamp"));
        assertEquals(
            fresh.sign(Long.toString(id), at, request.body()), request.header("webhook-signature"));
      }
    }
  }

  private static HookNode node(StoredSecrets secrets, int... ports) {
    return new HookNode(CONFIG, HookNode.QUICK, PATIENCE, List.of("127.0.0.1"), secrets, ports);
  }

  /// Whether the database has it as it is.
  private static boolean isStored(HookNode node, WebhookSecret secret) {
    List<byte[]> stored = new ArrayList<>();
    for (Row row :
        node.database.await(
            node.database.pool().query("select secret, old_secret from webhook").execute())) {
      stored.add(row.getBuffer("secret").getBytes());
      Optional.ofNullable(row.getBuffer("old_secret")).map(Buffer::getBytes).ifPresent(stored::add);
    }
    return stored.stream().anyMatch(bytes -> Arrays.equals(bytes, secret.key()));
  }
}
