package io.tamas.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What all requests have in common.
record Serving(
    Vertx vertx,
    Admission admission,
    Connections connections,
    Tickets tickets,
    StrangerLog strangers,
    ClientWaits waits,
    Slots slots,
    Duration timeout,
    int maxBodyBytes,
    MeterRegistry meters,
    AtomicReference<Refusals> refusals) {
  private static final Logger log = LoggerFactory.getLogger(Serving.class);

  /// @param acts whether the request changes something or becomes a stream
  Future<Admission.Admitted> authenticate(HttpServerRequest request, boolean acts) {
    return admission
        .authenticate(request, acts)
        .onFailure(refusal -> {
          if (Admission.showsKey(request) && isUnauthorized(refusal)) {
            reportGuess(request);
          }
        })
        .map(admitted -> {
          connections.signedIn(request);
          return admitted;
        });
  }

  /// Tells of a request that was refused for want of a right.
  void report(Act act, Problem problem) {
    if (problem.status() == 401 || problem.status() == 403) {
      Objects.requireNonNull(refusals.get()).refused(act, problem);
    }
  }

  static boolean isUnauthorized(Throwable refusal) {
    return refusal instanceof Problem problem && problem.status() == 401;
  }

  /// A key or a password was wrong: `src/main/fail2ban/filter.d/tamas-http.conf` matches this line.
  /// A request without a key is not a guess, nor is a cookie whose session has ended.
  void reportGuess(HttpServerRequest request) {
    String address = admission.client(request).address();
    if (strangers.admits(address)) {
      log.atWarn().addKeyValue("address", address).log("failed HTTP authentication");
    }
  }
}
