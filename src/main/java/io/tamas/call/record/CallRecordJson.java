package io.tamas.call.record;

import io.tamas.call.record.CallRecord.Leg;
import io.tamas.call.record.CallRecord.Message;
import io.tamas.call.record.CallRecord.Outcome;
import io.tamas.call.record.CallRecord.Parking;
import io.tamas.call.record.CallRecord.Party;
import io.tamas.call.record.CallRecord.Progress;
import io.tamas.call.record.CallRecord.Recorded;
import io.tamas.call.record.CallRecord.RecordingChange;
import io.tamas.call.record.CallRecord.RecordingState;
import io.tamas.call.record.CallRecord.Status;
import io.tamas.call.record.CallRecord.When;
import io.tamas.call.record.CallRecord.Who;
import io.tamas.routing.Routed.Direction;
import io.tamas.text.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A call record as it is stored and served: all parts in one object. A name here is a name in the
/// database, in the API and in the events.
///
/// @param incomplete only if it is
record CallRecordJson(
    String id,
    Direction direction,
    String caller,
    String callerName,
    String requested,
    Optional<String> destination,
    Status status,
    Optional<String> answeredBy,
    Optional<String> lastParty,
    Optional<Party> hungUpBy,
    Optional<Integer> cause,
    String rule,
    Optional<Boolean> incomplete,
    Instant startedAt,
    Optional<Instant> ringingAt,
    Optional<Instant> answeredAt,
    Optional<Instant> endedAt,
    Duration ring,
    Duration talk,
    Duration hold,
    Optional<String> recording,
    Optional<RecordingState> recordingState,
    List<RecordingChange> recordingChanges,
    List<Message> messages,
    Optional<Long> profile,
    Optional<String> trunk,
    Optional<String> divertedBy,
    Optional<Progress> progress,
    List<Leg> legs,
    List<Parking> parkings,
    List<DecisionNote> decisions) {

  /// A record that was stored before recording changes or parkings existed has none, one that was
  /// stored before messages existed has its message as its recording, and the name in one of before
  /// may have characters that nobody sees.
  @SuppressWarnings("ConstantValue")
  CallRecordJson {
    recordingChanges = recordingChanges == null ? List.of() : recordingChanges;
    messages = messages == null ? List.of() : messages;
    parkings = parkings == null ? List.of() : parkings;
    callerName = Printable.of(callerName);
  }

  static CallRecordJson of(CallRecord call) {
    Who who = call.who();
    When when = call.when();
    Outcome outcome = call.outcome();
    Recorded recorded = call.recorded();
    return new CallRecordJson(
        call.id(),
        who.direction(),
        who.caller(),
        who.callerName(),
        who.requested(),
        outcome.destination(),
        outcome.status(),
        outcome.answeredBy(),
        outcome.lastParty(),
        outcome.hungUpBy(),
        outcome.cause(),
        outcome.rule(),
        Optional.of(outcome.incomplete()).filter(missing -> missing),
        when.startedAt(),
        when.ringingAt(),
        when.answeredAt(),
        when.endedAt(),
        when.ring(),
        when.talk(),
        when.hold(),
        recorded.recording(),
        recorded.state(),
        recorded.changes(),
        recorded.messages(),
        who.profile(),
        who.trunk(),
        who.divertedBy(),
        when.progress(),
        call.legs(),
        call.parkings(),
        call.decisions());
  }

  CallRecord record() {
    return new CallRecord(
        id,
        new Who(direction, caller, callerName, requested, profile, trunk, divertedBy),
        new When(startedAt, ringingAt, answeredAt, endedAt, ring, talk, hold, progress),
        new Outcome(
            status,
            destination,
            answeredBy,
            lastParty,
            hungUpBy,
            cause,
            rule,
            incomplete.orElse(false)),
        new Recorded(recording, recordingState, recordingChanges, messages),
        legs,
        parkings,
        decisions);
  }
}
