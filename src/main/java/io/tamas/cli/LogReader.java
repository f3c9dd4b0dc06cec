package io.tamas.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Reads a log from where it stopped before, also after the file was rotated.
final class LogReader {
  private static final int MAX_BYTES = 1 << 20;

  private final Path file;
  private final String prefix;
  private long position;

  LogReader(Path file, String prefix) {
    this.file = file;
    this.prefix = prefix;
  }

  /// The last lines, within the last megabyte.
  void printEnd(int max, PrintStream out) throws IOException {
    List<String> lines = readNew();
    lines.subList(Math.max(0, lines.size() - max), lines.size()).forEach(line -> print(line, out));
  }

  void printNew(PrintStream out) throws IOException {
    readNew().forEach(line -> print(line, out));
  }

  private void print(String line, PrintStream out) {
    out.println(prefix + line);
  }

  /// Complete lines only; the rest is read next time.
  private List<String> readNew() throws IOException {
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      if (log.length() < position) {
        position = 0;
      }
      long from = Math.max(position, log.length() - MAX_BYTES);
      byte[] bytes = new byte[(int) (log.length() - from)];
      log.seek(from);
      log.readFully(bytes);
      int complete = bytes.length;
      while (complete > 0 && bytes[complete - 1] != '\n') {
        complete--;
      }
      position = from + complete;
      return new String(bytes, 0, complete, StandardCharsets.UTF_8).lines().toList();
    }
  }
}
