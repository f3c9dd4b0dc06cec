package io.tamas.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/// Formats events and call records for display.
final class CallText {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

  private final ZoneId zone;

  CallText(ZoneId zone) {
    this.zone = zone;
  }

  /// One line: time, type, parties.
  String event(JsonNode event) {
    JsonNode data = event.path("data");
    StringJoiner line = new StringJoiner("  ");
    line.add(time(event.path("at").asText()));
    line.add("%-18s".formatted(event.path("type").asText()));
    line.add(parties(data).isEmpty() ? event.path("subject").asText() : parties(data));
    return line.toString();
  }

  private static String parties(JsonNode data) {
    StringJoiner parties = new StringJoiner(" ");
    if (data.has("caller")) {
      parties.add(data.path("caller").asText());
      parties.add(quoted(data.path("callerName").asText()));
      parties.add("-> " + data.path("requested").asText());
      parties.add(data.path("destination").asText());
      parties.add(data.path("status").asText());
    } else {
      for (String name : List.of("extension", "state", "name", "number", "bytes")) {
        parties.add(data.path(name).asText());
      }
    }
    return parties.toString().replaceAll(" +", " ").strip();
  }

  private static String quoted(String name) {
    return name.isEmpty() ? "" : "\"" + name + "\"";
  }

  /// The record, one line for each field that is known.
  List<String> call(JsonNode call) {
    List<String> lines = new ArrayList<>();
    for (String name :
        List.of(
            "id",
            "direction",
            "caller",
            "callerName",
            "requested",
            "destination",
            "status",
            "answeredBy",
            "lastParty",
            "hungUpBy",
            "cause",
            "rule",
            "profile")) {
      add(lines, name, call.path(name).asText());
    }
    for (String name : List.of("startedAt", "ringingAt", "answeredAt", "endedAt")) {
      add(lines, name, time(call.path(name).asText()));
    }
    add(lines, "ring", duration(call.path("ring").asText()));
    add(lines, "talk", duration(call.path("talk").asText()));
    add(lines, "hold", duration(call.path("hold").asText()));
    add(lines, "recording", recording(call));
    for (JsonNode message : call.path("messages")) {
      add(lines, "message", message(message));
    }
    for (JsonNode leg : call.path("legs")) {
      add(lines, "leg", leg(leg));
    }
    for (JsonNode decision : call.path("decisions")) {
      for (JsonNode step : decision.path("trace").path("steps")) {
        add(lines, "why", step.path("rule").asText() + ": " + step.path("outcome").asText());
      }
    }
    return lines;
  }

  private static String leg(JsonNode leg) {
    StringJoiner text = new StringJoiner("  ");
    text.add(leg.path("party").asText()).add(leg.path("result").asText());
    String tie = leg.path("tie").asText("DIALLED");
    if (!tie.equals("DIALLED")) {
      String by = leg.has("by") ? " by " + leg.path("by").asText() : "";
      text.add(tie.toLowerCase(Locale.ROOT).replace('_', ' ') + by);
    }
    String cause = leg.has("cause") ? " (cause " + leg.path("cause").asText() + ")" : "";
    return text + cause;
  }

  private static String recording(JsonNode call) {
    JsonNode file = call.path("recordingFile");
    return file.isMissingNode()
        ? call.path("recording").asText()
        : "%s  %s  %s  %s bytes"
            .formatted(
                file.path("id").asText(),
                file.path("state").asText(),
                duration(file.path("duration").asText()),
                file.path("bytes").asText());
  }

  private static String message(JsonNode message) {
    return "%s  for %s  %s"
        .formatted(
            message.path("recording").asText(),
            message.path("mailbox").asText(),
            duration(message.path("duration").asText()));
  }

  private static void add(List<String> lines, String name, String value) {
    if (!value.isBlank()) {
      lines.add("  %-12s %s".formatted(name, value));
    }
  }

  private String time(String instant) {
    return instant.isEmpty() ? "" : TIME.format(Instant.parse(instant).atZone(zone));
  }

  private static String duration(String iso) {
    return iso.isEmpty() ? "" : iso.substring(2).toLowerCase(Locale.ROOT);
  }
}
