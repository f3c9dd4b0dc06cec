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

/// What people and Tamas did to the recording of a call (user event `TAMAS_RECORDING`, see
/// [RecordingNote]).
final class RecordingFold {
  /// More than any honest call needs. Of more the first and the last ones are kept.
  private static final int MOST = 32;

  private final List<RecordingChange> changes = new ArrayList<>();
  private final Set<String> begun = new LinkedHashSet<>();

  /// Whether something was done.
  boolean isTold(Instant at, String text) {
    Optional<RecordingNote> note = RecordingNote.decode(text);
    note.ifPresent(told -> {
      told.id().map(RecordingId::toString).filter(_ -> begun.size() < MOST).ifPresent(begun::add);
      if (changes.size() == MOST) {
        changes.remove(1);
      }
      changes.add(new RecordingChange(at, told.action(), told.by()));
    });
    return note.isPresent();
  }

  /// The recordings that were begun during the call: one, or in calls that were joined one each.
  Set<String> begun() {
    return begun;
  }

  List<RecordingChange> changes() {
    return List.copyOf(changes);
  }

  /// What a call that is recorded is now.
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
