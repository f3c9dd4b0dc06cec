package io.tamas.web;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Supplier;

/// The holder of a connection that stays open: its key is looked up again when keys may have been
/// deleted.
///
/// @param key the same for all connections with this key
/// @param again looks the key up; fails with a [Problem] 401 if there is no such key any more
public record SignedIn(Principal principal, Object key, Supplier<Future<Principal>> again) {
  private static final String NAME = SignedIn.class.getName();

  /// Of a request that [WebServer#signedIn] has let pass; empty if nobody had to sign in.
  public static Optional<SignedIn> of(RoutingContext routing) {
    return Optional.ofNullable(routing.get(NAME));
  }

  void putInto(RoutingContext routing) {
    routing.put(NAME, this);
  }
}
