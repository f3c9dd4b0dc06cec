package io.tamas;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What stops the components of the server that were started. Components may be added from any
/// thread.
final class Running implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Running.class);

  private final Deque<Supplier<Future<?>>> stops = new ConcurrentLinkedDeque<>();
  private final Duration timeout;

  /// @param timeout for one component to start or to stop
  Running(Duration timeout) {
    this.timeout = timeout;
  }

  void stopWith(Supplier<Future<?>> stop) {
    stops.push(stop);
  }

  void closeWith(AutoCloseable... parts) {
    for (AutoCloseable part : parts) {
      stops.push(() -> stop(part));
    }
  }

  /// Waits until a component has started; it is stopped even if that fails.
  void awaitStart(Future<?> starting, Supplier<Future<?>> stop) throws TimeoutException {
    stops.push(stop);
    starting.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Future<?> stop(AutoCloseable part) {
    try {
      part.close();
      return Future.succeededFuture();
    } catch (Exception e) {
      return Future.failedFuture(e);
    }
  }

  /// Stops in the reverse order of the start; a component that does not stop in time is skipped.
  @Override
  public void close() {
    for (Supplier<Future<?>> stop = stops.poll(); stop != null; stop = stops.poll()) {
      try {
        stop.get().await(timeout.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException | RuntimeException e) {
        log.atWarn().setCause(e).log("a component did not stop");
      }
    }
  }
}
