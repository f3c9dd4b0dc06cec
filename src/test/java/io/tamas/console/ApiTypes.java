package io.tamas.console;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes what the contract says as types of TypeScript: one for each schema, and one entry for
/// each operation, by its method and path.
final class ApiTypes {
  private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");
  private static final String PREFIX = "/api/v1";

  private final Map<?, ?> document;
  private final StringBuilder text = new StringBuilder();

  private ApiTypes(Map<?, ?> document) {
    this.document = document;
  }

  /// @param document the contract
  static String of(Map<?, ?> document) {
    ApiTypes types = new ApiTypes(document);
    types.text.append("// Made of openapi.yaml by ApiTypesTest; not to be changed by hand.\n");
    map(types.at("components", "schemas"))
        .forEach((name, schema) -> types.schema(name, map(schema)));
    types.text.append("\nexport interface Operations {\n");
    map(types.document.get("paths")).forEach((path, item) -> types.path("" + path, map(item)));
    types.text.append("}\n");
    return types.text.toString();
  }

  private void schema(Object name, Map<?, ?> schema) {
    text.append("\nexport type ").append(name).append(" = ").append(type(schema, "")).append(";\n");
  }

  private void path(String path, Map<?, ?> item) {
    METHODS.stream()
        .filter(item::containsKey)
        .forEach(method -> operation(method, path, item, map(item.get(method))));
  }

  private void operation(String method, String path, Map<?, ?> item, Map<?, ?> operation) {
    if (!path.startsWith(PREFIX)) {
      return;
    }
    Map<String, String> parts = new LinkedHashMap<>();
    List<Map<?, ?>> parameters =
        Stream.of(item, operation)
            .flatMap(part -> list(part.get("parameters")).stream())
            .<Map<?, ?>>map(this::resolved)
            .toList();
    parameters(parameters, "path").ifPresent(type -> parts.put("path", type));
    parameters(parameters, "query").ifPresent(type -> parts.put("query", type));
    body(operation.get("requestBody")).ifPresent(type -> parts.put("body", type));
    answer(map(operation.get("responses"))).ifPresent(type -> parts.put("answer", type));
    text.append(
        "  '%s %s': {".formatted(method.toUpperCase(Locale.ROOT), path.substring(PREFIX.length())));
    text.append(
        parts.entrySet().stream()
            .map(part -> part.getKey() + ": " + part.getValue())
            .collect(Collectors.joining("; ", " ", " ")));
    text.append("};\n");
  }

  private Optional<String> parameters(List<Map<?, ?>> parameters, String place) {
    List<Map<?, ?>> those = parameters.stream().filter(one -> place.equals(one.get("in"))).toList();
    return those.isEmpty()
        ? Optional.empty()
        : Optional.of(
            those.stream()
                .map(one ->
                    "%s%s: %s"
                        .formatted(
                            quoted(one.get("name")),
                            Boolean.TRUE.equals(one.get("required")) ? "" : "?",
                            type(map(one.get("schema")), "") + undefined(one)))
                .collect(Collectors.joining("; ", "{ ", " }")));
  }

  private static String undefined(Map<?, ?> parameter) {
    return Boolean.TRUE.equals(parameter.get("required")) ? "" : " | undefined";
  }

  private Optional<String> body(@Nullable Object body) {
    return Optional.ofNullable(body).map(one -> content(map(resolved(one).get("content"))));
  }

  private Optional<String> answer(Map<?, ?> responses) {
    return responses.entrySet().stream()
        .filter(response -> ("" + response.getKey()).startsWith("2"))
        .map(response -> resolved(response.getValue()))
        .filter(response -> response.containsKey("content"))
        .map(response -> content(map(response.get("content"))))
        .findFirst();
  }

  private String content(Map<?, ?> content) {
    return Optional.ofNullable(content.get("application/json"))
        .map(json -> type(map(map(json).get("schema")), ""))
        .orElse("Blob");
  }

  private String type(Map<?, ?> schema, String indent) {
    if (schema.get("$ref") instanceof String ref) {
      return ref.substring(ref.lastIndexOf('/') + 1);
    }
    if (schema.containsKey("enum")) {
      return list(schema.get("enum")).stream()
          .map(ApiTypes::literal)
          .collect(Collectors.joining(" | "));
    }
    for (String union : List.of("oneOf", "anyOf")) {
      if (schema.containsKey(union)) {
        return list(schema.get(union)).stream()
            .map(one -> type(map(one), indent))
            .collect(Collectors.joining(" | "));
      }
    }
    return switch (String.valueOf(schema.get("type"))) {
      case "integer", "number" -> "number";
      case "boolean" -> "boolean";
      case "array" -> array(type(map(schema.get("items")), indent));
      case "string" -> "binary".equals(schema.get("format")) ? "Blob" : "string";
      case "object" -> object(schema, indent);
      default -> "unknown";
    };
  }

  private static String array(String items) {
    return items.contains(" ") && !items.startsWith("{") ? "(" + items + ")[]" : items + "[]";
  }

  private String object(Map<?, ?> schema, String indent) {
    Map<?, ?> properties = map(schema.get("properties"));
    if (properties.isEmpty()) {
      String values =
          schema.get("additionalProperties") instanceof Map<?, ?> some
              ? type(some, indent)
              : "unknown";
      return "{ [name: string]: " + values + " }";
    }
    Set<Object> required = new TreeSet<>(list(schema.get("required")));
    String inner = indent + "  ";
    return properties.entrySet().stream()
        .map(property ->
            inner
                + quoted(property.getKey())
                + (required.contains(property.getKey()) ? ": " : "?: ")
                + type(map(property.getValue()), inner)
                + ";\n")
        .collect(Collectors.joining("", "{\n", indent + "}"));
  }

  private static String literal(@Nullable Object value) {
    return value instanceof String text ? "'" + text + "'" : "" + value;
  }

  private static String quoted(@Nullable Object name) {
    return ("" + name).matches("[A-Za-z_][A-Za-z0-9_]*") ? "" + name : "'" + name + "'";
  }

  private Map<?, ?> resolved(@Nullable Object node) {
    Map<?, ?> map = map(node);
    return map.get("$ref") instanceof String ref
        ? map(at(ref.substring("#/".length()).split("/")))
        : map;
  }

  private Object at(String... path) {
    Object node = document;
    for (String name : path) {
      node = Optional.<Object>ofNullable(map(node).get(name)).orElseThrow();
    }
    return node;
  }

  private static Map<?, ?> map(@Nullable Object node) {
    return node instanceof Map<?, ?> map ? map : Map.of();
  }

  private static List<?> list(@Nullable Object node) {
    return node instanceof List<?> list ? list : List.of();
  }
}
