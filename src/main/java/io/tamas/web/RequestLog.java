package io.tamas.web;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One line and one measurement for each request.
final class RequestLog {
  private static final Logger log = LoggerFactory.getLogger(RequestLog.class);
  private static final int MAX_PATH = 200;

  private final HttpServerRequest http;
  private final String operation;
  private final Serving serving;
  private final String id;
  private final long began = System.nanoTime();
  private final Promise<Void> ended = Promise.promise();
  private volatile String principal = "";

  RequestLog(HttpServerRequest http, String operation, Serving serving) {
    this.http = http;
    this.operation = operation;
    this.serving = serving;
    this.id = idOf(http);
  }

  /// The client's own id of the request, if it sent a harmless one.
  static String idOf(HttpServerRequest request) {
    return Optional.ofNullable(request.getHeader("x-request-id"))
        .filter(text -> text.matches("[A-Za-z0-9._-]{1,64}"))
        .orElseGet(() -> UUID.randomUUID().toString());
  }

  String id() {
    return id;
  }

  void principal(String name) {
    principal = name;
  }

  String principal() {
    return principal;
  }

  /// Completes when the response was written or the connection is closed.
  Future<Void> ended() {
    return ended.future();
  }

  Future<Void> watch() {
    http.response().endHandler(_ -> finish(http.response().getStatusCode()));
    http.response().closeHandler(_ -> finish(CLIENT_GONE));
    return ended.future();
  }

  /// As nginx counts a client that closed the connection before the response.
  private static final int CLIENT_GONE = 499;

  private void finish(int status) {
    if (!ended.tryComplete()) {
      return;
    }
    long nanos = System.nanoTime() - began;
    serving
        .meters()
        .timer("tamas.http.requests", "operation", operation, "status", "" + status)
        .record(nanos, TimeUnit.NANOSECONDS);
    if (principal.isEmpty() && !serving.strangers().admits(http.remoteAddress().hostAddress())) {
      return;
    }
    String path = Optional.ofNullable(http.path()).orElse("");
    log.atInfo()
        .addKeyValue("request", id)
        .addKeyValue("operation", operation)
        .addKeyValue("method", http.method().name())
        .addKeyValue("path", path.substring(0, Math.min(path.length(), MAX_PATH)))
        .addKeyValue("status", status)
        .addKeyValue("micros", nanos / 1000)
        .addKeyValue("key", principal)
        .log("request");
  }
}
