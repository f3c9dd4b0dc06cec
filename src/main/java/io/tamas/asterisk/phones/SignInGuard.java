package io.tamas.asterisk.phones;

import io.tamas.asterisk.ami.SignIn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Decides which failures to sign in are told, and which addresses are shut out for a while. Pure
/// bookkeeping; used on one thread.
///
/// An address is shut out after so many wrong answers within a minute, unless somebody signed in
/// from it lately: behind one address there may be a whole office with one phone that was set up
/// wrongly. Accounts that do not exist are told but shut nobody out: such a request can bear
/// anybody's address.
final class SignInGuard {
  private static final Duration WINDOW = Duration.ofMinutes(1);

  /// After so long without a failure an address begins anew.
  private static final Duration QUIET = Duration.ofMinutes(10);

  /// A phone registers once an hour at least.
  private static final Duration TRUSTED = Duration.ofHours(2);

  /// Beyond that the address that was heard of the longest time ago is forgotten.
  private static final int MAX_ADDRESSES = 10_000;

  private final int limit;
  private final Duration shutOut;
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
    private Instant shutOutUntil = Instant.EPOCH;
    private String account = "";
  }

  /// What is to be told.
  ///
  /// @param account that was named last
  /// @param failures since the address was quiet
  /// @param until until when the address is shut out from now on
  record Alarm(String address, String account, long failures, Optional<Instant> until) {}

  /// @param limit wrong answers within a minute; 0: nobody is shut out
  SignInGuard(int limit, Duration shutOut) {
    this.limit = limit;
    this.shutOut = shutOut;
  }

  /// Tells the first, the tenth, the hundredth failure of an address and so on, and when it is shut
  /// out.
  Optional<Alarm> heard(SignIn signIn, Instant now) {
    Address address = addresses.computeIfAbsent(signIn.address(), _ -> new Address());
    return switch (signIn.outcome()) {
      case RIGHT -> {
        address.lastSuccess = now;
        yield Optional.empty();
      }
      case NOBODY -> {
        address.account = signIn.account();
        yield counted(signIn.address(), address, now);
      }
      case WRONG -> {
        // it does not say which account was named that there is not
        if (!signIn.account().startsWith("<")) {
          address.account = signIn.account();
        }
        address.wrong.add(now);
        yield shutOut(signIn.address(), address, now)
            .or(() -> counted(signIn.address(), address, now));
      }
    };
  }

  private Optional<Alarm> counted(String name, Address address, Instant now) {
    if (address.lastFailure.plus(QUIET).isBefore(now)) {
      address.failures = 0;
    }
    address.lastFailure = now;
    address.failures++;
    return isPowerOfTen(address.failures)
        ? Optional.of(new Alarm(name, address.account, address.failures, Optional.empty()))
        : Optional.empty();
  }

  private Optional<Alarm> shutOut(String name, Address address, Instant now) {
    while (!address.wrong.isEmpty() && !address.wrong.getFirst().isAfter(now.minus(WINDOW))) {
      address.wrong.removeFirst();
    }
    if (limit == 0 || address.wrong.size() < limit) {
      return Optional.empty();
    }
    address.wrong.clear();
    boolean trusted = address.lastSuccess.plus(TRUSTED).isAfter(now);
    if (trusted || address.shutOutUntil.isAfter(now)) {
      return Optional.empty();
    }
    address.lastFailure = now;
    address.failures++;
    address.shutOutUntil = now.plus(shutOut);
    return Optional.of(
        new Alarm(name, address.account, address.failures, Optional.of(address.shutOutUntil)));
  }

  private static boolean isPowerOfTen(long number) {
    long power = 1;
    while (power < number) {
      power *= 10;
    }
    return power == number;
  }
}
