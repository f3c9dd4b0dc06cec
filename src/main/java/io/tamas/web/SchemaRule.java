package io.tamas.web;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the validator of schemas reports, in words for those who write requests: what is wanted,
/// with an example, and what was given.
final class SchemaRule {
  /// The last word of a report of the kinds `… any of ["OPEN","CLOSED"]`, `… format "uuid"`.
  private static final Pattern OPERAND =
      Pattern.compile("(?:any of|format|property|Expected) (.+)$");

  private static final Map<String, String> FORMATS =
      Map.of(
          "date-time",
          "a time with its offset from UTC, such as 2026-11-28T08:30:00+03:30 or 2026-11-28T05:00:00Z",
          "date",
          "a date such as 2026-11-28",
          "uuid",
          "a UUID such as 0b6c4d2e-8f5a-4c1b-9d3e-7a6f5b4c3d2e",
          "uri",
          "an address such as https://crm.example.com/");

  private static final Map<String, String> TYPES =
      Map.of(
          "string", "a text",
          "integer", "a whole number",
          "number", "a number",
          "boolean", "true or false",
          "array", "a list",
          "object", "an object of fields and their values",
          "null", "null");

  private static final Pattern SECRET = Pattern.compile("(?i)password|secret|key");
  private static final int LONGEST = 60;

  private SchemaRule() {}

  /// @param keyword of the schema, such as `enum`
  /// @param report of the validator
  /// @param pointer of the value
  /// @param given the value; empty where there is none
  /// @param pattern of the schema itself; empty if it is of a part of it
  static String of(
      String keyword, String report, String pointer, Optional<Object> given, String pattern) {
    String wanted =
        switch (keyword) {
          case "enum" -> choice(operand(report), given);
          case "format" -> format(unquoted(operand(report)));
          case "type" -> type(operand(report));
          case "pattern" -> pattern.isEmpty() ? "must have another form" : "must match " + pattern;
          default -> "";
        };
    // a body that is a text may be the secret alone, without the field that names it
    boolean isWholeBody = pointer.isEmpty() && keyword.equals("type");
    String not = isWholeBody ? "" : not(pointer, given);
    return wanted.isEmpty() ? report : wanted + not;
  }

  /// The field that is missing.
  static String required(String report) {
    return unquoted(operand(report));
  }

  private static String operand(String report) {
    Matcher found = OPERAND.matcher(report);
    return found.find() ? found.group(1) : "";
  }

  private static String unquoted(String text) {
    return text.replace("\"", "");
  }

  private static String choice(String array, Optional<Object> given) {
    List<String> names = new JsonArray(array).stream().map(String::valueOf).toList();
    String near =
        names.stream()
            .filter(name -> name.equalsIgnoreCase(given.map(String::valueOf).orElse("")))
            .findFirst()
            .map(name -> ", here " + name)
            .orElse("");
    return "must be one of " + String.join(", ", names) + near;
  }

  private static String format(String name) {
    return "must be " + FORMATS.getOrDefault(name, "a " + name.toLowerCase(Locale.ROOT));
  }

  private static String type(String names) {
    return "must be "
        + Pattern.compile("[a-z]+")
            .matcher(names)
            .results()
            .map(found -> TYPES.getOrDefault(found.group(), found.group()))
            .collect(Collectors.joining(" or "));
  }

  /// A secret is never told again.
  private static String not(String pointer, Optional<Object> given) {
    return given
        .filter(_ -> !SECRET.matcher(pointer).find())
        .map(value -> ", not " + shown(value))
        .orElse("");
  }

  private static String shown(Object given) {
    if (given instanceof JsonObject || given instanceof JsonArray) {
      return given instanceof JsonArray ? "a list" : "an object";
    }
    String text = given.toString();
    String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    return given instanceof String ? "\"" + shown + "\"" : shown;
  }
}
