package io.tamas.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What all requests have in common.
record Serving(
    Vertx vertx,
    Authenticator authenticator,
    Slots slots,
    Duration timeout,
    int maxBodyBytes,
    MeterRegistry meters) {
  private static final Logger log = LoggerFactory.getLogger(Serving.class);

  private static final Pattern BEARER = Pattern.compile("(?i)bearer +([\\x21-\\x7e]{1,200})");

  /// The sender of the request, by `Authorization: Bearer <key>` (RFC 6750).
  Future<Principal> authenticate(HttpServerRequest request) {
    String header = request.getHeader("authorization");
    return header == null
        ? Future.failedFuture(
            Problem.unauthorized("an API key is required: Authorization: Bearer <key>"))
        : authenticate(header, refusal -> report(refusal, request));
  }

  /// The same of a connection that stays open: a key that was deleted meanwhile is no guess.
  Future<Principal> authenticateAgain(String header) {
    return authenticate(header, _ -> {});
  }

  private Future<Principal> authenticate(String header, Handler<Throwable> refused) {
    Matcher matcher = BEARER.matcher(header.strip());
    return matcher.matches()
        ? authenticator.authenticate(matcher.group(1)).onFailure(refused)
        : Future.failedFuture(Problem.unauthorized("Authorization must be: Bearer <key>"));
  }

  /// `src/main/fail2ban/filter.d/tamas-http.conf` matches this line. A request without a key is not
  /// a guess.
  private static void report(Throwable refusal, HttpServerRequest request) {
    if (refusal instanceof Problem problem && problem.status() == 401) {
      log.atWarn()
          .addKeyValue("address", request.remoteAddress().hostAddress())
          .log("failed HTTP authentication");
    }
  }
}
