package io.tamas.cli;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.ops.InstanceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two instances that are started at the same moment, each on free ports.
class TwoStartsIT {
  private static final Duration STARTED = Duration.ofMinutes(5);
  private static final List<String> NAMES = List.of("one", "other");

  @TempDir private Path folder;
  private final List<Process> ups = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (String name : NAMES) {
      CommandRun.of(folder, Duration.ofSeconds(90), Map.of(), "down", "--data", data(name));
    }
    ups.forEach(Process::destroyForcibly);
  }

  @Test
  void bothComeUpOnPortsOfTheirOwn() throws Exception {
    for (String name : NAMES) {
      ups.add(
          CommandRun.start(
              output(name),
              Path.of("/dev/null"),
              Map.of(),
              "up",
              "--free-ports",
              "--data",
              data(name)));
    }
    for (int i = 0; i < NAMES.size(); i++) {
      String name = NAMES.get(i);
      Process up = ups.get(i);
      eventually(name, STARTED, () -> text(name).contains("Place a call") || !up.isAlive());
      assertTrue(up.isAlive(), () -> text(name));
    }
    List<Integer> ports = new ArrayList<>();
    for (String name : NAMES) {
      ports.addAll(InstanceFolder.read(Path.of(data(name))).ports().numbers().values());
    }
    Set<Integer> different = new HashSet<>(ports);
    assertEquals(ports.size(), different.size(), ports::toString);
  }

  private String data(String name) {
    return folder.resolve(name).toString();
  }

  private Path output(String name) {
    return folder.resolve(name + ".out");
  }

  private String text(String name) {
    try {
      return Files.readString(output(name));
    } catch (IOException e) {
      return "";
    }
  }
}
