package io.tamas.asterisk.ari;

import io.vertx.core.Future;

/// Sends requests to Asterisk.
///
/// Never request a list that can grow (`channels`, `endpoints`): a response of more than about 400
/// KB crashes Asterisk.
@FunctionalInterface
public interface Ari {

  /// Sends a request. Any status of the response is a value; the future fails with an [AriFault] if
  /// there is no response. May be called from any thread.
  Future<AriResponse> request(AriRequest request);
}
