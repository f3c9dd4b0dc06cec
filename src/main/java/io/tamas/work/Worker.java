package io.tamas.work;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A thread of its own that works for as long as the process lives.
///
/// Work handles its own faults. Should it still end by an exception, that is logged and counted,
/// and the work starts again after a pause: it must be written so that it can. Until it has worked
/// for a while after that, the worker is down (see [Workers]).
public final class Worker {
  private static final Logger log = LoggerFactory.getLogger(Worker.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration TRIED = Duration.ofSeconds(10);

  private final String name;
  private final Work work;
  private final Duration pause;
  private final Duration tried;
  private final Thread thread;
  private final AtomicLong deaths = new AtomicLong();
  private volatile State state = State.SOUND;
  private volatile long restartedAt;

  private enum State {
    SOUND,
    DEAD,
    RESTARTED
  }

  /// Returns when there is no more to do.
  @FunctionalInterface
  public interface Work {
    void run() throws InterruptedException;
  }

  private Worker(String name, Work work, Duration pause, Duration tried, Thread.Builder builder) {
    this.name = name;
    this.work = work;
    this.pause = pause;
    this.tried = tried;
    this.thread = builder.name(name).unstarted(this::run);
  }

  /// On a virtual thread.
  public Worker(String name, Work work) {
    this(name, work, PAUSE, TRIED);
  }

  /// @param pause before the work starts again
  /// @param tried how long it must work after that until it is trusted
  Worker(String name, Work work, Duration pause, Duration tried) {
    this(name, work, pause, tried, Thread.ofVirtual());
  }

  /// On a daemon thread of the operating system, for work on files.
  static Worker onPlatformThread(String name, Work work) {
    return new Worker(name, work, PAUSE, TRIED, Thread.ofPlatform().daemon());
  }

  public void start() {
    thread.start();
  }

  public boolean isStarted() {
    return thread.getState() != Thread.State.NEW;
  }

  /// Ends its waits, now and later.
  public void interrupt() {
    thread.interrupt();
  }

  public String name() {
    return name;
  }

  /// How often its work ended by an exception.
  public long deaths() {
    return deaths.get();
  }

  /// Whether it died and has not worked for a while since.
  public boolean isDown() {
    return switch (state) {
      case SOUND -> false;
      case DEAD -> true;
      case RESTARTED -> System.nanoTime() - restartedAt < tried.toNanos();
    };
  }

  private void run() {
    try {
      while (!isDone()) {
        Thread.sleep(pause);
        restartedAt = System.nanoTime();
        state = State.RESTARTED;
      }
    } catch (InterruptedException e) {
      log.atDebug().addKeyValue("thread", name).log("a thread ends");
    }
  }

  /// An `Error` too: it is the end of the thread otherwise.
  private boolean isDone() throws InterruptedException {
    try {
      work.run();
      return true;
    } catch (RuntimeException | Error e) {
      state = State.DEAD;
      deaths.incrementAndGet();
      log.atError().setCause(e).addKeyValue("thread", name).log("a thread died and starts again");
      return false;
    }
  }
}
