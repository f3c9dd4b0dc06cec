package io.tamas.call.record;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What is known of a recording.
///
/// @param call the id of its call
/// @param duration and what follows: only when it is ready
public record Recording(
    @JsonIgnore RecordingId recordingId,
    String call,
    State state,
    Instant startedAt,
    Optional<Duration> duration,
    Optional<Long> bytes,
    Optional<String> sha256,
    Optional<Integer> channels) {

  public enum State {
    /// The call has ended, the file is being closed or read.
    @JsonProperty("expected")
    EXPECTED,
    @JsonProperty("ready")
    READY,
    /// There is no file.
    @JsonProperty("missing")
    MISSING,
    /// The file is not whole.
    @JsonProperty("broken")
    BROKEN,
    /// Somebody deleted the file, or it was old enough.
    @JsonProperty("deleted")
    DELETED
  }

  @JsonProperty
  public String id() {
    return recordingId.toString();
  }
}
