package io.tamas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.ops.Instance;
import io.tamas.ops.InstanceFolder;
import io.tamas.ops.Port;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole instance by its command line: PostgreSQL, Asterisk and Tamas.
class UpIT {
  private static final Duration FIRST = Duration.ofMinutes(5);
  private static final Duration QUICK = Duration.ofSeconds(40);

  private static final Duration CALL = Duration.ofSeconds(90);

  @TempDir private Path folder;

  @AfterEach
  void down() throws Exception {
    run(QUICK, "down");
  }

  @Test
  void anInstanceTakesACallSurvivesKillsAndLeavesNothing() throws Exception {
    assertOk(run(FIRST, "up", "-d", "--free-ports"));
    assertOk(run(QUICK, "status"));

    CommandRun call = run(CALL, "call", "--talk", "2");
    assertOk(call);
    assertTrue(call.output().contains("status       ANSWERED"), call.output());
    assertTrue(call.output().contains("caller       +989121234567"), call.output());
    assertTrue(call.output().contains("  ready  "), call.output());

    String killed = pid("Tamas");
    kill(killed);
    await(() -> !pid("Tamas").equals(killed) && run(QUICK, "status").status() == 0);

    assertEquals(1, run(QUICK, "up").status(), "a second supervisor was let in");
    kill(pid("supervisor"));
    assertOk(run(QUICK, "down"));
    assertEquals(List.of(), processesOfTheInstance());

    CommandRun second = run(QUICK, "up", "-d");
    assertOk(second);
    assertTrue(second.took().toSeconds() < 15, second.toString());
    assertTrue(second.output().contains("account 101"), second.output());
    CommandRun again = run(CALL, "call", "--talk", "1", "--from", "+989351112233");
    assertOk(again);
    assertTrue(again.output().contains("caller       +989351112233"), again.output());
    CommandRun refold = run(QUICK, "calls", "refold", "--check");
    assertOk(refold);
    assertTrue(refold.output().contains("2 calls, 0 different"), refold.output());
    assertOk(run(QUICK, "down"));
    assertEquals(List.of(), processesOfTheInstance());
  }

  @Test
  void aTakenPortIsToldAndNothingIsStarted() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      CommandRun refused = run(QUICK, "up", "--agi-port", port);
      assertEquals(1, refused.status());
      assertTrue(refused.output().contains("port " + port), refused.output());
      assertTrue(refused.output().contains("--agi-port"), refused.output());
      assertEquals(List.of(), processesOfTheInstance());
    }
  }

  private CommandRun run(Duration deadline, String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--data", data().toString()));
    return CommandRun.of(folder, deadline, Map.of(), line.toArray(String[]::new));
  }

  private Path data() {
    return folder.resolve("upit");
  }

  private static void assertOk(CommandRun run) {
    assertEquals(0, run.status(), run::output);
  }

  private String pid(String component) throws Exception {
    Matcher row =
        Pattern.compile("(?m)^" + component + " .*? (\\d+) ")
            .matcher(run(QUICK, "status").output());
    return row.find() ? row.group(1) : "";
  }

  private static void kill(String pid) {
    assertNotEquals("", pid);
    assertTrue(ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly());
  }

  /// All that has the folder in its command line or its environment, and all that listens.
  private List<String> processesOfTheInstance() throws Exception {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        String text = text(process.resolve("environ")) + text(process.resolve("cmdline"));
        if (text.contains(data().toString())) {
          found.add(process.getFileName() + " " + text(process.resolve("cmdline")));
        }
      }
    }
    Instance instance = InstanceFolder.read(data());
    for (Port port : List.of(Port.HTTP, Port.AGI, Port.ARI, Port.POSTGRES)) {
      if (listens(instance.port(port)) && instance.port(port) != port.usual()) {
        found.add(port + " " + instance.port(port));
      }
    }
    String mounts = Files.readString(Path.of("/proc/self/mounts"));
    Optional.of(mounts).filter(text -> text.contains(data().toString())).ifPresent(found::add);
    return found;
  }

  private static boolean listens(int port) {
    try (var socket = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (java.io.IOException e) {
      return false;
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).replace('\0', ' ');
    } catch (java.io.IOException e) {
      return "";
    }
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + QUICK.toNanos();
    while (!condition.call()) {
      assertTrue(System.nanoTime() < deadline, "the deadline has passed");
      Thread.sleep(100);
    }
  }
}
