package io.tamas.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.ops.RestClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Shows the events of one call until its record is complete.
final class CallWatch {
  /// A recording is finalised after the call.
  private static final Duration RECORDING = Duration.ofSeconds(10);

  private final String to;
  private final RestClient rest;
  private final Timeline timeline;
  private final CallText text;
  private String id = "";

  CallWatch(String to, RestClient rest, Timeline timeline, CallText text) {
    this.to = to;
    this.rest = rest;
    this.timeline = timeline;
    this.text = text;
  }

  /// The record, with its recording if there is one; empty if it did not arrive in time.
  Optional<JsonNode> follow(EventStream events, Duration deadline)
      throws IOException, InterruptedException {
    Optional<JsonNode> ended =
        until(events, deadline, event -> isOurs(event) && type(event).equals("call.ended"));
    if (ended.isEmpty()) {
      return Optional.empty();
    }
    JsonNode record = ended.get().path("data");
    if (record.has("recording")) {
      String recording = record.path("recording").asText();
      until(
          events,
          RECORDING,
          event -> type(event).equals("recording.ready") && event.toString().contains(recording));
    }
    return Optional.of(rest.get("/calls/" + record.path("id").asText()));
  }

  private Optional<JsonNode> until(
      EventStream events, Duration deadline, java.util.function.Predicate<JsonNode> last)
      throws InterruptedException {
    long end = System.nanoTime() + deadline.toNanos();
    while (true) {
      Optional<JsonNode> event = events.next(Duration.ofNanos(end - System.nanoTime()));
      if (event.isEmpty()) {
        return event;
      }
      timeline.print(text.event(event.get()));
      if (last.test(event.get())) {
        return event;
      }
    }
  }

  /// The first call to that number after ours was placed is ours; the caller ID may be withheld.
  /// Numbers are published in another form than they were dialled: their last digits are the same.
  private boolean isOurs(JsonNode event) {
    String subject = event.path("data").path("id").asText();
    if (id.isEmpty()
        && type(event).startsWith("call.")
        && sameEnd(event.path("data").path("requested").asText(), to)) {
      id = subject;
    }
    return !id.isEmpty() && id.equals(subject);
  }

  static boolean sameEnd(String left, String right) {
    String a = left.replaceAll("[^0-9]", "");
    String b = right.replaceAll("[^0-9]", "");
    int length = Math.min(7, Math.min(a.length(), b.length()));
    return length == 0
        ? a.equals(b)
        : a.regionMatches(a.length() - length, b, b.length() - length, length);
  }

  private static String type(JsonNode event) {
    return event.path("type").asText();
  }
}
