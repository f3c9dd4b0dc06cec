package io.tamas.call.record;

import io.tamas.call.record.CallRecord.RecordingAction;
import java.util.Locale;
import java.util.Optional;

/// A change of the recording of a call, as stored in the journal (user event `TAMAS_RECORDING`):
/// `started,by`, `paused,by` and so on, with the id of a recording that did not exist before:
/// `started,by,id`. `by` may be empty.
///
/// @param id of a recording that starts
public record RecordingNote(RecordingAction action, Optional<String> by, Optional<RecordingId> id) {
  /// What the dialplan writes when a phone asks for a pause (`dialplan/recording.conf`).
  public static final String KEY = "key";

  public String encode() {
    String what = action.name().toLowerCase(Locale.ROOT);
    String actor = by.map(name -> name.replace(',', ' ')).orElse("");
    return what + "," + actor + id.map(started -> "," + started).orElse("");
  }

  /// Empty for anything else: a journal may contain anything.
  public static Optional<RecordingNote> decode(String text) {
    String[] fields = text.split(",", 3);
    Optional<String> by = Optional.of(fields.length > 1 ? fields[1] : "").filter(n -> !n.isEmpty());
    for (RecordingAction action : RecordingAction.values()) {
      if (action.name().toLowerCase(Locale.ROOT).equals(fields[0])) {
        Optional<RecordingId> id =
            fields.length > 2 ? RecordingId.parse(fields[2]) : Optional.empty();
        return Optional.of(new RecordingNote(action, by, id));
      }
    }
    return Optional.empty();
  }
}
