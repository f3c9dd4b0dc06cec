package io.tamas;

import io.tamas.db.DatabaseFault;
import io.tamas.event.EventListener;
import io.tamas.hook.Courier;
import io.tamas.hook.DeletedWebhooks;
import io.tamas.hook.StoredSecrets;
import io.tamas.hook.WebhookDeliveries;
import io.tamas.hook.WebhookRetention;
import io.tamas.hook.WebhookRoutes;
import io.tamas.hook.Webhooks;
import io.tamas.outbound.OutboundClient;
import io.tamas.outbound.Resolver;
import io.tamas.seal.Seal;
import io.tamas.undo.Undoable;
import io.tamas.web.Api;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Webhooks, and the client that reaches their receivers.
final class HookWing {
  private static final Logger log = LoggerFactory.getLogger(HookWing.class);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Ground ground;
  private final OutboundClient client;
  private final Courier courier;
  private final Webhooks webhooks;

  HookWing(Ground ground) {
    this.ground = ground;
    Courier.Limits limits = Courier.Limits.DEFAULT;
    StoredSecrets secrets = new StoredSecrets(Seal.of(ground.config().sealing()));
    webhooks = new Webhooks(ground.database(), new SecureRandom(), secrets);
    client =
        new OutboundClient(
            ground.vertx(),
            ground.config().outbound(),
            Resolver.ofMachine(ground.vertx(), Webhooks.MAX),
            PATIENCE,
            limits.each());
    courier =
        new Courier(
            ground.database(),
            client,
            secrets,
            ground.clock(),
            new SecureRandom(),
            limits,
            ground.registry());
  }

  EventListener listener() {
    return courier.listener();
  }

  /// What reads and writes tables.
  void startStorage() {
    sealStored();
    WebhookRetention retention = new WebhookRetention(ground.database());
    courier.start();
    retention.start();
    ground.workers().add(courier.worker(), retention.worker());
    ground.running().closeWith(client);
    ground.running().stopWith(courier::close);
    ground.running().stopWith(retention::close);
  }

  List<Undoable> undoables() {
    return List.of(new DeletedWebhooks(courier::wake));
  }

  /// What is not sealed now is at the next start.
  private void sealStored() {
    try {
      webhooks.sealStored();
    } catch (DatabaseFault e) {
      log.atWarn()
          .addKeyValue("reason", e.getMessage())
          .log("stored secrets of webhooks are not sealed yet");
    }
  }

  List<Api> routes() {
    return List.of(
        new WebhookRoutes(
            webhooks, new WebhookDeliveries(ground.database()), client.guard(), courier::wake));
  }
}
