package io.tamas.ops;

import java.util.Map;
import java.util.Optional;

/// How large the logs of an instance may grow: each component's own, and so many earlier ones of
/// the same size.
///
/// @param bytes of one file
/// @param files earlier ones
record LogBounds(long bytes, int files) {
  static final LogBounds USUAL = new LogBounds(32L << 20, 2);

  private static final int MOST_MEGABYTES = 10_240;
  private static final int MOST_FILES = 100;

  /// `TAMAS_LOG_MEGABYTES` and `TAMAS_LOG_FILES`.
  ///
  /// @throws IllegalArgumentException with a message for users
  static LogBounds of(Map<String, String> environment) {
    return new LogBounds(
        number(environment, "TAMAS_LOG_MEGABYTES", 1, MOST_MEGABYTES)
            .map(megabytes -> (long) megabytes << 20)
            .orElse(USUAL.bytes()),
        number(environment, "TAMAS_LOG_FILES", 0, MOST_FILES).orElse(USUAL.files()));
  }

  private static Optional<Integer> number(
      Map<String, String> environment, String name, int least, int most) {
    return Optional.ofNullable(environment.get(name))
        .filter(text -> !text.isBlank())
        .map(text -> {
          int number = text.strip().matches("[0-9]{1,6}") ? Integer.parseInt(text.strip()) : -1;
          if (number < least || number > most) {
            throw new IllegalArgumentException(
                "%s must be a whole number from %d to %d".formatted(name, least, most));
          }
          return number;
        });
  }
}
