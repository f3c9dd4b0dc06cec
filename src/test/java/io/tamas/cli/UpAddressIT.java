package io.tamas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.config.SipTransport;
import io.tamas.lab.DeskPhone;
import io.tamas.lab.PhoneNetwork;
import io.tamas.ops.Port;
import io.tamas.ops.VoiceSettings;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An instance that phones on another network reach: on an address of this machine that is not
/// loopback, and by phones that nobody here wrote.
class UpAddressIT {
  private static final String OUTSIDE = "203.0.113.7";

  private static final Set<Port> FOR_OTHERS =
      EnumSet.of(Port.SIP, Port.SIP_TLS, Port.RTP, Port.HTTPS);

  @TempDir private Path folder;
  private UpOnNetwork office;
  private PhoneNetwork network;

  @BeforeEach
  void open() throws Exception {
    office = new UpOnNetwork(folder);
    network = office.network;
  }

  @AfterEach
  void down() throws Exception {
    office.close();
  }

  @Test
  void phonesRegisterAndTalkByUdpAndByTcpAndReachSipAndTheApiOnly() throws Exception {
    String up = office.up("--address", network.machine());
    String server = office.server();
    assertTrue(up.contains("SIP              " + server + " (UDP, TCP)"), up);
    assertTrue(up.contains("account 101    server " + server), up);
    assertFalse(up.contains("cannot register yet"), up);

    DeskPhone udp = office.phone("102").registers(office.password("102"), SipTransport.UDP);
    DeskPhone tcp = office.phone("103").registers(office.password("103"), SipTransport.TCP);
    tcp.sees("SIP/2.0/TCP " + network.phones());
    talk(udp, tcp);
    talk(tcp, udp);
    assertOnlySipAndHttpsAreReached();
  }

  private void talk(DeskPhone caller, DeskPhone called) throws Exception {
    caller.calls(called);
    called.answers();
    caller.hears(called);
    called.hears(caller);
    assertEquals(Set.of(network.machine()), addressesOfVoice());
    caller.hangsUp();
  }

  @Test
  void phonesBeyondTheNatAreToldTheExternalAddressWhichIsKeptUntilBackOnLoopback()
      throws Exception {
    office.up("--address", network.machine(), "--external-address", OUTSIDE);
    DeskPhone called = office.phone("102").registers(office.password("102"), SipTransport.UDP);
    office.phone("103").registers(office.password("103"), SipTransport.UDP).calls(called);
    called
        .sees("c=IN IP4 " + OUTSIDE)
        .sees("@" + OUTSIDE + ":" + office.instance().port(Port.SIP) + ">");

    office.upAgain();
    String status = office.run(UpOnNetwork.QUICK, "status").output();
    String server = office.server();
    assertTrue(status.contains("SIP " + server + ", outside " + OUTSIDE), status);
    assertTrue(network.connects(network.machine(), office.instance().port(Port.SIP)));

    String back = office.upAgain("--address", "127.0.0.1");
    assertTrue(back.contains("cannot register yet: ./tamas up --address "), back);
    assertTrue(back.contains(network.machine()), back);
    assertFalse(network.connects(network.machine(), office.instance().port(Port.SIP)));
  }

  @Test
  void whatIsNoAddressOfThisMachineIsRefusedAndNothingIsStarted() throws Exception {
    CommandRun refused = office.run(UpOnNetwork.QUICK, "up", "--address", network.phones());
    assertEquals(1, refused.status());
    assertTrue(refused.output().contains("--address must be an address of this machine"));
    assertTrue(refused.output().contains(network.machine()), refused.output());
    assertEquals("127.0.0.1", office.instance().sip().address().text());
  }

  private void assertOnlySipAndHttpsAreReached() throws Exception {
    for (Port port : List.of(Port.SIP, Port.SIP_TLS, Port.HTTPS)) {
      assertTrue(network.connects(network.machine(), office.instance().port(port)), port::toString);
    }
    for (Port port : Port.values()) {
      if (!FOR_OTHERS.contains(port)) {
        assertFalse(
            network.connects(network.machine(), office.instance().port(port)), port::toString);
      }
    }
  }

  /// To which Asterisk has bound its ports for voice.
  private Set<String> addressesOfVoice() throws Exception {
    int first = office.instance().port(Port.RTP);
    Set<String> found = new TreeSet<>();
    for (String socket : socketsOf(pidOfAsterisk())) {
      String local = socket.split("\\s+")[3];
      int colon = local.lastIndexOf(':');
      int port = Integer.parseInt(local.substring(colon + 1));
      if (port >= first && port < first + VoiceSettings.PORTS) {
        found.add(local.substring(0, colon));
      }
    }
    return found;
  }

  private static List<String> socketsOf(String pid) throws Exception {
    Process ss = new ProcessBuilder("ss", "-Hulnp").start();
    return ss.inputReader().lines().filter(line -> line.contains("pid=" + pid + ",")).toList();
  }

  private String pidOfAsterisk() throws Exception {
    Matcher row =
        Pattern.compile("(?m)^Asterisk .*? (\\d+) ")
            .matcher(office.run(UpOnNetwork.QUICK, "status").output());
    assertTrue(row.find());
    return row.group(1);
  }
}
