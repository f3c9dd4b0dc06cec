package io.tamas.asterisk.ami;

/// Asterisk's response to an action.
public sealed interface AmiAnswer {

  /// It was accepted. Most actions are executed a moment later: the journal shows when.
  ///
  /// @param result what was asked for: the value of a variable, the output of a command; else empty
  record Done(String message, String result) implements AmiAnswer {}

  /// It was refused: for example, there is no such channel, or its state does not allow the action.
  ///
  /// @param reason in Asterisk's words
  record Refused(String reason) implements AmiAnswer {}
}
