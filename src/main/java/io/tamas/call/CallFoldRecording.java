package io.tamas.call;

import io.tamas.call.CallRecord.RecordingAction;
import io.tamas.call.CallRecord.RecordingChange;
import io.tamas.call.CallRecord.RecordingState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What people and Tamas did to the recording of a call (user event `TAMAS_RECORDING`, see
/// [RecordingNotes]).
final class CallFoldRecording {
  /// More than any honest call needs. Of more the first and the last ones are kept.
  private static final int MOST = 32;

  private final List<RecordingChange> changes = new ArrayList<>();
  private Optional<String> begun = Optional.empty();

  /// Whether something was done.
  boolean isTold(Instant at, String text) {
    Optional<RecordingNotes.Note> note = RecordingNotes.decode(text);
    note.ifPresent(told -> {
      begun = begun.or(() -> told.id().map(RecordingId::toString));
      if (changes.size() == MOST) {
        changes.remove(1);
      }
      changes.add(new RecordingChange(at, told.action(), told.by()));
    });
    return note.isPresent();
  }

  /// The recording that was begun during the call.
  Optional<String> begun() {
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
