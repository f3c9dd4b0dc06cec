package io.tamas.web;

import static io.tamas.web.ContractLint.child;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.json.Json;
import java.util.function.BiConsumer;

/// Examples are valid by the schemas beside them.
final class ExampleLint {
  private final JsonNode document;
  private final Contract contract;
  private final BiConsumer<String, String> report;

  ExampleLint(JsonNode document, Contract contract, BiConsumer<String, String> report) {
    this.document = document;
    this.contract = contract;
    this.report = report;
  }

  void check() {
    check("", document);
  }

  private void check(String pointer, JsonNode node) {
    boolean isSchema = node.has("type") || node.has("$ref");
    if (node.has("example") && !pointer.endsWith("/properties")) {
      valid(isSchema ? pointer : child(pointer, "schema"), node.path("example"));
    }
    node.properties().forEach(entry -> check(child(pointer, entry.getKey()), entry.getValue()));
  }

  private void valid(String schema, JsonNode example) {
    contract
        .schema(schema)
        .faults(Json.decodeValue(example.toString()))
        .forEach(fault -> report.accept(schema, "has an example that " + fault.detail()));
  }
}
