package io.tamas.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
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
    KeyWatch keyWatch,
    Connections connections,
    StrangerLog strangers,
    ClientWaits waits,
    Slots slots,
    Duration timeout,
    int maxBodyBytes,
    MeterRegistry meters) {
  private static final Logger log = LoggerFactory.getLogger(Serving.class);

  private static final Pattern BEARER = Pattern.compile("(?i)bearer +([\\x21-\\x7e]{1,200})");

  /// The holder of the right key, and who that is.
  record Admitted(String key, Principal principal) {}

  /// The sender of the request, by `Authorization: Bearer <key>` (RFC 6750).
  Future<Admitted> authenticate(HttpServerRequest request) {
    String header = request.getHeader("authorization");
    if (header == null) {
      return Future.failedFuture(
          Problem.unauthorized("an API key is required: Authorization: Bearer <key>"));
    }
    Matcher matcher = BEARER.matcher(header.strip());
    if (!matcher.matches()) {
      return Future.failedFuture(Problem.unauthorized("Authorization must be: Bearer <key>"));
    }
    String key = matcher.group(1);
    return authenticator
        .authenticate(key)
        .onFailure(refusal -> report(refusal, request))
        .map(principal -> {
          connections.signedIn(request);
          return new Admitted(key, principal);
        });
  }

  /// `src/main/fail2ban/filter.d/tamas-http.conf` matches this line. A request without a key is not
  /// a guess.
  private void report(Throwable refusal, HttpServerRequest request) {
    String address = request.remoteAddress().hostAddress();
    if (refusal instanceof Problem problem
        && problem.status() == 401
        && strangers.admits(address)) {
      log.atWarn().addKeyValue("address", address).log("failed HTTP authentication");
    }
  }
}
