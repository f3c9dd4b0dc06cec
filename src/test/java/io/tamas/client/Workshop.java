package io.tamas.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.json.Json;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Generates the clients and builds the programs that use them, below `target`.
final class Workshop {
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /// Where the build has put the programs of Maven Central.
  private static final Path TOOLS = Path.of("target/client-tools").toAbsolutePath();

  private final Path folder;

  private Workshop(Path folder) {
    this.folder = folder;
  }

  /// A program for each language, which works with the server that serves this contract.
  static Map<Language, ClientProgram> programs(URI contract) {
    try {
      Path folder = Path.of("target/clients").toAbsolutePath();
      delete(folder);
      Workshop workshop = new Workshop(Files.createDirectories(folder));
      workshop.generate(contract);
      Map<Language, ClientProgram> programs = new EnumMap<>(Language.class);
      for (Language language : Language.values()) {
        Path place = workshop.place(language);
        programs.put(language, new ClientProgram(place, language.prepare(workshop, place)));
      }
      return programs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void generate(URI contract) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                tool("openapi-generator-cli.jar"),
                "batch",
                "--fail-fast"));
    for (Language language : Language.values()) {
      Path settings = folder.resolve(language.generator + ".json");
      Files.writeString(
          settings,
          Json.write(
              Map.of(
                  "generatorName",
                  language.generator,
                  "inputSpec",
                  contract.toString(),
                  "outputDir",
                  place(language).resolve(language.target).toString(),
                  "additionalProperties",
                  language.options)));
      command.add(settings.toString());
    }
    String told = run(folder, command);
    assertEquals(
        List.of(), told.lines().filter(line -> line.matches(".*\\b(WARN|ERROR)\\b.*")).toList());
  }

  private Path place(Language language) {
    return folder.resolve(language.generator);
  }

  /// The path of one of these programs.
  String tool(String name) throws IOException {
    try (Stream<Path> files = Files.walk(TOOLS)) {
      File program =
          files
              .filter(file -> file.endsWith(name))
              .findFirst()
              .orElseThrow(() -> new IOException("no " + name + " in " + TOOLS))
              .toFile();
      // what is unpacked is not executable
      assertTrue(program.setExecutable(true), name);
      return program.toString();
    }
  }

  String script(String name) {
    return Path.of("docker", name).toAbsolutePath().toString();
  }

  void copy(String resource, Path to) throws IOException {
    try (InputStream in = Workshop.class.getResourceAsStream("/clients/" + resource)) {
      Path name = Objects.requireNonNull(Path.of(resource).getFileName());
      Files.copy(Objects.requireNonNull(in, resource), to.resolve(name));
    }
  }

  /// Runs a program to its end, and returns what it has written.
  String run(Path in, List<String> command) throws IOException {
    Path log = Files.createTempFile(folder, "run-", ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(in.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      if (!process.waitFor(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
      int status = process.waitFor();
      String told = Files.readString(log, StandardCharsets.UTF_8);
      assertEquals(0, status, () -> command + ": " + told);
      return told;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }
}
