package io.tamas.asterisk.ari;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;

/// A message from Asterisk, parsed. Pure.
sealed interface AriMessage {

  /// The response to a request.
  record Answer(String requestId, AriResponse response) implements AriMessage {}

  /// An event that Tamas uses.
  record Used(AriEvent event) implements AriMessage {}

  /// Asterisk has registered the application; sent once with each connection and after a reload.
  record Registered() implements AriMessage {}

  /// Another application took over the connection, or an event without a subscription.
  record Unused(String type) implements AriMessage {}

  /// `2026-11-21T01:54:37.651+0000`
  DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ");

  /// Parses one text message.
  ///
  /// @throws AriFault if it is not a message of ARI
  static AriMessage parse(String text) {
    try {
      return read(Json.mapper().readTree(text));
    } catch (JsonProcessingException e) {
      throw new AriFault(AriFault.Kind.GARBAGE, "not JSON: " + e.getOriginalMessage());
    } catch (DateTimeException e) {
      throw new AriFault(AriFault.Kind.GARBAGE, "not a timestamp: " + e.getMessage());
    }
  }

  static Instant timestamp(String text) {
    return OffsetDateTime.parse(text, TIMESTAMP).toInstant();
  }

  private static AriMessage read(JsonNode message) {
    String type = text(message, "type");
    return switch (type) {
      case "RESTResponse" -> answer(message);
      case "ApplicationRegistered" -> new Registered();
      case "DeviceStateChanged" -> deviceState(message);
      default -> new Unused(type);
    };
  }

  private static Answer answer(JsonNode message) {
    JsonNode status = message.path("status_code");
    if (!status.isInt()) {
      throw new AriFault(AriFault.Kind.GARBAGE, "a response without status_code");
    }
    return new Answer(
        text(message, "request_id"),
        new AriResponse(status.intValue(), message.path("message_body").asText("")));
  }

  private static Used deviceState(JsonNode message) {
    JsonNode device = message.path("device_state");
    return new Used(
        new AriEvent.DeviceState(at(message), text(device, "name"), text(device, "state")));
  }

  private static Instant at(JsonNode message) {
    return timestamp(text(message, "timestamp"));
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw new AriFault(AriFault.Kind.GARBAGE, "a message without " + field);
    }
    return value.textValue();
  }
}
