package io.tamas.asterisk.ari;

import java.util.Locale;

/// Why a connection ended.
enum CloseReason {
  /// Asterisk closed it or vanished.
  PEER,
  /// It was replaced by another connection.
  REPLACED,
  /// Nothing was received for two ping intervals.
  FROZEN,
  /// A message that is not of ARI.
  GARBAGE,
  /// A frame or message beyond the limit, or one that breaks the WebSocket protocol.
  PROTOCOL,
  /// Asterisk did not accept the filter or the subscription.
  SETUP,
  /// Tamas is stopping.
  STOPPED;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The status for the close frame (RFC 6455 section 7.4.1).
  short status() {
    return switch (this) {
      case PEER, REPLACED, STOPPED -> 1001;
      case FROZEN, SETUP -> 1011;
      case GARBAGE, PROTOCOL -> 1002;
    };
  }
}
