package io.tamas.web;

import io.vertx.core.Future;

/// Identifies the holder of a key.
@FunctionalInterface
public interface Authenticator {

  /// Fails with a [Problem] 401 for a wrong key, 503 if it cannot be looked up now.
  Future<Principal> authenticate(String key);
}
