package io.tamas.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Which folders of an instance are not what its processes see of them: a file system was mounted
/// on one, or taken away, since they were started. They go on with what is hidden below it, where
/// nobody looks for it, and where they themselves will not find it after their next start.
///
/// A process may have a mount namespace of its own, so the kernel is asked for the device and the
/// inode of each folder as it is here and as it is there (`/proc/<pid>/root`). Tamas may not ask
/// that of others, and reads a file of their names instead.
public final class HiddenFolders {
  private static final String STATE = "state";

  /// By the names under which Tamas watches them, below the folder of the instance.
  private static final Map<String, String> SHARED = shared();

  /// What the supervisor itself writes, and reads again: pid files and logs.
  private static final List<String> OWN = List.of("run", "logs");

  private final Premises premises;
  private final Path file;

  /// Of [#OWN], since the start.
  private final Map<String, Optional<String>> own = new LinkedHashMap<>();

  private Optional<Set<String>> seen = Optional.empty();
  private Optional<Set<String>> told = Optional.empty();

  HiddenFolders(Premises premises) {
    this.premises = premises;
    this.file = file(premises.data());
    OWN.forEach(name -> own.put(name, identity(premises.data().resolve(name))));
  }

  private static Map<String, String> shared() {
    Map<String, String> folders = new LinkedHashMap<>();
    folders.put("journal", "asterisk/log/cel-custom");
    for (String same : List.of("recordings", "prompts", "mailboxes")) {
      folders.put(same, same);
    }
    return folders;
  }

  /// The file that names them, one a line, if there are some.
  static Path file(Path data) {
    return data.resolve("hidden-folders");
  }

  /// Looks at all of them, and tells Tamas if that is not as it was, and was so at the last look: a
  /// process that starts is still making its mounts. Returns their names if so.
  Optional<Set<String>> look() throws IOException {
    Optional<Set<String>> hidden = Optional.of(hidden());
    boolean isLasting = hidden.equals(seen);
    seen = hidden;
    if (!isLasting || hidden.equals(told)) {
      return Optional.empty();
    }
    boolean isFirst = told.isEmpty();
    tell(hidden.get());
    told = hidden;
    return hidden.filter(names -> !isFirst || !names.isEmpty());
  }

  private Set<String> hidden() {
    Optional<Path> asterisk = root("asterisk").map(root -> root.resolve("instance"));
    Optional<Path> tamas = root("tamas").map(root -> root.resolve(relative(premises.data())));
    Set<String> hidden = new TreeSet<>();
    SHARED.forEach((name, folder) -> {
      if (isHidden(folder, asterisk) || isHidden(folder, tamas)) {
        hidden.add(name);
      }
    });
    own.forEach((name, first) -> {
      if (!identity(premises.data().resolve(name)).equals(first)) {
        hidden.add(name);
      }
    });
    if (isHidden(STATE, tamas)) {
      hidden.add(STATE);
    }
    if (isDatabaseHidden()) {
      hidden.add("database");
    }
    return hidden;
  }

  /// Of a process that sees the instance at all: the client of a container does not.
  private boolean isHidden(String folder, Optional<Path> instance) {
    return instance
        .filter(Files::isDirectory)
        .filter(seen ->
            !identity(premises.data().resolve(folder)).equals(identity(seen.resolve(folder))))
        .isPresent();
  }

  /// PostgreSQL works in its folder, and finds its files from there.
  private boolean isDatabaseHidden() {
    return pid("postgres")
        .map(pid -> Path.of("/proc", pid, "cwd"))
        .filter(HiddenFolders::isHidden)
        .isPresent();
  }

  private static boolean isHidden(Path link) {
    try {
      return !identity(Files.readSymbolicLink(link)).equals(identity(link));
    } catch (IOException e) {
      return false; // the process has just ended
    }
  }

  private Optional<Path> root(String component) {
    return pid(component).map(pid -> Path.of("/proc", pid, "root"));
  }

  private Optional<String> pid(String component) {
    return Child.read(Child.file(premises.run(), component))
        .filter(Child::alive)
        .map(child -> Long.toString(child.pid()));
  }

  private static Path relative(Path absolute) {
    return Objects.requireNonNull(absolute.getRoot()).relativize(absolute);
  }

  /// Its device and inode; empty if there is no such folder.
  private static Optional<String> identity(Path folder) {
    try {
      Map<String, Object> found = Files.readAttributes(folder, "unix:dev,ino");
      return Optional.of(found.get("dev") + ":" + found.get("ino"));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void tell(Set<String> hidden) throws IOException {
    if (hidden.isEmpty()) {
      Files.deleteIfExists(file);
      return;
    }
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.write(next, hidden);
    Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-r--r--"));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /// The names in such a file.
  public static Set<String> read(Path file) {
    try {
      return Set.copyOf(Files.readAllLines(file));
    } catch (IOException e) {
      return Set.of(); // there are none
    }
  }
}
