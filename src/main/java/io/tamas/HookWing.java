package io.tamas;

import io.tamas.event.EventListener;
import io.tamas.hook.Courier;
import io.tamas.hook.DeletedWebhooks;
import io.tamas.hook.WebhookDeliveries;
import io.tamas.hook.WebhookRetention;
import io.tamas.hook.WebhookRoutes;
import io.tamas.hook.Webhooks;
import io.tamas.outbound.OutboundClient;
import io.tamas.outbound.Resolver;
import io.tamas.undo.Undoable;
import io.tamas.web.Api;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/// Webhooks, and the client that reaches their receivers.
final class HookWing {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Ground ground;
  private final OutboundClient client;
  private final Courier courier;

  HookWing(Ground ground) {
    this.ground = ground;
    Courier.Limits limits = Courier.Limits.DEFAULT;
    client =
        new OutboundClient(
            ground.vertx(),
            ground.config().outbound(),
            Resolver.ofMachine(ground.vertx(), limits.all()),
            PATIENCE,
            limits.each());
    courier =
        new Courier(
            ground.database(),
            client,
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

  List<Api> routes() {
    return List.of(
        new WebhookRoutes(
            new Webhooks(ground.database(), new SecureRandom()),
            new WebhookDeliveries(ground.database()),
            client.guard(),
            courier::wake));
  }
}
