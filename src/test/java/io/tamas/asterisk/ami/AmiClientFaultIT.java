package io.tamas.asterisk.ami;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.asterisk.ami.AmiFault.Kind;
import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.lab.AsteriskServer;
import io.tamas.lab.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The manager interface of a real Asterisk that is well, refuses, freezes and dies.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AmiClientFaultIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final AmiAction KEEP = AmiAction.databasePut("tamas-test", "110", "a&b");

  @TempDir private static Path folder;
  private static AsteriskServer asterisk;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private AmiClient ami;

  @BeforeAll
  static void startAsterisk() {
    asterisk = new AsteriskServer(folder, FreePorts.take(), FreePorts.take()).start();
  }

  @AfterAll
  static void stopAsterisk() {
    asterisk.close();
  }

  @BeforeEach
  void open() {
    ami = client("ami-of-the-lab", asterisk.settings().amiPort());
  }

  @AfterEach
  void close() {
    ami.close();
  }

  @Test
  void asteriskDoesWhatItIsAskedOrSaysWhyNot() {
    start();

    assertInstanceOf(AmiAnswer.Done.class, ami.send(KEEP));
    assertTrue(asterisk.console("database get tamas-test 110").contains("a&b"));
    assertInstanceOf(AmiAnswer.Done.class, ami.send(AmiAction.databaseDeleteAll("tamas-test")));
    assertEquals(
        new AmiAnswer.Refused("No such channel"),
        ami.send(AmiAction.muteRecording("PJSIP/101-0000", true)));
  }

  @Test
  void everyActionCanBeWritten() {
    start();
    String channel = "PJSIP/101-00000000";
    AmiAction[] all = {
      AmiAction.attendedTransfer(channel, "from-phone", "102"),
      AmiAction.cancelAttendedTransfer(channel),
      AmiAction.blindTransfer(channel, "from-phone", "102"),
      AmiAction.redirect(channel, "from-phone", "102"),
      AmiAction.redirectBoth(channel, "102", "PJSIP/102-1", "103", "from-phone"),
      AmiAction.bridge(channel, "PJSIP/102-1"),
      AmiAction.record(channel, "/instance/recordings/x.wav"),
      AmiAction.stopRecording(channel),
      AmiAction.muteRecording(channel, true),
      AmiAction.setVariable(channel, "X", "1"),
    };
    for (AmiAction action : all) {
      AmiAnswer.Refused answer =
          assertInstanceOf(AmiAnswer.Refused.class, ami.send(action), action.name());
      assertFalse(answer.reason().contains("ermission"), action.name() + ": " + answer.reason());
      assertFalse(answer.reason().contains("Invalid"), action.name() + ": " + answer.reason());
    }
  }

  @Test
  void aWrongSecretIsReportedAndRetried() {
    try (AmiClient stranger = client("wrong", asterisk.settings().amiPort())) {
      stranger.start();
      eventually("it was tried twice", SOON, () -> failures("secret") >= 2);
      assertFalse(stranger.connected());
      assertKind(Kind.OFFLINE, stranger);
    }
  }

  @Test
  void peerThatSaysNothingIsGivenUp() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        AmiClient lost = client("any", silent.getLocalPort())) {
      lost.start();
      eventually("it was given up", SOON, () -> failures("unreachable") >= 1);
      assertKind(Kind.OFFLINE, lost);
    }
  }

  @Test
  void frozenAsteriskAnswersNothingInTimeAndIsFoundAgain() throws Exception {
    start();
    signal("STOP");
    try {
      long before = System.nanoTime();
      assertKind(Kind.TIMEOUT, ami);
      assertTrue(System.nanoTime() - before < SOON.toNanos() / 10);
      eventually("the connection is given up", SOON, () -> !ami.connected());
      assertKind(Kind.OFFLINE, ami);
    } finally {
      signal("CONT");
    }
    worksAgain();
  }

  @Test
  void silentConnectionIsAskedForASignOfLife() throws Exception {
    start();
    signal("STOP");
    try {
      eventually("the connection is given up", SOON, () -> !ami.connected());
    } finally {
      signal("CONT");
    }
    worksAgain();
  }

  @Test
  void killedAsteriskIsFoundAgain() {
    start();
    asterisk.kill();
    eventually("the connection has ended", SOON, () -> !ami.connected());
    assertKind(Kind.OFFLINE, ami);
    asterisk.start();
    worksAgain();
  }

  private void start() {
    ami.start();
    eventually("AMI is connected", SOON, ami::connected);
  }

  private void worksAgain() {
    eventually("AMI is connected again", SOON, ami::connected);
    assertInstanceOf(AmiAnswer.Done.class, ami.send(KEEP));
  }

  private AmiClient client(String secret, int port) {
    Config.Ami config =
        new Config.Ami("127.0.0.1", port, "tamas", new Secret(secret), Duration.ofSeconds(1));
    return new AmiClient(config, registry);
  }

  private double failures(String reason) {
    return registry.counter("tamas.ami.failures", "use", "actions", "reason", reason).count();
  }

  private static void assertKind(Kind kind, AmiClient ami) {
    assertEquals(kind, assertThrows(AmiFault.class, () -> ami.send(KEEP)).kind());
  }

  private static void signal(String name) throws IOException, InterruptedException {
    String pid = Long.toString(asterisk.process().pid());
    new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
    if (name.equals("STOP")) {
      eventually("all its threads stand still", SOON, () -> standsStill(pid));
    }
  }

  /// A signal is sent before it has stopped every thread.
  private static boolean standsStill(String pid) {
    try (Stream<Path> threads = Files.list(Path.of("/proc", pid, "task"))) {
      return threads.allMatch(thread -> read(thread.resolve("stat")).contains(") T "));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
