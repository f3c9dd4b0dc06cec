package io.tamas.asterisk.ari;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.json.Json;

/// What Asterisk answered.
///
/// @param status of HTTP
/// @param body JSON, or empty
public record AriResponse(int status, String body) {

  public boolean ok() {
    return status >= 200 && status < 300;
  }

  /// The body as a tree; a missing node when it is empty.
  ///
  /// @throws AriFault when it is no JSON
  public JsonNode json() {
    try {
      return Json.mapper().readTree(body);
    } catch (JsonProcessingException e) {
      throw new AriFault(AriFault.Kind.GARBAGE, "the body is no JSON: " + e.getOriginalMessage());
    }
  }
}
