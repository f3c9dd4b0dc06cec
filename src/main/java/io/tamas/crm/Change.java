package io.tamas.crm;

import io.tamas.web.Problem;

/// The outcome of a change.
///
/// @param <T> what is changed
public sealed interface Change<T> {
  /// @param value after the change, or before its deletion
  record Done<T>(T value) implements Change<T> {}

  /// There is no such thing.
  record Absent<T>() implements Change<T> {}

  /// Somebody else has changed it: `version` is its current version.
  record Stale<T>(long version) implements Change<T> {}

  /// Something else does not allow it.
  record Refused<T>(String why) implements Change<T> {}

  /// What was done.
  ///
  /// @param what it is, such as `profile 17`
  /// @throws Problem 404, 409 or 412 where nothing was
  default T orRefuse(String what) {
    return switch (this) {
      case Done<T>(T value) -> value;
      case Absent<T>() -> throw Problem.notFound(what);
      case Stale<T>(long version) ->
          throw Problem.preconditionFailed(what + " has version " + version + " now");
      case Refused<T>(String why) -> throw Problem.conflict(why);
    };
  }
}
