package io.tamas.asterisk.ami;

/// An action that has no response. A retry may succeed later.
public final class AmiFault extends RuntimeException {

  public enum Kind {
    /// Asterisk is not connected; nothing was sent.
    OFFLINE,
    /// Too many actions are waiting; nothing was sent.
    FULL,
    /// The connection ended first: it is unknown whether Asterisk executed the action.
    CLOSED,
    /// No response before the deadline: it is unknown whether Asterisk executed the action.
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
