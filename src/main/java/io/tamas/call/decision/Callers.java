package io.tamas.call.decision;

import io.tamas.crm.Caller;
import io.tamas.number.PhoneNumber;

/// Who a number belongs to, asked in the path of a call.
///
/// Never throws and keeps its time budget: a caller that is not found in time is [Caller#unknown],
/// and told later by an event.
@FunctionalInterface
public interface Callers {
  /// @param channel Asterisk's unique id of the calling channel, for the event of a late answer
  Caller find(PhoneNumber number, String channel);
}
