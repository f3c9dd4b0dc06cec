package io.tamas.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// What people who read an OpenAPI document, and generators of clients, would stumble over in it.
final class ContractLint {
  private ContractLint() {}

  /// All faults, each with its JSON pointer.
  static List<String> faults(String yaml) {
    JsonNode document = tree(yaml);
    List<String> faults = new ArrayList<>();
    BiConsumer<String, String> report =
        (pointer, rule) -> faults.add(pointer.replace("~1", "/") + " " + rule);
    new OperationLint(document, report).check();
    new SchemaLint(document, report).check();
    new ReferenceLint(document, report).check();
    if (faults.isEmpty()) {
      new ExampleLint(document, Contract.parse(yaml), report).check();
    }
    return faults;
  }

  private static JsonNode tree(String yaml) {
    try {
      return new YAMLMapper().readTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The node that a reference leads to, or the node itself.
  static JsonNode resolved(JsonNode document, JsonNode node) {
    return node.has("$ref")
        ? resolved(document, document.at(node.path("$ref").asText().substring(1)))
        : node;
  }

  static String child(String pointer, String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }
}
