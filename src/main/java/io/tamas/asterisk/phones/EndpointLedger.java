package io.tamas.asterisk.phones;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The names of all endpoints that this Asterisk may have, in a file (0600) next to its own
/// database: Asterisk itself cannot be queried for all of them (see [io.tamas.asterisk.ari.Ari]).
///
/// Lines are appended, the last one of a name counts. A name is on disk before the endpoint can be
/// in Asterisk, and until its removal is on Asterisk's. Changed on one thread.
public final class EndpointLedger {
  private static final Pattern LINE =
      Pattern.compile(
          "([0-9]{1,8}|" + PjsipObjects.TRUNK_PREFIX + "[a-z][a-z0-9-]{0,39}) ([0-9a-f]{64}|[?-])");

  private static final String WRITTEN = "?";
  private static final String REMOVED = "-";

  private final Path file;
  private final Set<String> names = ConcurrentHashMap.newKeySet();
  private boolean tidy;

  /// @param file created when it is first needed; its folder must exist
  public EndpointLedger(Path file) {
    this.file = file;
    read();
  }

  /// All endpoints that Asterisk may have.
  Set<String> endpoints() {
    return Set.copyOf(names);
  }

  boolean has(String endpoint) {
    return names.contains(endpoint);
  }

  /// Before endpoints are written: on disk when it returns.
  void touch(Collection<String> endpoints) {
    List<String> lines =
        endpoints.stream().filter(names::add).map(EndpointLedger::written).toList();
    if (!tidy) {
      rewrite();
    } else if (!lines.isEmpty()) {
      append(lines, true);
    }
  }

  /// After an endpoint was removed, durably.
  void removed(String endpoint) {
    names.remove(endpoint);
    append(List.of(endpoint + " " + REMOVED), false);
  }

  private static String written(String endpoint) {
    return endpoint + " " + WRITTEN;
  }

  private void append(List<String> lines, boolean force) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
      channel.write(StandardCharsets.US_ASCII.encode(String.join("\n", lines) + "\n"));
      if (force) {
        channel.force(false);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Once after each start: compacts the file to one line for each endpoint.
  private void rewrite() {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    List<String> lines = names.stream().map(EndpointLedger::written).toList();
    try {
      Files.deleteIfExists(fresh);
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        channel.write(StandardCharsets.US_ASCII.encode(String.join("\n", lines) + "\n"));
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      tidy = true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A line that a crash has cut is ignored: then the endpoint was not written yet, or is removed
  /// once more. An earlier version wrote a digest behind a name.
  private void read() {
    try {
      if (Files.exists(file)) {
        Files.readAllLines(file, StandardCharsets.ISO_8859_1).forEach(this::take);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(String line) {
    Matcher parts = LINE.matcher(line);
    if (parts.matches() && parts.group(2).equals(REMOVED)) {
      names.remove(parts.group(1));
    } else if (parts.matches()) {
      names.add(parts.group(1));
    }
  }
}
