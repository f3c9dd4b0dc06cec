package io.tamas.asterisk.phones;

/// The state of a phone, as known by Asterisk.
public enum PhoneState {
  IDLE,
  RINGING,
  IN_USE,
  BUSY,
  ON_HOLD,
  /// Not registered, or not answering.
  UNREACHABLE,
  UNKNOWN;

  /// Parses a device state of Asterisk (`include/asterisk/devicestate.h`).
  static PhoneState of(String deviceState) {
    return switch (deviceState) {
      case "NOT_INUSE" -> IDLE;
      case "RINGING" -> RINGING;
      // in a call, with another call waiting
      case "INUSE", "RINGINUSE" -> IN_USE;
      case "BUSY" -> BUSY;
      case "ONHOLD" -> ON_HOLD;
      // INVALID: there is no such endpoint (yet)
      case "UNAVAILABLE", "INVALID" -> UNREACHABLE;
      default -> UNKNOWN;
    };
  }
}
