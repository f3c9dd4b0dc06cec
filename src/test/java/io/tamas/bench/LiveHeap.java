package io.tamas.bench;

import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// How much more is alive on the heap at most than at the beginning: every now and then what is not
/// alive is collected, and what is left is counted.
final class LiveHeap implements AutoCloseable {
  private static final long BETWEEN = 2;
  private static final double MEGABYTE = 1 << 20;

  private final CountDownLatch ends = new CountDownLatch(1);
  private final long before;
  private final Thread thread;
  private volatile long most;
  private volatile int count;

  private LiveHeap() {
    before = alive();
    most = before;
    thread = Thread.ofPlatform().name("live-heap").start(this::watch);
  }

  static LiveHeap watched() {
    return new LiveHeap();
  }

  private static long alive() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private void watch() {
    try {
      while (!ends.await(BETWEEN, TimeUnit.SECONDS)) {
        most = Math.max(most, alive());
        count++;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return "%.1f MB more alive at most (%.1f before, %d collections)"
        .formatted((most - before) / MEGABYTE, before / MEGABYTE, count);
  }

  @Override
  public void close() throws InterruptedException {
    ends.countDown();
    thread.join();
  }
}
