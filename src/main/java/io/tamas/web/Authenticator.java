package io.tamas.web;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Identifies the holder of a key.
@FunctionalInterface
public interface Authenticator {
  int UNAUTHORIZED = 401;

  /// Fails with a [Problem] 401 for a wrong key, 503 if it cannot be looked up now.
  Future<Principal> authenticate(String key);

  /// The holders of keys that were right some time ago, as they are now; those that are no longer
  /// right are missing. Fails if they cannot be looked up now.
  default Future<Map<String, Principal>> again(Set<String> keys) {
    Map<String, Principal> known = new ConcurrentHashMap<>();
    return Future.all(keys.stream().map(key -> again(key, known)).toList()).map(known);
  }

  private Future<Void> again(String key, Map<String, Principal> known) {
    return authenticate(key)
        .onSuccess(principal -> known.put(key, principal))
        .<Void>mapEmpty()
        .recover(cause ->
            cause instanceof Problem problem && problem.status() == UNAUTHORIZED
                ? Future.succeededFuture()
                : Future.failedFuture(cause));
  }
}
