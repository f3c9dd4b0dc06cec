package io.tamas.web;

import static io.tamas.web.ContractLint.child;
import static io.tamas.web.ContractLint.resolved;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/// Servers, tags, operations, their parameters, bodies and answers.
final class OperationLint {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

  /// What answers a browser that follows a link.
  private static final String SENT_ON = "303";

  private static final String PROBLEM = "#/components/responses/Problem";
  private static final int LONGEST_SUMMARY = 100;

  private final JsonNode document;
  private final BiConsumer<String, String> report;
  private final Set<String> ids = new HashSet<>();
  private final Set<String> tags = new TreeSet<>();

  OperationLint(JsonNode document, BiConsumer<String, String> report) {
    this.document = document;
    this.report = report;
  }

  void check() {
    servers();
    document.path("paths").properties().forEach(path -> path(path.getKey(), path.getValue()));
    tags();
  }

  private void servers() {
    JsonNode servers = document.path("servers");
    if (servers.isEmpty()) {
      report.accept("/servers", "is missing");
    }
    for (int i = 0; i < servers.size(); i++) {
      described("/servers/" + i, servers.get(i));
    }
  }

  private void tags() {
    Set<String> declared = new TreeSet<>();
    for (JsonNode tag : document.path("tags")) {
      declared.add(tag.path("name").asText());
      described("/tags/" + tag.path("name").asText(), tag);
    }
    if (!declared.equals(tags)) {
      report.accept("/tags", "are " + declared + ", used are " + tags);
    }
  }

  private void path(String name, JsonNode path) {
    String pointer = child("/paths", name);
    parameters(pointer, path);
    path.properties().stream()
        .filter(entry -> METHODS.contains(entry.getKey()))
        .forEach(entry -> operation(child(pointer, entry.getKey()), entry.getValue()));
  }

  private void operation(String pointer, JsonNode operation) {
    String id = operation.path("operationId").asText();
    if (!id.matches("[a-z][A-Za-z]*") || !ids.add(id.toLowerCase(Locale.ROOT))) {
      report.accept(pointer, "needs an operationId of its own");
    }
    String summary = operation.path("summary").asText();
    if (!summary.matches("[A-Z].*\\.") || summary.length() > LONGEST_SUMMARY) {
      report.accept(pointer, "needs a summary: one sentence, at most 100 characters");
    }
    operation.path("tags").forEach(tag -> tags.add(tag.asText()));
    if (operation.path("tags").size() != 1) {
      report.accept(pointer, "needs one tag");
    }
    parameters(pointer, operation);
    JsonNode body = resolved(document, operation.path("requestBody"));
    mediaTypes(child(pointer, "requestBody"), body);
    answers(child(pointer, "responses"), operation.path("responses"));
  }

  private void parameters(String pointer, JsonNode holder) {
    for (JsonNode one : holder.path("parameters")) {
      JsonNode parameter = resolved(document, one);
      String at = pointer + "/parameters/" + parameter.path("name").asText();
      described(at, parameter);
      if (!parameter.has("schema")) {
        report.accept(at, "has no schema");
      }
    }
  }

  private void answers(String pointer, JsonNode answers) {
    if (!answers.path("default").path("$ref").asText().equals(PROBLEM)) {
      report.accept(pointer, "has no problem document by default");
    }
    List<String> statuses = answers.properties().stream().map(Map.Entry::getKey).toList();
    if (statuses.stream().noneMatch(status -> status.startsWith("2") || status.equals(SENT_ON))) {
      report.accept(pointer, "has no success");
    }
    for (String status : statuses) {
      JsonNode answer = resolved(document, answers.path(status));
      String at = child(pointer, status);
      described(at, answer);
      mediaTypes(at, answer);
      answer
          .path("headers")
          .properties()
          .forEach(header -> {
            JsonNode told = resolved(document, header.getValue());
            described(child(at, header.getKey()), told);
            if (!told.has("schema")) {
              report.accept(child(at, header.getKey()), "has no schema");
            }
          });
      if (status.matches("[345].*") && !status.equals(SENT_ON)) {
        report.accept(at, "is an error beside the default");
      }
    }
  }

  private void mediaTypes(String pointer, JsonNode holder) {
    holder.path("content").properties().stream()
        .filter(type -> type.getValue().path("schema").isEmpty())
        .forEach(type -> report.accept(child(pointer, type.getKey()), "has no schema"));
  }

  private void described(String pointer, JsonNode node) {
    if (node.path("description").asText().isBlank()) {
      report.accept(pointer, "has no description");
    }
  }
}
