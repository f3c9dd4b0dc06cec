package io.tamas.routing;

import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import java.time.Instant;

/// A call at the moment of the decision.
///
/// @param channel Asterisk's unique id of the calling channel
/// @param dialled what was dialled: for a call from a trunk normalised by its plan
public record CallContext(
    String channel, Origin origin, CallerId caller, CallerId dialled, Instant at) {

  /// Which side of the company the call comes from.
  public sealed interface Origin {
    record FromTrunk(String trunk) implements Origin {}

    record FromPhone(ExtensionNumber extension) implements Origin {}
  }
}
