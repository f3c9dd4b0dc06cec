package io.tamas.asterisk.ari;

/// A request to Asterisk that has no answer.
public final class AriFault extends RuntimeException {

  public enum Kind {
    /// Asterisk is not connected; nothing was sent.
    OFFLINE,
    /// The connection ended first: whether Asterisk did it is not known.
    CLOSED,
    /// No answer before the deadline: whether Asterisk did it is not known.
    TIMEOUT,
    /// Too many requests wait already; nothing was sent.
    FULL,
    /// Longer than a frame that Asterisk takes; nothing was sent and a retry fails again.
    TOO_LONG,
    /// The answer cannot be read.
    GARBAGE
  }

  private final Kind kind;

  AriFault(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /// Whether the same request may succeed later.
  public boolean retryable() {
    return switch (kind) {
      case OFFLINE, CLOSED, TIMEOUT, FULL -> true;
      case TOO_LONG, GARBAGE -> false;
    };
  }
}
