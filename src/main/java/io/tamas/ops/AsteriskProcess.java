package io.tamas.ops;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asterisk 22, with a configuration written for the instance.
public final class AsteriskProcess implements Component {
  private final AsteriskHome.Source programs;
  private final Path home;
  private final AsteriskSettings settings;

  /// @param home where Tamas is installed: the folder with `asterisk-conf` and `dialplan`
  public AsteriskProcess(AsteriskHome.Source programs, Path home, AsteriskSettings settings) {
    this.programs = programs;
    this.home = home;
    this.settings = settings;
  }

  /// The folder in which Tamas is installed: `TAMAS_HOME` as the `tamas` script sets it, else the
  /// working directory.
  public static Path home(Map<String, String> environment) {
    return Path.of(environment.getOrDefault("TAMAS_HOME", "")).toAbsolutePath().normalize();
  }

  @Override
  public String name() {
    return "asterisk";
  }

  @Override
  public String title() {
    return "Asterisk";
  }

  @Override
  public String address() {
    String tls = settings.tls().map(one -> ", TLS " + one.port()).orElse("");
    return "SIP " + settings.sip().text(settings.sipPort()) + tls;
  }

  /// Only errors of its start are written to the output; its log is `logs/asterisk.log`.
  @Override
  public ProcessBuilder command() throws IOException, InterruptedException {
    AsteriskHome obtained = programs.obtain();
    obtained.sweep(runName());
    refuseTakenPorts();
    prepare();
    List<String> program = List.of("asterisk", "-f", "-C", "/instance/asterisk/etc/asterisk.conf");
    return new ProcessBuilder(
        obtained.command(
            runName(),
            settings.data(),
            obtained instanceof AsteriskHome.Root ? withLeastRights(program) : program));
  }

  private List<String> withLeastRights(List<String> program) {
    return LeastRights.of(settings.data())
        .map(rights -> rights.asAsterisk(program))
        .orElseGet(() -> LeastRights.withoutCapabilities(program));
  }

  /// Writes what Asterisk needs at its start.
  public void prepare() throws IOException {
    AsteriskFiles.write(home, settings);
    Optional<LeastRights> rights = LeastRights.of(settings.data());
    if (rights.isPresent()) {
      new Owners(settings.data(), rights.get()).prepareForAsterisk();
    }
  }

  /// Asterisk itself would start without SIP and only log that.
  private void refuseTakenPorts() throws IOException {
    InetAddress sip = settings.sip().address().inet();
    refuseTaken(Port.Transport.UDP, sip, settings.sipPort(), "SIP");
    refuseTaken(Port.Transport.TCP, sip, settings.sipPort(), "SIP");
    if (settings.tls().isPresent()) {
      refuseTaken(Port.Transport.TCP, sip, settings.tls().get().port(), "SIP over TLS");
    }
    refuseTaken(Port.Transport.TCP, InetAddress.getLoopbackAddress(), settings.amiPort(), "AMI");
  }

  private static void refuseTaken(
      Port.Transport transport, InetAddress address, int port, String use) throws IOException {
    if (!PortCheck.isFree(transport, address, port)) {
      throw new IOException("%s port %d for %s is in use".formatted(transport, port, use));
    }
  }

  @Override
  public void sweep() throws IOException, InterruptedException {
    AsteriskHome.sweepImage(runName());
  }

  private String runName() {
    return "tamas-" + settings.cell() + "-" + settings.sipPort();
  }

  @Override
  public boolean ready() {
    return ManagerProbe.fullyBooted(settings.amiPort(), settings.amiPassword());
  }

  @Override
  public Duration startDeadline() {
    return Duration.ofSeconds(60);
  }

  /// Hangs up all calls and ends.
  @Override
  public Signal stopSignal() {
    return Signal.TERM;
  }

  @Override
  public Duration stopDeadline() {
    return Duration.ofSeconds(10);
  }
}
