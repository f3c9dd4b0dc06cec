package io.tamas.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.company.CompanyYaml.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Formats faults, warnings and differences of companies, line by line; places in files as in
/// compiler messages.
final class CompanyText {
  private CompanyText() {}

  static String fault(String file, Fault fault) {
    return place(file, fault.line()) + text(fault.field(), fault.rule());
  }

  static String warning(String file, Fault warning) {
    return place(file, warning.line()) + "warning: " + text(warning.field(), warning.rule());
  }

  /// The faults or the detail of a problem document.
  static List<String> problem(String file, JsonNode problem) {
    List<String> lines = new ArrayList<>();
    problem
        .path("faults")
        .forEach(fault ->
            lines.add(
                place(file, fault.path("line").asInt(1))
                    + text(fault.path("pointer").asText(), fault.path("detail").asText())));
    return lines.isEmpty() ? List.of("tamas: " + problem.path("detail").asText()) : lines;
  }

  /// The warnings of a difference.
  static List<String> warnings(String file, JsonNode difference) {
    List<String> lines = new ArrayList<>();
    difference
        .path("warnings")
        .forEach(warning ->
            lines.add(
                place(file, warning.path("line").asInt(1))
                    + "warning: "
                    + text(warning.path("field").asText(), warning.path("rule").asText())));
    return lines;
  }

  /// Part by part: `+` is created, `-` is deleted, `~` is updated, field by field.
  static List<String> difference(JsonNode difference) {
    List<String> lines = new ArrayList<>();
    for (JsonNode change : difference.path("changes")) {
      lines.add(
          sign(change.path("change").asText())
              + " "
              + change.path("kind").asText()
              + " "
              + change.path("name").asText());
      for (JsonNode field : change.path("fields")) {
        lines.add(
            "    %s: %s -> %s"
                .formatted(
                    field.path("field").asText(), value(field, "before"), value(field, "after")));
      }
    }
    int shown = difference.path("changes").size();
    int more = total(difference) - shown;
    if (more > 0) {
      lines.add("… and " + more + " more");
    }
    return lines;
  }

  /// What users have set by their phones and ends.
  static List<String> ended(JsonNode difference) {
    List<String> lines = new ArrayList<>();
    for (JsonNode one : difference.path("ended")) {
      lines.add(
          "ends what a phone may have set: %s %s %s: %s"
              .formatted(
                  one.path("kind").asText(),
                  one.path("name").asText(),
                  one.path("field").asText(),
                  one.path("before")));
    }
    return lines;
  }

  static int total(JsonNode difference) {
    return difference.path("created").asInt()
        + difference.path("updated").asInt()
        + difference.path("deleted").asInt();
  }

  static String summary(JsonNode difference) {
    return String.format(
        Locale.ROOT,
        "%d created, %d updated, %d deleted",
        difference.path("created").asInt(),
        difference.path("updated").asInt(),
        difference.path("deleted").asInt());
  }

  private static String sign(String change) {
    return switch (change) {
      case "created" -> "+";
      case "deleted" -> "-";
      default -> "~";
    };
  }

  private static String value(JsonNode field, String name) {
    return field.has(name) ? field.path(name).toString() : "(default)";
  }

  private static String place(String file, int line) {
    return file + ":" + line + ": ";
  }

  private static String text(String field, String rule) {
    return field.isEmpty() ? rule : field + " " + rule;
  }
}
