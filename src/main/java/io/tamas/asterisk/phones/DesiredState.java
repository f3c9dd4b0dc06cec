package io.tamas.asterisk.phones;

import io.tamas.asterisk.ari.AriListener;
import io.tamas.asterisk.ari.AriPeer;
import io.tamas.work.Monitor;
import io.tamas.work.Worker;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What Asterisk should hold of something: written as a whole after each change and each start, on
/// a thread of its own, until it succeeds. Nothing is written before the first [#update].
final class DesiredState<T> implements AriListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DesiredState.class);

  private final String name;
  private final Duration retry;
  private final Predicate<T> write;
  private final Monitor monitor = new Monitor();
  private final Worker worker;
  private Optional<T> desired = Optional.empty();
  private boolean due;

  /// @param name of the thread
  /// @param retry the time between two attempts
  /// @param write writes it; false: to be tried again
  DesiredState(String name, Duration retry, Predicate<T> write) {
    this.name = name;
    this.retry = retry;
    this.write = write;
    this.worker = new Worker(name, this::run);
  }

  Worker worker() {
    return worker;
  }

  void update(T now) {
    monitor.change(() -> {
      due = due || !desired.equals(Optional.of(now));
      desired = Optional.of(now);
    });
  }

  @Override
  public void online(AriPeer peer) {
    writeAgain();
  }

  @Override
  public void close() {
    monitor.close();
  }

  private void writeAgain() {
    monitor.change(() -> due = true);
  }

  private void run() {
    try {
      // should this thread have died in the middle of something
      writeAgain();
      for (Optional<T> now = next(); now.isPresent(); now = next()) {
        if (!write.test(now.get())) {
          writeAgain();
          monitor.rest(retry);
        }
      }
    } catch (InterruptedException e) {
      log.atDebug().addKeyValue("what", name).log("Asterisk is no longer told");
    }
  }

  private Optional<T> next() throws InterruptedException {
    return monitor.take(() -> {
      Optional<T> taken = due ? desired : Optional.empty();
      due = due && taken.isEmpty();
      return taken;
    });
  }
}
