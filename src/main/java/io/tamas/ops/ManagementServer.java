package io.tamas.ops;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tamas.config.Config;
import io.tamas.json.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Metrics and health for the operator of the server, on a separate port, without authentication.
///
/// `/health/live` answers as long as the process does; `/health/ready` names what is not ready;
/// `/metrics` is for Prometheus.
public final class ManagementServer {
  private static final int SILENT_SECONDS = 60;
  private static final int CLOSE_SECONDS = 2;
  private static final String JSON = "application/json";

  private final Vertx vertx;
  private final PrometheusMeterRegistry metrics;
  private final Health health;
  private final HttpServer server;

  public ManagementServer(
      Vertx vertx, Config.Management config, PrometheusMeterRegistry metrics, Health health) {
    this.vertx = vertx;
    this.metrics = metrics;
    this.health = health;
    health.bindTo(metrics);
    this.server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost(config.host())
                    .setPort(config.port())
                    .setIdleTimeout(SILENT_SECONDS)
                    .setHttp2ClearTextEnabled(false))
            .requestHandler(this::handle);
  }

  public Future<Void> start() {
    return server.listen().mapEmpty();
  }

  /// The actual port, even if any free one was configured.
  public int port() {
    return server.actualPort();
  }

  public Future<Void> close() {
    return server.shutdown(CLOSE_SECONDS, TimeUnit.SECONDS);
  }

  private void handle(HttpServerRequest request) {
    if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
      answer(request, 405, "text/plain", "GET only\n");
      return;
    }
    switch (request.path()) {
      case "/health/live" -> answer(request, 200, JSON, Json.write(Map.of("status", "live")));
      case "/health/ready" -> ready(request);
      case "/metrics" -> scrape(request);
      default -> answer(request, 404, "text/plain", "/metrics, /health/live, /health/ready\n");
    }
  }

  private record Readiness(String status, Map<String, Health.State> checks) {}

  private void ready(HttpServerRequest request) {
    Map<String, Health.State> states = health.states();
    boolean ready = states.values().stream().allMatch(Health.State::ready);
    Readiness readiness = new Readiness(ready ? "ready" : "not ready", states);
    answer(request, ready ? 200 : 503, JSON, Json.write(readiness));
  }

  /// Gauges may be slow, so not on the event loop.
  private void scrape(HttpServerRequest request) {
    vertx
        .executeBlocking(metrics::scrape)
        .onSuccess(text -> answer(request, 200, "text/plain; version=0.0.4; charset=utf-8", text))
        .onFailure(_ -> answer(request, 500, "text/plain", "the metrics cannot be read\n"));
  }

  private static void answer(HttpServerRequest request, int status, String type, String text) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("content-type", type)
        .putHeader("cache-control", "no-store")
        .putHeader("x-content-type-options", "nosniff")
        .end(text);
  }
}
