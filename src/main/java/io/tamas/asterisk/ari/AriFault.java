package io.tamas.asterisk.ari;

/// A request to Asterisk that has no response.
public final class AriFault extends RuntimeException {

  public enum Kind {
    /// Asterisk is not connected; nothing was sent.
    OFFLINE,
    /// The connection ended first: it is unknown whether Asterisk executed the request.
    CLOSED,
    /// No response before the deadline: it is unknown whether Asterisk executed the request.
    TIMEOUT,
    /// Too many requests are waiting; nothing was sent.
    FULL,
    /// Longer than the largest frame that Asterisk accepts; nothing was sent and a retry fails
    /// again.
    TOO_LONG,
    /// The response cannot be read.
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
