package io.tamas.lab;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.lab.FreePorts.Range;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreePortsTest {
  private static final List<Integer> SLICES = FreePorts.slices(FreePorts.kernelsRange());

  @Test
  void noPortNorTheOneAfterItIsGivenTwiceAlsoNotByTwoProcesses() {
    List<FreePorts> processes = List.of(new FreePorts(SLICES), new FreePorts(SLICES));
    Set<Integer> given = new HashSet<>();
    for (int i = 0; i < 120; i++) {
      int port = processes.get(i % 2).next();
      assertTrue(given.add(port) && given.add(port + 1), () -> port + " was given before");
    }
  }

  @Test
  void theKernelGivesNoneOfThemToAConnection() {
    assertFalse(FreePorts.kernelsRange().contains(FreePorts.take()));

    Range usual = Range.parse("32768\t60999\n");
    List<Integer> slices = FreePorts.slices(usual);
    assertTrue(slices.containsAll(List.of(26_000, 32_600, 61_000, 65_400)), slices.toString());
    for (int slice : slices) {
      assertFalse(usual.contains(slice) || usual.contains(slice + 99), () -> "slice " + slice);
    }
    assertFalse(FreePorts.slices(new Range(26_150, 26_160)).contains(26_100));
  }

  @Test
  void aPortThatIsTakenIsLeftOut() throws Exception {
    FreePorts ports = new FreePorts(SLICES);
    int port = ports.next();
    InetAddress phone = InetAddress.ofLiteral("127.0.0.7");
    try (ServerSocket tcp = new ServerSocket(port + 2, 1, phone);
        DatagramSocket udp = new DatagramSocket(new InetSocketAddress(phone, port + 4))) {
      int next = ports.next();
      assertNotEquals(tcp.getLocalPort(), next);
      assertNotEquals(udp.getLocalPort(), next);
    }
  }

  @Test
  void thatNoneIsLeftIsTold() {
    int slice = new FreePorts(SLICES).next() / 100 * 100;
    FreePorts ports = new FreePorts(List.of(slice));
    var fault = assertThrows(IllegalStateException.class, ports::next);
    assertTrue(String.valueOf(fault.getMessage()).contains("from 26000 to 65535"));
  }
}
