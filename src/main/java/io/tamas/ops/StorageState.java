package io.tamas.ops;

import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tamas.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// How a folder is, in which calls are kept.
///
/// @param folder `journal`, `recordings`, `prompts`, `mailboxes`, `state` or `database`; or `run`
///   or `logs` of the supervisor, where that finds them hidden
/// @param free bytes; empty if the folder cannot be reached, or only the supervisor looks at it
/// @param reason for display; empty if all is well
public record StorageState(
    String folder, @JsonProperty("state") Level level, Optional<Long> free, String reason) {

  /// From good to bad.
  public enum Level {
    OK(org.slf4j.event.Level.INFO),
    /// Space is running out.
    LOW(org.slf4j.event.Level.WARN),
    /// There is hardly any space left.
    FULL(org.slf4j.event.Level.ERROR),
    /// The folder cannot be reached.
    GONE(org.slf4j.event.Level.ERROR),
    /// What belongs there is not written: there is no space at all, the file system is read-only,
    /// or another reason.
    STALLED(org.slf4j.event.Level.ERROR),
    /// Another file system was mounted on it since the start, or taken away: what is written lands
    /// below it.
    HIDDEN(org.slf4j.event.Level.ERROR);

    private final org.slf4j.event.Level severity;

    Level(org.slf4j.event.Level severity) {
      this.severity = severity;
    }

    /// In the log.
    public org.slf4j.event.Level severity() {
      return severity;
    }
  }

  /// The smallest piece of most file systems.
  private static final long NOTHING = 4096;

  /// A level is left only when a tenth more is free than where it began, so that it does not
  /// flicker.
  ///
  /// @param stalled why nothing is written there, if that is so
  public static StorageState of(
      String folder,
      Optional<Long> free,
      Optional<String> stalled,
      Config.Storage limits,
      Level before) {
    if (stalled.isPresent()) {
      return new StorageState(folder, Level.STALLED, free, stalled.get());
    }
    if (free.isEmpty()) {
      return new StorageState(folder, Level.GONE, free, "the folder cannot be reached");
    }
    long bytes = free.get();
    if (bytes < NOTHING && limits.fullBytes() > 0) {
      return new StorageState(
          folder, Level.STALLED, free, "no space is left, so nothing is written");
    }
    String reason = bytes + " bytes are free";
    if (bytes < bound(limits.fullBytes(), before == Level.FULL)) {
      return new StorageState(folder, Level.FULL, free, reason);
    }
    boolean wasLow = before == Level.LOW || before == Level.FULL;
    return bytes < bound(limits.lowBytes(), wasLow)
        ? new StorageState(folder, Level.LOW, free, reason)
        : new StorageState(folder, Level.OK, free, "");
  }

  /// @param free where it is written
  public static StorageState hidden(String folder, Optional<Long> free) {
    return new StorageState(
        folder,
        Level.HIDDEN,
        free,
        "mounted or unmounted since the start: what is written is not in what is there now; stop"
            + " and start, then move it");
  }

  /// Why nothing is written although there may be space; empty if it can be. A file system may
  /// become read-only by itself, after a fault of the disk.
  public static Optional<String> readOnly(Path folder) {
    try {
      return Files.getFileStore(folder).isReadOnly()
          ? Optional.of("its file system is read-only, so nothing is written")
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// The same of a folder in which Tamas or its owner, such as Asterisk, writes: also by its
  /// permissions, which somebody may have changed.
  public static Optional<String> unwritable(Path folder) {
    return readOnly(folder)
        .or(() -> {
          try {
            PosixFileAttributes is = Files.readAttributes(folder, PosixFileAttributes.class);
            return Files.isWritable(folder) && is.permissions().contains(OWNER_WRITE)
                ? Optional.empty()
                : Optional.of(
                    "its permissions (owner %s, group %s, %s) forbid to write there"
                        .formatted(
                            is.owner().getName(),
                            is.group().getName(),
                            PosixFilePermissions.toString(is.permissions())));
          } catch (IOException e) {
            return Optional.empty();
          }
        });
  }

  private static long bound(long bytes, boolean within) {
    return within ? bytes + bytes / 10 : bytes;
  }

  /// How much a user without privileges may still write; empty if the folder cannot be reached.
  public static Optional<Long> free(Path folder) {
    return Files.isDirectory(folder)
        ? Optional.of(folder.toFile().getUsableSpace())
        : Optional.empty();
  }
}
