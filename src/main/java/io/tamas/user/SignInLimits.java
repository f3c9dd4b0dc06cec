package io.tamas.user;

import io.tamas.number.IpRange;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// How often passwords may be tried, from one address and for one name, before anything is looked
/// up. Who signs in takes nothing of either. Addresses from which a name has signed in have a limit
/// of their own for it, so that a guesser elsewhere locks nobody out.
///
/// Kept in memory: after a restart everybody begins anew.
final class SignInLimits {
  private static final int MOST = 10_000;
  private static final int NETWORK_BITS = 64;

  private final ReentrantLock lock = new ReentrantLock();
  private final LongSupplier nanos;
  private final TokenBuckets addresses;
  private final TokenBuckets names;
  private final Map<String, Boolean> familiar = new LinkedHashMap<>(16, 0.75f, true);

  /// @param perAddress attempts from one address that are allowed at once, and then one each
  ///   `addressInterval`
  /// @param perName the same for one name
  record Limits(int perAddress, Duration addressInterval, int perName, Duration nameInterval) {
    static final Limits DEFAULT = new Limits(20, Duration.ofSeconds(6), 10, Duration.ofSeconds(30));

    /// Of one-time codes, of which three in a million are right at a time.
    static final Limits OF_CODES = new Limits(20, Duration.ofSeconds(6), 5, Duration.ofMinutes(5));
  }

  SignInLimits(Limits limits, LongSupplier nanos) {
    this.nanos = nanos;
    this.addresses = new TokenBuckets(limits.perAddress(), limits.addressInterval(), MOST);
    this.names = new TokenBuckets(limits.perName(), limits.nameInterval(), MOST);
  }

  /// Empty if the attempt is allowed; else how long to wait.
  Optional<Duration> attempt(String address, String name) {
    lock.lock();
    try {
      long now = nanos.getAsLong();
      return addresses.take(network(address), now).or(() -> names.take(bucket(address, name), now));
    } finally {
      lock.unlock();
    }
  }

  /// An attempt was right, or was not looked at.
  void takeBack(String address, String name) {
    lock.lock();
    try {
      addresses.giveBack(network(address));
      names.giveBack(bucket(address, name));
    } finally {
      lock.unlock();
    }
  }

  void signedIn(String address, String name) {
    takeBack(address, name);
    lock.lock();
    try {
      familiar.put(place(address, name), true);
      if (familiar.size() > MOST) {
        familiar.remove(Collections.unmodifiableSet(familiar.keySet()).iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  private String bucket(String address, String name) {
    return familiar.get(place(address, name)) == null
        ? name.toLowerCase(Locale.ROOT)
        : place(address, name);
  }

  private static String place(String address, String name) {
    return name.toLowerCase(Locale.ROOT) + " from " + network(address);
  }

  /// Whoever has one address of IPv6 has all of its network.
  private static String network(String address) {
    return address.contains(":")
        ? IpRange.parse(address + "/" + NETWORK_BITS)
            .map(range -> range.words().toString())
            .orElse(address)
        : address;
  }
}
