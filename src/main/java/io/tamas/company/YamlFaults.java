package io.tamas.company;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/// What is wrong with a text that is not YAML. Pure.
final class YamlFaults {
  private static final String TABS = "tabs cannot indent YAML: use spaces";

  private YamlFaults() {}

  static YamlTree.Outcome.Broken of(JsonProcessingException thrown, String yaml) {
    int line = thrown.getLocation() == null ? 1 : Math.max(1, thrown.getLocation().getLineNr());
    String rule = String.valueOf(thrown.getOriginalMessage()).lines().findFirst().orElse("");
    if (thrown.getCause() instanceof MarkedYAMLException marked && marked.getProblem() != null) {
      rule = marked.getProblem();
      line = marked.getProblemMark() == null ? line : marked.getProblemMark().getLine() + 1;
    }
    return isTab(rule, yaml, line)
        ? new YamlTree.Outcome.Broken(line, TABS)
        : new YamlTree.Outcome.Broken(line, "is not YAML: " + rule + comment(yaml, line));
  }

  /// The line before may have ended too early.
  private static String comment(String yaml, int line) {
    return yaml.lines().skip(Math.max(0, line - 2L)).limit(2).anyMatch(one -> one.contains(": #"))
        ? "; what follows # is a comment, so put such a value in quotes: '##'"
        : "";
  }

  private static boolean isTab(String rule, String yaml, int line) {
    List<String> lines = yaml.lines().skip(line - 1L).limit(1).toList();
    return rule.contains("TAB") || lines.stream().anyMatch(one -> one.matches("[ -]*\t.*"));
  }
}
