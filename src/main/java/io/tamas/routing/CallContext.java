package io.tamas.routing;

import io.tamas.company.Directory;
import io.tamas.company.Extension;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import java.time.Instant;
import java.util.Optional;

/// A call at the moment of the decision.
///
/// @param channel Asterisk's unique id of the calling channel
/// @param call Asterisk's linked id: the same for all channels of one call
/// @param dialled what was dialled, normalised: by the plan of the trunk or of the caller's
///   outgoing profile
/// @param digits what was dialled, unchanged: digits, `*`, `#` and `+`
/// @param known who is responsible for an external caller
public record CallContext(
    String channel,
    String call,
    Origin origin,
    CallerId caller,
    CallerId dialled,
    String digits,
    Instant at,
    Acquaintance known) {

  /// A call of whose caller nothing is known.
  public CallContext(
      String channel,
      String call,
      Origin origin,
      CallerId caller,
      CallerId dialled,
      String digits,
      Instant at) {
    this(channel, call, origin, caller, dialled, digits, at, Acquaintance.NONE);
  }

  /// The same call once more is known of its caller.
  public CallContext with(Acquaintance more) {
    return new CallContext(channel, call, origin, caller, dialled, digits, at, more);
  }

  /// A call that a phone of the company might make, for what is only asked about it.
  ///
  /// @param name stands for the channel and the call
  public static CallContext ofPhone(
      String name, Extension by, String dialled, Directory company, Instant at) {
    return new CallContext(
        name,
        name,
        new Origin.FromPhone(by.number()),
        new CallerId.Internal(by.number()),
        Dialled.byPhone(dialled, by, company),
        dialled,
        at);
  }

  /// Which side of the company the call comes from.
  public sealed interface Origin {
    /// @param divertedBy the number at which the caller was before, in its plan's form
    record FromTrunk(String trunk, Optional<String> divertedBy) implements Origin {
      public FromTrunk(String trunk) {
        this(trunk, Optional.empty());
      }
    }

    record FromPhone(ExtensionNumber extension) implements Origin {}
  }
}
