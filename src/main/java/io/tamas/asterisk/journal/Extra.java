package io.tamas.asterisk.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tamas.json.Json;

/// Reads the `extra` column: JSON of Asterisk, in user events with our own text in it. What cannot
/// be read is absent; a journal is never refused for it.
public final class Extra {
  /// What Asterisk writes where there is no channel.
  private static final String NONE = "N/A";

  private Extra() {}

  /// @param cause ITU-T Q.850; 0 when Asterisk had none
  /// @param source the channel that hung up, `dialplan/…`, or empty
  /// @param dialStatus of its `Dial`, such as `CANCEL`, or empty
  public record Hangup(int cause, String source, String dialStatus) {}

  /// @param holding whether who is in it hears only music
  public record Bridge(String id, boolean holding) {}

  /// Who hands whom on to whom, by unique ids; what is not known is empty.
  ///
  /// @param second the other line of who transfers, or the only one
  /// @param consultation the bridge in which who transfers talked with the target
  public record Transfer(String second, String consultation, String transferee, String target) {}

  public static Hangup hangup(String extra) {
    JsonNode json = json(extra);
    return new Hangup(
        json.path("hangupcause").asInt(0), text(json, "hangupsource"), text(json, "dialstatus"));
  }

  public static Bridge bridge(String extra) {
    JsonNode json = json(extra);
    return new Bridge(
        text(json, "bridge_id"), text(json, "bridge_technology").equals("holding_bridge"));
  }

  public static Transfer transfer(String extra) {
    JsonNode json = json(extra);
    return new Transfer(
        text(json, "channel2_uniqueid"),
        text(json, "bridge2_id"),
        text(json, "transferee_channel_uniqueid"),
        text(json, "transfer_target_channel_uniqueid"));
  }

  /// Whether what is played is music for who waits.
  public static boolean isMusic(String extra) {
    return json(extra).has("class");
  }

  /// The unique id of who picked up.
  public static String picker(String extra) {
    return text(json(extra), "pickup_channel_uniqueid");
  }

  /// The name of the channel that took a parked call back, or empty.
  public static String retriever(String extra) {
    return text(json(extra), "retriever");
  }

  /// The phone that parked, as `Dial` takes it.
  public static String parker(String extra) {
    return text(json(extra), "parker_dial_string");
  }

  /// What the dialplan wrote with a user event.
  public static String text(String extra) {
    return text(json(extra), "extra");
  }

  private static String text(JsonNode json, String field) {
    String text = json.path(field).asText("");
    return text.equals(NONE) ? "" : text;
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
