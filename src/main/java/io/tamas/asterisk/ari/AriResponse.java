package io.tamas.asterisk.ari;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.json.Json;

/// Asterisk's response.
///
/// @param status of HTTP
/// @param body JSON, or empty
public record AriResponse(int status, String body) {

  public boolean ok() {
    return status >= 200 && status < 300;
  }

  /// The body as a tree; a missing node if it is empty.
  ///
  /// @throws AriFault if it is not JSON
  public JsonNode json() {
    try {
      return Json.mapper().readTree(body);
    } catch (JsonProcessingException e) {
      throw new AriFault(AriFault.Kind.GARBAGE, "the body is not JSON: " + e.getOriginalMessage());
    }
  }
}
