package io.tamas.lab;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for a condition, with a deadline.
public final class Eventually {
  private Eventually() {}

  /// @throws AssertionError when it does not become true in time
  public static void eventually(String what, Duration within, BooleanSupplier condition) {
    eventually(() -> what, within, condition);
  }

  /// @param what was wanted, and what is so instead; told when the time is over
  public static void eventually(Supplier<String> what, Duration within, BooleanSupplier condition) {
    found(what, within, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  /// The value, as soon as there is one.
  public static <T> T found(String what, Duration within, Supplier<Optional<T>> value) {
    return found(() -> what, within, value);
  }

  private static <T> T found(Supplier<String> what, Duration within, Supplier<Optional<T>> value) {
    long end = System.nanoTime() + within.toNanos();
    Optional<T> found = value.get();
    while (found.isEmpty()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + within + ": " + what.get());
      }
      LockSupport.parkNanos(5_000_000);
      found = value.get();
    }
    return found.get();
  }
}
