package io.tamas.call.fold;

import io.tamas.call.record.CallRecord.RecordingAction;
import io.tamas.call.record.CallRecord.RecordingChange;
import io.tamas.call.record.CallRecord.RecordingState;
import io.tamas.call.record.RecordingId;
import io.tamas.call.record.RecordingNote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What users and Tamas did to the recording of a call (user event `TAMAS_RECORDING`, see
/// [RecordingNote]).
final class RecordingFold {
  /// More than any legitimate call needs. Beyond it the first and the last ones are kept.
  private static final int MAX_CHANGES = 32;

  private final List<RecordingChange> changes = new ArrayList<>();
  private final Set<String> started = new LinkedHashSet<>();

  /// Applies a note; false if the text is not one, or says what was so already.
  boolean onNote(Instant at, String text) {
    Optional<RecordingNote> note = RecordingNote.decode(text).filter(this::changesAnything);
    note.ifPresent(change -> {
      change
          .id()
          .map(RecordingId::toString)
          .filter(_ -> started.size() < MAX_CHANGES)
          .ifPresent(started::add);
      if (changes.size() == MAX_CHANGES) {
        changes.remove(1);
      }
      changes.add(new RecordingChange(at, change.action(), change.by()));
    });
    return note.isPresent();
  }

  /// Each start has a recording of its own.
  private boolean changesAnything(RecordingNote note) {
    return note.action() == RecordingAction.STARTED || state(note.action()) != state();
  }

  /// The recordings that were started during the call: one, or one for each of the joined calls.
  Set<String> started() {
    return started;
  }

  List<RecordingChange> changes() {
    return List.copyOf(changes);
  }

  /// The current state of the recording of a call that is recorded.
  RecordingState state() {
    return changes.isEmpty() ? RecordingState.RECORDING : state(changes.getLast().action());
  }

  private static RecordingState state(RecordingAction last) {
    return switch (last) {
      case STARTED, RESUMED -> RecordingState.RECORDING;
      case PAUSED -> RecordingState.PAUSED;
      case STOPPED -> RecordingState.STOPPED;
    };
  }
}
