package io.tamas.ops;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs the scripts of `docker/`, each of which prints the name of what it builds.
final class AsteriskBuild {
  private static final Duration BUILD = Duration.ofMinutes(20);
  private static final Duration ENGINE = Duration.ofSeconds(5);

  private AsteriskBuild() {}

  static boolean engineAnswers() throws InterruptedException {
    try {
      Process info =
          new ProcessBuilder("docker", "info")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!info.waitFor(ENGINE.toMillis(), TimeUnit.MILLISECONDS)) {
        info.destroyForcibly();
        return false;
      }
      return info.exitValue() == 0;
    } catch (IOException e) {
      // no docker command
      return false;
    }
  }

  /// The last line that a script prints; its progress goes to our standard error.
  static String printed(Path script, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .start();
    Thread watch =
        Thread.ofVirtual()
            .start(() -> {
              try {
                if (!process.waitFor(BUILD.toMillis(), TimeUnit.MILLISECONDS)) {
                  process.destroyForcibly();
                }
              } catch (InterruptedException e) {
                process.destroy();
              }
            });
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    int status = process.waitFor();
    watch.interrupt();
    if (status != 0 || output.isEmpty()) {
      throw new IOException(script + " failed with " + status);
    }
    return output.lines().reduce("", (before, line) -> line);
  }
}
