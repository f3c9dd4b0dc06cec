package io.tamas.call.decision;

import io.tamas.crm.Caller;
import io.tamas.number.PhoneNumber;
import io.tamas.routing.Acquaintance;
import io.tamas.routing.CallContext;
import java.util.Optional;

/// Finds the caller that a number belongs to, while the call waits.
///
/// Never throws and keeps its time budget: a caller that is not found in time is [Caller#unknown],
/// and tied to the call later.
@FunctionalInterface
public interface Callers {
  /// @param call Asterisk's linked id, to which a late result is tied
  Caller find(PhoneNumber number, String call);

  /// Who is responsible for the caller of a trunk's call.
  ///
  /// @param found who the caller is, if that was looked up for this question already
  /// @param since when the budget began, of [System#nanoTime]
  default Acquaintance acquaintance(CallContext call, Optional<Caller> found, long since) {
    return Acquaintance.NONE;
  }
}
