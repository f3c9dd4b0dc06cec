package io.tamas.call;

import io.tamas.asterisk.ami.AmiFault;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the recorder look at calls that have changed, on a virtual thread of its own: the journal
/// does not wait for Asterisk.
public final class RecorderThread implements CallWatch, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RecorderThread.class);

  private static final long RETRY_MILLIS = 200;

  private final CallRecorder recorder;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();

  /// Each call at most once: as many as there are calls.
  private final LinkedHashSet<String> toLookAt = new LinkedHashSet<>();

  private Optional<Set<String>> begun = Optional.empty();
  private boolean closed;

  public RecorderThread(CallRecorder recorder) {
    this.recorder = recorder;
  }

  public void start() {
    Thread.ofVirtual().name("call-recorder").start(this::run);
  }

  @Override
  public void began(Set<String> calls) {
    locked(() -> {
      begun = Optional.of(calls);
      toLookAt.addAll(calls);
    });
  }

  @Override
  public void changed(Set<String> calls) {
    locked(() -> toLookAt.addAll(calls));
  }

  @Override
  public void close() {
    locked(() -> closed = true);
  }

  private void run() {
    try {
      for (Optional<String> call = next(); call.isPresent(); call = next()) {
        takeBegun().ifPresent(recorder::began);
        lookAt(call.get());
      }
    } catch (InterruptedException e) {
      log.atDebug().log("recordings are not kept going any more");
    }
  }

  private void lookAt(String call) throws InterruptedException {
    try {
      recorder.lookAt(call);
    } catch (AmiFault e) {
      log.atInfo()
          .addKeyValue("call", call)
          .addKeyValue("reason", e.getMessage())
          .log("a recording goes on as it is");
      changed(Set.of(call));
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
    } catch (RuntimeException e) {
      log.atError().setCause(e).addKeyValue("call", call).log("a recording is not looked after");
    }
  }

  private Optional<String> next() throws InterruptedException {
    lock.lock();
    try {
      while (!closed && toLookAt.isEmpty()) {
        news.await();
      }
      return closed ? Optional.empty() : Optional.of(toLookAt.removeFirst());
    } finally {
      lock.unlock();
    }
  }

  private Optional<Set<String>> takeBegun() {
    lock.lock();
    try {
      Optional<Set<String>> taken = begun;
      begun = Optional.empty();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
