package io.tamas.call.decision;

import io.tamas.crm.Caller;
import io.tamas.number.PhoneNumber;

/// Finds the caller that a number belongs to, while the call waits.
///
/// Never throws and keeps its time budget: a caller that is not found in time is [Caller#unknown],
/// and published later as an event.
@FunctionalInterface
public interface Callers {
  /// @param channel Asterisk's unique id of the calling channel, for the event of a late result
  Caller find(PhoneNumber number, String channel);
}
