package io.tamas.routing;

import java.util.Optional;

/// What the dialplan asks about a call.
public sealed interface Question {

  /// It has just come in, or was transferred.
  record NewCall() implements Question {}

  /// Nobody answered where it was sent.
  record Unanswered(Position at, Outcome outcome) implements Question {}

  /// The caller has heard a menu.
  ///
  /// @param digits what was dialled; empty: nothing
  record Chosen(Position at, Optional<String> digits) implements Question {}

  /// How the ringing of an extension or of a group ended.
  enum Outcome {
    BUSY,
    NO_ANSWER,
    UNREACHABLE
  }
}
