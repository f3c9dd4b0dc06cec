package io.tamas.hook;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.event.Event;
import io.tamas.json.Json;

/// What keeps deliveries in order: those with the same key are sent one after the other.
final class OrderKey {
  private static final String CALL = "call:";

  private OrderKey() {}

  /// The call that the event belongs to, else what it is about.
  static String of(Event event) {
    if (event.subject().startsWith(CALL)) {
      return event.subject();
    }
    JsonNode call = Json.read(event.data(), JsonNode.class).path("call");
    return call.isTextual() ? CALL + call.textValue() : event.subject();
  }
}
