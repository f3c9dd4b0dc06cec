package io.tamas.ops;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Keeps one component running: starts it, and restarts it when it dies.
final class Keeper {
  private static final Duration POLL = Duration.ofMillis(25);
  private static final Duration END = Duration.ofSeconds(5);
  private static final int TOLD_LINES = 15;

  private final Premises premises;
  private final Supervised component;
  private final RestartPolicy policy;
  private final Consumer<String> output;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean stopping;
  private @Nullable Life life;

  Keeper(Premises premises, Supervised component, RestartPolicy policy, Consumer<String> output) {
    this.premises = premises;
    this.component = component;
    this.policy = policy;
    this.output = output;
  }

  /// Returns when it is ready; from then on it is kept running.
  ///
  /// @param starting the same component
  void start(Component starting) throws StartException, InterruptedException {
    Life started = launch().orElseThrow(() -> new StartException("stopped"));
    // the preparation may have taken minutes
    long began = System.nanoTime();
    while (!starting.ready()) {
      if (!started.isAlive()) {
        throw new StartException(failure("ended with " + started.awaitEnd()));
      }
      if (System.nanoTime() - began > starting.startDeadline().toNanos()) {
        throw new StartException(
            failure("is not ready after " + starting.startDeadline().toSeconds() + " s"));
      }
      Thread.sleep(POLL);
    }
    output.accept(component.title() + " ready on " + starting.address());
    keepRunning();
  }

  /// Keeps running what an earlier program of this process has started; if it has ended since, it
  /// is started again.
  void adopt() {
    life = Life.ofChild(Child.read(Child.file(premises.run(), component.name())));
    keepRunning();
  }

  /// A thread of the platform: in a JVM that does nothing else, virtual ones cost more memory.
  private void keepRunning() {
    Thread.ofPlatform().daemon().name("keep-" + component.name()).start(this::keep);
  }

  /// Empty if the component is being stopped.
  private Optional<Life> launch() throws StartException, InterruptedException {
    try {
      ProcessBuilder command = prepare();
      lock.lock();
      try {
        if (stopping) {
          return Optional.empty();
        }
        Process started = command.start();
        Life begun = Life.of(started);
        life = begun;
        remember(started);
        return Optional.of(begun);
      } finally {
        lock.unlock();
      }
    } catch (IOException e) {
      throw new StartException(component.title() + ": " + e.getMessage(), e);
    }
  }

  private ProcessBuilder prepare() throws IOException, InterruptedException {
    ProcessBuilder command = component.command();
    // In its own session: Ctrl-C at the terminal reaches the supervisor only, which then stops the
    // components in order.
    List<String> line = new ArrayList<>(command.command());
    line.addFirst("setsid");
    command.command(line);
    command.environment().put(Leftovers.MARK, premises.data().toString());
    return command
        .redirectErrorStream(true)
        .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().path().toFile()));
  }

  private void remember(Process started) throws IOException {
    Optional<Child> child = Child.of(component.name(), started.pid());
    if (child.isPresent()) {
      child.get().write(premises.run());
    }
  }

  private void keep() {
    int deaths = 0;
    try {
      while (true) {
        long began = System.nanoTime();
        Optional<Integer> ended = awaitDeath();
        if (ended.isEmpty()) {
          return;
        }
        deaths = policy.deaths(deaths, Duration.ofNanos(System.nanoTime() - began));
        Optional<Duration> pause = policy.pause(deaths);
        if (pause.isEmpty()) {
          output.accept(failure("died " + deaths + " times in a row and is not restarted"));
          return;
        }
        output.accept(
            "%s ended with %d; restarting it in %.1f s"
                .formatted(component.title(), ended.get(), pause.get().toMillis() / 1e3));
        Thread.sleep(pause.get());
        relaunch();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void relaunch() throws InterruptedException {
    try {
      launch();
    } catch (StartException e) {
      output.accept(String.valueOf(e.getMessage()));
    }
  }

  /// Its exit status, or empty if it was stopped on purpose.
  private Optional<Integer> awaitDeath() throws InterruptedException {
    Life running = life;
    if (running == null) {
      return Optional.empty();
    }
    int status = running.awaitEnd();
    lock.lock();
    try {
      return stopping ? Optional.empty() : Optional.of(status);
    } finally {
      lock.unlock();
    }
  }

  /// Stops it for good. May be called at any time, also before or during the start.
  void stop() throws InterruptedException {
    forbid();
    Life running = life;
    if (running == null) {
      return;
    }
    try {
      Optional<Child> child = Child.read(Child.file(premises.run(), component.name()));
      if (child.isPresent() && child.get().stop(component.stopSignal(), component.stopDeadline())) {
        output.accept(component.title() + " did not stop in time and was killed");
      }
    } catch (IOException e) {
      running.kill();
    }
    running.awaitEnd(END);
  }

  /// From now on it is not started any more.
  void forbid() {
    lock.lock();
    try {
      stopping = true;
    } finally {
      lock.unlock();
    }
  }

  Supervised component() {
    return component;
  }

  LogFile log() {
    return premises.log(component.name());
  }

  private String failure(String what) {
    List<String> lines;
    try {
      lines = log().tail(TOLD_LINES);
    } catch (IOException e) {
      lines = List.of();
    }
    String said = lines.isEmpty() ? "" : "\n    " + String.join("\n    ", lines);
    return component.title() + " " + what + "; its log is " + log().path() + said;
  }
}
