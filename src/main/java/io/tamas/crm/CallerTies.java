package io.tamas.crm;

import io.tamas.number.PhoneNumber;

/// Is told whose number a caller has, once that is known after the decision about the call.
@FunctionalInterface
public interface CallerTies {
  /// May wait.
  ///
  /// @param call the id of the call
  /// @param caller with at least one candidate
  void tie(String call, PhoneNumber number, Caller caller);
}
