package io.tamas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// An instance beside a [PhoneNetwork], as a person starts it, and the phones in that network.
final class UpOnNetwork implements AutoCloseable {
  static final Duration QUICK = Duration.ofSeconds(40);
  private static final Duration LONG = Duration.ofMinutes(5);

  final PhoneNetwork network;
  private final Path folder;
  private final List<DeskPhone> phones = new ArrayList<>();

  /// @param folder of the test
  UpOnNetwork(Path folder) throws Exception {
    this(folder, new PhoneNetwork());
  }

  UpOnNetwork(Path folder, PhoneNetwork network) throws Exception {
    this.folder = folder;
    this.network = network;
    Map<Port, Integer> ports = new EnumMap<>(Port.class);
    for (Port port : Port.values()) {
      ports.put(port, port == Port.RTP ? port.usual() : FreePorts.take());
    }
    InstanceFolder.keep(InstanceFolder.choose(data(), ports));
  }

  /// Its output.
  String up(String... options) throws Exception {
    List<String> line = new ArrayList<>(List.of("up", "-d"));
    line.addAll(List.of(options));
    CommandRun up = run(LONG, line.toArray(String[]::new));
    assertEquals(0, up.status(), up::output);
    return up.output();
  }

  String upAgain(String... options) throws Exception {
    assertEquals(0, run(QUICK, "down").status());
    return up(options);
  }

  CommandRun run(Duration deadline, String... arguments) throws Exception {
    List<String> line = new ArrayList<>(Arrays.asList(arguments));
    line.addAll(List.of("--data", data().toString()));
    return CommandRun.of(folder, deadline, Map.of(), line.toArray(String[]::new));
  }

  Instance instance() throws Exception {
    return InstanceFolder.read(data());
  }

  Path data() {
    return folder.resolve("uponnetwork");
  }

  /// The server as a person enters it into a phone.
  String server() throws Exception {
    return network.machine() + ":" + instance().port(Port.SIP);
  }

  DeskPhone phone(String extension) throws Exception {
    DeskPhone phone = new DeskPhone(network, programs(), instance(), extension);
    phones.add(phone);
    return phone;
  }

  static AsteriskHome programs() throws Exception {
    return AsteriskHome.obtain(AsteriskProcess.home(System.getenv()), System.getenv());
  }

  Secret password(String extension) throws Exception {
    Map<String, Secret> known = Secrets.load(instance().secretsFile(), new SecureRandom()).phones();
    return Objects.requireNonNull(known.get(extension));
  }

  Secret apiKey() throws Exception {
    return Secrets.load(instance().secretsFile(), new SecureRandom()).apiKey();
  }

  void switchOff() {
    phones.forEach(DeskPhone::close);
    phones.clear();
  }

  @Override
  public void close() throws Exception {
    switchOff();
    run(QUICK, "down");
    network.close();
  }
}
