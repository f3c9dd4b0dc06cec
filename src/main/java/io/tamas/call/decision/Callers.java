package io.tamas.call.decision;

import io.tamas.crm.Caller;
import io.tamas.number.PhoneNumber;

/// Finds the caller that a number belongs to, while the call waits.
///
/// Never throws and keeps its time budget: a caller that is not found in time is [Caller#unknown],
/// and tied to the call later.
@FunctionalInterface
public interface Callers {
  /// @param call Asterisk's linked id, to which a late result is tied
  Caller find(PhoneNumber number, String call);
}
