package io.tamas.asterisk.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tamas.json.Json;

/// Reads the `extra` column: JSON of Asterisk, in user events with a text of Tamas in it. What
/// cannot be read is absent; no row is refused for it.
public final class Extra {
  /// What Asterisk writes if there is no channel.
  private static final String NONE = "N/A";

  private Extra() {}

  /// @param cause ITU-T Q.850; 0 if Asterisk had none
  /// @param source the channel that hung up, `dialplan/…`, or empty
  /// @param dialStatus of the channel's `Dial`, such as `CANCEL`, or empty
  public record Hangup(int cause, String source, String dialStatus) {}

  /// @param holding whether its channels are not connected but only hear music, as in a parking lot
  public record Bridge(String id, boolean holding) {}

  /// The parties of a transfer, by unique ids; unknown ones are empty.
  ///
  /// @param second the transferring phone's second line, or its only one
  /// @param secondName the name of that channel
  /// @param consultation the bridge in which the transferring phone consulted the transfer target
  public record Transfer(
      String second, String secondName, String consultation, String transferee, String target) {}

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
        text(json, "channel2_name"),
        text(json, "bridge2_id"),
        text(json, "transferee_channel_uniqueid"),
        text(json, "transfer_target_channel_uniqueid"));
  }

  /// Whether a stream is music on hold.
  public static boolean isMusic(String extra) {
    return json(extra).has("class");
  }

  /// The unique id of the channel that picked up.
  public static String picker(String extra) {
    return text(json(extra), "pickup_channel_uniqueid");
  }

  /// The name of the channel that retrieved a parked call, or empty.
  public static String retriever(String extra) {
    return text(json(extra), "retriever");
  }

  /// The phone that parked, in the form of `Dial`'s argument.
  public static String parker(String extra) {
    return text(json(extra), "parker_dial_string");
  }

  /// The text that the dialplan wrote with a user event.
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
