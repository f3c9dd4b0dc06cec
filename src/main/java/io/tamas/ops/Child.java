package io.tamas.ops;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/// A running process, identified so that it cannot be mistaken for a later one with the same pid.
///
/// @param ticks when it started, in clock ticks since the start of the machine: field 22 of
///   `/proc/<pid>/stat`
/// @param boot the boot in which it was started: `/proc/sys/kernel/random/boot_id`
/// @param since when it was started, for display
public record Child(String name, long pid, long ticks, String boot, Instant since) {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final String SUFFIX = ".pid";

  /// Of a process that was just started; empty if it has already ended.
  static Optional<Child> of(String name, long pid) throws IOException {
    Optional<Long> ticks = startTicks(pid);
    String boot = currentBoot();
    return ticks.map(started -> new Child(name, pid, started, boot, Instant.now()));
  }

  /// A supervisor that was started earlier; empty if it has already ended.
  static Optional<Child> of(ProcessHandle supervisor) {
    try {
      Instant since = supervisor.info().startInstant().orElseGet(Instant::now);
      return of(InstanceLock.SUPERVISOR, supervisor.pid())
          .map(child -> new Child(child.name, child.pid, child.ticks, child.boot, since));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// Reads a pid file; empty if there is none or it cannot be read.
  static Optional<Child> read(Path file) {
    try {
      Properties read = new Properties();
      try (Reader reader = Files.newBufferedReader(file)) {
        read.load(reader);
      }
      return Optional.of(
          new Child(
              name(file),
              Long.parseLong(value(read, "pid")),
              Long.parseLong(value(read, "ticks")),
              value(read, "boot"),
              Instant.parse(value(read, "since"))));
    } catch (IOException | RuntimeException e) {
      // None, or an incomplete one after a crash of the machine: its process no longer runs.
      return Optional.empty();
    }
  }

  private static String name(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - SUFFIX.length());
  }

  private static String value(Properties read, String name) {
    String value = read.getProperty(name, "");
    return value.startsWith("\"") ? value.substring(1, value.length() - 1) : value;
  }

  void write(Path folder) throws IOException {
    PrivateFiles.write(
        file(folder, name),
        "# The running process.\npid: %d\nticks: %d\nboot: \"%s\"\nsince: \"%s\"\n"
            .formatted(pid, ticks, boot, since));
  }

  static Path file(Path folder, String name) {
    return folder.resolve(name + SUFFIX);
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
  boolean stop(Supervised.Signal signal, Duration deadline)
      throws IOException, InterruptedException {
    if (!alive()) {
      return false;
    }
    signal(signal);
    if (awaitEnd(deadline)) {
      return false;
    }
    signal(Supervised.Signal.KILL);
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

  private void signal(Supervised.Signal signal) throws IOException, InterruptedException {
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
