package io.tamas.containers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/// The oldest and the newest PostgreSQL that is supported, each in a container, as the server of
/// the tests of what Tamas stores: migrations with rows in the tables, events, company, profiles,
/// the journal and the folding of its calls.
@NeedsEngine
class DatabaseKindsIT {
  private static final Duration BUILD = Duration.ofMinutes(10);
  private static final Duration TESTS = Duration.ofMinutes(10);
  private static final int PORT = 5432;
  private static final String PASSWORD = "kinds";
  private static final Pattern SUCCESSFUL = Pattern.compile("(\\d+) tests, 0 failed");

  private static final List<String> OF_THE_DATABASE =
      List.of(
          "io.tamas.db.MigrationsIT",
          "io.tamas.db.DatabaseIT",
          "io.tamas.event.OutboxIT",
          "io.tamas.event.EventHubIT",
          "io.tamas.crm.ProfilesIT",
          "io.tamas.crm.FoldingRenewalIT",
          "io.tamas.call.CallJournalIT",
          "io.tamas.report.CallStatisticsIT",
          "io.tamas.report.ReportViewsIT");

  @ParameterizedTest
  @CsvSource({"bookworm, 15", "forky, 18"})
  void itStoresAndReadsAllThatTamasDoes(String suite, String version) {
    try (GenericContainer<?> server =
        new GenericContainer<>(DockerImageName.parse(image(suite, version)))) {
      server
          .withExposedPorts(PORT)
          // nobody keeps what it stores
          .withCommand("postgres-start", "-c", "fsync=off", "-c", "synchronous_commit=off")
          .withCopyToContainer(Transferable.of(PASSWORD), "/secrets/database")
          .waitingFor(Wait.forLogMessage(".*database system is ready to accept connections.*", 1))
          .start();
      allowDatabases(server);
      Docker.Run run =
          Docker.run(
              TESTS,
              tests(),
              Map.of(
                  "TAMAS_TEST_POSTGRES",
                  "postgresql://tamas:%s@%s:%d"
                      .formatted(PASSWORD, server.getHost(), server.getMappedPort(PORT))));
      Matcher successful = SUCCESSFUL.matcher(run.output());
      assertTrue(run.status() == 0 && successful.find(), run.output());
      assertTrue(Integer.parseInt(successful.group(1)) > 30, run.output());
    }
  }

  private static String image(String suite, String version) {
    Docker.run(BUILD, List.of(Docker.FOLDER.resolve("base-image").toString(), suite), Map.of())
        .succeeded();
    String tag = "tamas-postgres-" + suite + ":" + version;
    Docker.run(
        BUILD,
        "build",
        "--quiet",
        "--network=host",
        "--build-arg=SUITE=" + suite,
        "--build-arg=VERSION=" + version,
        "--tag=" + tag,
        "--file=" + Docker.FOLDER.resolve("postgres.Dockerfile"),
        Docker.FOLDER.toString());
    return tag;
  }

  /// Each test has a database of its own.
  private static void allowDatabases(GenericContainer<?> server) {
    String sql = "alter role tamas createdb";
    Docker.run(
        TESTS,
        "exec",
        server.getContainerId(),
        "sh",
        "-c",
        "$PGBIN/psql --host=/tmp --username=postgres --command='" + sql + "' postgres");
  }

  /// In a JVM of their own.
  private static List<String> tests() {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                TestRun.class.getName()));
    line.addAll(OF_THE_DATABASE);
    return line;
  }
}
