package io.tamas.web;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Consumer;

/// The holder of a connection that stays open, whose right is looked up again all the time.
public record SignedIn(Principal principal, Watch watch) {
  private static final String NAME = SignedIn.class.getName();

  /// Watches over the right to the connection.
  @FunctionalInterface
  public interface Watch {

    /// @param refused receives a [Problem] 401 or 403 when the right is found missing, from any
    ///   thread
    /// @return ends the watch, once the connection is closed
    Runnable start(Consumer<Problem> refused);
  }

  /// Of a request that [WebServer#signedIn] has let pass; empty if nobody had to sign in.
  public static Optional<SignedIn> of(RoutingContext routing) {
    return Optional.ofNullable(routing.get(NAME));
  }

  void putInto(RoutingContext routing) {
    routing.put(NAME, this);
  }
}
