package io.tamas.call;

import io.tamas.routing.Routed.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One call, from the first channel to the last: what the journal says of it, recomputable at any
/// time.
///
/// @param id the linked id of Asterisk, with the cell's name before it
/// @param caller who called: E.164, an extension, a short code, a name or `anonymous`
/// @param requested what was dialled
/// @param destination where the decision sent it, such as `extension:101`
/// @param answeredBy the extension that talked, where one did
/// @param rule the rule that decided, `fallback` where Tamas was not asked, `undecided` where the
///   caller was gone before
/// @param endedAt empty while the call goes on
/// @param ring from the start of ringing to the answer or the end
/// @param talk from the answer to the end
/// @param cause the hangup cause of ITU-T Q.850: what the callee's side said where that decided,
///   else that of the caller's channel
/// @param recording the id of the recording of an answered call
/// @param decision what Tamas wrote into the journal when it decided, empty for a fallback call
public record CallRecord(
    String id,
    Direction direction,
    String caller,
    String callerName,
    String requested,
    Optional<String> destination,
    Status status,
    Optional<String> answeredBy,
    Optional<Party> hungUpBy,
    Optional<Integer> cause,
    String rule,
    Instant startedAt,
    Optional<Instant> ringingAt,
    Optional<Instant> answeredAt,
    Optional<Instant> endedAt,
    Duration ring,
    Duration talk,
    Optional<String> recording,
    Optional<Long> profile,
    List<Leg> legs,
    Optional<DecisionNote> decision) {

  public enum Status {
    /// Not yet decided how it ends: before the answer.
    RINGING,
    /// Two people talk or have talked.
    ANSWERED,
    /// Nobody answered before the ringing ended.
    MISSED,
    /// The caller hung up before anybody answered.
    ABANDONED,
    BUSY,
    REJECTED,
    FAILED,
    /// Told by a recorded voice: an announcement, closed hours.
    ANNOUNCEMENT
  }

  public enum Party {
    CALLER,
    CALLEE,
    SYSTEM
  }

  /// One attempt to reach a phone.
  ///
  /// @param channel empty where there was no phone to ring
  /// @param party the extension, or the endpoint of a trunk
  /// @param result `ringing`, `answered`, `no-answer`, `busy`, `rejected`, `unreachable`,
  ///   `answered-elsewhere`, `cancelled`
  public record Leg(
      String channel,
      String party,
      Instant startedAt,
      Optional<Instant> answeredAt,
      Optional<Instant> endedAt,
      String result,
      Optional<Integer> cause) {}
}
