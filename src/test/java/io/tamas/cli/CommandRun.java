package io.tamas.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// One run of the command line in a JVM of its own, as a person starts it.
record CommandRun(int status, String output, Duration took) {

  /// @param more of the environment; nothing that configures Tamas is taken over from this process
  static CommandRun of(
      Path folder, Duration deadline, Map<String, String> more, String... arguments)
      throws IOException, InterruptedException {
    return of(folder, Path.of("/dev/null"), deadline, more, arguments);
  }

  /// @param input what it reads on standard input
  static CommandRun of(
      Path folder, Path input, Duration deadline, Map<String, String> more, String... arguments)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, arguments[0], ".out");
    long began = System.nanoTime();
    Process process = start(output, input, more, arguments);
    if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      throw new IOException(arguments[0] + " did not end:\n" + Files.readString(output));
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    return new CommandRun(process.exitValue(), Files.readString(output), took);
  }

  /// One that goes on, such as `up`. It can be interrupted, also where this process cannot.
  static Process start(Path output, Path input, Map<String, String> more, String... arguments)
      throws IOException {
    return start(List.of(), output, input, more, arguments);
  }

  /// @param within the command that starts it
  static Process start(
      List<String> within, Path output, Map<String, String> more, String... arguments)
      throws IOException {
    return start(within, output, Path.of("/dev/null"), more, arguments);
  }

  private static Process start(
      List<String> within, Path output, Path input, Map<String, String> more, String... arguments)
      throws IOException {
    List<String> line = new ArrayList<>(within);
    line.addAll(List.of("env", "--default-signal=INT"));
    line.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    line.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m"));
    line.add("--enable-native-access=ALL-UNNAMED");
    line.add("-Dlogback.configurationFile=logback-command.xml");
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.tamas.Tamas"));
    line.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("TAMAS_"));
    builder.environment().put("TAMAS_ASTERISK", "root");
    builder.environment().putAll(more);
    return builder.redirectInput(input.toFile()).redirectOutput(output.toFile()).start();
  }
}
