package io.tamas.call.fold;

import io.tamas.asterisk.journal.Extra;
import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.asterisk.journal.RowType;
import io.tamas.asterisk.journal.RowType.Cel;
import io.tamas.asterisk.journal.RowType.Note;
import io.tamas.call.fold.Summary.Ending;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.ClickNote;
import io.tamas.call.record.RecordingId;
import io.tamas.call.record.RecordingPart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What became of one call: the rows of its linked ids, one after the other, make its record. Calls
/// that were joined, such as by a pickup, are one call under the oldest of their linked ids.
///
/// Pure: the same rows make the same record and the same moments, however often and in however many
/// pieces they are applied. A row of a type that is not known changes nothing.
public final class CallFold {
  /// Told as events, in this order. Each comes once but `CHANGED`, which may come often between the
  /// others.
  public enum Moment {
    STARTED,
    RINGING,
    ANSWERED,
    /// Somebody else talks, or somebody waits.
    CHANGED,
    ENDED
  }

  private final String id;
  private final Parties parties;
  private final Decisions decisions = new Decisions();
  private final Set<String> openIds = new LinkedHashSet<>();
  private final EnumSet<Moment> told = EnumSet.noneOf(Moment.class);
  private Optional<CallRecord> lastTold = Optional.empty();
  private boolean fellBack;
  private Instant lastAt;
  private Optional<Instant> endedAt = Optional.empty();
  private boolean lost;

  /// Begins with the first row, which is not yet applied.
  public CallFold(JournalEvent first) {
    this(first, first.linkedId());
  }

  private CallFold(JournalEvent first, String id) {
    this.id = id;
    parties = new Parties(first);
    openIds.add(first.linkedId());
    lastAt = first.at();
  }

  /// The record that the rows of one call make; empty when they are no call.
  public static Optional<CallRecord> fold(List<JournalEvent> rows) {
    return rows.isEmpty() ? Optional.empty() : of(rows).record();
  }

  /// The call that these rows make; there is at least one.
  public static CallFold of(List<JournalEvent> rows) {
    var call = new CallFold(rows.getFirst());
    rows.forEach(call::apply);
    return call;
  }

  /// The same call with the rows of others that were joined to it, up to now.
  ///
  /// @param rows of all of them, in the order of the journal
  public CallFold joined(List<JournalEvent> rows) {
    var call = new CallFold(rows.getFirst(), id);
    rows.forEach(call::apply);
    call.told.clear();
    call.told.addAll(told);
    call.lastTold = lastTold;
    return call;
  }

  /// Applies the next row and returns what it brought about.
  public List<Moment> apply(JournalEvent row) {
    lastAt = row.at();
    boolean changed = parties.apply(row);
    switch (row.type()) {
      case Cel.CHAN_START -> begins(row);
      case Cel.LINKEDID_END -> linkedIdEnds(row);
      case Cel _ -> {} // changes the parties at most
      case Note note -> changed |= isNoted(note, row);
      case RowType.Unknown _ -> {}
    }
    return newMoments(changed);
  }

  private void begins(JournalEvent row) {
    if (row.uniqueId().equals(row.linkedId())) {
      openIds.add(row.linkedId());
    }
  }

  /// What the dialplan and Tamas write themselves; true when the call goes on in another way by it.
  private boolean isNoted(Note note, JournalEvent row) {
    String text = Extra.text(row.extra());
    Dialers dialers = parties.legs().dialers();
    switch (note) {
      case DECISION ->
          decisions
              .isTold(row.uniqueId(), dialers.tie(row.uniqueId()), text)
              .ifPresent(decision -> parties.isDecided(row.uniqueId(), decision));
      case PHONES -> dialers.wants(row.uniqueId(), Caller.dialled(text));
      case RECORDING -> {
        return decisions.recording().isTold(row.at(), text);
      }
      case CLICK -> isClicked(text);
      case FALLBACK -> fellBack = true;
      case VOICEMAIL ->
          decisions
              .messages()
              .isTold(row.uniqueId(), row.at(), text, parties.speaker(row.uniqueId()));
      case RETURN -> dialers.goesOn(row.uniqueId(), new LegTie(CallRecord.Tie.RETURNED, ""));
      case LOST -> ends(row.at(), true);
      case HOLD -> {}
    }
    return false;
  }

  private void isClicked(String text) {
    ClickNote.decode(text)
        .ifPresent(click -> {
          decisions.isClicked(click);
          parties.isClicked();
        });
  }

  /// The call ends with the last of its linked ids.
  private void linkedIdEnds(JournalEvent row) {
    openIds.remove(row.linkedId());
    if (openIds.isEmpty()) {
      ends(row.at(), false);
    }
  }

  /// Should Asterisk tell the end of a call that was taken for lost, its own word counts.
  private void ends(Instant at, boolean isLost) {
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
        if (changed && told.contains(Moment.STARTED) && moments.isEmpty() && !hasEnded()) {
          moments.add(moment);
        }
      } else if (!told.contains(moment) && isReached(moment)) {
        told.add(moment);
        moments.add(moment);
      }
    }
    return moments;
  }

  private boolean isReached(Moment moment) {
    return switch (moment) {
      case STARTED ->
          decisions.first(parties.caller().uniqueId).isPresent()
              || fellBack
              || !parties.legs().isEmpty()
              || hasEnded();
      case RINGING -> summary().ringingAt().isPresent();
      case ANSWERED -> summary().answered().isPresent();
      case CHANGED -> false;
      case ENDED -> hasEnded();
    };
  }

  private Summary summary() {
    Legs legs = parties.legs();
    Talk talk = parties.talk();
    return new Summary(
        id,
        parties.caller(),
        legs,
        legs.shown(talk.partners()),
        decisions,
        talk,
        parties.mainHangup());
  }

  public boolean hasEnded() {
    return endedAt.isPresent();
  }

  public String id() {
    return id;
  }

  /// What was recorded in mailboxes and is no message. In the journal of an older Tamas a message
  /// may have the id of the talk.
  public List<RecordingId> tooShort() {
    List<String> talk = decisions.recordings(parties.caller().uniqueId);
    return decisions.messages().tooShort().stream()
        .filter(id -> !talk.contains(id.toString()))
        .toList();
  }

  /// What was recorded of the talk in calls that were joined.
  public List<RecordingPart> recordedParts() {
    List<RecordingId> talk =
        decisions.recordings(parties.caller().uniqueId).stream()
            .flatMap(id -> RecordingId.parse(id).stream())
            .toList();
    return talk.stream().skip(1).map(part -> new RecordingPart(talk.getFirst(), part)).toList();
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

  /// The record to tell of a moment that has come; empty when it says what the last one said, as
  /// after two rows of the same microsecond.
  public Optional<CallRecord> tell(Moment moment) {
    Optional<CallRecord> now = record();
    boolean isNew = moment != Moment.CHANGED || !now.equals(lastTold);
    lastTold = now;
    return isNew ? now : Optional.empty();
  }

  /// The record as far as it goes; empty when this is no call but, say, a text message.
  public Optional<CallRecord> record() {
    String channel = parties.caller().channel;
    if (channel.isEmpty() || channel.startsWith("Message/")) {
      return Optional.empty();
    }
    return Optional.of(summary().record(new Ending(endedAt, lost, fellBack)));
  }
}
