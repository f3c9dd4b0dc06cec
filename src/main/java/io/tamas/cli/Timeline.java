package io.tamas.cli;

import java.io.PrintStream;
import java.util.Locale;

/// Prints progress: each line with the seconds since the start.
final class Timeline {
  private final PrintStream out;
  private final long began = System.nanoTime();

  Timeline(PrintStream out) {
    this.out = out;
  }

  void print(String line) {
    out.printf(Locale.ROOT, "%6.1f s  %s%n", seconds(), line);
    out.flush();
  }

  double seconds() {
    return (System.nanoTime() - began) / 1e9;
  }
}
