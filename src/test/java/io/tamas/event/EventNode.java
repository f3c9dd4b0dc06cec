package io.tamas.event;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A node that serves events over HTTP, for tests.
final class EventNode implements AutoCloseable {
  final Vertx vertx = Vertx.vertx();
  final Database database;
  final EventHub hub;
  private final HttpServer server;

  EventNode(Config.Database config, EventHub.Limits limits, EventListener... listeners)
      throws Exception {
    this(config, limits, new NoCalls(), listeners);
  }

  EventNode(
      Config.Database config, EventHub.Limits limits, Snapshot snapshot, EventListener... listeners)
      throws Exception {
    database = new Database(vertx, config);
    hub = new EventHub(vertx, database, snapshot, limits, new SimpleMeterRegistry());
    for (EventListener listener : listeners) {
      hub.listen(listener);
    }
    Router router = Router.router(vertx);
    new EventSocket(hub, 3).mount(router, EventNode::authenticate);
    router
        .route()
        .failureHandler(failed -> failed.response().setStatusCode(failed.statusCode()).end());
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .await(5, TimeUnit.SECONDS);
    hub.start().await(10, TimeUnit.SECONDS);
  }

  private record NoCalls() implements Snapshot {
    @Override
    public Object calls() {
      return List.of();
    }

    @Override
    public Object extensions() {
      return List.of(Map.of("number", "101", "state", "idle"));
    }
  }

  private static void authenticate(RoutingContext context) {
    if ("Bearer key".equals(context.request().getHeader("authorization"))) {
      context.next();
    } else {
      context.fail(401);
    }
  }

  int port() {
    return server.actualPort();
  }

  EventStream open(String query) throws Exception {
    return EventStream.open(vertx, port(), query);
  }

  /// Appends events with the subjects `<name>:0` and so on, each in a transaction of its own, and
  /// returns their subjects.
  List<String> append(String name, int count, String data) {
    List<String> subjects = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String subject = name + ":" + i;
      NewEvent event = new NewEvent(EventType.of("test.happened"), subject, data);
      database.inTransaction(tx -> tx.await(Outbox.append(tx.connection(), List.of(event))));
      subjects.add(subject);
    }
    return subjects;
  }

  long newest() {
    return database.await(new Events(database).range()).newest();
  }

  @Override
  public void close() throws Exception {
    hub.close().await(5, TimeUnit.SECONDS);
    server.close().await(5, TimeUnit.SECONDS);
    database.close().await(5, TimeUnit.SECONDS);
    vertx.close().await(5, TimeUnit.SECONDS);
  }
}
