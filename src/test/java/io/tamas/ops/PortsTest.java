package io.tamas.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tamas.lab.FreePorts;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
  private static final IpAddress HERE = SipNetwork.LOOPBACK.address();

  @TempDir private Path cache;
  private PortClaims claims;

  @BeforeEach
  void open() throws Exception {
    claims = PortClaims.open(cache);
  }

  @AfterEach
  void close() throws Exception {
    claims.close();
  }

  @Test
  void twoThatStartAtTheSameMomentHaveNoPortInCommon() throws Exception {
    Ports wanted = Ports.choose(nobodys(), Map.of());
    try (PortClaims others = PortClaims.open(cache)) {
      Ports first = new Ports(PortCheck.findFree(wanted, HERE, claims));
      assertEquals(List.of(), PortCheck.faults(first, HERE, Set.of(Port.RTP), claims));
      List<String> faults = PortCheck.faults(first, HERE, Set.of(Port.RTP), others);
      assertEquals(Port.values().length - 1, faults.size(), faults::toString);
      assertTrue(faults.getFirst().contains("another instance"), faults::toString);
      Ports second = new Ports(PortCheck.findFree(first, HERE, others));
      for (Port port : Port.values()) {
        assertFalse(first.numbers().containsValue(second.of(port)), () -> first + " " + second);
      }
    }
  }

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
      List<String> faults = PortCheck.faults(wanted, HERE, Set.of(Port.RTP), claims);
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
      Ports free = new Ports(PortCheck.findFree(wanted, HERE, claims));
      assertEquals(List.of(), PortCheck.faults(free, HERE, Set.of(Port.RTP), claims));
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
          PortCheck.faults(wanted, HERE, Set.of(Port.RTP), claims)
              .getFirst()
              .contains("--sip-port"));
    }
  }

  @Test
  void privilegedPortIsToldWithTheRemedy() {
    assumeTrue(PortCheck.firstOfUsers() > 506);
    Ports wanted = Ports.choose(Map.of(Port.SIP, 506), nobodys());
    String fault = PortCheck.faults(wanted, HERE, Set.of(Port.RTP), claims).getFirst();
    assertTrue(fault.startsWith("port 506 (SIP"), fault);
    assertTrue(fault.contains("privileged") && fault.contains("--sip-port"), fault);
  }

  @Test
  void portOfSipIsTakenByEitherTransportAtItsAddressOnly() throws Exception {
    InetAddress elsewhere = InetAddress.ofLiteral("127.0.0.9");
    try (ServerSocket taken = new ServerSocket(0, 1, elsewhere)) {
      Ports wanted = Ports.choose(Map.of(Port.SIP, taken.getLocalPort()), nobodys());
      assertEquals(List.of(), PortCheck.faults(wanted, HERE, Set.of(Port.RTP), claims));
      for (String address : List.of("127.0.0.9", "0.0.0.0")) {
        List<String> faults =
            PortCheck.faults(wanted, new IpAddress(address), Set.of(Port.RTP), claims);
        assertTrue(faults.getFirst().contains("--sip-port"), faults.toString());
      }
    }
  }

  @Test
  void onePortForTwoPurposesIsTold() {
    int one = FreePorts.take();
    Ports twice = Ports.choose(Map.of(Port.AGI, one, Port.ARI, one), nobodys());
    assertEquals(1, PortCheck.faults(twice, HERE, Set.of(Port.RTP), claims).size());
    assertEquals(List.of(), PortCheck.faults(twice, HERE, Set.of(Port.RTP, Port.ARI), claims));
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
