package io.tamas.ops;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/// What POSIX can do with processes and Java cannot.
public final class Posix {
  private static final int SET_DESCRIPTOR_FLAGS = 2; // F_SETFD
  private static final int CLOSE_ON_EXEC = 1; // FD_CLOEXEC
  private static final int DO_NOT_WAIT = 1; // WNOHANG
  private static final int SIGNAL = 0x7f;
  private static final int STANDARD_OUTPUT = 1;
  private static final int STANDARD_ERROR = 2;

  private Posix() {}

  /// Replaces this process by another program, as a shell's `exec` does: it keeps the process id,
  /// the children and the standard streams. Nothing of this program runs on, not even its shutdown
  /// hooks.
  ///
  /// @param kept files whose open descriptors, and so their locks, the program inherits
  /// @throws IOException if it cannot be started; then this process continues
  public static void exec(List<String> line, Map<String, String> environment, Set<Path> kept)
      throws IOException {
    closeOnExec(kept);
    List<String> variables = new ArrayList<>();
    environment.forEach((name, value) -> variables.add(name + "=" + value));
    try (Arena arena = Arena.ofConfined()) {
      function("execvpe", ADDRESS, ADDRESS, ADDRESS)
          .invoke(
              arena.allocateFrom(line.getFirst()), strings(arena, line), strings(arena, variables));
    } catch (Throwable e) {
      throw new IOException("execvpe: " + e, e);
    }
    throw new IOException(line.getFirst() + " cannot be executed");
  }

  /// The exit status of a child that has ended, as a shell tells it, and the end of its entry in
  /// the table of processes. Empty if it has not ended or is nobody's child here. For children that
  /// this JVM has not started itself.
  static OptionalInt reap(long pid) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(JAVA_INT);
      int ended =
          (int)
              function("waitpid", JAVA_INT, ADDRESS, JAVA_INT)
                  .invoke((int) pid, status, DO_NOT_WAIT);
      return ended == pid
          ? OptionalInt.of(exitStatus(status.get(JAVA_INT, 0)))
          : OptionalInt.empty();
    } catch (Throwable e) {
      throw new IllegalStateException("waitpid: " + e, e);
    }
  }

  /// Whether what is written to standard output appears before a person, not in a file or a log.
  public static boolean isOutputTerminal() {
    try {
      return (int) function("isatty", JAVA_INT).invoke(STANDARD_OUTPUT) == 1;
    } catch (Throwable e) {
      throw new IllegalStateException("isatty: " + e, e);
    }
  }

  private static int exitStatus(int status) {
    int signal = status & SIGNAL;
    return signal == 0 ? status >> 8 & 0xff : 128 + signal;
  }

  private static void closeOnExec(Set<Path> kept) throws IOException {
    MethodHandle fcntl =
        Linker.nativeLinker()
            .downcallHandle(
                address("fcntl"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
                Linker.Option.firstVariadicArg(2));
    for (Path open : openFiles()) {
      int descriptor = Integer.parseInt(open.getFileName().toString());
      if (descriptor > STANDARD_ERROR) {
        boolean inherited = kept.stream().anyMatch(file -> leadsTo(open, file));
        try {
          int _ =
              (int) fcntl.invoke(descriptor, SET_DESCRIPTOR_FLAGS, inherited ? 0 : CLOSE_ON_EXEC);
        } catch (Throwable e) {
          throw new IOException("fcntl: " + e, e);
        }
      }
    }
  }

  private static List<Path> openFiles() throws IOException {
    List<Path> open = new ArrayList<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      descriptors.forEach(open::add);
    }
    return open;
  }

  private static boolean leadsTo(Path descriptor, Path file) {
    try {
      return Files.isSameFile(descriptor, file);
    } catch (IOException e) {
      // closed meanwhile, or no file
      return false;
    }
  }

  private static MethodHandle function(String name, MemoryLayout... parameters) {
    return Linker.nativeLinker()
        .downcallHandle(address(name), FunctionDescriptor.of(JAVA_INT, parameters));
  }

  private static MemorySegment address(String name) {
    return Linker.nativeLinker().defaultLookup().find(name).orElseThrow();
  }

  /// A vector of strings that ends with a null pointer.
  private static MemorySegment strings(Arena arena, List<String> texts) {
    MemorySegment vector = arena.allocate(ADDRESS, texts.size() + 1L);
    for (int i = 0; i < texts.size(); i++) {
      vector.setAtIndex(ADDRESS, i, arena.allocateFrom(texts.get(i)));
    }
    return vector;
  }
}
