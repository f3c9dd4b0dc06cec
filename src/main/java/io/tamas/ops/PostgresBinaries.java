package io.tamas.ops;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/// The programs of PostgreSQL from the jar in which Zonky publishes them, unpacked once for each
/// release and shared by all instances.
final class PostgresBinaries {
  /// Much longer than one needs to unpack it.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private PostgresBinaries() {}

  /// The folder that contains `bin/postgres` and `bin/initdb`.
  ///
  /// @throws IOException if there are none for this machine, or the disk fails
  static Path unpack(Path cache) throws IOException, InterruptedException {
    byte[] archive = archive();
    CRC32 sum = new CRC32();
    sum.update(archive);
    Path home = cache.resolve("postgresql-" + HexFormat.of().toHexDigits((int) sum.getValue()));
    if (!Files.exists(home)) {
      Files.createDirectories(cache);
      try (LockFile _ = LockFile.await(cache.resolve("postgresql.lock"), PATIENCE)) {
        unpack(archive, home);
      }
    }
    return home;
  }

  /// Moved to its final name only when complete. Of several that start at the same time the first
  /// unpacks, the others find it done.
  private static void unpack(byte[] archive, Path home) throws IOException {
    if (Files.exists(home)) {
      return;
    }
    Path fresh = home.resolveSibling(home.getFileName() + ".new");
    if (Files.exists(fresh)) { // of a start that was killed
      Folders.delete(fresh);
    }
    Files.createDirectory(fresh);
    extract(archive, fresh);
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.move(fresh, home, ATOMIC_MOVE);
  }

  private static byte[] archive() throws IOException {
    String architecture =
        System.getProperty("os.arch").equals("aarch64") ? "linux-arm_64" : "linux-x86_64";
    try (InputStream packed =
        PostgresBinaries.class.getResourceAsStream("/postgres-" + architecture + ".txz")) {
      if (packed == null) {
        throw new IOException("there is no embedded PostgreSQL for " + architecture);
      }
      return packed.readAllBytes();
    }
  }

  private static void extract(byte[] archive, Path into) throws IOException {
    try (InputStream bytes = new ByteArrayInputStream(archive);
        TarArchiveInputStream tar =
            new TarArchiveInputStream(
                new BufferedInputStream(new XZCompressorInputStream(bytes)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
          throw new IOException("outside its folder: " + entry.getName());
        }
        extract(tar, entry, target);
      }
    }
  }

  private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, target);
      if ((entry.getMode() & 0100) != 0) {
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }
}
