package io.tamas.call.recording;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tamas.call.record.CallParties;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.Recording;
import io.tamas.call.record.RecordingId;
import io.tamas.event.Audience;
import io.tamas.event.EventType.Known;
import io.tamas.event.NewEvent;
import io.tamas.json.Json;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// What happens to recordings, with the call and the extensions whose keys receive it too: those of
/// its call, and for a message that of the mailbox.
public final class RecordingEvents {
  private final Function<String, Optional<CallRecord>> calls;

  /// @param calls by their ids, also those that have ended. May wait
  public RecordingEvents(Function<String, Optional<CallRecord>> calls) {
    this.calls = calls;
  }

  /// May wait.
  NewEvent of(Known type, Recording recording, Object data) {
    ObjectNode told = Json.mapper().valueToTree(data);
    told.put("call", recording.call());
    Optional<CallRecord> call = calls.apply(recording.call());
    call.ifPresent(known -> {
      told.put("callStartedAt", known.when().startedAt().toString());
      told.putPOJO("extensions", extensions(known, recording.recordingId()));
    });
    return new NewEvent(
        type,
        "recording:" + recording.id(),
        told,
        call.map(known -> audience(known, recording.recordingId()))
            .orElse(Audience.Circle.OVERSEERS));
  }

  private static Audience audience(CallRecord call, RecordingId recording) {
    return Audience.of(extensions(call, recording), call.when().startedAt());
  }

  private static Set<String> extensions(CallRecord call, RecordingId recording) {
    Set<String> extensions = new TreeSet<>(CallParties.extensions(call));
    call.recorded().messages().stream()
        .filter(message -> message.recording().equals(recording.toString()))
        .forEach(message -> extensions.add(message.mailbox()));
    return extensions;
  }
}
