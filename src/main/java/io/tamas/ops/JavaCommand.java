package io.tamas.ops;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How the server's JVM is started: small and quick.
///
/// @param archive where the JVM keeps its parsed classes between starts
/// @param options more options of the JVM, such as `-Xmx1g`; later ones win
public record JavaCommand(
    Path java, String classPath, String main, Path archive, List<String> options) {

  /// The same Java and the same classes as this process.
  public static JavaCommand ofThisProcess(String main, Path archive, List<String> options) {
    return new JavaCommand(
        Path.of(System.getProperty("java.home"), "bin/java"),
        System.getProperty("java.class.path"),
        main,
        archive,
        options);
  }

  public List<String> line(List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(java.toString());
    line.addAll(
        List.of(
            "-Xms32m",
            "-Xmx384m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+AutoCreateSharedArchive",
            "-XX:SharedArchiveFile=" + archive,
            "-Xlog:cds=off",
            "-Xlog:cds+dynamic=off",
            "-Xlog:aot=off",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    line.addAll(options);
    line.addAll(List.of("-cp", classPath, main));
    line.addAll(arguments);
    return line;
  }
}
