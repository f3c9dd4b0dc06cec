package io.tamas.call.record;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tamas.routing.Charge;
import io.tamas.routing.Routed.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One call, from the first channel to the last, as computed from the journal; recomputable at any
/// time. As JSON it is one flat object ([CallRecordJson]).
///
/// @param id the linked id of Asterisk, with the cell's name before it
/// @param parkings when its parties were parked. Of very many, the first and the last ones
/// @param decisions the notes that Tamas wrote into the journal for its decisions, in that order,
///   including those of transfers. Of very many, the first and the last ones
public record CallRecord(
    String id,
    Who who,
    When when,
    Outcome outcome,
    Recorded recorded,
    List<Leg> legs,
    List<Parking> parkings,
    List<DecisionNote> decisions) {

  /// Who called whom.
  ///
  /// @param caller E.164, an extension, a short code, a name or `anonymous`
  /// @param requested what was dialled; empty if a trunk's call is for no number
  /// @param profile of the caller
  /// @param trunk on which the call came in
  /// @param divertedBy the number that the caller called before, and that diverted the call
  public record Who(
      Direction direction,
      String caller,
      String callerName,
      String requested,
      Optional<Long> profile,
      Optional<String> trunk,
      Optional<String> divertedBy) {}

  /// @param endedAt empty while the call is in progress
  /// @param ring from the start of ringing to the answer or the end
  /// @param talk for how long the main party was connected to another party: the caller, and after
  ///   a transfer by the caller, the transferred party
  /// @param hold for how long after the answer the main party was on hold, parked, or being
  ///   transferred. Time in a mailbox or a menu is neither
  /// @param progress of a call in progress, unless it only rings
  public record When(
      Instant startedAt,
      Optional<Instant> ringingAt,
      Optional<Instant> answeredAt,
      Optional<Instant> endedAt,
      Duration ring,
      Duration talk,
      Duration hold,
      Optional<Progress> progress) {

    /// The same at a later moment, if nothing has happened since: talk and hold grow.
    When at(Instant now) {
      return progress
          .filter(so -> so.countedTo().isBefore(now))
          .map(so -> {
            Duration more = Duration.between(so.countedTo(), now);
            return new When(
                startedAt,
                ringingAt,
                answeredAt,
                endedAt,
                ring,
                so.state() == TalkState.TALKING ? talk.plus(more) : talk,
                so.state() == TalkState.ON_HOLD ? hold.plus(more) : hold,
                Optional.of(so.at(now)));
          })
          .orElse(this);
    }
  }

  /// What the parties of a call in progress do.
  ///
  /// @param since when that began
  /// @param waiting the parties that wait: on hold, parked, being transferred
  /// @param talking the parties that are connected to another one
  /// @param slot in which one of those that wait is parked
  /// @param countedTo until when `talk` and `hold` of the call and `talk` of its legs are counted
  public record Progress(
      TalkState state,
      Instant since,
      List<String> waiting,
      List<String> talking,
      Optional<String> slot,
      Instant countedTo) {

    /// A call that was stored before these parties were named has none.
    @SuppressWarnings("ConstantValue")
    public Progress {
      talking = talking == null ? List.of() : talking;
    }

    private Progress at(Instant now) {
      return new Progress(state, since, waiting, talking, slot, now);
    }
  }

  /// A party was parked.
  public record Parking(Instant at, String party, String slot) {}

  /// What the main party does, to which the call belongs.
  public enum TalkState {
    /// It is connected to another party.
    TALKING,
    /// It was, and waits, or has the other wait: on hold, parked, being transferred.
    ON_HOLD,
    /// It is in a mailbox, a menu or an announcement.
    PROMPT,
    /// It has hung up, and others talk on, such as those between whom it was being transferred.
    OTHERS_TALKING
  }

  /// A call in progress as it is at a later moment, if nothing has happened since.
  public CallRecord at(Instant now) {
    List<Leg> later =
        when.progress()
            .filter(so -> so.countedTo().isBefore(now))
            .map(so -> legs.stream().map(leg -> leg.at(now, so)).toList())
            .orElse(legs);
    return new CallRecord(id, who, when.at(now), outcome, recorded, later, parkings, decisions);
  }

  /// How the call ended, or its progress so far.
  ///
  /// @param destination to which the last decision routed the call, such as `extension:101`
  /// @param answeredBy the party that was connected to the caller first: an extension, an external
  ///   number, or the endpoint of a trunk
  /// @param lastParty the party that was connected last, after transfers and pickups
  /// @param cause the hangup cause of ITU-T Q.850: the one that the callee's side gave if that
  ///   decided, else that of the main party's channel
  /// @param rule the rule that decided, `fallback` if the dialplan's fallback routed the call,
  ///   `fault` if it was refused because of itself, `undecided` if the caller hung up before
  /// @param incomplete rows of the call are missing in the journal: Asterisk was killed, or could
  ///   not write. The record is what the others tell: the call may have lasted longer, and may have
  ///   been answered
  public record Outcome(
      Status status,
      Optional<String> destination,
      Optional<String> answeredBy,
      Optional<String> lastParty,
      Optional<Party> hungUpBy,
      Optional<Integer> cause,
      String rule,
      boolean incomplete) {}

  /// @param recording the id of the recording of an answered call, messages not included
  /// @param state of a recorded call in progress
  /// @param changes the changes of the recording's state during the call. Of very many, the first
  ///   and the last ones
  /// @param messages the messages left in mailboxes during the call
  public record Recorded(
      Optional<String> recording,
      Optional<RecordingState> state,
      List<RecordingChange> changes,
      List<Message> messages) {

    /// Whether there is something to listen to, or was.
    public boolean isAny() {
      return recording.isPresent() || !messages.isEmpty();
    }
  }

  /// The same, whose caller has another profile.
  public CallRecord withProfile(long profile) {
    Who other =
        new Who(
            who.direction,
            who.caller,
            who.callerName,
            who.requested,
            Optional.of(profile),
            who.trunk,
            who.divertedBy);
    return new CallRecord(id, other, when, outcome, recorded, legs, parkings, decisions);
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static CallRecord of(CallRecordJson json) {
    return json.record();
  }

  @JsonValue
  CallRecordJson json() {
    return CallRecordJson.of(this);
  }

  public enum Status {
    /// In progress and not answered.
    RINGING,
    /// Two parties are or were connected.
    ANSWERED,
    /// Nobody answered before the ring timeout.
    MISSED,
    /// The caller hung up before anybody answered.
    ABANDONED,
    BUSY,
    REJECTED,
    FAILED,
    /// The caller reached an announcement or a menu, such as outside office hours.
    ANNOUNCEMENT,
    /// Nobody answered, and the caller left a message.
    VOICEMAIL
  }

  public enum RecordingState {
    RECORDING,
    /// It contains silence.
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

  /// What was recorded after the beep of a mailbox: a separate recording.
  ///
  /// @param mailbox the extension
  /// @param from who left it: the caller, or the party that the caller transferred
  /// @param routedAt when that party was routed to the mailbox: the message is for whom it belonged
  ///   to then. Empty in records from before this was noted
  public record Message(
      String recording,
      String mailbox,
      String from,
      Optional<Instant> routedAt,
      Instant leftAt,
      Duration duration) {}

  public enum Party {
    CALLER,
    CALLEE,
    SYSTEM
  }

  /// How a leg came to belong to the call.
  public enum Tie {
    DIALLED,
    /// Dialled instead of the extension that forwards to it.
    FORWARDED,
    /// Picked up the call that rang elsewhere.
    PICKED_UP,
    TRANSFERRED_BLIND,
    TRANSFERRED_ATTENDED,
    /// Consulted before an attended transfer that was not completed.
    CONSULTATION,
    /// Dialled again, because nobody answered the transferred call or retrieved the parked one.
    RETURNED,
    /// Retrieved a parked call.
    RETRIEVED,
    /// The phone of the user who clicked.
    CLICKED
  }

  /// A device of an extension that was rung.
  ///
  /// @param address `host:port` from which it registered
  /// @param agent what it calls itself, such as its model and version: untrusted text
  public record Device(
      Optional<String> address,
      Optional<String> agent,
      LegResult result,
      Optional<Integer> cause) {}

  /// One attempt to reach a party, on all of its devices at once, or a party that joined the call.
  ///
  /// @param channel of the device that answered, else of the one that decided the result; empty if
  ///   there was no phone to dial
  /// @param party the extension, the external number, or the endpoint of a trunk
  /// @param by the extension that forwarded or transferred the call to it, or consulted it
  /// @param talk for how long it was connected to another party of this call
  /// @param charge what an external leg under the rules of an extension is charged to
  /// @param trunk over which it was called, or called itself
  /// @param sipStatus what a trunk answered last that did not connect the call, such as 403
  /// @param device the one that answered
  /// @param otherDevices those that were rung and did not answer, or could not be rung
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
      Optional<Charge> charge,
      Optional<String> trunk,
      Optional<Integer> sipStatus,
      Optional<Device> device,
      List<Device> otherDevices) {

    /// A record that was stored before devices were told apart has none.
    @SuppressWarnings("ConstantValue")
    public Leg {
      otherDevices = otherDevices == null ? List.of() : otherDevices;
    }

    private Leg at(Instant now, Progress so) {
      return endedAt.isEmpty() && answeredAt.isPresent() && so.talking().contains(party)
          ? withTalk(talk.plus(Duration.between(so.countedTo(), now)))
          : this;
    }

    private Leg withTalk(Duration longer) {
      return new Leg(
          channel,
          party,
          tie,
          by,
          startedAt,
          answeredAt,
          endedAt,
          result,
          cause,
          longer,
          charge,
          trunk,
          sipStatus,
          device,
          otherDevices);
    }

    /// From its answer to its end, including hold. Asterisk's clock may have been set back in
    /// between.
    public Optional<Duration> connected() {
      return answeredAt
          .flatMap(from -> endedAt.map(to -> Duration.between(from, to)))
          .map(time -> time.isNegative() ? Duration.ZERO : time);
    }
  }
}
