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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What was written to this Asterisk: the name of each endpoint with a digest of its objects, in a
/// file (0600) next to Asterisk's own database. Asterisk itself cannot be queried for all its
/// endpoints (see [io.tamas.asterisk.ari.Ari]), and rewriting all of them takes long.
///
/// Lines are appended, the last one of a name counts. A name is on disk before the endpoint can be
/// in Asterisk; its digest comes after. Changed on one thread.
public final class EndpointLedger {
  private static final Pattern LINE =
      Pattern.compile(
          "([0-9]{1,8}|" + PjsipObjects.TRUNK_PREFIX + "[a-z][a-z0-9-]{0,39}) ([0-9a-f]{64}|[?-])");

  /// Being written: Asterisk's state is unknown.
  private static final String OPEN = "?";

  private static final String REMOVED = "-";

  private final Path file;
  private final Map<String, String> digests = new ConcurrentHashMap<>();
  private boolean tidy;

  /// @param file created when it is first needed; its folder must exist
  public EndpointLedger(Path file) {
    this.file = file;
    read();
  }

  /// All endpoints that Asterisk may have.
  Set<String> endpoints() {
    return Set.copyOf(digests.keySet());
  }

  /// Whether exactly these objects were written last.
  boolean has(String endpoint, List<PjsipObject> objects) {
    return digest(objects).equals(digests.get(endpoint));
  }

  /// Before endpoints are written or removed: on disk when it returns.
  void touch(Collection<String> endpoints) {
    List<String> lines = new ArrayList<>();
    for (String endpoint : endpoints) {
      if (!OPEN.equals(digests.put(endpoint, OPEN))) {
        lines.add(endpoint + " " + OPEN);
      }
    }
    if (!tidy) {
      rewrite();
    } else if (!lines.isEmpty()) {
      append(lines, true);
    }
  }

  /// After an endpoint was written, or removed if there are no objects, durably.
  void done(String endpoint, List<PjsipObject> objects) {
    if (objects.isEmpty()) {
      digests.remove(endpoint);
      append(List.of(endpoint + " " + REMOVED), false);
    } else {
      String digest = digest(objects);
      digests.put(endpoint, digest);
      append(List.of(endpoint + " " + digest), false);
    }
  }

  private static String digest(List<PjsipObject> objects) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (PjsipObject object : objects) {
        sha256.update((object + "\n" + object.fields()).getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
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
    List<String> lines = new ArrayList<>();
    digests.forEach((endpoint, digest) -> lines.add(endpoint + " " + digest));
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

  /// A line that a crash has cut is ignored; the one before it marks the endpoint as unfinished.
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
      digests.remove(parts.group(1));
    } else if (parts.matches()) {
      digests.put(parts.group(1), parts.group(2));
    }
  }
}
