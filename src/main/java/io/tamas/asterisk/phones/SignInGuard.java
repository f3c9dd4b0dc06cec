package io.tamas.asterisk.phones;

import io.tamas.asterisk.ami.SignIn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Decides which failures of SIP authentication are reported, and which addresses are blocked for a
/// while. Pure bookkeeping; used on one thread.
///
/// An address is blocked after too many wrong answers within a minute, unless a phone has recently
/// authenticated successfully from it: behind one address there may be a whole office with one
/// misconfigured phone. Accounts that do not exist are reported but do not block: the address of
/// such a request can be forged.
final class SignInGuard {
  private static final Duration WINDOW = Duration.ofMinutes(1);

  /// After this time without a failure the counting for an address starts over.
  private static final Duration QUIET = Duration.ofMinutes(10);

  /// A phone registers once an hour at least.
  private static final Duration TRUSTED = Duration.ofHours(2);

  /// Beyond this maximum the address with the oldest request is forgotten.
  private static final int MAX_ADDRESSES = 10_000;

  private final int limit;
  private final Duration blockFor;
  private final Map<String, Address> addresses =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Address> eldest) {
          return size() > MAX_ADDRESSES;
        }
      };

  private static final class Address {
    private final ArrayDeque<Instant> wrong = new ArrayDeque<>();
    private long failures;
    private Instant lastFailure = Instant.EPOCH;
    private Instant lastSuccess = Instant.EPOCH;
    private Instant blockedUntil = Instant.EPOCH;
    private String account = "";
  }

  /// What is to be reported.
  ///
  /// @param account that was named last
  /// @param failures since the last time without failures
  /// @param until until when the address is now blocked
  record Alarm(String address, String account, long failures, Optional<Instant> until) {}

  /// @param limit wrong answers within a minute; 0: no address is blocked
  SignInGuard(int limit, Duration blockFor) {
    this.limit = limit;
    this.blockFor = blockFor;
  }

  /// Reports the first, the tenth, the hundredth failure of an address and so on, and when it is
  /// blocked.
  Optional<Alarm> onSignIn(SignIn signIn, Instant now) {
    Address address = addresses.computeIfAbsent(signIn.address(), _ -> new Address());
    return switch (signIn.outcome()) {
      case RIGHT -> {
        address.lastSuccess = now;
        yield Optional.empty();
      }
      case NOBODY -> {
        address.account = signIn.account();
        yield count(signIn.address(), address, now);
      }
      case WRONG -> {
        // it does not contain the name of an account that does not exist
        if (!signIn.account().startsWith("<")) {
          address.account = signIn.account();
        }
        address.wrong.add(now);
        yield block(signIn.address(), address, now).or(() -> count(signIn.address(), address, now));
      }
    };
  }

  private Optional<Alarm> count(String name, Address address, Instant now) {
    if (address.lastFailure.plus(QUIET).isBefore(now)) {
      address.failures = 0;
    }
    address.lastFailure = now;
    address.failures++;
    return isPowerOfTen(address.failures)
        ? Optional.of(new Alarm(name, address.account, address.failures, Optional.empty()))
        : Optional.empty();
  }

  private Optional<Alarm> block(String name, Address address, Instant now) {
    while (!address.wrong.isEmpty() && !address.wrong.getFirst().isAfter(now.minus(WINDOW))) {
      address.wrong.removeFirst();
    }
    if (limit == 0 || address.wrong.size() < limit) {
      return Optional.empty();
    }
    address.wrong.clear();
    boolean trusted = address.lastSuccess.plus(TRUSTED).isAfter(now);
    if (trusted || address.blockedUntil.isAfter(now)) {
      return Optional.empty();
    }
    address.lastFailure = now;
    address.failures++;
    address.blockedUntil = now.plus(blockFor);
    return Optional.of(
        new Alarm(name, address.account, address.failures, Optional.of(address.blockedUntil)));
  }

  private static boolean isPowerOfTen(long number) {
    long power = 1;
    while (power < number) {
      power *= 10;
    }
    return power == number;
  }
}
