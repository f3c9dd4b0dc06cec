package io.tamas.web;

import static io.tamas.web.ContractLint.child;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;

/// References lead somewhere, and every component is used.
final class ReferenceLint {
  private final JsonNode document;
  private final BiConsumer<String, String> report;
  private final Set<String> used = new HashSet<>();

  ReferenceLint(JsonNode document, BiConsumer<String, String> report) {
    this.document = document;
    this.report = report;
  }

  void check() {
    collect("", document);
    document
        .path("security")
        .forEach(one ->
            one.fieldNames()
                .forEachRemaining(name -> used.add("#/components/securitySchemes/" + name)));
    document
        .path("components")
        .properties()
        .forEach(section ->
            section
                .getValue()
                .fieldNames()
                .forEachRemaining(name -> {
                  String pointer = child(child("/components", section.getKey()), name);
                  if (!used.contains("#" + pointer)) {
                    report.accept(pointer, "is not used");
                  }
                }));
  }

  private void collect(String pointer, JsonNode node) {
    String reference = node.path("$ref").asText();
    if (!reference.isEmpty()) {
      used.add(reference);
      if (!reference.startsWith("#/") || document.at(reference.substring(1)).isMissingNode()) {
        report.accept(pointer, "refers to " + reference + ", which is nowhere");
      }
    }
    node.properties().forEach(entry -> collect(child(pointer, entry.getKey()), entry.getValue()));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      collect(pointer + "/" + i, node.get(i));
    }
  }
}
