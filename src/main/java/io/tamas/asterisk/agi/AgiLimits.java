package io.tamas.asterisk.agi;

/// Limits for what a peer may send. Asterisk itself stays far below: it sends 22 headers and one
/// for each argument (`res_agi.c`, `setup_env`).
final class AgiLimits {
  /// Bytes of one line of the environment; a channel's variable in Asterisk holds 4,096.
  static final int LINE = 8 * 1024;

  /// Bytes of the environment in total.
  static final int ENVIRONMENT = 32 * 1024;

  static final int ENVIRONMENT_LINES = 128;

  /// Arguments of `AGI()` after the address.
  static final int ARGUMENTS = 32;

  /// Bytes of one reply with all its lines; the longest of Asterisk are usage texts of 3 KiB and
  /// values of variables.
  static final int REPLY = 64 * 1024;

  /// `HANGUP` lines in one session; Asterisk sends one.
  static final int HANGUPS = 3;

  /// Bytes of a command with its newline. Asterisk before July 2025 has a buffer of 2,048 bytes and
  /// executes what does not fit as the next command.
  static final int COMMAND = 2047;

  private AgiLimits() {}
}
