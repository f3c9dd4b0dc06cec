package io.tamas.ops;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/// A file whose lock one process holds at a time: the operating system releases it when its holder
/// dies, however it dies. The file stays, since another process may already wait for it.
final class LockFile implements AutoCloseable {
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
