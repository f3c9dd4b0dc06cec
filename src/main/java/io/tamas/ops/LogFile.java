package io.tamas.ops;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// The log of a process of the instance: a file to which the process itself appends, so that it
/// does not depend on its supervisor.
record LogFile(Path path) {
  private static final int TAIL_BYTES = 16 << 10;

  /// Rotates a file that has grown large: what is kept of it ([LogDigest]) is added to `.1`; where
  /// that would become too large, it moves to `.2` before, and so on. Then the file is emptied. The
  /// writer appends, so it continues at the new start; lines written meanwhile may be lost. Without
  /// space for the copy it is lost as a whole.
  void trim(LogBounds bounds) throws IOException {
    if (!Files.exists(path) || Files.size(path) <= bounds.bytes()) {
      return;
    }
    Path kept = path.resolveSibling(path.getFileName() + ".kept");
    try {
      if (bounds.files() > 0) {
        new LogDigest().write(path, kept);
        keep(kept, bounds);
      }
    } finally {
      Files.deleteIfExists(kept);
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        channel.truncate(0);
      }
    }
  }

  private void keep(Path kept, LogBounds bounds) throws IOException {
    boolean fits = Files.exists(old(1)) && Files.size(old(1)) + Files.size(kept) <= bounds.bytes();
    if (fits) {
      try (OutputStream end = Files.newOutputStream(old(1), StandardOpenOption.APPEND)) {
        Files.copy(kept, end);
      }
      return;
    }
    for (int number = bounds.files(); number > 1; number--) {
      if (Files.exists(old(number - 1))) {
        Files.move(old(number - 1), old(number), REPLACE_EXISTING);
      }
    }
    Files.move(kept, old(1), REPLACE_EXISTING);
  }

  private Path old(int number) {
    return path.resolveSibling(path.getFileName() + "." + number);
  }

  /// The last lines, at most `max`.
  List<String> tail(int max) throws IOException {
    if (!Files.exists(path)) {
      return List.of();
    }
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      long from = Math.max(0, file.length() - TAIL_BYTES);
      file.seek(from);
      byte[] bytes = new byte[(int) (file.length() - from)];
      file.readFully(bytes);
      List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return lines.subList(Math.max(0, lines.size() - max), lines.size());
    }
  }
}
