package io.tamas.asterisk.ami;

/// An action that has no answer. The same may succeed later.
public final class AmiFault extends RuntimeException {

  public enum Kind {
    /// Asterisk is not connected; nothing was sent.
    OFFLINE,
    /// Too many actions wait already; nothing was sent.
    FULL,
    /// The connection ended first: whether Asterisk did it is not known.
    CLOSED,
    /// No answer before the deadline: whether Asterisk did it is not known.
    TIMEOUT
  }

  private final Kind kind;

  AmiFault(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
