package io.tamas.hook;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.db.Database;
import io.tamas.event.Event;
import io.tamas.event.EventType;
import io.tamas.event.NewEvent;
import io.tamas.event.Outbox;
import io.tamas.outbound.Guard;
import io.tamas.outbound.OutboundClient;
import io.tamas.outbound.Resolver;
import io.tamas.seal.Seal;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A node that sends webhooks, for tests: in this process, or in one of its own that may be killed.
final class HookNode implements AutoCloseable {
  static final Courier.Limits QUICK =
      new Courier.Limits(
          1_000,
          8,
          32,
          Duration.ofMillis(5),
          Duration.ofMillis(20),
          Duration.ofMillis(200),
          Duration.ofMinutes(10));

  static final Optional<Seal> SEAL = seal("key of this instance");

  static Optional<Seal> seal(String key) {
    return Seal.of(new Config.Sealing(Optional.of(new Secret(key))));
  }

  final Vertx vertx = Vertx.vertx();
  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  final Database database;
  final Webhooks webhooks;
  final WebhookDeliveries deliveries;
  final Courier courier;
  final Guard guard;
  private final OutboundClient client;

  HookNode(Config.Database config, Courier.Limits limits, Duration patience, int... ports) {
    this(config, limits, patience, List.of("127.0.0.1"), ports);
  }

  HookNode(
      Config.Database config,
      Courier.Limits limits,
      Duration patience,
      List<String> allow,
      int... ports) {
    this(config, limits, patience, allow, new StoredSecrets(SEAL), ports);
  }

  HookNode(
      Config.Database config,
      Courier.Limits limits,
      Duration patience,
      List<String> allow,
      StoredSecrets secrets,
      int... ports) {
    database = new Database(vertx, config);
    webhooks = new Webhooks(database, new SecureRandom(), secrets);
    deliveries = new WebhookDeliveries(database);
    Config.Outbound outbound =
        new Config.Outbound(
            allow, java.util.Arrays.stream(ports).boxed().toList(), Optional.empty());
    client =
        new OutboundClient(vertx, outbound, Resolver.ofMachine(vertx, 4), patience, limits.each());
    guard = client.guard();
    courier =
        new Courier(database, client, secrets, Clock.systemUTC(), new Random(1), limits, metrics);
    courier.start();
  }

  /// The secret of a new webhook.
  WebhookSecret create(String name, String url, String... events) {
    WebhookChange change =
        webhooks.put(
            name, new WebhookDraft(url, List.of(events), Optional.empty()), Optional.empty());
    return ((WebhookChange.Created) change).secret();
  }

  WebhookSecret renew(String name) {
    return ((SecretRenewal.Renewed) webhooks.rotate(name)).secret();
  }

  /// The event's id.
  long append(EventType type, String subject, Object data) {
    List<Event> appended =
        database.inTransaction(tx ->
            tx.await(Outbox.append(tx.connection(), List.of(new NewEvent(type, subject, data)))));
    courier.wake();
    return appended.getFirst().id();
  }

  long append(EventType type, String subject) {
    return append(type, subject, Map.of());
  }

  List<WebhookDelivery> list(String webhook) {
    return deliveries.list(webhook, Optional.empty(), Long.MAX_VALUE, 200);
  }

  long waiting() {
    String sql = "select count(*) from webhook_delivery where state = 'WAITING'";
    return database.await(database.pool().query(sql).execute()).iterator().next().getLong(0);
  }

  double attempts(String outcome) {
    return Stream.ofNullable(
            metrics.find("tamas.webhooks.deliveries").tag("outcome", outcome).counter())
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  @Override
  public void close() throws Exception {
    courier.close().await(10, TimeUnit.SECONDS);
    client.close();
    database.close().await(10, TimeUnit.SECONDS);
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  /// @param arguments address, user and password of PostgreSQL, and the port of the receiver
  public static void main(String[] arguments) throws Exception {
    Config.Database config =
        new Config.Database(
            arguments[0],
            arguments[1],
            new Secret(arguments[2]),
            4,
            Duration.ofSeconds(5),
            Duration.ofSeconds(5));
    try (HookNode node =
        new HookNode(config, QUICK, Duration.ofSeconds(5), Integer.parseInt(arguments[3]))) {
      node.courier.wake();
      Thread.sleep(Duration.ofMinutes(5));
    }
  }
}
