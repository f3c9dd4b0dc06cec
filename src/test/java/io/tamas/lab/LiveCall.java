package io.tamas.lab;

import static io.tamas.lab.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A call in progress: what REST shows of it and does to it.
public final class LiveCall {
  /// How much more of a recording is waited for, in tenths of a second.
  public static final int A_WHILE = 12;

  /// Asterisk writes a recording in pieces of so many tenths.
  private static final int PIECE = 20;

  private static final Duration SOON = Duration.ofSeconds(10);

  private final Lab lab;
  private final String caller;

  LiveCall(Lab lab, String caller) {
    this.lab = lab;
    this.caller = caller;
  }

  /// Does something to it once it is answered, such as `hold`.
  public LiveCall posts(String action) {
    return posts("ANSWERED", action, Map.of());
  }

  /// The same once it has this status.
  public LiveCall posts(String status, String action, Map<String, Object> body) {
    lab.office().send("POST", "/calls/" + id(status) + "/" + action, body);
    return this;
  }

  /// Its id, once it is answered.
  public String id() {
    return id("ANSWERED");
  }

  private String id(String status) {
    eventually("the call is " + status, SOON, () -> has("status", status));
    return field("id").orElseThrow();
  }

  /// @param kind such as `BLIND`
  public LiveCall transfers(Phone to, String kind) {
    return transfers(to.number(), kind);
  }

  /// @param to as people write it
  public LiveCall transfers(String to, String kind) {
    return posts("ANSWERED", "transfer", Map.of("to", to, "kind", kind));
  }

  /// Its recording is `RECORDING`, `PAUSED` or `STOPPED`.
  public LiveCall recordingIs(String state) {
    eventually("the recording is " + state, SOON, () -> has("recordingState", state));
    return this;
  }

  /// So many tenths of a second of its recording are on the disk.
  public LiveCall isRecordedFor(int tenths) {
    eventually("it is recorded", SOON, () -> tenths(field("recording").orElseThrow()) >= tenths);
    return this;
  }

  /// For a while something is added to its recording, be it silence.
  public LiveCall recordingGrows() {
    String id = field("recording").orElseThrow();
    int before = tenths(id);
    // the next piece may have begun before
    eventually("the recording grows", SOON, () -> tenths(id) > before + PIECE + A_WHILE);
    return this;
  }

  private int tenths(String id) {
    int all = lab.recording(id).tenths();
    for (int n = 2; lab.recording(id + "-" + n).exists(); n++) {
      all += lab.recording(id + "-" + n).tenths();
    }
    return all;
  }

  private boolean has(String field, String value) {
    return field(field).filter(value::equals).isPresent();
  }

  private Optional<String> field(String field) {
    return lab.items("/live-calls")
        .filter(call -> call.path("caller").asText().equals(caller))
        .findFirst()
        .map(call -> call.path(field))
        .map(JsonNode::asText);
  }
}
