package io.tamas.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The sources of the console: their types, their own tests, and what may not be in them.
class SourcesIT {
  private static final Path SOURCES = Path.of("src/main/console").toAbsolutePath();
  private static final Path TOOLS = Path.of("target/client-tools").toAbsolutePath();
  private static final Path TESTS = Path.of("src/test/console").toAbsolutePath();

  /// What has a side that does not change with the direction of writing.
  private static final Pattern SIDED =
      Pattern.compile(
          "(?<![-\\w])(?:margin|padding|border)?-?(?:left|right)\\s*:|float\\s*:|text-transform");

  @Test
  void theirTypesAreRight() throws Exception {
    run(tool("tsc.js"), "--project", SOURCES.toString());
  }

  @Test
  void whatIsPureIsRight() throws Exception {
    List<String> command = new ArrayList<>(List.of("--no-warnings", "--test"));
    try (Stream<Path> files = Files.walk(TESTS)) {
      files.map(Path::toString).filter(name -> name.endsWith(".test.ts")).forEach(command::add);
    }
    run(command.toArray(String[]::new));
  }

  @Test
  void stylesNameNoSides() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<String> sided =
          files
              .filter(file -> file.toString().endsWith(".css"))
              .flatMap(SourcesIT::lines)
              .filter(line -> SIDED.matcher(line).find())
              .toList();
      assertEquals(List.of(), sided);
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream().map(line -> SOURCES.relativize(file) + ": " + line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// With Playwright's Node, since this machine need not have one.
  private static void run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(tool("node")));
    command.addAll(List.of(arguments));
    Path log = Files.createTempFile(Path.of("target"), "console-", ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertTrue(process.waitFor(2, TimeUnit.MINUTES), "it takes too long");
    String told = Files.readString(log, StandardCharsets.UTF_8);
    Files.delete(log);
    assertEquals(0, process.exitValue(), told);
  }

  private static String tool(String name) throws IOException {
    try (Stream<Path> files = Files.walk(TOOLS)) {
      File program = files.filter(file -> file.endsWith(name)).findFirst().orElseThrow().toFile();
      // what is unpacked is not executable
      assertTrue(program.setExecutable(true), name);
      return program.toString();
    }
  }
}
