package io.tamas.asterisk.agi;

/// A peer broke the protocol. Ends the session; a retry cannot help.
final class ProtocolFault extends Exception {
  private static final long serialVersionUID = 1;

  enum Reason {
    LINE_TOO_LONG,
    ENVIRONMENT_TOO_LONG,
    NOT_A_HEADER,
    DUPLICATE_HEADER,
    BAD_ARGUMENT,
    MISSING_HEADER,
    NOT_A_REPLY,
    REPLY_TOO_LONG,
    UNSOLICITED,
    TOO_MANY_HANGUPS
  }

  private final Reason reason;

  ProtocolFault(Reason reason) {
    // No stack trace: it would only show the parser, and garbage may arrive at a high rate.
    super(reason.name(), null, false, false);
    this.reason = reason;
  }

  /// Whether a text of the call in the environment can be what breaks the protocol. What is beyond
  /// all limits comes from no Asterisk.
  boolean isOfTheCall() {
    return switch (reason) {
      case NOT_A_HEADER, DUPLICATE_HEADER, BAD_ARGUMENT, MISSING_HEADER, UNSOLICITED -> true;
      case LINE_TOO_LONG, ENVIRONMENT_TOO_LONG, NOT_A_REPLY, REPLY_TOO_LONG, TOO_MANY_HANGUPS ->
          false;
    };
  }

  Reason reason() {
    return reason;
  }
}
