package io.tamas.call.record;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tamas.routing.Charge;
import io.tamas.routing.Routed.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One call, from the first channel to the last: what the journal says of it, recomputable at any
/// time. As JSON it is one flat object ([CallRecordJson]).
///
/// @param id the linked id of Asterisk, with the cell's name before it
/// @param decisions what Tamas wrote into the journal when it decided, in that order; those of
///   transfers too. Of very many the first and the last ones
public record CallRecord(
    String id,
    Who who,
    When when,
    Outcome outcome,
    Recorded recorded,
    List<Leg> legs,
    List<DecisionNote> decisions) {

  /// Who called whom.
  ///
  /// @param caller E.164, an extension, a short code, a name or `anonymous`
  /// @param requested what was dialled
  /// @param profile of the caller
  public record Who(
      Direction direction,
      String caller,
      String callerName,
      String requested,
      Optional<Long> profile) {}

  /// @param endedAt empty while the call is in progress
  /// @param ring from the start of ringing to the answer or the end
  /// @param talk for how long the caller talked with somebody; after a transfer by the caller, the
  ///   party that took the caller's place
  /// @param hold for how long after the answer they waited: on hold, parked, or being transferred.
  ///   What they spend in a mailbox or a menu is neither
  public record When(
      Instant startedAt,
      Optional<Instant> ringingAt,
      Optional<Instant> answeredAt,
      Optional<Instant> endedAt,
      Duration ring,
      Duration talk,
      Duration hold) {}

  /// How it ended, or how far it is.
  ///
  /// @param destination where the last decision routed it, such as `extension:101`
  /// @param answeredBy who talked with the caller first: an extension, or the endpoint of a trunk
  /// @param lastParty who talked last, after transfers and pickups
  /// @param cause the hangup cause of ITU-T Q.850: what the callee's side said where that decided,
  ///   else that of the caller's channel
  /// @param rule the rule that decided, `fallback` where Tamas was not asked, `undecided` where the
  ///   caller was gone before
  public record Outcome(
      Status status,
      Optional<String> destination,
      Optional<String> answeredBy,
      Optional<String> lastParty,
      Optional<Party> hungUpBy,
      Optional<Integer> cause,
      String rule) {}

  /// @param recording the id of the recording of an answered call, messages not included
  /// @param state of a recorded call in progress
  /// @param changes what was done to the recording during the call. Of very many the first and the
  ///   last ones
  /// @param messages what was left in mailboxes during the call
  public record Recorded(
      Optional<String> recording,
      Optional<RecordingState> state,
      List<RecordingChange> changes,
      List<Message> messages) {}

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static CallRecord of(CallRecordJson json) {
    return json.record();
  }

  @JsonValue
  CallRecordJson json() {
    return CallRecordJson.of(this);
  }

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
    ANNOUNCEMENT,
    /// Nobody answered, and the caller left a message.
    VOICEMAIL
  }

  public enum RecordingState {
    RECORDING,
    /// It holds silence.
    PAUSED,
    /// Nothing is added to it.
    STOPPED
  }

  /// What can be done to a recording during the call.
  public enum RecordingAction {
    STARTED,
    PAUSED,
    RESUMED,
    STOPPED
  }

  /// @param by an extension, or the name of an API key; absent when Tamas itself did it
  public record RecordingChange(Instant at, RecordingAction action, Optional<String> by) {}

  /// What was said after the beep of a mailbox, a recording of its own.
  ///
  /// @param mailbox the extension
  /// @param from who left it: the caller, or a party to whom the caller has handed the call on
  public record Message(
      String recording, String mailbox, String from, Instant leftAt, Duration duration) {}

  public enum Party {
    CALLER,
    CALLEE,
    SYSTEM
  }

  /// How a leg came to belong to the call.
  public enum Tie {
    DIALLED,
    /// Rung in the place of another, by that one's wish.
    FORWARDED,
    /// Took the call that rang elsewhere.
    PICKED_UP,
    TRANSFERRED_BLIND,
    TRANSFERRED_ATTENDED,
    /// Asked by who wanted to hand the call on, who then did not.
    CONSULTATION,
    /// Rung again, because nobody took what was handed on or parked.
    RETURNED,
    /// Took back a parked call.
    RETRIEVED,
    /// The own phone of who clicked.
    CLICKED
  }

  /// One attempt to reach somebody, or somebody who came to the call.
  ///
  /// @param channel empty where there was no phone to ring
  /// @param party the extension, or the endpoint of a trunk
  /// @param by the extension that handed the call on to it
  /// @param talk for how long it talked with somebody of this call
  /// @param charge who pays for it, where it is outside and by the rules of an extension
  public record Leg(
      String channel,
      String party,
      Tie tie,
      Optional<String> by,
      Instant startedAt,
      Optional<Instant> answeredAt,
      Optional<Instant> endedAt,
      LegResult result,
      Optional<Integer> cause,
      Duration talk,
      Optional<Charge> charge) {

    /// From its answer to its end, on hold too. Asterisk's clock may have been set back in between.
    public Optional<Duration> connected() {
      return answeredAt
          .flatMap(from -> endedAt.map(to -> Duration.between(from, to)))
          .map(time -> time.isNegative() ? Duration.ZERO : time);
    }
  }
}
