package io.tamas.company;

import com.fasterxml.jackson.core.type.TypeReference;
import io.tamas.company.Company.InboundRoute;
import io.tamas.company.Company.Part;
import io.tamas.json.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/// Writes a whole company as [CompanyYaml] reads it. The same company is always the same text.
public final class CompanyYamlWriter {
  private static final int WIDTH = 120;

  private static final String ABOUT =
      """
      # The company, version %d: read by ./tamas company validate, diff and apply.
      #
      # What is left out is empty, no or 0. Durations are ISO 8601 (PT25S). Passwords and the audio of prompts are
      # not in here: they stay as they are with what keeps its name.
      """;

  private CompanyYamlWriter() {}

  public static String write(Company company) {
    StringBuilder text = new StringBuilder(ABOUT.formatted(company.version()));
    Yaml yaml = new Yaml(options());
    for (PartKind kind : PartKind.values()) {
      List<Map<String, Object>> parts =
          company.parts(kind).stream().sorted(order()).map(CompanyYamlWriter::fields).toList();
      if (!parts.isEmpty()) {
        Object written = kind.isSingle() ? parts.getFirst() : parts;
        text.append('\n').append(yaml.dump(Map.of(kind.plural(), written)));
      }
    }
    return text.toString();
  }

  /// By name or number; routes in the order in which they are tried.
  private static Comparator<Part> order() {
    return Comparator.<Part>comparingInt(
            part -> part instanceof InboundRoute route ? route.position() : 0)
        .thenComparing(Part::key);
  }

  private static Map<String, Object> fields(Part part) {
    return Json.mapper().convertValue(PartWriter.tree(part), new TypeReference<>() {});
  }

  /// An item without lists is written on one line.
  private static DumperOptions options() {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.AUTO);
    options.setWidth(WIDTH);
    options.setIndentWithIndicator(true);
    options.setIndicatorIndent(2);
    options.setAllowUnicode(true);
    options.setLineBreak(DumperOptions.LineBreak.UNIX);
    return options;
  }
}
