package io.tamas.ops;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// The ports of an instance, for as long as its supervisor lives: until they are bound, which those
/// for voice are only while somebody talks, they look free to another instance of the same user.
/// Each is a lock on one byte of a common file, which the operating system releases when the holder
/// dies.
public final class PortClaims implements AutoCloseable {
  private static final String FILE = "ports.lock";

  private final Optional<FileChannel> file;
  private final Set<Integer> own = new HashSet<>();

  private PortClaims(Optional<FileChannel> file) {
    this.file = file;
  }

  /// Where the folder cannot be written, as in a container, nobody else starts.
  ///
  /// @param cache the folder that all instances share
  public static PortClaims open(Path cache) {
    try {
      PrivateFiles.folder(cache);
      return new PortClaims(
          Optional.of(
              FileChannel.open(file(cache), StandardOpenOption.CREATE, StandardOpenOption.WRITE)));
    } catch (IOException e) {
      return new PortClaims(Optional.empty());
    }
  }

  /// The file that is locked: by the process, not by the program that runs in it.
  public static Path file(Path cache) {
    return cache.resolve(FILE);
  }

  /// Whether it is this instance's own from now on; not if another one has claimed it.
  boolean take(int port) {
    boolean mine = own.contains(port) || file.isEmpty() || isLocked(file.get(), port);
    if (mine) {
      own.add(port);
    }
    return mine;
  }

  private static boolean isLocked(FileChannel file, int port) {
    try {
      FileLock lock = file.tryLock(port, 1, false);
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // by another one in this process
    } catch (IOException e) {
      return true; // a file system without locks: as if nobody else started
    }
  }

  @Override
  public void close() throws IOException {
    if (file.isPresent()) {
      file.get().close();
    }
  }
}
