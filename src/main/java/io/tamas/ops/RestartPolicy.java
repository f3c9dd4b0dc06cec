package io.tamas.ops;

import java.time.Duration;
import java.util.Optional;

/// How long to wait before a process that died is started again: not at all the first time, then
/// longer each time, and no more after too many deaths in a row.
///
/// @param settled a process that lived this long has worked; the next death counts as the first
record RestartPolicy(Duration first, Duration longest, int most, Duration settled) {

  static final RestartPolicy USUAL =
      new RestartPolicy(Duration.ofMillis(500), Duration.ofSeconds(30), 12, Duration.ofMinutes(1));

  /// How many deaths in a row there are with one more, after a life of `lived`.
  int deaths(int before, Duration lived) {
    return lived.compareTo(settled) >= 0 ? 1 : before + 1;
  }

  /// Empty when it is given up.
  Optional<Duration> pause(int deaths) {
    if (deaths > most) {
      return Optional.empty();
    }
    if (deaths <= 1) {
      return Optional.of(Duration.ZERO);
    }
    Duration grown = first.multipliedBy(1L << Math.min(deaths - 2, 20));
    return Optional.of(grown.compareTo(longest) > 0 ? longest : grown);
  }
}
