package io.tamas.call.record;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A recording and its state.
///
/// @param call the id of its call
/// @param duration and what follows: only if it is ready
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
    /// The call has ended, and the file is being closed or read.
    @JsonProperty("expected")
    EXPECTED,
    @JsonProperty("ready")
    READY,
    /// There is no file.
    @JsonProperty("missing")
    MISSING,
    /// The parties were connected, and no voice of either arrived.
    @JsonProperty("empty")
    EMPTY,
    /// The file is incomplete.
    @JsonProperty("broken")
    BROKEN,
    /// A user deleted the file, or its retention ended.
    @JsonProperty("deleted")
    DELETED
  }

  @JsonProperty
  public String id() {
    return recordingId.toString();
  }
}
