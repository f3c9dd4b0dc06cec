package io.tamas.call.fold;

import io.tamas.call.record.Action;
import io.tamas.call.record.CallRecord.Tie;
import io.tamas.call.record.ClickNote;
import io.tamas.call.record.DecisionNote;
import io.tamas.call.record.ProfileNote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The decisions of Tamas for a call, in the order in which they were made.
final class Decisions {
  /// More than any legitimate call needs. Beyond it the first and the last ones are kept.
  static final int MAX_DECISIONS = 32;

  private final List<Decided> decided = new ArrayList<>();
  private final Map<String, String> parts = new HashMap<>();
  private final RecordingFold recording = new RecordingFold();
  private final Messages messages = new Messages();
  private Optional<ClickNote> click = Optional.empty();
  private Optional<ProfileNote> profile = Optional.empty();
  private Optional<ProfileNote> said = Optional.empty();

  /// @param channel the unique id of the channel that was routed
  private record Decided(String channel, LegTie tie, DecisionNote note) {}

  /// Applies a part of a note: a long one does not fit into one line of the journal. Returns the
  /// note once it is complete.
  Optional<DecisionNote> onNotePart(String channel, LegTie tie, String part, Instant at) {
    String previous = parts.getOrDefault(channel, "");
    String combined = previous + part;
    Optional<DecisionNote> note = DecisionNote.decode(combined);
    if (note.isEmpty() && !previous.isEmpty()) {
      note = DecisionNote.decode(part);
    }
    if (note.isPresent() || combined.length() >= DecisionNote.MAX_LENGTH) {
      parts.remove(channel);
    } else {
      parts.put(channel, combined);
    }
    note.ifPresent(complete -> {
      add(new Decided(channel, tie, complete));
      messages.onDecision(channel, complete, at);
    });
    return note;
  }

  /// The call is refused because of itself, without a decision of Tamas.
  void onFault(String channel, LegTie tie, DecisionNote refusal) {
    parts.remove(channel);
    add(new Decided(channel, tie, refusal));
  }

  private void add(Decided one) {
    if (decided.size() == MAX_DECISIONS) {
      decided.remove(1);
    }
    decided.add(one);
  }

  List<DecisionNote> all() {
    return decided.stream().map(Decided::note).toList();
  }

  /// The first decision for the caller: it contains the caller and what was dialled.
  Optional<DecisionNote> first(String caller) {
    return decided.stream()
        .filter(one -> one.channel.equals(caller))
        .map(Decided::note)
        .findFirst();
  }

  /// The last decision that routed the call: one for the caller, or one of a transfer that was
  /// completed.
  Optional<DecisionNote> last(String caller) {
    return decided.stream()
        .filter(one -> one.channel.equals(caller) || one.tie.isTransfer())
        .map(Decided::note)
        .filter(note -> note.action() != Action.Known.END)
        .reduce((_, later) -> later);
  }

  void onClick(ClickNote note) {
    click = Optional.of(note);
  }

  /// The click to call by which the call was made, if it was: what is called once the user's own
  /// phone is answered.
  Optional<ClickNote> click() {
    return click;
  }

  /// The caller has profiles, of which the first note tells, or is whom somebody names, of whom the
  /// last note tells; true if it is that one, and says something new.
  boolean onProfile(String text) {
    Optional<ProfileNote> note = ProfileNote.decode(text);
    if (note.flatMap(ProfileNote::by).isPresent()) {
      boolean isNew = !said.equals(note);
      said = note;
      return isNew;
    }
    boolean isFirst = profile.isEmpty();
    profile = profile.or(() -> note);
    return isFirst && profile.isPresent();
  }

  /// The profiles that were found after the decision about the caller's channel, where that knew
  /// none; or, whatever was known, who it is as somebody said.
  Optional<ProfileNote> tied(String caller) {
    return said.or(
        () -> profile.filter(_ -> first(caller).flatMap(DecisionNote::profile).isEmpty()));
  }

  /// What was done to the recording.
  RecordingFold recording() {
    return recording;
  }

  /// The messages left in mailboxes.
  Messages messages() {
    return messages;
  }

  /// The ids of the recordings: first the one that contains the whole conversation, which is that
  /// of the channel that stays in the call; then those of calls joined to this one, which become
  /// parts of it.
  List<String> recordings(String caller) {
    Predicate<Decided> stays =
        one -> one.channel.equals(caller) || one.tie.tie() == Tie.TRANSFERRED_BLIND;
    return Stream.of(recorded(stays), recording.started().stream(), recorded(stays.negate()))
        .flatMap(ids -> ids)
        .distinct()
        .toList();
  }

  private Stream<String> recorded(Predicate<Decided> which) {
    return decided.stream()
        .filter(which)
        .filter(one -> !one.note.takesMessage())
        .flatMap(one -> one.note.recording().stream());
  }
}
