package io.tamas.asterisk.ari;

import io.vertx.core.Future;

/// Sends requests to Asterisk.
///
/// Never ask for a list that can grow (`channels`, `endpoints`): an answer of more than about 400
/// KB crashes Asterisk.
@FunctionalInterface
public interface Ari {

  /// Asks Asterisk. Any status that it answers is a value; the future fails with an [AriFault] when
  /// there is no answer. May be called from any thread.
  Future<AriResponse> request(AriRequest request);
}
