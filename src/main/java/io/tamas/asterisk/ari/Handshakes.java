package io.tamas.asterisk.ari;

import io.tamas.config.Config;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.ServerWebSocketHandshake;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides who may open the WebSocket.
final class Handshakes {
  private static final Logger log = LoggerFactory.getLogger(Handshakes.class);

  private final byte[] authorization;
  private final Predicate<String> allowedPeer;
  private final AriMetrics metrics;
  private final AtomicReference<String> lastRefusal = new AtomicReference<>("");

  Handshakes(Config.Ari config, Predicate<String> allowedPeer, AriMetrics metrics) {
    String credentials = config.user() + ":" + config.password().reveal();
    this.authorization =
        ("Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
            .getBytes(StandardCharsets.UTF_8);
    this.allowedPeer = allowedPeer;
    this.metrics = metrics;
  }

  void decide(ServerWebSocketHandshake handshake) {
    Optional<Refusal> refusal = refusal(handshake);
    if (refusal.isEmpty()) {
      handshake.accept();
      return;
    }
    metrics.refused(refusal.get().reason());
    logOnce(handshake, refusal.get().reason());
    handshake.reject(refusal.get().status());
  }

  /// The next refusal is logged again.
  void succeeded() {
    lastRefusal.set("");
  }

  private record Refusal(int status, String reason) {}

  private Optional<Refusal> refusal(ServerWebSocketHandshake handshake) {
    if (!allowedPeer.test(handshake.remoteAddress().hostAddress())) {
      return Optional.of(new Refusal(403, "peer"));
    }
    if (!AriServer.PATH.equals(handshake.path())) {
      return Optional.of(new Refusal(404, "path"));
    }
    if (!signedIn(handshake)) {
      return Optional.of(new Refusal(401, "credentials"));
    }
    return offersAri(handshake) ? Optional.empty() : Optional.of(new Refusal(400, "protocol"));
  }

  private static boolean offersAri(ServerWebSocketHandshake handshake) {
    return handshake.headers().getAll("Sec-WebSocket-Protocol").stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .map(String::strip)
        .anyMatch("ari"::equals);
  }

  private boolean signedIn(ServerWebSocketHandshake handshake) {
    String given =
        Optional.ofNullable(handshake.headers().get(HttpHeaders.AUTHORIZATION)).orElse("");
    return MessageDigest.isEqual(authorization, given.getBytes(StandardCharsets.UTF_8));
  }

  /// Asterisk tries twice a second: the same refusal is not logged again.
  private void logOnce(ServerWebSocketHandshake handshake, String reason) {
    String refusal = handshake.remoteAddress().hostAddress() + " " + reason;
    if (!refusal.equals(lastRefusal.getAndSet(refusal))) {
      log.atWarn()
          .addKeyValue("peer", handshake.remoteAddress())
          .addKeyValue("reason", reason)
          .log("a WebSocket for ARI was refused");
    }
  }
}
