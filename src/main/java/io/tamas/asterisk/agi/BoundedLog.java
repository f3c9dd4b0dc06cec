package io.tamas.asterisk.agi;

/// Lets through at most so many lines in each window, and counts the others.
///
/// Not thread-safe: one for each event loop.
final class BoundedLog {
  private final int most;
  private final long windowNanos;
  private long windowStart;
  private int written;
  private long withheld;

  BoundedLog(int most, long windowNanos, long now) {
    this.most = most;
    this.windowNanos = windowNanos;
    this.windowStart = now;
  }

  /// Whether a line may be written at this time of [System#nanoTime].
  boolean permit(long now) {
    if (now - windowStart >= windowNanos) {
      windowStart = now;
      written = 0;
    }
    if (written < most) {
      written++;
      return true;
    }
    withheld++;
    return false;
  }

  /// How many were withheld since the last call.
  long takeWithheld() {
    long count = withheld;
    withheld = 0;
    return count;
  }
}
