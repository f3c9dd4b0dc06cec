package io.tamas.config;

import java.util.Locale;

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

  static Srtp of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
