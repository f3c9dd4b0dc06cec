package io.tamas.asterisk.agi;

import java.util.Locale;

/// How a session ended; each session has exactly one.
enum Outcome {
  /// The script decided and Asterisk accepted all variables.
  DONE,
  /// The caller hung up.
  HANGUP,
  /// The peer closed the connection before the end.
  VANISHED,
  /// A deadline passed: of the environment, a reply or the whole session.
  TIMEOUT,
  /// The peer broke the protocol.
  BROKEN,
  /// No script has the name.
  NOT_FOUND,
  /// The script failed, or Asterisk refused a command.
  FAILED,
  /// The server was closed.
  CLOSED;

  String tag() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
