package io.tamas.crm.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder with the files that are imported: each is there from its upload until its import has
/// ended.
public final class ImportFolder {
  private static final Logger log = LoggerFactory.getLogger(ImportFolder.class);
  private static final String ENDING = ".sheet";

  private final Path folder;

  public ImportFolder(Path folder) {
    this.folder = folder;
  }

  /// The folder itself, which is made if it is not there.
  Path path() throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    return folder;
  }

  Path file(long id) {
    return folder.resolve(id + ENDING);
  }

  /// Puts an uploaded file in its place.
  void keep(long id, Path uploaded) {
    try {
      Files.move(uploaded, file(id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Deletes the file of an import, if it is there.
  void remove(long id) {
    try {
      Files.deleteIfExists(file(id));
    } catch (IOException e) {
      log.atWarn().addKeyValue("import", id).setCause(e).log("the file of an import stays");
    }
  }

  /// Deletes what a crash has left: old files of no import that needs them.
  void clear(Set<Long> needed, Instant old) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        boolean isNeeded = needed.stream().anyMatch(id -> file.equals(file(id)));
        if (!isNeeded && Files.getLastModifiedTime(file).toInstant().isBefore(old)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      log.atWarn().addKeyValue("folder", folder).setCause(e).log("old files stay");
    }
  }
}
