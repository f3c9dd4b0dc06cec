package io.tamas.web;

import static io.tamas.web.ContractLint.child;
import static io.tamas.web.ContractLint.resolved;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Schemas: what becomes of them in code, and that what clients send is bounded.
final class SchemaLint {
  /// Names of models that are taken in the languages of clients.
  private static final Set<String> TAKEN =
      Set.of(
          "Any",
          "Array",
          "Blob",
          "Boolean",
          "Date",
          "Dict",
          "Error",
          "Exception",
          "File",
          "Function",
          "Iterable",
          "List",
          "Map",
          "None",
          "Number",
          "Object",
          "Optional",
          "Promise",
          "Record",
          "Request",
          "Response",
          "Set",
          "String",
          "Symbol",
          "Tuple",
          "Union");

  private static final Set<String> NESTED = Set.of("items", "additionalProperties");
  private static final Pattern ESCAPED = Pattern.compile("\\\\.|\\[[^]]*]");
  private static final Pattern UNBOUNDED = Pattern.compile("[*+]|\\{[0-9]+,}");

  private static final Pattern FORM = Pattern.compile(".+ such as (\\S.*)");

  private final JsonNode document;
  private final BiConsumer<String, String> report;
  private final Map<JsonNode, String> enumerations = new HashMap<>();
  private final Set<JsonNode> sent = new HashSet<>();

  SchemaLint(JsonNode document, BiConsumer<String, String> report) {
    this.document = document;
    this.report = report;
  }

  void check() {
    components();
    everywhere(
        "",
        document,
        (pointer, schema) -> {
          if (!pointer.matches("/components/schemas/[^/]+")) {
            inline(pointer, schema);
          }
        });
    everywhere("", document, this::form);
    sentByClients("", document);
    explained("", document);
  }

  /// What a pattern and the least number of items want is told to clients in words, with an
  /// example.
  private void explained(String pointer, JsonNode node) {
    if (node.path("pattern").isTextual() || node.path("minItems").asInt() > 0) {
      Matcher form = FORM.matcher(node.path("x-form").asText());
      if (!form.matches()) {
        report.accept(pointer, "has no x-form that ends with an example");
      } else if (!isExample(node, form.group(1))) {
        report.accept(pointer, "has an example that it refuses: " + form.group(1));
      }
    }
    node.properties().forEach(entry -> explained(child(pointer, entry.getKey()), entry.getValue()));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      explained(pointer + "/" + i, node.get(i));
    }
  }

  private static boolean isExample(JsonNode node, String example) {
    String pattern = node.path("pattern").asText("\\[\".+\"]");
    return example.matches(pattern) || example.replaceAll("^\"|\"$", "").matches(pattern);
  }

  private void components() {
    document
        .at("/components/schemas")
        .properties()
        .forEach(entry -> {
          String pointer = child("/components/schemas", entry.getKey());
          if (TAKEN.contains(entry.getKey()) || !entry.getKey().matches("[A-Z][A-Za-z0-9]*")) {
            report.accept(pointer, "has a name that is taken or no name of a class");
          }
          if (entry.getValue().path("description").asText().isBlank()) {
            report.accept(pointer, "has no description");
          }
        });
  }

  /// Visits all schemas, those inside others included.
  private void everywhere(String pointer, JsonNode node, BiConsumer<String, JsonNode> visitor) {
    node.properties()
        .forEach(entry -> {
          String at = child(pointer, entry.getKey());
          boolean isSchema =
              entry.getKey().equals("schema")
                  || NESTED.contains(entry.getKey())
                  || pointer.matches("/components/schemas|.*/properties");
          if (isSchema && entry.getValue().isObject()) {
            visitor.accept(at, entry.getValue());
          }
          everywhere(at, entry.getValue(), visitor);
        });
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      everywhere(pointer + "/" + i, node.get(i), visitor);
    }
  }

  private void inline(String pointer, JsonNode schema) {
    if (schema.has("properties")) {
      report.accept(pointer, "is an object without a name");
    }
    if (schema.has("enum") && enumerations.put(schema.path("enum"), pointer) != null) {
      report.accept(pointer, "repeats an enumeration without a name");
    }
    if (pointer.matches(".*/properties/[^/]+")
        && schema.path("description").asText().isBlank()
        && resolved(document, schema).path("description").asText().isBlank()) {
      report.accept(pointer, "has no description");
    }
  }

  private void form(String pointer, JsonNode schema) {
    String type = schema.path("type").asText();
    if (schema.path("type").isArray() || schema.has("nullable")) {
      report.accept(pointer, "may be null");
    }
    if (schema.has("allOf") || schema.has("anyOf") || schema.has("oneOf")) {
      report.accept(pointer, "is composed, which generators read differently");
    }
    if (type.equals("integer") && !schema.path("format").asText().matches("int32|int64")) {
      report.accept(pointer, "is an integer of unknown size");
    }
    if (type.equals("array") && !schema.has("items")) {
      report.accept(pointer, "is an array of unknown items");
    }
    boolean unnamed = false;
    for (JsonNode value : schema.path("enum")) {
      unnamed |= !value.isTextual() || !value.asText().matches("[A-Za-z][A-Za-z0-9-_]*");
    }
    if (unnamed && schema.path("x-enum-varnames").size() != schema.path("enum").size()) {
      report.accept(pointer, "has values that cannot be names: x-enum-varnames");
    }
  }

  private void sentByClients(String pointer, JsonNode node) {
    node.properties()
        .forEach(entry -> {
          String at = child(pointer, entry.getKey());
          if (entry.getKey().equals("requestBody") || pointer.equals("/components/requestBodies")) {
            entry.getValue().findValues("schema").forEach(schema -> bounded(at, schema));
          } else if (entry.getKey().equals("parameters")) {
            entry.getValue().findValues("schema").forEach(schema -> bounded(at, schema));
          } else if (!entry.getKey().equals("schemas")) {
            sentByClients(at, entry.getValue());
          }
        });
  }

  private void bounded(String pointer, JsonNode reference) {
    JsonNode schema = resolved(document, reference);
    if (!sent.add(schema)) {
      return;
    }
    String at = reference.path("$ref").asText(pointer);
    if (!isBounded(schema)) {
      report.accept(at, "is sent by clients without bounds");
    }
    schema
        .path("properties")
        .properties()
        .forEach(entry -> {
          bounded(child(at, entry.getKey()), entry.getValue());
        });
    NESTED.stream()
        .map(schema::path)
        .filter(JsonNode::isObject)
        .forEach(nested -> bounded(at + "/items", nested));
  }

  private static boolean isBounded(JsonNode schema) {
    return switch (schema.path("type").asText()) {
      case "boolean" -> true;
      case "integer" -> schema.has("minimum") && schema.has("maximum");
      case "array" -> schema.has("maxItems");
      case "object" -> schema.has("properties") || schema.has("maxProperties");
      case "string" ->
          schema.has("maxLength")
              || schema.has("enum")
              || schema.path("format").asText().matches("date-time|binary")
              || isBounded(schema.path("pattern").asText());
      default -> false;
    };
  }

  private static boolean isBounded(String pattern) {
    return pattern.matches("(?s)\\^.*\\$")
        && !UNBOUNDED.matcher(ESCAPED.matcher(pattern).replaceAll("c")).find();
  }
}
