package io.tamas.web;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Set;

/// Knows the sessions of users, by the tokens in their cookies.
public interface Browsers extends Authenticator {

  /// There are no users.
  Browsers NONE =
      new Browsers() {
        @Override
        public Future<String> cookie() {
          return Future.succeededFuture("tamas");
        }

        @Override
        public Future<Principal> authenticate(String token) {
          return Future.failedFuture(Problem.unauthorized("there are no sessions"));
        }

        @Override
        public Future<Map<String, Principal>> again(Set<String> tokens) {
          return Future.succeededFuture(Map.of());
        }
      };

  /// The name of the cookie, of this instance alone: cookies know no ports. Fails if it cannot be
  /// looked up now.
  Future<String> cookie();
}
