package io.tamas.web;

import io.tamas.json.WrittenInstant;
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
  /// @param schema in which the keyword is
  static String of(
      String keyword, String report, String pointer, Optional<Object> given, JsonObject schema) {
    String wanted =
        switch (keyword) {
          case "enum" -> choice(operand(report), given);
          case "format" -> format(unquoted(operand(report)), given);
          case "type" -> form(schema).orElseGet(() -> type(operand(report)));
          case "pattern" -> form(schema).orElseGet(() -> "must match " + schema.getString(keyword));
          default -> bounds(keyword, schema);
        };
    // a body that is a text may be the secret alone, without the field that names it
    boolean isWholeBody = pointer.isEmpty() && keyword.equals("type");
    String not = isWholeBody ? "" : not(keyword, pointer, given);
    return wanted.isEmpty() ? report : wanted + not;
  }

  /// As the contract puts it, with an example.
  private static Optional<String> form(JsonObject schema) {
    return Optional.ofNullable(schema.getString("x-form")).map(form -> "must be " + form);
  }

  /// Empty for a keyword of another kind.
  private static String bounds(String keyword, JsonObject schema) {
    return switch (keyword) {
      case "minimum", "maximum" -> "must be " + range(schema, "minimum", "maximum");
      case "minLength", "maxLength" ->
          "must have " + range(schema, "minLength", "maxLength") + " characters";
      case "minProperties", "maxProperties" ->
          "must have " + range(schema, "minProperties", "maxProperties") + " fields";
      case "minItems", "maxItems" ->
          form(schema).map(form -> form + ", with ").orElse("must have ")
              + range(schema, "minItems", "maxItems")
              + " items";
      case "uniqueItems" -> "must have no item twice";
      default -> "";
    };
  }

  private static String range(JsonObject schema, String least, String most) {
    if (!schema.containsKey(least)) {
      return "at most " + schema.getValue(most);
    }
    return schema.containsKey(most)
        ? schema.getValue(least) + " to " + schema.getValue(most)
        : "at least " + schema.getValue(least);
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
    String text = given.map(String::valueOf).orElse("");
    String all = names.stream().map(SchemaRule::shown).collect(Collectors.joining(", "));
    String near =
        names.stream()
            .filter(text::equalsIgnoreCase)
            .findFirst()
            .map(name -> ", such as " + shown(name))
            .orElse("");
    return "must be one of " + all + near;
  }

  private static String format(String name, Optional<Object> given) {
    return "must be "
        + (name.equals("date-time")
            ? WrittenInstant.wanted(given.map(String::valueOf).orElse(""))
            : FORMATS.getOrDefault(name, "a " + name.toLowerCase(Locale.ROOT)));
  }

  private static String type(String names) {
    return "must be "
        + Pattern.compile("[a-z]+")
            .matcher(names)
            .results()
            .map(found -> TYPES.getOrDefault(found.group(), found.group()))
            .collect(Collectors.joining(" or "));
  }

  /// A secret is never told again. Of what is too short or too long, how long it is.
  private static String not(String keyword, String pointer, Optional<Object> given) {
    return given
        .filter(_ -> !SECRET.matcher(pointer).find() && !keyword.equals("uniqueItems"))
        .map(value -> ", not " + (keyword.matches("(min|max)[A-Z].*") ? size(value) : shown(value)))
        .orElse("");
  }

  private static String size(Object given) {
    return switch (given) {
      case JsonArray array -> "" + array.size();
      case JsonObject object -> "" + object.size();
      default -> "" + given.toString().codePoints().count();
    };
  }

  /// Not the whole of a long text.
  static String shown(Object given) {
    if (given instanceof JsonObject || given instanceof JsonArray) {
      return given instanceof JsonArray ? "a list" : "an object";
    }
    String text = given.toString();
    String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    return given instanceof String ? "\"" + shown + "\"" : shown;
  }
}
