package io.tamas.web;

import java.util.concurrent.atomic.AtomicInteger;

/// Limits the number of requests that are handled at once.
final class Slots {
  private final int limit;
  private final AtomicInteger taken = new AtomicInteger();

  Slots(int limit) {
    this.limit = limit;
  }

  boolean take() {
    if (taken.incrementAndGet() <= limit) {
      return true;
    }
    taken.decrementAndGet();
    return false;
  }

  void release() {
    taken.decrementAndGet();
  }

  int taken() {
    return taken.get();
  }
}
