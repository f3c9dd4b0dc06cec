package io.tamas.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Lets a process that is not root reach files below a folder that only root may pass, such as
/// `/root`: in a mount namespace of its own, that folder is an empty one that contains these files
/// and nothing else. This machine is not changed.
final class Reach {
  /// Exists on every Linux (FHS 3.0 section 3.12), and is used within the namespace only.
  private static final String STAGE = "/mnt";

  private final StringBuilder script =
      new StringBuilder("set -eu\nPATH=$PATH:/usr/sbin:/sbin\numask 022\n");
  private final List<String> arguments = new ArrayList<>();

  private Reach() {}

  /// @param writable what the program also writes
  /// @param readable what it only reads
  /// @return the command that starts the program so that it reaches all of them
  static List<String> command(
      String name, List<Path> writable, List<Path> readable, List<String> program)
      throws IOException {
    Set<Path> closed = new LinkedHashSet<>();
    Set<Path> kept = new LinkedHashSet<>();
    for (Path path : concat(writable, readable)) {
      Optional<Path> by = closedAbove(path);
      by.ifPresent(closed::add);
      by.ifPresent(_ -> kept.add(path));
      requireReadable(path, writable);
    }
    Reach reach = new Reach();
    reach.write(closed, kept, writable);
    List<String> line =
        new ArrayList<>(List.of("unshare", "--mount", "--propagation", "slave", "sh", "-c"));
    line.add(reach.script.toString());
    line.add(name);
    line.addAll(reach.arguments);
    line.addAll(program);
    return List.copyOf(line);
  }

  private static void requireReadable(Path path, List<Path> writable) throws IOException {
    if (!writable.contains(path)
        && !Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ)) {
      throw new IOException(
          path
              + " cannot be read by the user as which Tamas runs, who is not root: chmod -R o+rX "
              + path);
    }
  }

  private static List<Path> concat(List<Path> some, List<Path> more) {
    List<Path> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  /// The topmost folder above a path that others may not pass.
  private static Optional<Path> closedAbove(Path path) throws IOException {
    Path at = Path.of("/");
    for (Path step : path.toAbsolutePath().normalize()) {
      if (!Files.getPosixFilePermissions(at).contains(PosixFilePermission.OTHERS_EXECUTE)) {
        return Optional.of(at);
      }
      at = at.resolve(step);
    }
    return Optional.empty();
  }

  private void write(Set<Path> closed, Set<Path> kept, List<Path> writable) {
    if (!closed.isEmpty()) {
      hide(closed, kept, writable);
    }
    add("shift " + arguments.size());
    add("cd /");
    add("exec \"$@\"");
  }

  /// First all paths are put aside, then their folders closed, then they are put back.
  private void hide(Set<Path> closed, Set<Path> kept, List<Path> writable) {
    add("mount -t tmpfs -o mode=0755 tmpfs " + STAGE);
    int aside = 0;
    for (Path path : kept) {
      String place = STAGE + "/" + aside++;
      add(empty(path, place) + " && mount --rbind %s %s".formatted(argument(path), place));
      if (!writable.contains(path)) {
        add("mount -o remount,bind,ro " + place);
      }
    }
    closed.forEach(folder -> add("mount -t tmpfs -o mode=0711 tmpfs " + argument(folder)));
    aside = 0;
    for (Path path : kept) {
      String target = argument(path);
      // below a folder that is closed, so it has one
      add("mkdir -p " + argument(Objects.requireNonNull(path.getParent())));
      add(empty(path, target) + " && mount --rbind %s/%d %s".formatted(STAGE, aside, target));
      if (!writable.contains(path)) {
        add("mount -o remount,bind,ro " + target);
      }
      add("umount -R %s/%d".formatted(STAGE, aside++));
    }
    add("umount " + STAGE);
  }

  private static String empty(Path path, String place) {
    return Files.isDirectory(path) ? "mkdir -p " + place : ": >" + place;
  }

  private void add(String line) {
    script.append(line).append('\n');
  }

  /// Its place among the arguments: no path becomes part of the script.
  private String argument(Path path) {
    arguments.add(path.toString());
    return "\"${" + arguments.size() + "}\"";
  }
}
