package io.tamas.ops;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The command that starts the server's JVM: small and quick.
///
/// @param options more options of the JVM, such as `-Xmx1g`; later ones win
/// @param cached whether it starts from the AOT cache: in half the time, with 30 MB more
public record JavaCommand(
    Path java, String classPath, String main, List<String> options, boolean cached) {

  /// Otherwise glibc keeps memory apart for up to eight threads of each processor.
  public static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "2");

  private static final String AOT_CACHE = "tamas.aot";

  /// The same Java and the same classes as this process.
  public static JavaCommand ofThisProcess(String main, List<String> options) {
    return new JavaCommand(
        Path.of(System.getProperty("java.home"), "bin/java"),
        System.getProperty("java.class.path"),
        main,
        options,
        true);
  }

  /// The same without the AOT cache.
  public JavaCommand uncached() {
    return new JavaCommand(java, classPath, main, options, false);
  }

  /// The files and folders from which it reads its programs.
  List<Path> programs() {
    Set<Path> programs = new LinkedHashSet<>(List.of(java.resolve("../..").normalize()));
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      Path path = Path.of(entry).toAbsolutePath().normalize();
      Stream.of(path, path.resolveSibling("lib"), path.resolveSibling(AOT_CACHE))
          .filter(Files::exists)
          .forEach(programs::add);
    }
    return List.copyOf(programs);
  }

  public List<String> line(List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(java.toString());
    line.addAll(
        List.of(
            "-Xms8m",
            "-Xmx384m",
            "-XX:+UseSerialGC",
            // an idle server gives back what its start needed
            "-XX:MinHeapFreeRatio=20",
            "-XX:MaxHeapFreeRatio=40",
            "-XX:TrimNativeHeapInterval=10000",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    aotCache().ifPresent(cache -> line.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off")));
    line.addAll(options);
    line.addAll(List.of("-cp", classPath, main));
    line.addAll(arguments);
    return line;
  }

  /// The JVM's AOT cache for these classes, created by the build; it halves the time of a start.
  private Optional<Path> aotCache() {
    return Optional.of(cached)
        .filter(wanted -> wanted)
        .map(_ -> Path.of(classPath.split(File.pathSeparator, 2)[0]))
        // with folders of classes the JVM would use the cache of an older jar
        .filter(jar -> jar.toString().endsWith(".jar"))
        .map(jar -> jar.resolveSibling(AOT_CACHE))
        .filter(cache -> cache.toFile().length() > 0);
  }
}
