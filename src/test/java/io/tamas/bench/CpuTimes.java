package io.tamas.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The processor time that programs have taken, each with its children but for this one, whose
/// children the others are, and that of the machine.
///
/// @param byName of each program
/// @param all of everything that runs on the machine
record CpuTimes(Map<String, Duration> byName, Duration all) {
  private static final long TICK_MILLIS = 10;

  static CpuTimes of(Map<String, ProcessHandle> programs) {
    Map<String, Duration> times = new TreeMap<>();
    programs.forEach((name, program) -> times.put(name, of(program)));
    return new CpuTimes(times, machine());
  }

  /// What was taken since; a program that came or went meanwhile is left out.
  CpuTimes since(CpuTimes before) {
    Map<String, Duration> spent = new TreeMap<>();
    byName.forEach((name, time) -> {
      if (before.byName.containsKey(name)) {
        spent.put(name, time.minus(before.byName.getOrDefault(name, Duration.ZERO)));
      }
    });
    return new CpuTimes(spent, all.minus(before.all));
  }

  private static Duration of(ProcessHandle program) {
    boolean isThisOne = program.equals(ProcessHandle.current());
    Stream<ProcessHandle> children = isThisOne ? Stream.empty() : program.descendants();
    return Stream.concat(Stream.of(program), children)
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /// All of `/proc/stat` but idle and waiting for the disk (`proc_stat(5)`).
  private static Duration machine() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
      List<String> ticks = List.of(lines.findFirst().orElseThrow().split(" +", -1)).subList(1, 8);
      long busy = 0;
      for (int i : new int[] {0, 1, 2, 5, 6}) {
        busy += Long.parseLong(ticks.get(i));
      }
      return Duration.ofMillis(busy * TICK_MILLIS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
