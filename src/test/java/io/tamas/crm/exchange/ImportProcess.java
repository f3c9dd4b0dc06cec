package io.tamas.crm.exchange;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.db.Database;
import io.vertx.core.Vertx;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/// An importer in a process of its own, which a test can kill.
final class ImportProcess {
  private static final Duration LONGEST = Duration.ofMinutes(3);

  private ImportProcess() {}

  static Process start(Config.Database database, Path folder) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            ImportProcess.class.getName(),
            database.url(),
            database.user(),
            folder.toString());
    builder.environment().put("PASSWORD", database.password().reveal());
    return builder
        .redirectErrorStream(true)
        .redirectOutput(new File(folder.toFile(), "process.log"))
        .start();
  }

  public static void main(String[] arguments) throws Exception {
    Config.Database config =
        new Config.Database(
            arguments[0],
            arguments[1],
            new Secret(requireNonNull(System.getenv("PASSWORD"))),
            4,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30));
    Database database = new Database(Vertx.vertx(), config);
    Clock clock = Clock.systemUTC();
    new Importer(
            new Imports(database, clock),
            new ImportFolder(Path.of(arguments[2])),
            () -> ImportNode.TEHRAN,
            clock,
            new SimpleMeterRegistry())
        .start();
    Thread.sleep(LONGEST);
    System.exit(1);
  }
}
