package io.tamas.asterisk.agi;

/// Limits log lines to a maximum per window, and counts the others.
///
/// Not thread-safe: one for each event loop.
final class BoundedLog {
  private final int max;
  private final long windowNanos;
  private long windowStart;
  private int written;
  private long withheld;

  BoundedLog(int max, long windowNanos, long now) {
    this.max = max;
    this.windowNanos = windowNanos;
    this.windowStart = now;
  }

  /// Whether a line may be written at this time of [System#nanoTime].
  boolean permit(long now) {
    if (now - windowStart >= windowNanos) {
      windowStart = now;
      written = 0;
    }
    if (written < max) {
      written++;
      return true;
    }
    withheld++;
    return false;
  }

  /// How many lines were withheld since the last call.
  long takeWithheld() {
    long count = withheld;
    withheld = 0;
    return count;
  }
}
