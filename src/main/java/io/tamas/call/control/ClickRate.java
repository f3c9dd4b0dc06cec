package io.tamas.call.control;

import io.tamas.number.ExtensionNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/// Limits clicks per minute, for one extension and in total: a program that clicks in a loop
/// neither keeps a phone ringing nor floods Asterisk.
final class ClickRate {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MAX_PER_EXTENSION = 10;
  private static final int MAX_IN_TOTAL = 300;

  private final ArrayDeque<Click> clicks = new ArrayDeque<>();
  private final Map<ExtensionNumber, Integer> counts = new HashMap<>();

  private record Click(ExtensionNumber extension, Instant at) {}

  /// Counts the click if it is allowed.
  synchronized boolean allows(ExtensionNumber extension, Instant now) {
    while (!clicks.isEmpty() && !clicks.getFirst().at().isAfter(now.minus(WINDOW))) {
      counts.computeIfPresent(
          clicks.removeFirst().extension(), (_, count) -> count == 1 ? null : count - 1);
    }
    if (clicks.size() >= MAX_IN_TOTAL || counts.getOrDefault(extension, 0) >= MAX_PER_EXTENSION) {
      return false;
    }
    clicks.add(new Click(extension, now));
    counts.merge(extension, 1, Integer::sum);
    return true;
  }
}
