package io.tamas.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.lab.AsteriskServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AsteriskProcessIT {
  @TempDir private Path data;

  @Test
  void startsWithTheDialplanAndWithoutAnErrorOfItsOwn() throws IOException {
    try (var asterisk = new AsteriskServer(data, 1, 1).start()) {
      assertTrue(asterisk.console("dialplan show tamas-trunk").contains("tamas-ask"));
      assertTrue(asterisk.console("module show like chan_pjsip").contains("Running"));
      // that nobody listens at the address of ARI is what this test wants
      List<String> faults =
          Files.readAllLines(data.resolve("logs/asterisk.log")).stream()
              .filter(line -> line.contains("ERROR") && !line.contains("websocket"))
              .toList();
      assertEquals(List.of(), faults);
    }
  }

  @Test
  void hasNoCapabilityAndIsNotRoot() throws IOException {
    try (var asterisk = new AsteriskServer(data, 1, 1).start()) {
      ProcessRights rights = ProcessRights.of(asterisk.process().pid());
      assertEquals(Set.of("0000000000000000"), rights.capabilities());
      assertTrue(rights.cannotGainMore());
      LeastRights.of(data)
          .ifPresent(own -> assertEquals(own.asterisk() + ":" + own.group(), rights.user()));
    }
  }

  @Test
  void managerAccountMayNotRunProgramsOrChangeTheConfiguration() {
    List<String> actions =
        List.of(
            "Originate\r\nChannel: Local/s@tamas-end\r\nApplication: System\r\nData: true",
            "UpdateConfig\r\nSrcFilename: manager.conf\r\nDstFilename: manager.conf");
    try (var asterisk = new AsteriskServer(data, 1, 1).start()) {
      for (String action : actions) {
        String answer = asterisk.asTamas("Action: " + action);
        assertTrue(answer.contains("Authentication accepted"), action + ": " + answer);
        assertTrue(answer.contains("Permission denied"), action + ": " + answer);
      }
    }
  }

  @Test
  void leavesNothingBehindWhenItIsStopped() throws IOException {
    long pid;
    try (var asterisk = new AsteriskServer(data, 1, 1).start()) {
      pid = asterisk.process().pid();
    }
    assertFalse(Files.exists(Path.of("/proc/" + pid)));
    assertFalse(Files.readString(Path.of("/proc/mounts")).contains("/instance"));
  }

  @Test
  void startsAgainAfterItWasKilled() {
    try (var asterisk = new AsteriskServer(data, 1, 1).start()) {
      asterisk.kill();
      asterisk.start();
      // a command of a module: those of Asterisk's core come only after FullyBooted
      assertTrue(asterisk.console("module show like chan_pjsip").contains("Running"));
    }
  }

  @Test
  void namesThePortThatIsTaken() throws IOException {
    var asterisk = new AsteriskServer(data, 1, 1);
    int port = asterisk.settings().sipPort();
    try (DatagramSocket other = new DatagramSocket(new InetSocketAddress("127.0.0.1", port))) {
      var fault = assertThrows(UncheckedIOException.class, asterisk::start);
      assertTrue(String.valueOf(fault.getMessage()).contains("UDP port " + other.getLocalPort()));
    }
  }
}
