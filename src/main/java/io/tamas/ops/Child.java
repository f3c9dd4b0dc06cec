package io.tamas.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A running process, identified so that it cannot be mistaken for a later one with the same pid.
///
/// @param ticks when it started, in clock ticks since the start of the machine: field 22 of
///   `/proc/<pid>/stat`
/// @param boot the boot in which it was started: `/proc/sys/kernel/random/boot_id`
/// @param since when it was started, for display
public record Child(String name, long pid, long ticks, String boot, Instant since) {
  private static final Duration POLL = Duration.ofMillis(20);

  /// Of a process that was just started; empty if it has already ended.
  static Optional<Child> of(String name, long pid) throws IOException {
    Optional<Long> ticks = startTicks(pid);
    String boot = currentBoot();
    return ticks.map(started -> new Child(name, pid, started, boot, Instant.now()));
  }

  /// Reads a pid file; empty if there is none or it cannot be read.
  static Optional<Child> read(Path file) {
    try {
      Map<String, Object> read = Yaml.read(file);
      String name = file.getFileName().toString().replaceFirst("\\.pid$", "");
      return read.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Child(
                  name,
                  number(read, "pid"),
                  number(read, "ticks"),
                  String.valueOf(read.get("boot")),
                  Instant.parse(String.valueOf(read.get("since")))));
    } catch (IOException | RuntimeException e) {
      // An incomplete file after a crash of the machine: its process no longer runs.
      return Optional.empty();
    }
  }

  private static long number(Map<String, Object> read, String name) {
    return Long.parseLong(String.valueOf(read.get(name)));
  }

  void write(Path folder) throws IOException {
    Map<String, Object> named = new LinkedHashMap<>();
    named.put("pid", pid);
    named.put("ticks", ticks);
    named.put("boot", boot);
    named.put("since", since.toString());
    Yaml.write(file(folder, name), "The running process.", named);
  }

  static Path file(Path folder, String name) {
    return folder.resolve(name + ".pid");
  }

  /// Whether this same process still runs. A zombie does not.
  public boolean alive() {
    try {
      return boot.equals(currentBoot())
          && startTicks(pid).filter(started -> started == ticks).isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  /// Signals it to end, and kills it after the deadline. Returns whether it had to be killed.
  boolean stop(Component.Signal signal, Duration deadline)
      throws IOException, InterruptedException {
    if (!alive()) {
      return false;
    }
    signal(signal);
    if (awaitEnd(deadline)) {
      return false;
    }
    signal(Component.Signal.KILL);
    awaitEnd(Duration.ofSeconds(5));
    return true;
  }

  /// Whether it ended before the deadline.
  boolean awaitEnd(Duration deadline) throws InterruptedException {
    long end = System.nanoTime() + deadline.toNanos();
    while (alive()) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(POLL);
    }
    return true;
  }

  private void signal(Component.Signal signal) throws IOException, InterruptedException {
    // Java itself can send TERM and KILL only; kill is a builtin of every shell.
    new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + pid)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private static String currentBoot() throws IOException {
    return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
  }

  private static Optional<Long> startTicks(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // The name of the program stands in parentheses and may contain any character.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      boolean ended = fields[0].equals("Z") || fields[0].equals("X");
      return ended ? Optional.empty() : Optional.of(Long.parseLong(fields[19]));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
