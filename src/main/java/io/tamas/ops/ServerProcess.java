package io.tamas.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tamas.json.Json;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Tamas itself, as a separate process: `serve` with a configuration written for the instance.
public final class ServerProcess implements Component {
  private static final int PROBE_MILLIS = 1000;

  private final Instance instance;
  private final DatabaseAddress database;
  private final Secrets secrets;
  private final JavaCommand java;
  private final AsteriskHome.Source programs;

  public ServerProcess(
      Instance instance,
      DatabaseAddress database,
      Secrets secrets,
      JavaCommand java,
      AsteriskHome.Source programs) {
    this.instance = instance;
    this.database = database;
    this.secrets = secrets;
    this.java = java;
    this.programs = programs;
  }

  @Override
  public String name() {
    return "tamas";
  }

  @Override
  public String title() {
    return "Tamas";
  }

  @Override
  public String address() {
    return "127.0.0.1:" + instance.port(Port.HTTP);
  }

  @Override
  public ProcessBuilder command() throws IOException, InterruptedException {
    AsteriskHome home = programs.obtain();
    prepare(home::aloneInNamespaceOfUsers);
    ProcessBuilder command = new ProcessBuilder(line(home));
    command.environment().putAll(JavaCommand.ENVIRONMENT);
    command.environment().keySet().removeIf(ServerProcess::isOfTheInstance);
    return command;
  }

  /// What may override the configuration of an instance.
  public static Map<String, String> overrides(Map<String, String> environment) {
    Map<String, String> overrides = new HashMap<>(environment);
    overrides.keySet().removeIf(ServerProcess::isOfTheInstance);
    return overrides;
  }

  /// The file defines the ports, the addresses, voice and the database; the same options in the
  /// environment may be meant for another instance.
  private static boolean isOfTheInstance(String name) {
    return name.startsWith("TAMAS_DATABASE_")
        || name.startsWith("TAMAS_MEDIA_")
        || name.startsWith("TAMAS_HTTPS_")
        || name.equals("TAMAS_HTTP_PLAIN")
        || List.of(Port.values()).stream().anyMatch(port -> port.variable().equals(name));
  }

  /// Writes what Tamas needs at its start.
  ///
  /// @param alone the command that starts one of Asterisk's programs isolated
  /// @throws IOException if the administrator's own settings cannot be used
  public void prepare(Function<String, List<String>> alone) throws IOException {
    PrivateFiles.folder(instance.state());
    Owners.moveInto(instance.state(), "company.json");
    Owners.moveInto(instance.state(), "phones.ledger");
    ServerConfigFile.write(instance, database, secrets, alone);
    Optional<LeastRights> rights = LeastRights.of(instance.data());
    if (rights.isPresent()) {
      new Owners(instance.data(), rights.get()).prepareForTamas();
    }
  }

  private List<String> line(AsteriskHome home) throws IOException {
    List<String> line = java.line(List.of("serve", "--config", instance.configFile().toString()));
    Optional<LeastRights> rights = LeastRights.of(instance.data());
    if (rights.isEmpty()) {
      return line;
    }
    LeastRights.requireSetpriv();
    List<Path> readable = new ArrayList<>(java.programs());
    if (home instanceof AsteriskHome.Root(Path folder)) {
      readable.add(folder);
    }
    return Reach.command(name(), List.of(instance.data()), readable, rights.get().asTamas(line));
  }

  /// Calls are taken also while space is running out, although monitoring is told that it is not
  /// ready.
  @Override
  public boolean ready() {
    Health health = health();
    return health.status() == 200 || health.lacksOnlySpace();
  }

  /// Why dashboards cannot read the database; empty if they can.
  public Optional<String> reportFault() {
    return new DatabaseAddress(database.url(), "tamas_report", secrets.report()).fault();
  }

  /// The response of `/health/ready`; status 0 if there is none.
  public Health health() {
    try {
      URI address =
          URI.create("http://127.0.0.1:" + instance.port(Port.MANAGEMENT) + "/health/ready");
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setConnectTimeout(PROBE_MILLIS);
      connection.setReadTimeout(PROBE_MILLIS);
      int status = connection.getResponseCode();
      try (var body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        String text =
            body == null ? "" : new String(body.readNBytes(1 << 16), StandardCharsets.UTF_8);
        return new Health(status, text);
      }
    } catch (IOException e) {
      return new Health(0, String.valueOf(e.getMessage()));
    }
  }

  public record Health(int status, String body) {
    /// Whether all is ready but the folders in which calls are kept.
    public boolean lacksOnlySpace() {
      return status == 503 && notReady().equals(List.of("storage"));
    }

    /// What is to be told of the folders in which calls are kept; empty if all is well.
    public String storage() {
      String reason = checks().path("storage").path("reason").asText();
      String how =
          notReady().contains("storage")
              ? "ATTENTION: calls are being lost, or about to be: "
              : "ATTENTION: space is running out: ";
      return reason.isEmpty() ? "" : how + reason;
    }

    private List<String> notReady() {
      return checks().properties().stream()
          .filter(check -> !check.getValue().path("ready").asBoolean())
          .map(Map.Entry::getKey)
          .toList();
    }

    private JsonNode checks() {
      try {
        return Json.mapper().readTree(body).path("checks");
      } catch (JsonProcessingException e) {
        return MissingNode.getInstance();
      }
    }
  }

  @Override
  public Duration startDeadline() {
    return Duration.ofSeconds(60);
  }

  @Override
  public Signal stopSignal() {
    return Signal.TERM;
  }

  @Override
  public Duration stopDeadline() {
    return Duration.ofSeconds(20);
  }
}
