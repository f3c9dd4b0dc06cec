package io.tamas.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/// Prints progress: each line with the seconds since the start.
final class Timeline {
  private final PrintStream out;
  private final long began;

  Timeline(PrintStream out) {
    this(out, 0);
  }

  /// @param millis how long ago it began
  Timeline(PrintStream out, long millis) {
    this.out = out;
    this.began = System.nanoTime() - Duration.ofMillis(millis).toNanos();
  }

  void print(String line) {
    out.printf(Locale.ROOT, "%6.1f s  %s%n", seconds(), line);
    out.flush();
  }

  double seconds() {
    return millis() / 1e3;
  }

  long millis() {
    return Duration.ofNanos(System.nanoTime() - began).toMillis();
  }
}
