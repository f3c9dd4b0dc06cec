package io.tamas.asterisk.agi;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.config.Config;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Answers `AGI(agi://host:port/name)` of the dialplan by the script of that exact name.
///
/// A connection that is not allowed, exceeds a limit or misses a deadline is closed at once, so
/// that the dialplan falls back. A session that fails because of its call, since its environment
/// cannot be parsed or its script throws, sets one variable instead: that call is to be refused.
public final class AgiServer {
  private final Vertx vertx;
  private final AgiLoop loop;
  private @Nullable String deployment;

  /// @param refusal what a session sets that fails because of its call; empty: nothing
  public AgiServer(
      Vertx vertx,
      Config.Agi config,
      Map<String, Script> scripts,
      Optional<Variable> refusal,
      MeterRegistry registry) {
    this.vertx = vertx;
    Admission admission =
        new Admission(
            AllowedPeers.parse(config.allowedPeers()),
            config.maxSessions(),
            config.maxSessionsPerPeer());
    AgiMetrics metrics = new AgiMetrics(registry, scripts.keySet(), admission);
    this.loop = new AgiLoop(config, Map.copyOf(scripts), refusal, admission, metrics);
  }

  /// Starts listening.
  ///
  /// @return the port: a free one if port 0 is configured; fails if the port is in use
  public Future<Integer> start() {
    return vertx.deployVerticle(loop).onSuccess(id -> deployment = id).map(_ -> loop.port());
  }

  /// Stops listening and closes open sessions; the dialplan of those calls falls back.
  public Future<Void> close() {
    return deployment == null ? Future.succeededFuture() : vertx.undeploy(deployment);
  }
}
