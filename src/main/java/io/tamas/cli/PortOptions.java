package io.tamas.cli;

import io.tamas.ops.Port;
import io.tamas.ops.Ports;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The ports of an instance on the command line; each is stored in the instance.
final class PortOptions {
  @Option(names = "--sip-port", paramLabel = "N", description = "SIP (5060)")
  private @Nullable Integer sip;

  @Option(names = "--sip-tls-port", paramLabel = "N", description = "SIP over TLS (5061)")
  private @Nullable Integer sipTls;

  @Option(names = "--rtp-port", paramLabel = "N", description = "First of the voice ports (10000)")
  private @Nullable Integer rtp;

  @Option(names = "--http-port", paramLabel = "N", description = "REST and WebSocket (8080)")
  private @Nullable Integer http;

  @Option(
      names = "--https-port",
      paramLabel = "N",
      description = "REST and WebSocket for other machines (8443)")
  private @Nullable Integer https;

  @Option(names = "--management-port", paramLabel = "N", description = "Metrics and health (8082)")
  private @Nullable Integer management;

  @Option(names = "--agi-port", paramLabel = "N", description = "FastAGI (4573)")
  private @Nullable Integer agi;

  @Option(names = "--ari-port", paramLabel = "N", description = "WebSocket of Asterisk (8081)")
  private @Nullable Integer ari;

  @Option(names = "--ami-port", paramLabel = "N", description = "Manager interface (5038)")
  private @Nullable Integer ami;

  @Option(names = "--postgres-port", paramLabel = "N", description = "Embedded PostgreSQL (5433)")
  private @Nullable Integer postgres;

  @Option(
      names = "--free-ports",
      description = "Replace a port that is in use by a free one, and store it")
  private boolean free;

  boolean free() {
    return free;
  }

  /// The options take precedence over the environment.
  Map<Port, Integer> requested(Map<String, String> environment) {
    Map<Port, Integer> requested = new EnumMap<>(Port.class);
    requested.putAll(Ports.fromEnvironment(environment));
    for (Port port : Port.values()) {
      Integer option = option(port);
      if (option != null) {
        requested.put(port, option);
      }
    }
    return requested;
  }

  private @Nullable Integer option(Port port) {
    return switch (port) {
      case SIP -> sip;
      case SIP_TLS -> sipTls;
      case RTP -> rtp;
      case HTTP -> http;
      case HTTPS -> https;
      case MANAGEMENT -> management;
      case AGI -> agi;
      case ARI -> ari;
      case AMI -> ami;
      case POSTGRES -> postgres;
    };
  }
}
