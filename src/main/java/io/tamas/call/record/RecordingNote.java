package io.tamas.call.record;

import io.tamas.call.record.CallRecord.RecordingAction;
import java.util.Locale;
import java.util.Optional;

/// What was done to the recording of a call, as the journal holds it (user event
/// `TAMAS_RECORDING`): `started,by`, `paused,by` and so on, with the id of a recording that there
/// was not before: `started,by,id`. Who did it may be unknown.
///
/// @param id of a recording that begins
public record RecordingNote(RecordingAction action, Optional<String> by, Optional<RecordingId> id) {
  /// What the dialplan writes when a phone asks for a pause (`dialplan/recording.conf`).
  public static final String KEY = "key";

  public String encode() {
    String what = action.name().toLowerCase(Locale.ROOT);
    String who = by.map(name -> name.replace(',', ' ')).orElse("");
    return what + "," + who + id.map(begun -> "," + begun).orElse("");
  }

  /// Empty for anything else: a journal may hold anything.
  public static Optional<RecordingNote> decode(String text) {
    String[] told = text.split(",", 3);
    Optional<String> by = Optional.of(told.length > 1 ? told[1] : "").filter(n -> !n.isEmpty());
    for (RecordingAction action : RecordingAction.values()) {
      if (action.name().toLowerCase(Locale.ROOT).equals(told[0])) {
        Optional<RecordingId> id = told.length > 2 ? RecordingId.parse(told[2]) : Optional.empty();
        return Optional.of(new RecordingNote(action, by, id));
      }
    }
    return Optional.empty();
  }
}
