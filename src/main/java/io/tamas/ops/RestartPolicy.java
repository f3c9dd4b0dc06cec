package io.tamas.ops;

import java.time.Duration;
import java.util.Optional;

/// How long to wait before a process that died is restarted: not at all the first time, then longer
/// each time, and never again after too many deaths in a row.
///
/// @param settled a process that has run this long counts as working; its next death is the first
record RestartPolicy(Duration first, Duration longest, int max, Duration settled) {

  static final RestartPolicy USUAL =
      new RestartPolicy(Duration.ofMillis(500), Duration.ofSeconds(30), 12, Duration.ofMinutes(1));

  /// The number of deaths in a row after one more, of a process that ran for `lived`.
  int deaths(int before, Duration lived) {
    return lived.compareTo(settled) >= 0 ? 1 : before + 1;
  }

  /// Empty if it is not restarted any more.
  Optional<Duration> pause(int deaths) {
    if (deaths > max) {
      return Optional.empty();
    }
    if (deaths <= 1) {
      return Optional.of(Duration.ZERO);
    }
    Duration grown = first.multipliedBy(1L << Math.min(deaths - 2, 20));
    return Optional.of(grown.compareTo(longest) > 0 ? longest : grown);
  }
}
