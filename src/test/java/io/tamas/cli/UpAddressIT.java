package io.tamas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.config.Secret;
import io.tamas.lab.DeskPhone;
import io.tamas.lab.FreePorts;
import io.tamas.lab.PhoneNetwork;
import io.tamas.ops.AsteriskHome;
import io.tamas.ops.AsteriskProcess;
import io.tamas.ops.Instance;
import io.tamas.ops.InstanceFolder;
import io.tamas.ops.Port;
import io.tamas.ops.Secrets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration QUICK = Duration.ofSeconds(40);
  private static final String OUTSIDE = "203.0.113.7";

  @TempDir private Path folder;
  private final PhoneNetwork network = new PhoneNetwork();
  private final List<DeskPhone> phones = new ArrayList<>();

  @BeforeEach
  void ports() throws Exception {
    Map<Port, Integer> ports = new EnumMap<>(Port.class);
    for (Port port : Port.values()) {
      ports.put(port, port == Port.RTP ? port.usual() : FreePorts.take());
    }
    InstanceFolder.keep(InstanceFolder.choose(data(), ports));
  }

  @AfterEach
  void down() throws Exception {
    phones.forEach(DeskPhone::close);
    run(QUICK, "down");
    network.close();
  }

  @Test
  void phonesRegisterAndTalkByUdpAndByTcpAndReachNothingElse() throws Exception {
    String up = up("--address", network.machine());
    String server = network.machine() + ":" + instance().port(Port.SIP);
    assertTrue(up.contains("SIP              " + server + " (UDP, TCP)"), up);
    assertTrue(up.contains("account 101    server " + server), up);
    assertFalse(up.contains("cannot register yet"), up);

    DeskPhone udp = phone("102").registers(password("102"), Port.Transport.UDP);
    DeskPhone tcp = phone("103").registers(password("103"), Port.Transport.TCP);
    tcp.sees("SIP/2.0/TCP " + network.phones());
    talk(udp, tcp);
    talk(tcp, udp);
    assertOnlySipIsReached();
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
    up("--address", network.machine(), "--external-address", OUTSIDE);
    DeskPhone called = phone("102").registers(password("102"), Port.Transport.UDP);
    phone("103").registers(password("103"), Port.Transport.UDP).calls(called);
    called.sees("c=IN IP4 " + OUTSIDE).sees("@" + OUTSIDE + ":" + instance().port(Port.SIP) + ">");

    upAgain();
    String status = run(QUICK, "status").output();
    String server = network.machine() + ":" + instance().port(Port.SIP);
    assertTrue(status.contains("SIP " + server + ", outside " + OUTSIDE), status);
    assertTrue(network.connects(network.machine(), instance().port(Port.SIP)));

    String back = upAgain("--address", "127.0.0.1");
    assertTrue(back.contains("cannot register yet: ./tamas up --address "), back);
    assertTrue(back.contains(network.machine()), back);
    assertFalse(network.connects(network.machine(), instance().port(Port.SIP)));
  }

  @Test
  void whatIsNoAddressOfThisMachineIsRefusedAndNothingIsStarted() throws Exception {
    CommandRun refused = run(QUICK, "up", "--address", network.phones());
    assertEquals(1, refused.status());
    assertTrue(refused.output().contains("--address must be an address of this machine"));
    assertTrue(refused.output().contains(network.machine()), refused.output());
    assertEquals("127.0.0.1", instance().sip().address().text());
  }

  private void assertOnlySipIsReached() throws Exception {
    assertTrue(network.connects(network.machine(), instance().port(Port.SIP)));
    for (Port port : Port.values()) {
      if (port != Port.SIP && port != Port.RTP) {
        assertFalse(network.connects(network.machine(), instance().port(port)), port::toString);
      }
    }
  }

  /// To which Asterisk has bound its ports for voice.
  private Set<String> addressesOfVoice() throws Exception {
    int first = instance().port(Port.RTP);
    Set<String> found = new TreeSet<>();
    for (String socket : socketsOf(pidOfAsterisk())) {
      String local = socket.split("\\s+")[3];
      int colon = local.lastIndexOf(':');
      int port = Integer.parseInt(local.substring(colon + 1));
      if (port >= first && port < first + Port.RTP_COUNT) {
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
        Pattern.compile("(?m)^Asterisk .*? (\\d+) ").matcher(run(QUICK, "status").output());
    assertTrue(row.find());
    return row.group(1);
  }

  private DeskPhone phone(String extension) throws Exception {
    Path home = AsteriskProcess.home(System.getenv());
    DeskPhone phone =
        new DeskPhone(network, AsteriskHome.obtain(home, System.getenv()), instance(), extension);
    phones.add(phone);
    return phone;
  }

  private Secret password(String extension) throws Exception {
    Map<String, Secret> phones =
        Secrets.load(instance().secretsFile(), new SecureRandom()).phones();
    return Objects.requireNonNull(phones.get(extension));
  }

  private String upAgain(String... options) throws Exception {
    assertEquals(0, run(QUICK, "down").status());
    return up(options);
  }

  private String up(String... options) throws Exception {
    List<String> line = new ArrayList<>(List.of("up", "-d"));
    line.addAll(List.of(options));
    CommandRun up = run(LONG, line.toArray(String[]::new));
    assertEquals(0, up.status(), up::output);
    return up.output();
  }

  private CommandRun run(Duration deadline, String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--data", data().toString()));
    return CommandRun.of(folder, deadline, Map.of(), line.toArray(String[]::new));
  }

  private Instance instance() throws Exception {
    return InstanceFolder.read(data());
  }

  private Path data() {
    return folder.resolve("upaddressit");
  }
}
