package io.tamas.ops;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The life of one process, until its end.
sealed interface Life {
  /// The exit status of what nobody saw.
  int UNKNOWN = 255;

  /// Started by this program.
  static Life of(Process process) {
    return new Own(process);
  }

  /// A child of this process that was started before this program replaced another one in it.
  static Life ofChild(Optional<Child> child) {
    return child
        .filter(Child::alive)
        .flatMap(alive -> ProcessHandle.of(alive.pid()))
        .<Life>map(Adopted::new)
        .orElseGet(() -> new Over(child.map(Child::pid).map(Adopted::status).orElse(UNKNOWN)));
  }

  boolean isAlive();

  /// Waits for its end. Returns its exit status.
  int awaitEnd() throws InterruptedException;

  /// Waits for its end, at most so long.
  void awaitEnd(Duration atMost) throws InterruptedException;

  void kill();

  record Own(Process process) implements Life {
    @Override
    public boolean isAlive() {
      return process.isAlive();
    }

    @Override
    public int awaitEnd() throws InterruptedException {
      return process.waitFor();
    }

    @Override
    public void awaitEnd(Duration atMost) throws InterruptedException {
      process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void kill() {
      process.destroyForcibly();
    }
  }

  record Adopted(ProcessHandle process) implements Life {
    private static int status(long pid) {
      return Posix.reap(pid).orElse(UNKNOWN);
    }

    @Override
    public boolean isAlive() {
      return process.isAlive();
    }

    @Override
    public int awaitEnd() throws InterruptedException {
      try {
        process.onExit().get();
        return status(process.pid());
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void awaitEnd(Duration atMost) throws InterruptedException {
      try {
        process.onExit().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException e) {
        // its caller has killed it already: nothing more can be done
        return;
      }
    }

    @Override
    public void kill() {
      process.destroyForcibly();
    }
  }

  /// It has ended already.
  record Over(int status) implements Life {
    @Override
    public boolean isAlive() {
      return false;
    }

    @Override
    public int awaitEnd() {
      return status;
    }

    @Override
    public void awaitEnd(Duration atMost) {}

    @Override
    public void kill() {}
  }
}
