package io.tamas.call.notes;

import io.tamas.asterisk.journal.RowType.Note;
import io.tamas.call.record.CallRecord.RecordingAction;
import io.tamas.call.record.ControlOutcome;
import io.tamas.call.record.RecordingId;
import io.tamas.call.record.RecordingNote;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Writes changes of the recording of a call into the journal ([RecordingNote]), so that the call's
/// record shows them.
public final class RecordingNotes {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final CallNotes notes;

  public RecordingNotes(CallNotes notes) {
    this.notes = notes;
  }

  public Future<?> add(String call, RecordingAction action, Optional<String> by) {
    return notes.add(
        call, Note.RECORDING, new RecordingNote(action, by, Optional.empty()).encode());
  }

  /// Adds the start of a recording and waits until it is stored: a recording that is not in the
  /// journal would be a file that nobody finds.
  public ControlOutcome addStart(String call, RecordingId id, Optional<String> by) {
    try {
      notes
          .add(
              call,
              Note.RECORDING,
              new RecordingNote(RecordingAction.STARTED, by, Optional.of(id)).encode())
          .await(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      return new ControlOutcome.Done();
    } catch (TimeoutException | RuntimeException e) {
      return new ControlOutcome.NotNow("the journal cannot be written: " + e.getMessage());
    }
  }
}
