package io.tamas.user;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Token buckets, one for each key: an attempt takes a token, of which a bucket holds so many, and
/// one comes back after each interval. Those that were used longest ago are forgotten beyond a
/// bound. Pure; not thread-safe.
final class TokenBuckets {
  private final int capacity;
  private final long interval;
  private final int most;
  private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

  private static final class Bucket {
    private double tokens;
    private long at;

    Bucket(double tokens, long at) {
      this.tokens = tokens;
      this.at = at;
    }
  }

  /// @param most buckets that are kept
  TokenBuckets(int capacity, Duration interval, int most) {
    this.capacity = capacity;
    this.interval = interval.toNanos();
    this.most = most;
  }

  /// Takes a token; else returns how long to wait for the next.
  ///
  /// @param now in nanoseconds from any point
  Optional<Duration> take(String key, long now) {
    Bucket bucket = buckets.computeIfAbsent(key, _ -> new Bucket(capacity, now));
    if (buckets.size() > most) {
      buckets.remove(buckets.keySet().iterator().next());
    }
    bucket.tokens =
        Math.min(capacity, bucket.tokens + (double) Math.max(0, now - bucket.at) / interval);
    bucket.at = now;
    if (bucket.tokens >= 1) {
      bucket.tokens -= 1;
      return Optional.empty();
    }
    return Optional.of(Duration.ofNanos(Math.round((1 - bucket.tokens) * interval)));
  }

  /// The attempt was none to be limited.
  void giveBack(String key) {
    Bucket bucket = buckets.get(key);
    if (bucket != null) {
      bucket.tokens = Math.min(capacity, bucket.tokens + 1);
    }
  }

  int size() {
    return buckets.size();
  }
}
