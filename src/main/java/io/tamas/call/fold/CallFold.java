package io.tamas.call.fold;

import io.tamas.asterisk.journal.Extra;
import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.asterisk.journal.RowType;
import io.tamas.asterisk.journal.RowType.Cel;
import io.tamas.asterisk.journal.RowType.Note;
import io.tamas.call.fold.Summary.Ending;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.ClickNote;
import io.tamas.call.record.DecisionNote;
import io.tamas.call.record.EmergencyCall;
import io.tamas.call.record.ProfileNote;
import io.tamas.call.record.RecordingId;
import io.tamas.call.record.RecordingPart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Folds the rows of one call, in the order of the journal, into its record. Calls that were
/// joined, such as by a pickup, are one call under the oldest of their linked ids.
///
/// Pure: the same rows make the same record and the same moments, however often and in however many
/// pieces they are applied. A row of an unknown type changes nothing.
public final class CallFold {
  /// Published as events, in this order. Each occurs once, except `CHANGED`, which may occur any
  /// number of times between the others.
  public enum Moment {
    STARTED,
    /// An emergency number is called.
    EMERGENCY,
    RINGING,
    ANSWERED,
    /// Another party is connected, or called, the call is held, transferred, parked or retrieved,
    /// or its recording was paused, resumed, started or stopped.
    CHANGED,
    ENDED
  }

  private final String id;
  private final Parties parties;
  private final Decisions decisions = new Decisions();
  private final Set<String> openIds = new LinkedHashSet<>();
  private final EnumSet<Moment> reached = EnumSet.noneOf(Moment.class);
  private Optional<CallRecord> lastPublished = Optional.empty();

  /// How many parties were called when the last record was published.
  private long calledBefore;

  private Optional<EmergencyCall> emergency = Optional.empty();
  private boolean fellBack;
  private Instant lastAt;
  private Optional<Instant> endedAt = Optional.empty();
  private boolean lost;

  /// Starts with the first row, which is not applied yet.
  public CallFold(JournalEvent first) {
    this(first, first.linkedId());
  }

  private CallFold(JournalEvent first, String id) {
    this.id = id;
    parties = new Parties(first);
    openIds.add(first.linkedId());
    lastAt = first.at();
  }

  /// The record that the rows of one call make; empty if they are not a call.
  public static Optional<CallRecord> fold(List<JournalEvent> rows) {
    return rows.isEmpty() ? Optional.empty() : of(rows).record();
  }

  /// The call that these rows make, under the id of the first one. There is at least one row.
  public static CallFold of(List<JournalEvent> rows) {
    return of(rows.getFirst().linkedId(), rows);
  }

  /// The call that these rows make. There is at least one row.
  ///
  /// @param id of the call, also if other calls were joined to it
  public static CallFold of(String id, List<JournalEvent> rows) {
    var call = new CallFold(rows.getFirst(), id);
    rows.forEach(call::apply);
    call.calledBefore = call.called();
    return call;
  }

  /// The same call with the rows of the calls that were joined to it, up to now.
  ///
  /// @param rows of all these calls, in the order of the journal
  public CallFold joined(List<JournalEvent> rows) {
    var call = new CallFold(rows.getFirst(), id);
    rows.forEach(call::apply);
    call.reached.clear();
    call.reached.addAll(reached);
    call.lastPublished = lastPublished;
    call.calledBefore = calledBefore;
    return call;
  }

  /// Applies the next row and returns the moments that the call reached by it.
  public List<Moment> apply(JournalEvent row) {
    lastAt = row.at();
    boolean changed = parties.apply(row);
    switch (row.type()) {
      case Cel.CHAN_START -> onChannelStart(row);
      case Cel.LINKEDID_END -> onLinkedIdEnd(row);
      case Cel _ -> {} // at most the parties have changed
      case Note note -> changed |= onNote(note, row);
      case RowType.Unknown _ -> {}
    }
    return newMoments(changed);
  }

  private void onChannelStart(JournalEvent row) {
    if (row.uniqueId().equals(row.linkedId())) {
      openIds.add(row.linkedId());
    }
  }

  /// Applies a row of the dialplan or of Tamas; true if it changed the recording or the profile, or
  /// named the slot of a parked party.
  private boolean onNote(Note note, JournalEvent row) {
    String text = Extra.text(row.extra());
    Diallers diallers = parties.legs().diallers();
    switch (note) {
      case DECISION ->
          decisions
              .onNotePart(row.uniqueId(), diallers.tie(row.uniqueId()), text, row.at())
              .ifPresent(decision -> parties.onDecision(row.uniqueId(), decision));
      case PHONES -> diallers.expect(row.uniqueId(), text);
      case DEVICE -> parties.legs().onDevice(row.uniqueId(), row.channel(), text);
      case RECORDING -> {
        return decisions.recording().onNote(row.at(), text);
      }
      case CLICK -> {
        // one who picked this call up, or retrieved it, may have done so by a click
        if (!parties.isOfJoined(row)) {
          onClick(text);
        }
      }
      case FALLBACK -> fellBack = true;
      case FAULT ->
          decisions.onFault(row.uniqueId(), diallers.tie(row.uniqueId()), fault(row, text));
      case VOICEMAIL ->
          decisions
              .messages()
              .onVoicemail(row.uniqueId(), row.at(), text, parties.partyOn(row.uniqueId()));
      case RETURN -> diallers.changeTie(row.uniqueId(), new LegTie(CallRecord.Tie.RETURNED, ""));
      case LOST -> end(row.at(), true);
      case EMERGENCY ->
          emergency =
              emergency.or(
                  () -> Optional.of(EmergencyCall.of(id, text, row.callerName(), row.at())));
      case RESPONSE -> parties.legs().onResponse(row.uniqueId(), text);
      case PROFILE -> {
        return decisions.onProfile(text);
      }
      case PARKED -> {
        return parties.slots().onNote(row, text);
      }
      case HOLD -> {}
    }
    return false;
  }

  private DecisionNote fault(JournalEvent row, String why) {
    Caller caller = parties.caller();
    return decisions
        .first(row.uniqueId())
        .map(first -> DecisionNote.fault(first.direction(), first.caller(), first.requested(), why))
        .orElseGet(
            () -> DecisionNote.fault(caller.direction(), caller.untrusted(), caller.dialled, why));
  }

  private void onClick(String text) {
    ClickNote.decode(text)
        .ifPresent(click -> {
          decisions.onClick(click);
          parties.onClick();
        });
  }

  /// The call ends with the last of its linked ids.
  private void onLinkedIdEnd(JournalEvent row) {
    openIds.remove(row.linkedId());
    if (openIds.isEmpty()) {
      end(row.at(), false);
    }
  }

  /// If Asterisk reports the end of a call that was considered lost, that end replaces the assumed
  /// one.
  private void end(Instant at, boolean isLost) {
    if (endedAt.isEmpty() || !isLost) {
      endedAt = Optional.of(at);
      lost = isLost;
    }
    parties.legs().end(at);
    if (!isLost) {
      parties.end();
    }
  }

  private List<Moment> newMoments(boolean changed) {
    List<Moment> moments = new ArrayList<>(1);
    for (Moment moment : Moment.values()) {
      if (moment == Moment.CHANGED) {
        if (changed && reached.contains(Moment.STARTED) && moments.isEmpty() && !hasEnded()) {
          moments.add(moment);
        }
      } else if (!reached.contains(moment) && hasReached(moment)) {
        reached.add(moment);
        moments.add(moment);
      }
    }
    return moments;
  }

  private boolean hasReached(Moment moment) {
    return switch (moment) {
      case STARTED ->
          decisions.first(parties.caller().uniqueId).isPresent()
              || fellBack
              || !parties.legs().isEmpty()
              || hasEnded();
      case EMERGENCY -> emergency.isPresent();
      case RINGING -> summary().ringingAt().isPresent();
      case ANSWERED -> summary().answered().isPresent();
      case CHANGED -> false;
      case ENDED -> hasEnded();
    };
  }

  private Summary summary() {
    Legs legs = parties.legs();
    TalkTime talk = parties.talk();
    return new Summary(
        id,
        parties.caller(),
        legs,
        legs.shown(talk.partners()),
        decisions,
        talk,
        parties.waiting(),
        parties.slots(),
        parties.slot(),
        parties.mainHangup());
  }

  public boolean hasEnded() {
    return endedAt.isPresent();
  }

  public String id() {
    return id;
  }

  /// The profile that the caller turned out to have, or that somebody named, once the call was
  /// decided.
  public Optional<ProfileNote> tied() {
    return decisions.tied(parties.caller().uniqueId);
  }

  /// The first call of it to an emergency number.
  public Optional<EmergencyCall> emergency() {
    return emergency;
  }

  /// The recordings from mailboxes that are too short to be messages. In the journal of an older
  /// Tamas a message may have the id of the recording of the conversation.
  public List<RecordingId> tooShort() {
    List<String> conversation = decisions.recordings(parties.caller().uniqueId);
    return decisions.messages().tooShort().stream()
        .filter(id -> !conversation.contains(id.toString()))
        .toList();
  }

  /// The recordings of the conversation that calls joined to this one had.
  public List<RecordingPart> recordedParts() {
    List<RecordingId> conversation =
        decisions.recordings(parties.caller().uniqueId).stream()
            .flatMap(id -> RecordingId.parse(id).stream())
            .toList();
    return conversation.stream()
        .skip(1)
        .map(part -> new RecordingPart(conversation.getFirst(), part))
        .toList();
  }

  /// The unique ids of the channels that still exist.
  public Set<String> liveChannels() {
    return hasEnded() ? Set.of() : Set.copyOf(parties.channels());
  }

  Instant startedAt() {
    return parties.caller().startedAt;
  }

  public Instant lastAt() {
    return lastAt;
  }

  /// The record to publish at a moment that was reached; empty if it equals the last one, such as
  /// after two rows of the same microsecond.
  public Optional<CallRecord> recordToPublish(Moment moment) {
    Optional<CallRecord> now = record();
    boolean isNew = moment != Moment.CHANGED || !now.equals(lastPublished);
    lastPublished = now;
    calledBefore = called();
    return isNew ? now : Optional.empty();
  }

  /// The record to publish if more parties are called than in the last one, as all of a ring group
  /// are, or the next one of it, the target of a forward or of a transfer: each of them is to know
  /// who calls. Asked once all rows that are there are applied, since many are called at once.
  public Optional<CallRecord> recordOfMoreParties() {
    return reached.contains(Moment.RINGING) && !hasEnded() && called() > calledBefore
        ? recordToPublish(Moment.CHANGED)
        : Optional.empty();
  }

  private long called() {
    return parties.legs().all().filter(leg -> leg.hasChannel() && !leg.guest).count();
  }

  /// The record up to now; empty if this is not a call but, for example, a text message.
  public Optional<CallRecord> record() {
    String channel = parties.caller().channel;
    if (channel.isEmpty() || channel.startsWith("Message/")) {
      return Optional.empty();
    }
    return Optional.of(summary().record(new Ending(endedAt, lost, fellBack)));
  }
}
