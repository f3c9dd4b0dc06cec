package io.tamas.ops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A file whose lock one process holds at a time: the operating system releases it when its holder
/// dies, however it dies. The file stays, since another process may already wait for it.
final class LockFile implements AutoCloseable {
  private static final Path LOCKS = Path.of("/proc/locks");
  private static final long POLL_MILLIS = 50;

  private final FileChannel channel;

  private LockFile(FileChannel channel) {
    this.channel = channel;
  }

  /// Empty if another holds it.
  static Optional<LockFile> take(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!locked(channel)) {
      channel.close();
      return Optional.empty();
    }
    return Optional.of(new LockFile(channel));
  }

  /// Waits until it is free.
  ///
  /// @throws IOException if it still is not after that time
  static LockFile await(Path file, Duration most) throws IOException, InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    Optional<LockFile> taken = take(file);
    while (taken.isEmpty()) {
      if (System.nanoTime() > end) {
        throw new IOException(
            file + " has been locked by another process for " + most.toSeconds() + " s");
      }
      Thread.sleep(POLL_MILLIS);
      taken = take(file);
    }
    return taken.get();
  }

  /// The process that holds it, as the kernel lists it; empty if none does or that cannot be seen.
  static Optional<ProcessHandle> holder(Path file) {
    try (Stream<String> locks = Files.lines(LOCKS)) {
      Map<String, Object> found = Files.readAttributes(file, "unix:dev,ino");
      String place = place(Long.parseLong("" + found.get("dev"))) + ":" + found.get("ino");
      return locks
          .map(line -> line.trim().split("\\s+"))
          .filter(words -> words.length > 5 && words[1].equals("POSIX") && words[5].equals(place))
          .findFirst()
          .flatMap(words -> ProcessHandle.of(Long.parseLong(words[4])));
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /// Major and minor number as the list has them.
  private static String place(long device) {
    long major = (device >> 8) & 0xfff;
    long minor = (device & 0xff) | ((device >> 12) & 0xfff00);
    return "%02x:%02x".formatted(major, minor);
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
