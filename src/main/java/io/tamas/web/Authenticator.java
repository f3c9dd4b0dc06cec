package io.tamas.web;

import io.vertx.core.Future;

/// Tells who holds a key.
@FunctionalInterface
public interface Authenticator {

  /// Fails with a [Problem] 401 for a wrong key, 503 when it cannot be looked up now.
  Future<Principal> authenticate(String key);
}
