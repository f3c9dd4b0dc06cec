package io.tamas.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What all requests have in common.
record Serving(
    Vertx vertx,
    Authenticator authenticator,
    Slots slots,
    Duration timeout,
    int maxBodyBytes,
    MeterRegistry meters) {
  private static final Pattern BEARER = Pattern.compile("(?i)bearer +([\\x21-\\x7e]{1,200})");

  /// The sender of the request, by `Authorization: Bearer <key>` (RFC 6750).
  Future<Principal> authenticate(HttpServerRequest request) {
    String header = request.getHeader("authorization");
    return header == null
        ? Future.failedFuture(
            Problem.unauthorized("an API key is required: Authorization: Bearer <key>"))
        : authenticate(header);
  }

  Future<Principal> authenticate(String header) {
    Matcher matcher = BEARER.matcher(header.strip());
    return matcher.matches()
        ? authenticator.authenticate(matcher.group(1))
        : Future.failedFuture(Problem.unauthorized("Authorization must be: Bearer <key>"));
  }
}
