package io.tamas.asterisk.agi;

import io.tamas.config.Config;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sessions of one event loop, accessed by that loop only: accepts or refuses connections,
/// checks deadlines, counts and logs the ends of sessions.
final class AgiLoop extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(AgiLoop.class);

  /// How late a deadline may be noticed.
  private static final Duration WATCH = Duration.ofMillis(50);

  /// The kernel bounds it by `net.core.somaxconn`.
  private static final int BACKLOG = 4096;

  private final Config.Agi limits;
  private final Map<String, Script> scripts;
  private final Optional<Command> refusal;
  private final Admission admission;
  private final AgiMetrics metrics;
  private final Set<Session> sessions = new HashSet<>();
  private final BoundedLog bound = new BoundedLog(10, 10_000_000_000L, System.nanoTime());
  private @Nullable NetServer server;

  AgiLoop(
      Config.Agi limits,
      Map<String, Script> scripts,
      Optional<Variable> refusal,
      Admission admission,
      AgiMetrics metrics) {
    this.limits = limits;
    this.scripts = scripts;
    this.refusal = refusal.map(Variable::command);
    this.admission = admission;
    this.metrics = metrics;
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(WATCH.toMillis(), _ -> checkDeadlines());
    server =
        vertx
            .createNetServer(new NetServerOptions().setAcceptBacklog(BACKLOG))
            .connectHandler(this::connected);
    return server.listen(limits.port(), limits.host());
  }

  @Override
  public Future<?> stop() {
    List.copyOf(sessions).forEach(session -> session.end(Outcome.CLOSED, "shutdown"));
    return server == null ? Future.succeededFuture() : server.close();
  }

  int port() {
    return server == null ? 0 : server.actualPort();
  }

  Config.Agi limits() {
    return limits;
  }

  @Nullable Script script(String name) {
    return scripts.get(name);
  }

  /// What Asterisk is told where a session fails because of its call.
  Optional<Command> refusal() {
    return refusal;
  }

  /// Called once by each session.
  ///
  /// @param cause what a script threw
  void ended(Session session, Outcome outcome, String why, Optional<Throwable> cause) {
    Environment environment = session.environmentOrNull();
    String script = environment == null ? "" : environment.script();
    switch (outcome) {
      case DONE, HANGUP, CLOSED -> {}
      case VANISHED, TIMEOUT, BROKEN, NOT_FOUND, FAILED ->
          log(session, outcome, why, cause.orElse(null));
    }
    metrics.ended(script, outcome, Duration.ofNanos(System.nanoTime() - session.askedAt()));
    sessions.remove(session);
    admission.leave(session.peer());
  }

  private void connected(NetSocket socket) {
    InetAddress peer = InetAddress.ofLiteral(socket.remoteAddress().hostAddress());
    Optional<Admission.Refusal> refusal = admission.enter(peer);
    if (refusal.isPresent()) {
      refused(peer, refusal.get());
      socket.close();
      return;
    }
    Session session = new Session(this, socket, peer, context);
    sessions.add(session);
    session.open();
  }

  private void checkDeadlines() {
    long now = System.nanoTime();
    List.copyOf(sessions).forEach(session -> session.check(now));
  }

  private void refused(InetAddress peer, Admission.Refusal refusal) {
    metrics.refused(refusal);
    if (bound.permit(System.nanoTime())) {
      log.atWarn()
          .addKeyValue("peer", peer.getHostAddress())
          .addKeyValue("reason", refusal)
          .addKeyValue("withheld", bound.takeWithheld())
          .log("AGI connection refused");
    }
  }

  private void log(Session session, Outcome outcome, String why, @Nullable Throwable cause) {
    if (!bound.permit(System.nanoTime())) {
      return;
    }
    Environment environment = session.environmentOrNull();
    log.atWarn()
        .addKeyValue("peer", session.peer().getHostAddress())
        .addKeyValue("call", environment == null ? "" : printable(environment.uniqueId()))
        .addKeyValue("channel", environment == null ? "" : printable(environment.channel()))
        .addKeyValue("outcome", outcome)
        .addKeyValue("why", why)
        .addKeyValue("withheld", bound.takeWithheld())
        .setCause(cause)
        .log("AGI session without an answer");
  }

  /// A peer's text, made safe for the log.
  private static String printable(String text) {
    return text.substring(0, Math.min(80, text.length())).replaceAll("\\p{C}", "?");
  }
}
