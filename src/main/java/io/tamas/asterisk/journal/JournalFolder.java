package io.tamas.asterisk.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The folder into which `cel_custom` writes: the current file and the renamed ones.
///
/// Asterisk opens the file anew for each event, so a thread that had it open may still append lines
/// to a renamed file.
final class JournalFolder {
  private static final String CURRENT = "journal.csv";
  private static final Pattern ROTATED = Pattern.compile("journal-[0-9]{13}\\.csv");

  /// A longer first line is identified by its start.
  private static final int MAX_HEAD = 1024;

  /// By then no thread has a renamed file open any more.
  private static final Duration CLOSED_AFTER = Duration.ofSeconds(10);

  private final Path folder;

  JournalFolder(Path folder) {
    this.folder = folder;
  }

  /// The state of a file without opening it. `key` changes when another file has the name.
  record Seen(Path path, String key, long size, Instant changed) {
    boolean isClosed(Instant now) {
      return !path.endsWith(CURRENT) && changed.plus(CLOSED_AFTER).isBefore(now);
    }
  }

  /// @param head the identity of the file
  /// @param length how many of `bytes` are read
  record Chunk(String head, long offset, byte[] bytes, int length, long size) {}

  Optional<Seen> current() throws IOException {
    return see(folder.resolve(CURRENT));
  }

  /// The renamed files, the oldest first.
  List<Seen> rotated() throws IOException {
    List<Path> paths;
    try (Stream<Path> files = Files.list(folder)) {
      paths =
          files
              .filter(file -> ROTATED.matcher(file.getFileName().toString()).matches())
              .sorted(Comparator.comparing(Path::getFileName))
              .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
    List<Seen> seen = new ArrayList<>();
    for (Path path : paths) {
      see(path).ifPresent(seen::add);
    }
    return seen;
  }

  private static Optional<Seen> see(Path path) throws IOException {
    try {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return Optional.of(
          new Seen(
              path,
              String.valueOf(attributes.fileKey()),
              attributes.size(),
              attributes.lastModifiedTime().toInstant()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /// Renames the current file, so that Asterisk starts a new one.
  Path rotate(Instant now) throws IOException {
    Path renamed = folder.resolve("journal-" + now.toEpochMilli() + ".csv");
    return Files.move(folder.resolve(CURRENT), renamed);
  }

  /// Continues to read a file; empty if it no longer exists or its first line is incomplete.
  static Optional<Chunk> read(Path path, Positions positions, int atMost) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      Optional<String> head = head(channel);
      if (head.isEmpty()) {
        return Optional.empty();
      }
      long offset = positions.of(head.get());
      long size = channel.size();
      byte[] bytes = new byte[Math.toIntExact(Math.clamp(size - offset, 0L, (long) atMost))];
      return Optional.of(new Chunk(head.get(), offset, bytes, fill(channel, bytes, offset), size));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /// The position up to which a file was read.
  @FunctionalInterface
  interface Positions {
    long of(String head);
  }

  private static Optional<String> head(FileChannel channel) throws IOException {
    byte[] bytes = new byte[MAX_HEAD];
    int length = fill(channel, bytes, 0);
    int end = 0;
    while (end < length && bytes[end] != '\n') {
      end++;
    }
    boolean complete = end < length || length == MAX_HEAD;
    return complete ? Optional.of(hash(bytes, end)) : Optional.empty();
  }

  private static int fill(FileChannel channel, byte[] bytes, long offset) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int read = 0;
    while (buffer.hasRemaining() && read >= 0) {
      read = channel.read(buffer, offset + buffer.position());
    }
    return buffer.position();
  }

  private static String hash(byte[] bytes, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, 0, length);
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
