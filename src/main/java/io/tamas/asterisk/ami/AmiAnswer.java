package io.tamas.asterisk.ami;

/// What Asterisk answers to an action.
public sealed interface AmiAnswer {

  /// It was taken. Most actions are done a moment later: the journal tells when.
  record Done(String message) implements AmiAnswer {}

  /// It was not: no such channel, say, or the channel is in no state for it.
  ///
  /// @param reason in Asterisk's words
  record Refused(String reason) implements AmiAnswer {}
}
