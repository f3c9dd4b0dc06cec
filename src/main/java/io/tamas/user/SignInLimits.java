package io.tamas.user;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;

/// How often passwords may be tried, from one address and for one name, before anything is looked
/// up. Who signs in takes nothing of either. Addresses from which a name has signed in have a limit
/// of their own for it, so that a guesser elsewhere locks nobody out.
///
/// Counts are kept in memory: after a restart everybody begins anew. An address that is not known
/// here may be known elsewhere, which is asked only once the count of the name is used up.
final class SignInLimits {
  private static final int MOST = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final LongSupplier nanos;
  private final TokenBuckets addresses;
  private final TokenBuckets names;
  private final BiPredicate<String, String> known;
  private final Map<String, Boolean> familiar = new LinkedHashMap<>(16, 0.75f, true);

  /// @param perAddress attempts from one address that are allowed at once, and then one each
  ///   `addressInterval`
  /// @param perName the same for one name
  record Limits(int perAddress, Duration addressInterval, int perName, Duration nameInterval) {
    static final Limits DEFAULT = new Limits(20, Duration.ofSeconds(6), 10, Duration.ofSeconds(30));

    /// Of one-time codes, of which three in a million are right at a time.
    static final Limits OF_CODES = new Limits(20, Duration.ofSeconds(6), 5, Duration.ofMinutes(5));
  }

  /// @param known whether a name has signed in from a network; may wait
  SignInLimits(Limits limits, BiPredicate<String, String> known, LongSupplier nanos) {
    this.known = known;
    this.nanos = nanos;
    this.addresses = new TokenBuckets(limits.perAddress(), limits.addressInterval(), MOST);
    this.names = new TokenBuckets(limits.perName(), limits.nameInterval(), MOST);
  }

  /// Empty if the attempt is allowed; else how long to wait.
  Optional<Duration> attempt(String address, String name) {
    boolean isElsewhere;
    Optional<Duration> wait;
    lock.lock();
    try {
      long now = nanos.getAsLong();
      Optional<Duration> crowded = addresses.take(KnownAddresses.network(address), now);
      if (crowded.isPresent()) {
        return crowded;
      }
      isElsewhere = familiar.get(place(address, name)) == null;
      wait = names.take(bucket(address, name), now);
    } finally {
      lock.unlock();
    }
    // one address asks no more often than it may try
    return wait.isPresent() && isElsewhere && isKnown(address, name)
        ? attemptOfKnown(address, name)
        : wait;
  }

  private boolean isKnown(String address, String name) {
    return known.test(name.toLowerCase(Locale.ROOT), KnownAddresses.network(address));
  }

  private Optional<Duration> attemptOfKnown(String address, String name) {
    lock.lock();
    try {
      remember(place(address, name));
      return names.take(bucket(address, name), nanos.getAsLong());
    } finally {
      lock.unlock();
    }
  }

  /// An attempt was right, or was not looked at.
  void takeBack(String address, String name) {
    lock.lock();
    try {
      addresses.giveBack(KnownAddresses.network(address));
      names.giveBack(bucket(address, name));
    } finally {
      lock.unlock();
    }
  }

  void signedIn(String address, String name) {
    takeBack(address, name);
    lock.lock();
    try {
      remember(place(address, name));
    } finally {
      lock.unlock();
    }
  }

  private void remember(String place) {
    familiar.put(place, true);
    if (familiar.size() > MOST) {
      familiar.remove(Collections.unmodifiableSet(familiar.keySet()).iterator().next());
    }
  }

  private String bucket(String address, String name) {
    return familiar.get(place(address, name)) == null
        ? name.toLowerCase(Locale.ROOT)
        : place(address, name);
  }

  private static String place(String address, String name) {
    return name.toLowerCase(Locale.ROOT) + " from " + KnownAddresses.network(address);
  }
}
