package io.tamas.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The users as which Asterisk and Tamas run where `up` was started as root: numbers of the
/// instance's own, without a name or an entry on this machine, and without a capability. What both
/// need belongs to their common group.
///
/// @param asterisk the number of Asterisk's user
/// @param tamas the number of Tamas's user
/// @param group the number of their group
public record LeastRights(int asterisk, int tamas, int group) {
  /// Beyond the numbers that distributions, containers and systemd assign.
  private static final int FIRST = 1_900_000_000;

  private static final int INSTANCES = 50_000_000;

  /// Files that both write belong to the group, which may write them.
  static final String UMASK = "0007";

  /// Empty if this process is not root: then all processes are the user's own.
  public static Optional<LeastRights> of(Path data) {
    return isRoot() ? Optional.of(forInstance(data)) : Optional.empty();
  }

  public static LeastRights forInstance(Path data) {
    int first = FIRST + 3 * Math.floorMod(data.toAbsolutePath().toString().hashCode(), INSTANCES);
    return new LeastRights(first, first + 1, first + 2);
  }

  static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  List<String> asAsterisk(List<String> program) {
    return as(asterisk, program);
  }

  List<String> asTamas(List<String> program) {
    return as(tamas, program);
  }

  private List<String> as(int user, List<String> program) {
    List<String> line = new ArrayList<>(List.of("setpriv"));
    line.addAll(List.of("--reuid=" + user, "--regid=" + group, "--clear-groups"));
    return withUmask(withoutCapabilities(line, program));
  }

  static List<String> withUmask(List<String> program) {
    List<String> line =
        new ArrayList<>(List.of("sh", "-c", "umask " + UMASK + "; exec \"$@\"", "sh"));
    line.addAll(program);
    return List.copyOf(line);
  }

  /// The user's own namespace of users gives a process capabilities there; it needs none.
  static List<String> withoutCapabilities(List<String> program) {
    return withoutCapabilities(new ArrayList<>(List.of("setpriv")), program);
  }

  private static List<String> withoutCapabilities(List<String> line, List<String> program) {
    line.addAll(List.of("--bounding-set=-all", "--inh-caps=-all", "--no-new-privs"));
    line.addAll(program);
    return List.copyOf(line);
  }

  /// @throws IOException with a message for users
  static void requireSetpriv() throws IOException {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/bin:/bin";
    if (Stream.of(path.split(":", -1))
        .noneMatch(one -> Files.isExecutable(Path.of(one, "setpriv")))) {
      throw new IOException(
          "setpriv is missing, by which Asterisk and Tamas give up the rights of root;"
              + " install it: apt-get install util-linux");
    }
  }
}
