package io.tamas.routing;

import io.tamas.number.ExtensionNumber;
import java.util.Optional;

/// What the dialplan requests for a call.
public sealed interface Question {

  /// The call has just arrived, or was transferred.
  record NewCall() implements Question {}

  /// A member of a ring group forwards its calls to an external number, which is to ring in its
  /// place.
  record Followed(ExtensionNumber member) implements Question {}

  /// Nobody answered at its destination.
  record Unanswered(Position at, Outcome outcome) implements Question {}

  /// The digits collected in a menu.
  ///
  /// @param digits empty: nothing was dialled
  record Chosen(Position at, Optional<String> digits) implements Question {}

  /// How the ringing of an extension or of a group ended.
  enum Outcome {
    BUSY,
    NO_ANSWER,
    UNREACHABLE
  }
}
