package io.tamas.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks the keys, or the sessions, of all who have been connected for a while up again, several
/// times a second, in one query and past every cache: streams, downloads and uploads end with the
/// right to them, also if another node took it away.
///
/// While PostgreSQL does not answer, they go on.
final class KeyWatch {
  private static final Logger log = LoggerFactory.getLogger(KeyWatch.class);
  private static final long INTERVAL_MILLIS = 400;

  private final Authenticator authenticator;
  private final Set<Stay> stays = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean asking = new AtomicBoolean();
  private final Vertx vertx;
  private final long timer;

  /// Why somebody may no longer be connected.
  @FunctionalInterface
  interface Rule {
    Optional<Problem> apply(Principal admitted, Principal now);
  }

  /// The right by which somebody is connected.
  private static final class Stay {
    private final String key;
    private final Principal admitted;
    private final Rule rule;
    private final Consumer<Problem> refused;
    private final long since = System.nanoTime();

    Stay(String key, Principal admitted, Rule rule, Consumer<Problem> refused) {
      this.key = key;
      this.admitted = admitted;
      this.rule = rule;
      this.refused = refused;
    }

    /// Most requests are answered before they are asked again.
    boolean isLong(long now) {
      return now - since > TimeUnit.MILLISECONDS.toNanos(INTERVAL_MILLIS);
    }

    Optional<Problem> refusal(Optional<Principal> found) {
      boolean isUser = admitted.user().isPresent();
      if (found.isEmpty()) {
        return Optional.of(
            Problem.unauthorized(isUser ? "the session has ended" : "the API key was deleted"));
      }
      return rule.apply(admitted, found.get());
    }
  }

  KeyWatch(Vertx vertx, Authenticator authenticator) {
    this.authenticator = authenticator;
    this.vertx = vertx;
    this.timer = vertx.setPeriodic(INTERVAL_MILLIS, _ -> ask());
  }

  /// Who holds a key or a session, past every cache; fails with a [Problem] 401 if nobody does any
  /// more.
  Future<Principal> now(String key) {
    return authenticator
        .again(Set.of(key))
        .compose(found ->
            Optional.ofNullable(found.get(key))
                .map(Future::succeededFuture)
                .orElseGet(() ->
                    Future.failedFuture(
                        Problem.unauthorized("who made the ticket has no right any more"))));
  }

  void close() {
    vertx.cancelTimer(timer);
  }

  /// Starts to watch; to be called once for each who is connected.
  ///
  /// @param rule why somebody may no longer be connected
  /// @param refused receives a 401 or 403 each time that the right is found missing
  /// @return ends it
  Runnable watch(String key, Principal admitted, Rule rule, Consumer<Problem> refused) {
    Stay stay = new Stay(key, admitted, rule, refused);
    stays.add(stay);
    return () -> stays.remove(stay);
  }

  private void ask() {
    long now = System.nanoTime();
    List<Stay> asked = stays.stream().filter(stay -> stay.isLong(now)).toList();
    if (asked.isEmpty() || !asking.compareAndSet(false, true)) {
      return;
    }
    authenticator
        .again(asked.stream().map(stay -> stay.key).collect(Collectors.toSet()))
        .onSuccess(found -> asked.forEach(stay -> tell(stay, found)))
        .onFailure(cause -> log.atDebug().setCause(cause).log("keys cannot be looked up now"))
        .onComplete(_ -> asking.set(false));
  }

  private void tell(Stay stay, Map<String, Principal> found) {
    if (stays.contains(stay)) {
      stay.refusal(Optional.ofNullable(found.get(stay.key))).ifPresent(stay.refused);
    }
  }
}
