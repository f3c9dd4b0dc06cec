package io.tamas.company;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.StringReader;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.reader.StreamReader;

/// What is wrong with a text that is not YAML. Pure.
final class YamlFaults {
  static final String ANCHOR =
      "anchors and aliases are not allowed; put a value that begins with * or & in quotes: '*2'";

  private static final String TAG =
      "tags are not allowed; put a value that begins with ! in quotes: '!2'";

  /// How the parser says what [#NAME] says, with the name of a class of its own behind it.
  private static final String NOT_A_NAME = "Expected a field name";

  private static final String NAME =
      "must have the name of a field before the colon, not a list or a map";
  private static final String TABS = "tabs cannot indent YAML: use spaces";
  private static final String TAB_AFTER_NAME =
      "a tab cannot stand between a field and its value: use a space";

  /// White, and no space of YAML: the no-break space, those of other widths, and what has no width.
  private static final Pattern OTHER_SPACE =
      Pattern.compile(
          "[\\x{A0}\\x{1680}\\x{2000}-\\x{200B}\\x{202F}\\x{205F}\\x{2060}\\x{3000}\\x{FEFF}]");

  private YamlFaults() {}

  /// What YAML would let pass, on values of which a parser does not tell it.
  static Optional<YamlTree.Outcome.Broken> hidden(String yaml, LoaderOptions limits) {
    if (yaml.indexOf('&') < 0 && yaml.indexOf('!') < 0) {
      return Optional.empty();
    }
    for (Event event : new Yaml(limits).parse(new StringReader(yaml))) {
      Optional<String> rule = rule(event);
      if (rule.isPresent()) {
        int line = event.getStartMark().getLine() + 1;
        return Optional.of(new YamlTree.Outcome.Broken(line, rule.get()));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> rule(Event event) {
    if (event instanceof NodeEvent node && node.getAnchor() != null) {
      return Optional.of(ANCHOR);
    }
    boolean isTagged =
        event instanceof ScalarEvent scalar && scalar.getTag() != null
            || event instanceof CollectionStartEvent start && start.getTag() != null;
    return isTagged ? Optional.of(TAG) : Optional.empty();
  }

  static YamlTree.Outcome.Broken of(JsonProcessingException thrown, String yaml) {
    int line = thrown.getLocation() == null ? 1 : Math.max(1, thrown.getLocation().getLineNr());
    String rule = String.valueOf(thrown.getOriginalMessage()).lines().findFirst().orElse("");
    if (thrown.getCause() instanceof MarkedYAMLException marked && marked.getProblem() != null) {
      rule = marked.getProblem();
      line = marked.getProblemMark() == null ? line : marked.getProblemMark().getLine() + 1;
    }
    Optional<YamlTree.Outcome.Broken> named = forbidden(yaml).or(() -> otherSpace(yaml));
    if (named.isPresent()) {
      return named.get();
    }
    if (rule.contains(NOT_A_NAME)) {
      return new YamlTree.Outcome.Broken(line, NAME);
    }
    return isTab(rule, yaml, line)
        ? new YamlTree.Outcome.Broken(line, indents(yaml, line) ? TABS : TAB_AFTER_NAME)
        : new YamlTree.Outcome.Broken(line, "is not YAML: " + rule + comment(yaml, line));
  }

  /// The first character that no YAML may hold, such as NUL: it is not seen.
  private static Optional<YamlTree.Outcome.Broken> forbidden(String yaml) {
    int at = 0;
    while (at < yaml.length() && StreamReader.isPrintable(yaml.codePointAt(at))) {
      at += Character.charCount(yaml.codePointAt(at));
    }
    return at == yaml.length()
        ? Optional.empty()
        : Optional.of(
            new YamlTree.Outcome.Broken(
                lineOf(yaml, at),
                "holds the character U+%04X, which YAML does not allow"
                    .formatted(yaml.codePointAt(at))));
  }

  /// Before a value, or between a field and its value; within one it may be meant.
  private static Optional<YamlTree.Outcome.Broken> otherSpace(String yaml) {
    return Pattern.compile("(?m)^([ \t-]*|[^#\"'\n]*:[ \t]*)(" + OTHER_SPACE.pattern() + ")")
        .matcher(yaml)
        .results()
        .findFirst()
        .map(found ->
            new YamlTree.Outcome.Broken(
                lineOf(yaml, found.start(2)),
                "holds the character U+%04X, which looks like a space and is none: use spaces"
                    .formatted((int) found.group(2).charAt(0))));
  }

  private static int lineOf(String yaml, int at) {
    return 1 + (int) yaml.substring(0, at).chars().filter(c -> c == '\n').count();
  }

  /// The line before may have ended too early.
  private static String comment(String yaml, int line) {
    return yaml.lines().skip(Math.max(0, line - 2L)).limit(2).anyMatch(one -> one.contains(": #"))
        ? "; what follows # is a comment, so put such a value in quotes: '##'"
        : "";
  }

  private static boolean isTab(String rule, String yaml, int line) {
    return rule.contains("TAB") || indents(yaml, line);
  }

  /// Whether the line begins with a tab.
  private static boolean indents(String yaml, int line) {
    return yaml.lines().skip(line - 1L).limit(1).anyMatch(one -> one.matches("[ -]*\t.*"));
  }
}
