package io.tamas.ops;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which process listens on a port of this machine, as far as `/proc` shows it to this user.
final class Listeners {
  private static final Path PROC = Path.of("/proc");
  private static final String LISTEN = "0A";

  private Listeners() {}

  /// Such as `postgres (pid 812)`.
  static Optional<String> on(Port.Transport transport, int port) {
    Set<String> sockets = new HashSet<>();
    for (String table :
        transport == Port.Transport.TCP ? List.of("tcp", "tcp6") : List.of("udp", "udp6")) {
      sockets.addAll(sockets(PROC.resolve("net").resolve(table), transport, port));
    }
    return sockets.isEmpty() ? Optional.empty() : owner(sockets);
  }

  /// Lines of proc(5) `net/tcp`: number, local address, remote address, state, …, inode.
  private static Set<String> sockets(Path table, Port.Transport transport, int port) {
    Set<String> sockets = new HashSet<>();
    String suffix = ":%04X".formatted(port);
    try {
      for (String line : Files.readAllLines(table)) {
        String[] fields = line.strip().split("\\s+");
        if (fields.length > 9
            && fields[1].endsWith(suffix)
            && (transport == Port.Transport.UDP || fields[3].equals(LISTEN))) {
          sockets.add("socket:[" + fields[9] + "]");
        }
      }
    } catch (IOException e) {
      return Set.of();
    }
    return sockets;
  }

  private static Optional<String> owner(Set<String> sockets) {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (holdsOneOf(process, sockets)) {
          String program = Files.readString(process.resolve("comm")).strip();
          return Optional.of(program + " (pid " + process.getFileName() + ")");
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static boolean holdsOneOf(Path process, Set<String> sockets) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : files) {
        if (Files.isSymbolicLink(file)
            && sockets.contains(Files.readSymbolicLink(file).toString())) {
          return true;
        }
      }
    } catch (IOException e) {
      // It has ended meanwhile, or belongs to another user.
      return false;
    }
    return false;
  }
}
