package io.tamas.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The command `docker`, as a person types it.
final class Docker {
  /// The folder of Dockerfiles.
  static final Path FOLDER = Path.of("docker").toAbsolutePath();

  private Docker() {}

  /// @param status its exit status
  /// @param output of both streams
  record Run(int status, String output) {
    Run succeeded() {
      if (status != 0) {
        throw new AssertionError(output);
      }
      return this;
    }
  }

  /// Its output.
  ///
  /// @throws AssertionError with its output, if it fails
  static String run(Duration deadline, String... arguments) {
    List<String> line = new ArrayList<>(List.of("docker"));
    line.addAll(Arrays.asList(arguments));
    return run(deadline, line, Map.of()).succeeded().output();
  }

  /// @param environment more of it
  static Run run(Duration deadline, List<String> line, Map<String, String> environment) {
    try {
      Path output = Files.createTempFile("tamas-docker", ".out");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly();
          throw new AssertionError(
              String.join(" ", line) + " did not end within " + deadline + ":\n" + read(output));
        }
        return new Run(process.exitValue(), read(output));
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new AssertionError(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  static String read(Path output) {
    try {
      return Files.readString(output).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
