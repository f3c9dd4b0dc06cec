package io.tamas.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tamas.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// All files of the console, in memory: some hundred kilobytes. Which there are, the bundler has
/// noted.
final class ConsoleFiles {
  static final String PAGE = "index.html";

  private static final String FOLDER = "/console/";
  private static final List<String> NOTES = List.of("parts.json", "early.json");
  private static final String LOGO = "logo.svg";

  private final Map<String, ConsoleFile> files;

  private ConsoleFiles(Map<String, ConsoleFile> files) {
    this.files = Map.copyOf(files);
  }

  /// Those that are packaged with this program; blocks.
  static ConsoleFiles load() {
    Map<String, JsonNode> outputs = outputs();
    Map<String, ConsoleFile> files = new HashMap<>();
    outputs.keySet().forEach(path -> put(files, name(path), bytes(name(path))));
    put(files, LOGO, bytes(LOGO));
    put(files, PAGE, page(text(PAGE), outputs).getBytes(StandardCharsets.UTF_8));
    return new ConsoleFiles(files);
  }

  /// What the bundler made, by its path.
  private static Map<String, JsonNode> outputs() {
    Map<String, JsonNode> outputs = new HashMap<>();
    for (String note : NOTES) {
      Json.read(text(note), JsonNode.class)
          .path("outputs")
          .properties()
          .forEach(output -> outputs.put(output.getKey(), output.getValue()));
    }
    return outputs;
  }

  Optional<ConsoleFile> named(String name) {
    return Optional.ofNullable(files.get(name));
  }

  private static void put(Map<String, ConsoleFile> files, String name, byte[] bytes) {
    files.put(name, ConsoleFile.of(name, bytes));
  }

  /// The page with the names of the files, which have a hash in them. What the program imports at
  /// once is named too, so that browsers fetch it without waiting for the program.
  private static String page(String template, Map<String, JsonNode> outputs) {
    String app = entry(outputs, "app.ts");
    Set<String> imports = new LinkedHashSet<>();
    addImports(outputs, app, imports);
    String preload =
        imports.stream()
            .map(path -> "<link rel=\"modulepreload\" href=\"" + name(path) + "\">")
            .collect(Collectors.joining("\n"));
    return template
        .replace("{app}", name(app))
        .replace("{early}", name(entry(outputs, "early.ts")))
        .replace("{style}", name(entry(outputs, "console.css")))
        .replace("{preload}", preload);
  }

  private static String entry(Map<String, JsonNode> outputs, String source) {
    return outputs.entrySet().stream()
        .filter(output -> output.getValue().path("entryPoint").asText().endsWith("/" + source))
        .map(Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  private static void addImports(Map<String, JsonNode> outputs, String path, Set<String> imports) {
    for (JsonNode one : outputs.getOrDefault(path, MissingNode.getInstance()).path("imports")) {
      String imported = one.path("path").asText();
      if (one.path("kind").asText().equals("import-statement") && imports.add(imported)) {
        addImports(outputs, imported, imports);
      }
    }
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String name) {
    try (InputStream in = ConsoleFiles.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException(FOLDER + name + " is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
