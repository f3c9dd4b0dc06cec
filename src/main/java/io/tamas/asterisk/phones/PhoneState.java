package io.tamas.asterisk.phones;

/// What a phone does, as far as Asterisk knows.
public enum PhoneState {
  IDLE,
  RINGING,
  IN_USE,
  BUSY,
  ON_HOLD,
  /// Not registered, or it does not answer.
  UNREACHABLE,
  UNKNOWN;

  /// Reads a device state of Asterisk (`include/asterisk/devicestate.h`).
  static PhoneState of(String deviceState) {
    return switch (deviceState) {
      case "NOT_INUSE" -> IDLE;
      case "RINGING" -> RINGING;
      // talks, and another call knocks
      case "INUSE", "RINGINUSE" -> IN_USE;
      case "BUSY" -> BUSY;
      case "ONHOLD" -> ON_HOLD;
      // INVALID: there is no such endpoint (yet)
      case "UNAVAILABLE", "INVALID" -> UNREACHABLE;
      default -> UNKNOWN;
    };
  }
}
