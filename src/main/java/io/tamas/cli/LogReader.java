package io.tamas.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Reads a log from where it was left, also after it was begun anew.
final class LogReader {
  private static final int MOST_BYTES = 1 << 20;

  private final Path file;
  private final String prefix;
  private long position;

  LogReader(Path file, String prefix) {
    this.file = file;
    this.prefix = prefix;
  }

  /// The last lines, of the last megabyte.
  void printEnd(int most, PrintStream out) throws IOException {
    List<String> lines = readNew();
    lines.subList(Math.max(0, lines.size() - most), lines.size()).forEach(line -> print(line, out));
  }

  void printNew(PrintStream out) throws IOException {
    readNew().forEach(line -> print(line, out));
  }

  private void print(String line, PrintStream out) {
    out.println(prefix + line);
  }

  /// Whole lines only; the rest is read next time.
  private List<String> readNew() throws IOException {
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      if (log.length() < position) {
        position = 0;
      }
      long from = Math.max(position, log.length() - MOST_BYTES);
      byte[] bytes = new byte[(int) (log.length() - from)];
      log.seek(from);
      log.readFully(bytes);
      int whole = bytes.length;
      while (whole > 0 && bytes[whole - 1] != '\n') {
        whole--;
      }
      position = from + whole;
      return new String(bytes, 0, whole, StandardCharsets.UTF_8).lines().toList();
    }
  }
}
