package io.tamas.config;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether voice is encrypted: SRTP (RFC 3711) with keys in SDP (RFC 4568).
public enum Srtp {
  OFF,
  /// Offered to phones that do not understand it, too, and accepted with and without.
  OPTIONAL,
  /// A call without it is refused.
  REQUIRED;

  /// Its name in the configuration.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Empty if it is none of them.
  public static Optional<Srtp> parse(String label) {
    return Stream.of(values()).filter(one -> one.label().equals(label)).findFirst();
  }
}
