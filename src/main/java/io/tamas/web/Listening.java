package io.tamas.web;

import io.tamas.config.Config;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// How the HTTP server listens.
final class Listening {
  /// How long a connection may be idle; event streams send pings.
  static final Duration SILENCE = Duration.ofSeconds(120);

  private static final long TLS_SECONDS = 5;

  /// After which a client is cut off that does not answer the closing of its WebSocket.
  private static final int CLOSING_SECONDS = 2;

  /// Of a request line, and of all header fields.
  static final int MAX_LINE_BYTES = 8192;

  private static final Set<String> TLS = Set.of("TLSv1.2", "TLSv1.3");

  private Listening() {}

  static HttpServerOptions here(Config.Http config) {
    return at(config.host(), config.port());
  }

  /// With TLS, unless it is switched off.
  static HttpServerOptions forOthers(Config.Http http, Config.Https config) {
    HttpServerOptions options = at(config.address(), config.port());
    if (!http.plain()) {
      PemKeyCertOptions identity = new PemKeyCertOptions();
      config.certificate().ifPresent(file -> identity.setCertPaths(List.of(file.toString())));
      config.key().ifPresent(file -> identity.setKeyPaths(List.of(file.toString())));
      options.setSsl(true).setKeyCertOptions(identity).setEnabledSecureTransportProtocols(TLS);
    }
    return options;
  }

  private static HttpServerOptions at(String host, int port) {
    return new HttpServerOptions()
        .setHost(host)
        .setPort(port)
        .setIdleTimeout((int) SILENCE.toSeconds())
        .setMaxInitialLineLength(MAX_LINE_BYTES)
        .setMaxHeaderSize(MAX_LINE_BYTES)
        .setHttp2ClearTextEnabled(false)
        .setUseAlpn(false)
        // events are sent as they are, so that one frame serves all clients
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setWebSocketClosingTimeout(CLOSING_SECONDS)
        .setSslHandshakeTimeout(TLS_SECONDS)
        .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
        .setTcpNoDelay(true);
  }
}
