package io.tamas.call.fold;

import io.tamas.call.record.Action;
import io.tamas.call.record.CallRecord.Tie;
import io.tamas.call.record.ClickNote;
import io.tamas.call.record.DecisionNote;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What Tamas decided for a call, in the order in which it did.
final class Decisions {
  /// More than any honest call needs. Of more the first and the last ones are kept.
  static final int MOST = 32;

  private final List<Decided> decided = new ArrayList<>();
  private final Map<String, String> parts = new HashMap<>();
  private final RecordingFold recording = new RecordingFold();
  private final Messages messages = new Messages();
  private Optional<ClickNote> click = Optional.empty();

  /// @param channel the unique id of the channel that asked
  private record Decided(String channel, LegTie tie, DecisionNote note) {}

  /// Takes a part of a note: a line of the journal has no room for a long one. Returns the note
  /// when it is whole.
  Optional<DecisionNote> isTold(String channel, LegTie tie, String part) {
    String begun = parts.getOrDefault(channel, "");
    String together = begun + part;
    Optional<DecisionNote> note = DecisionNote.decode(together);
    if (note.isEmpty() && !begun.isEmpty()) {
      note = DecisionNote.decode(part);
    }
    if (note.isPresent() || together.length() >= DecisionNote.MAX_LENGTH) {
      parts.remove(channel);
    } else {
      parts.put(channel, together);
    }
    note.ifPresent(whole -> {
      add(new Decided(channel, tie, whole));
      messages.isDecided(channel, whole);
    });
    return note;
  }

  private void add(Decided one) {
    if (decided.size() == MOST) {
      decided.remove(1);
    }
    decided.add(one);
  }

  List<DecisionNote> all() {
    return decided.stream().map(Decided::note).toList();
  }

  /// The first one for the caller: it tells who called and what was wanted.
  Optional<DecisionNote> first(String caller) {
    return decided.stream()
        .filter(one -> one.channel.equals(caller))
        .map(Decided::note)
        .findFirst();
  }

  /// The last one that led the call somewhere: those for the caller, and those of transfers that
  /// came about.
  Optional<DecisionNote> last(String caller) {
    return decided.stream()
        .filter(one -> one.channel.equals(caller) || one.tie.isTransfer())
        .map(Decided::note)
        .filter(note -> note.action() != Action.Known.END)
        .reduce((_, later) -> later);
  }

  void isClicked(ClickNote what) {
    click = Optional.of(what);
  }

  /// What is to be called once the own phone is answered.
  Optional<ClickNote> click() {
    return click;
  }

  /// What was done to the recording since.
  RecordingFold recording() {
    return recording;
  }

  /// What was left in mailboxes since.
  Messages messages() {
    return messages;
  }

  /// The recording into which all of the talk goes: that of the channel that stays. After it those
  /// of calls that were joined to this one, which are parts of it.
  List<String> recordings(String caller) {
    Predicate<Decided> stays =
        one -> one.channel.equals(caller) || one.tie.tie() == Tie.TRANSFERRED_BLIND;
    return Stream.of(recorded(stays), recording.begun().stream(), recorded(stays.negate()))
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
