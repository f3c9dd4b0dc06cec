package io.tamas.containers;

import io.tamas.lab.FreePorts;
import io.tamas.ops.Port;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One run of `docker/compose.yaml`, under a name and on ports of its own.
final class Composed implements AutoCloseable {
  private static final Duration BUILD = Duration.ofMinutes(10);
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration QUICK = Duration.ofMinutes(1);
  private static final int VOICE_PORTS = 40;

  private final String project;
  private final Map<Port, Integer> ports = new EnumMap<>(Port.class);
  private final Map<String, String> environment = new HashMap<>();
  private final List<Path> files = new ArrayList<>(List.of(Docker.FOLDER.resolve("compose.yaml")));

  /// @param name of the project
  /// @param address where it is published, and nobody else has voice
  Composed(String name, String address) {
    this.project = name + ProcessHandle.current().pid();
    for (Port port : List.of(Port.SIP, Port.SIP_TLS, Port.HTTPS)) {
      tell(port, FreePorts.take());
    }
    tell(Port.RTP, Port.RTP.usual());
    environment.put("TAMAS_RTP_LAST", Integer.toString(port(Port.RTP) + VOICE_PORTS - 1));
    environment.put("TAMAS_PROMETHEUS_PORT", Integer.toString(FreePorts.take()));
    environment.put("TAMAS_ADDRESS", address);
  }

  private void tell(Port port, int number) {
    ports.put(port, number);
    environment.put(port.variable(), Integer.toString(number));
  }

  /// What `.env` says.
  Composed with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /// A file that changes `compose.yaml`.
  Composed file(Path file) {
    files.add(file);
    return this;
  }

  /// Builds what is not built yet. Where no registry is reached, so is the base image.
  Composed build() {
    Docker.run(BUILD, List.of(Docker.FOLDER.resolve("base-image").toString(), "forky"), Map.of())
        .succeeded();
    compose(BUILD, "build", "--quiet").succeeded();
    return this;
  }

  Docker.Run up() {
    return compose(START, "up", "--detach", "--wait");
  }

  /// Does not wait until all is healthy.
  Docker.Run start() {
    return compose(START, "up", "--detach");
  }

  /// What the engine knows of the container of a service, by a template of Go.
  String inspect(String service, String template) {
    String id = compose(QUICK, "ps", "--all", "--quiet", service).succeeded().output();
    return Docker.run(QUICK, "inspect", "--format", template, id);
  }

  /// Runs a command in the container of a service, as root.
  Docker.Run exec(String service, String... command) {
    return compose(QUICK, with(List.of("exec", "--no-TTY", "--user", "root", service), command));
  }

  Docker.Run run(String... arguments) {
    return compose(QUICK, arguments);
  }

  private Docker.Run compose(Duration deadline, String... arguments) {
    List<String> line = new ArrayList<>(List.of("docker", "compose", "--project-name", project));
    files.forEach(file -> line.addAll(List.of("--file", file.toString())));
    return Docker.run(deadline, Arrays.asList(with(line, arguments)), environment);
  }

  private static String[] with(List<String> begin, String... rest) {
    List<String> line = new ArrayList<>(begin);
    line.addAll(Arrays.asList(rest));
    return line.toArray(String[]::new);
  }

  int port(Port port) {
    Integer number = ports.get(port);
    if (number == null) {
      throw new AssertionError(port + " is not published");
    }
    return number;
  }

  Map<Port, Integer> ports() {
    return Map.copyOf(ports);
  }

  int prometheus() {
    return Integer.parseInt(environment.get("TAMAS_PROMETHEUS_PORT"));
  }

  void copy(String service, String from, Path to) {
    compose(QUICK, "cp", service + ":" + from, to.toString()).succeeded();
  }

  /// What the engine still has of it: containers, volumes, networks.
  String left() {
    String filter = "label=com.docker.compose.project=" + project;
    return String.join(
        "",
        Docker.run(QUICK, "ps", "--all", "--quiet", "--filter", filter),
        Docker.run(QUICK, "volume", "ls", "--quiet", "--filter", filter),
        Docker.run(QUICK, "network", "ls", "--quiet", "--filter", filter));
  }

  String logs() {
    return compose(QUICK, "logs", "--no-color", "--tail", "60").output();
  }

  @Override
  public void close() {
    compose(QUICK, "down", "--volumes", "--timeout", "5").succeeded();
  }
}
