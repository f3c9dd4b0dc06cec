package io.tamas.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tamas.json.Json;
import java.util.Optional;

/// Reads the `extra` column: JSON of Asterisk, in user events with our own text in it. What cannot
/// be read is absent; a journal is never refused for it.
final class CallFoldExtra {
  private CallFoldExtra() {}

  /// @param cause ITU-T Q.850; 0 when Asterisk had none
  /// @param source the channel that hung up, `dialplan/…`, or empty
  record Hangup(int cause, String source) {}

  static Hangup hangup(String extra) {
    JsonNode json = json(extra);
    return new Hangup(json.path("hangupcause").asInt(0), json.path("hangupsource").asText(""));
  }

  /// What the dialplan wrote with a user event.
  static String text(String extra) {
    return json(extra).path("extra").asText("");
  }

  /// PostgreSQL's JSON cannot hold a NUL: a note with one is as good as none.
  static Optional<DecisionNote> note(String text) {
    return DecisionNote.decode(text).filter(note -> !Json.write(note).contains("\\u0000"));
  }

  private static JsonNode json(String text) {
    if (text.isEmpty()) {
      return MissingNode.getInstance();
    }
    try {
      return Json.mapper().readTree(text);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
