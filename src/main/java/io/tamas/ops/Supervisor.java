package io.tamas.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/// Starts the components of an instance, keeps them running, and stops them in the reverse order.
///
/// If it is killed, the components continue: calls do not depend on it. [Leftovers] finds them.
public final class Supervisor {
  private static final Duration TRIM = Duration.ofSeconds(2);

  private final Instance instance;
  private final Consumer<String> output;
  private final List<Keeper> keepers = new CopyOnWriteArrayList<>();
  private final LogBounds bounds;
  private volatile boolean stopping;

  public Supervisor(Instance instance, Consumer<String> output) {
    this.instance = instance;
    this.output = output;
    this.bounds = LogBounds.of(System.getenv());
    Thread.ofVirtual().name("trim-logs").start(this::trimLogs);
  }

  /// Returns when all are ready. Asterisk starts in parallel with the others: its first start
  /// builds its root file system, and later ones load many modules.
  public void startAll(Components components) throws StartException, InterruptedException {
    Optional<Keeper> postgres = components.postgres().map(this::keeper);
    Keeper server = keeper(components.server());
    Keeper asterisk = keeper(components.asterisk());
    FutureTask<Void> beside =
        new FutureTask<>(() -> {
          asterisk.start();
          return null;
        });
    Thread.ofVirtual().name("start-asterisk").start(beside);
    if (postgres.isPresent()) {
      postgres.get().start();
    }
    server.start();
    try {
      beside.get();
    } catch (ExecutionException e) {
      Throwable fault = Objects.requireNonNullElse(e.getCause(), e);
      throw new StartException(String.valueOf(fault.getMessage()), fault);
    }
  }

  /// Returns when the component is ready.
  public void start(Component component) throws StartException, InterruptedException {
    keeper(component).start();
  }

  /// Components are stopped in the reverse order of these calls.
  private Keeper keeper(Component component) {
    Keeper keeper = new Keeper(instance, component, RestartPolicy.USUAL, output);
    keepers.add(keeper);
    if (stopping) {
      keeper.forbid();
    }
    return keeper;
  }

  /// Returns when nothing runs any more. Each component has its own deadline, after which it is
  /// killed.
  public void stop() throws InterruptedException, IOException {
    stopping = true;
    for (Keeper keeper : keepers.reversed()) {
      keeper.stop();
    }
    Leftovers.sweep(instance, output);
    Files.deleteIfExists(Child.file(instance.run(), InstanceLock.SUPERVISOR));
  }

  private void trimLogs() {
    try {
      while (!stopping) {
        Thread.sleep(TRIM);
        keepers.forEach(keeper -> trim(keeper.log()));
        trim(LogFile.of(instance, InstanceLock.SUPERVISOR));
        trim(LogFile.of(instance, "asterisk-notices"));
        // Asterisk's warnings once more, for Tamas
        trim(new LogFile(instance.journal().resolve("warnings.log")));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void trim(LogFile file) {
    try {
      file.trim(bounds);
    } catch (IOException e) {
      output.accept(file.path() + " cannot be rotated: " + e.getMessage());
    }
  }
}
