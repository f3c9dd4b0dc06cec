package io.tamas.ops;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The small YAML files of an instance.
final class Yaml {
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          YAMLFactory.builder()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
              .build());

  private Yaml() {}

  /// Reads nested names and values; a missing file counts as empty, and so does one of comments.
  static Map<String, Object> read(Path file) throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      return Map.of();
    }
    JsonNode tree = tree(Files.readString(file));
    return tree.isMissingNode() || tree.isNull()
        ? Map.of()
        : MAPPER.readerFor(new TypeReference<Map<String, Object>>() {}).readValue(tree);
  }

  static JsonNode tree(String yaml) throws IOException {
    return MAPPER.readTree(yaml);
  }

  static void write(Path file, String comment, Object value) throws IOException {
    PrivateFiles.write(file, "# " + comment + "\n" + MAPPER.writeValueAsString(value));
  }

  /// A value as text, whatever its type.
  static Optional<String> text(Map<String, Object> read, String name) {
    return Optional.ofNullable(read.get(name)).map(String::valueOf);
  }
}
