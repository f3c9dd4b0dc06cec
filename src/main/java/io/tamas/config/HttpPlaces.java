package io.tamas.config;

import java.nio.file.Path;
import java.util.Optional;

/// Where the HTTP server listens: without TLS on loopback only, unless that is allowed explicitly.
final class HttpPlaces {
  private HttpPlaces() {}

  static String host(Section section, boolean plain) {
    String host = section.text("host", "127.0.0.1", TextRule.HOST);
    if (!plain && !isLoopback(host)) {
      section.fault(
          "host", "must be loopback unless http.plain is true; for other machines there is https");
    }
    return host;
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
  }

  static Config.Https https(Section section, boolean plain) {
    Config.Https https =
        new Config.Https(
            section.text("address", "", TextRule.IP_OR_EMPTY),
            ConfigLoader.port(section, 8443),
            section.optionalPath("certificate"),
            section.optionalPath("key"));
    if (https.isOn() && !plain) {
      requireFile(section, "certificate", https.certificate());
      requireFile(section, "key", https.key());
    }
    return https;
  }

  private static void requireFile(Section section, String key, Optional<Path> path) {
    if (path.isEmpty()) {
      section.fault(key, "is required with https.address, unless http.plain is true");
    }
  }
}
