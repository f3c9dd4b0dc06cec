package io.tamas.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void theUsualPortsAreThoseOfTheManual() {
    Ports ports = Ports.choose(Map.of(), Map.of());
    assertEquals(
        List.of(5060, 10000, 8080, 8082, 4573, 8081, 5038, 5433),
        List.copyOf(ports.numbers().values()));
    assertEquals(10999, ports.rtpLast());
  }

  @Test
  void theEnvironmentNamesPorts() {
    assertEquals(
        Map.of(Port.SIP, 5070), Ports.fromEnvironment(Map.of("TAMAS_SIP_PORT", "5070", "X", "1")));
  }

  @Test
  void whatIsNoPortIsRefusedWithItsName() {
    assertTold("TAMAS_SIP_PORT", () -> Ports.fromEnvironment(Map.of("TAMAS_SIP_PORT", "sip")));
    assertTold("--http-port", () -> Ports.choose(Map.of(Port.HTTP, 70000), Map.of()));
    assertTold("--rtp-port", () -> Ports.choose(Map.of(Port.RTP, 65000), Map.of()));
  }

  @Test
  void aPortInUseIsReportedWithItsHolderAndItsOption() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ports ports =
          new Ports(
              PortCheck.findFree(Ports.choose(Map.of(Port.AGI, taken.getLocalPort()), Map.of())));
      assertEquals(List.of(), PortCheck.faults(ports, Set.of()));
      Ports wanted = Ports.choose(Map.of(Port.AGI, taken.getLocalPort()), ports.numbers());
      List<String> faults = PortCheck.faults(wanted, Set.of());
      assertEquals(1, faults.size());
      String fault = faults.getFirst();
      assertTrue(fault.contains("port " + taken.getLocalPort() + " (FastAGI)"), fault);
      assertTrue(fault.contains("pid " + ProcessHandle.current().pid()), fault);
      assertTrue(fault.contains("--agi-port"), fault);
    }
  }

  @Test
  void aUdpPortInUseIsReported() throws Exception {
    try (DatagramSocket taken =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      Ports free = new Ports(PortCheck.findFree(Ports.choose(Map.of(), Map.of())));
      Ports wanted = Ports.choose(Map.of(Port.SIP, taken.getLocalPort()), free.numbers());
      assertTrue(PortCheck.faults(wanted, Set.of()).getFirst().contains("--sip-port"));
    }
  }

  @Test
  void onePortForTwoPurposesIsReported() throws Exception {
    Ports free = new Ports(PortCheck.findFree(Ports.choose(Map.of(), Map.of())));
    Ports twice = Ports.choose(Map.of(Port.AGI, free.of(Port.ARI)), free.numbers());
    assertEquals(1, PortCheck.faults(twice, Set.of()).size());
    assertEquals(List.of(), PortCheck.faults(twice, Set.of(Port.ARI)));
  }

  private static void assertTold(String name, Runnable refused) {
    IllegalArgumentException fault = assertThrows(IllegalArgumentException.class, refused::run);
    assertTrue(String.valueOf(fault.getMessage()).contains(name), fault.getMessage());
  }
}
