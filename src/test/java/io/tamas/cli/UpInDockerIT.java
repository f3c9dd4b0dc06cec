package io.tamas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.containers.NeedsEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An instance whose Asterisk is a container of the engine.
@NeedsEngine
class UpInDockerIT {
  private static final Duration FIRST = Duration.ofMinutes(5);
  private static final Map<String, String> DOCKER = Map.of("TAMAS_ASTERISK", "docker");

  @TempDir private Path folder;

  @AfterEach
  void down() throws Exception {
    run("down");
  }

  @Test
  void itTakesACallAndSpeaksAndLeavesNothing() throws Exception {
    succeeds("up", "-d", "--free-ports");
    String call = succeeds("call", "--talk", "1");
    assertTrue(call.contains("status       ANSWERED"), call);
    assertTrue(call.contains("  ready  "), call);
    succeeds("down");
    assertEquals(0, ProcessHandle.allProcesses().filter(this::isOfInstance).count());
  }

  private boolean isOfInstance(ProcessHandle process) {
    return process.info().commandLine().filter(line -> line.contains(data())).isPresent();
  }

  private String data() {
    return folder.resolve("indocker").toString();
  }

  private String succeeds(String... arguments) throws Exception {
    CommandRun run = run(arguments);
    assertEquals(0, run.status(), run::output);
    return run.output();
  }

  private CommandRun run(String... arguments) throws Exception {
    List<String> line = new ArrayList<>(Arrays.asList(arguments));
    line.addAll(List.of("--data", data()));
    return CommandRun.of(folder, FIRST, DOCKER, line.toArray(String[]::new));
  }
}
