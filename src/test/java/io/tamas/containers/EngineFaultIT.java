package io.tamas.containers;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A private engine of the test's own, in a network namespace of its own, that dies.
@NeedsEngine
class EngineFaultIT {
  private static final Duration DEADLINE = Duration.ofSeconds(90);

  /// As long as no other test sleeps, so it is found among all processes.
  private static final String SLEEP = "sleep " + (80_000 + ProcessHandle.current().pid());

  private static final String RUN =
      """
      tar --create --dereference /bin/sleep $(ldd /bin/sleep | grep -o '/[^ ]*') | docker import - sleeper
      container=$(docker run --detach --network none sleeper /bin/%s)
      echo it runs
      docker wait $container
      """
          .formatted(SLEEP);

  @TempDir private Path folder;

  @Test
  void theCommandFailsAndNothingRunsOnAndTheNextOneHasAnEngine() throws Exception {
    Process command = engine("sh", "-c", RUN);
    // an engine that dies before it has noted that does not know of the container when it returns
    eventually(
        "a container runs", DEADLINE, () -> output().contains("it runs") || !command.isAlive());
    assertTrue(command.isAlive(), this::output);
    assertEquals(1, containers().count());
    kill(Files.readString(folder.resolve("engine/run/docker.pid")));

    assertTrue(command.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS), this::output);
    assertNotEquals(0, command.exitValue());
    assertTrue(output().contains("engine: the engine died"), this::output);
    eventually("the container does not run on", DEADLINE, () -> containers().count() == 0);
    eventually("nothing of the engine runs", DEADLINE, () -> ofTheEngine().count() == 0);

    Process next = engine("docker", "image", "inspect", "sleeper");
    assertTrue(next.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS), this::output);
    assertEquals(0, next.exitValue(), this::output);
  }

  private Process engine(String... command) throws Exception {
    List<String> line = new ArrayList<>(List.of("unshare", "--net"));
    line.add(Docker.FOLDER.resolve("engine").toString());
    line.addAll(List.of(command));
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(file().toFile());
    builder.environment().remove("DOCKER_HOST");
    builder.environment().put("TAMAS_ENGINE", folder.resolve("engine").toString());
    return builder.start();
  }

  private Path file() {
    return folder.resolve("output");
  }

  private String output() {
    return Docker.read(file());
  }

  private static void kill(String pid) {
    ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow().destroyForcibly();
  }

  private static Stream<ProcessHandle> containers() {
    return processes(line -> line.matches("[^ ]*" + SLEEP));
  }

  private Stream<ProcessHandle> ofTheEngine() {
    return processes(line -> line.contains(folder.toString()));
  }

  private static Stream<ProcessHandle> processes(Predicate<String> line) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().filter(line).isPresent());
  }
}
