package io.tamas.dashboards;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Debian's Prometheus, unpacked by `docker/prometheus-root`.
///
/// @param folder in which the programs are
record PrometheusRoot(Path folder) {
  private static final Duration BUILD = Duration.ofMinutes(10);
  private static final Duration TOOL = Duration.ofMinutes(2);

  static PrometheusRoot obtain() throws IOException, InterruptedException {
    Path output = Files.createTempFile("tamas-prometheus", ".out");
    Process build =
        new ProcessBuilder("docker/prometheus-root")
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    await(build, BUILD, "docker/prometheus-root");
    return new PrometheusRoot(Path.of(Files.readString(output).strip()));
  }

  /// Starts the server.
  Process prometheus(Path log, List<String> arguments) throws IOException {
    return start("prometheus", Path.of(""), log, arguments);
  }

  /// Runs `promtool` to its end; returns its output, with its exit status before it.
  String promtool(Path within, String... arguments) throws IOException, InterruptedException {
    Path output = Files.createTempFile("tamas-promtool", ".out");
    Process tool = start("promtool", within, output, List.of(arguments));
    await(tool, TOOL, "promtool");
    return tool.exitValue() + "\n" + Files.readString(output);
  }

  private Process start(String program, Path within, Path output, List<String> arguments)
      throws IOException {
    List<String> line = new ArrayList<>(List.of(folder.resolve(program).toString()));
    line.addAll(arguments);
    return new ProcessBuilder(line)
        .directory(within.toAbsolutePath().toFile())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  private static void await(Process process, Duration deadline, String what)
      throws IOException, InterruptedException {
    if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      throw new IOException(what + " did not end within " + deadline);
    }
  }
}
