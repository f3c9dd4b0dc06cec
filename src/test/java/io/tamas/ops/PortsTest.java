package io.tamas.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tamas.lab.FreePorts;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortsTest {
  private static final IpAddress HERE = SipNetwork.LOOPBACK.address();

  @Test
  void theUsualPortsAreThoseOfTheManual() {
    Ports ports = Ports.choose(Map.of(), Map.of());
    assertEquals(
        List.of(5060, 10000, 5061, 8080, 8443, 8082, 4573, 8081, 5038, 5433),
        List.copyOf(ports.numbers().values()));
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
  }

  @Test
  void aPortInUseIsReportedWithItsHolderAndItsOption() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ports wanted = Ports.choose(Map.of(Port.AGI, taken.getLocalPort()), nobodys());
      List<String> faults = PortCheck.faults(wanted, HERE, Set.of(Port.RTP));
      assertEquals(1, faults.size());
      String fault = faults.getFirst();
      assertTrue(fault.contains("port " + taken.getLocalPort() + " (FastAGI)"), fault);
      assertTrue(fault.contains("pid " + ProcessHandle.current().pid()), fault);
      assertTrue(fault.contains("--agi-port"), fault);
    }
  }

  @Test
  void onlyATakenPortIsReplacedAndByOneThatNoConnectionIsGiven() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ports wanted = Ports.choose(Map.of(Port.AGI, taken.getLocalPort()), nobodys());
      Ports free = new Ports(PortCheck.findFree(wanted, HERE));
      assertEquals(List.of(), PortCheck.faults(free, HERE, Set.of(Port.RTP)));
      assertTrue(free.of(Port.AGI) >= 20_000 && free.of(Port.AGI) < 26_000, free.toString());
      assertEquals(wanted.of(Port.SIP), free.of(Port.SIP));
      assertEquals(wanted.of(Port.HTTP), free.of(Port.HTTP));
    }
  }

  @Test
  void aTakenUdpPortIsTold() throws Exception {
    try (DatagramSocket taken =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      Ports wanted = Ports.choose(Map.of(Port.SIP, taken.getLocalPort()), nobodys());
      assertTrue(
          PortCheck.faults(wanted, HERE, Set.of(Port.RTP)).getFirst().contains("--sip-port"));
    }
  }

  @Test
  void privilegedPortIsToldWithTheRemedy() {
    assumeTrue(PortCheck.firstOfUsers() > 506);
    Ports wanted = Ports.choose(Map.of(Port.SIP, 506), nobodys());
    String fault = PortCheck.faults(wanted, HERE, Set.of(Port.RTP)).getFirst();
    assertTrue(fault.startsWith("port 506 (SIP"), fault);
    assertTrue(fault.contains("privileged") && fault.contains("--sip-port"), fault);
  }

  @Test
  void portOfSipIsTakenByEitherTransportAtItsAddressOnly() throws Exception {
    InetAddress elsewhere = InetAddress.ofLiteral("127.0.0.9");
    try (ServerSocket taken = new ServerSocket(0, 1, elsewhere)) {
      Ports wanted = Ports.choose(Map.of(Port.SIP, taken.getLocalPort()), nobodys());
      assertEquals(List.of(), PortCheck.faults(wanted, HERE, Set.of(Port.RTP)));
      for (String address : List.of("127.0.0.9", "0.0.0.0")) {
        List<String> faults = PortCheck.faults(wanted, new IpAddress(address), Set.of(Port.RTP));
        assertTrue(faults.getFirst().contains("--sip-port"), faults.toString());
      }
    }
  }

  @Test
  void onePortForTwoPurposesIsTold() {
    int one = FreePorts.take();
    Ports twice = Ports.choose(Map.of(Port.AGI, one, Port.ARI, one), nobodys());
    assertEquals(1, PortCheck.faults(twice, HERE, Set.of(Port.RTP)).size());
    assertEquals(List.of(), PortCheck.faults(twice, HERE, Set.of(Port.RTP, Port.ARI)));
  }

  /// Free ones; those for voice are the usual ones, which may be in use.
  private static Map<Port, Integer> nobodys() {
    Map<Port, Integer> numbers = new EnumMap<>(Port.class);
    for (Port port : Port.values()) {
      numbers.put(port, port == Port.RTP ? port.usual() : FreePorts.take());
    }
    return numbers;
  }

  private static void assertTold(String name, Runnable refused) {
    IllegalArgumentException fault = assertThrows(IllegalArgumentException.class, refused::run);
    assertTrue(String.valueOf(fault.getMessage()).contains(name), fault.getMessage());
  }
}
