package io.tamas.call;

import io.tamas.call.CallRecord.RecordingAction;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Writes into the journal what was done to the recording of a call, so that its record tells it:
/// `started,by`, `paused,by` and so on, with the id of a recording that there was not before:
/// `started,by,id`. Who did it may be unknown.
public final class RecordingNotes {
  /// The type of the row. The dialplan writes `key` with it when a phone asks for a pause
  /// (`dialplan/recording.conf`).
  static final String TYPE = "TAMAS_RECORDING";

  static final String KEY = "key";

  private static final Duration NOTED = Duration.ofSeconds(3);

  private final CallNotes notes;

  public RecordingNotes(CallNotes notes) {
    this.notes = notes;
  }

  /// @param id of a recording that begins
  record Note(RecordingAction action, Optional<String> by, Optional<RecordingId> id) {
    String encode() {
      String what = action.name().toLowerCase(Locale.ROOT);
      String who = by.map(name -> name.replace(',', ' ')).orElse("");
      return what + "," + who + id.map(begun -> "," + begun).orElse("");
    }
  }

  /// Empty for anything else: a journal may hold anything.
  static Optional<Note> decode(String text) {
    String[] told = text.split(",", 3);
    Optional<String> by = Optional.of(told.length > 1 ? told[1] : "").filter(n -> !n.isEmpty());
    for (RecordingAction action : RecordingAction.values()) {
      if (action.name().toLowerCase(Locale.ROOT).equals(told[0])) {
        return Optional.of(
            new Note(action, by, told.length > 2 ? RecordingId.parse(told[2]) : Optional.empty()));
      }
    }
    return Optional.empty();
  }

  Future<?> add(String call, RecordingAction action, Optional<String> by) {
    return notes.add(call, TYPE, new Note(action, by, Optional.empty()).encode());
  }

  /// Waits until it is stored: a recording that the journal does not know would be a file that
  /// nobody finds.
  ControlOutcome begun(String call, RecordingId id, Optional<String> by) {
    try {
      notes
          .add(call, TYPE, new Note(RecordingAction.STARTED, by, Optional.of(id)).encode())
          .await(NOTED.toMillis(), TimeUnit.MILLISECONDS);
      return new ControlOutcome.Done();
    } catch (TimeoutException | RuntimeException e) {
      return new ControlOutcome.NotNow("it cannot be written down: " + e.getMessage());
    }
  }
}
