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
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  /// What is needed only when something ends: loaded before, as the jar may be replaced meanwhile.
  private static final List<Class<?>> NEEDED =
      List.of(
          Leftovers.class,
          LogDigest.class,
          HiddenFolders.class,
          PrivateFiles.class,
          Posix.class,
          Life.Own.class,
          Life.Over.class,
          StartException.class,
          Supervised.Signal.class);

  private final Premises premises;
  private final Consumer<String> output;
  private final List<Keeper> keepers = new CopyOnWriteArrayList<>();
  private final LogBounds bounds;
  private final HiddenFolders hidden;
  private volatile boolean stopping;

  public Supervisor(Premises premises, Consumer<String> output) {
    this.premises = premises;
    this.output = output;
    this.bounds = LogBounds.of(System.getenv());
    this.hidden = new HiddenFolders(premises);
    Thread.ofPlatform().daemon().name("look-after").start(this::lookAfter);
  }

  /// Returns when all are ready. Asterisk starts in parallel with the others: its first start
  /// builds its root file system, and later ones load many modules.
  public void startAll(Components components) throws StartException, InterruptedException {
    Optional<Keeper> postgres = components.postgres().map(this::keeper);
    Keeper server = keeper(components.server());
    Keeper asterisk = keeper(components.asterisk());
    FutureTask<Void> beside =
        new FutureTask<>(() -> {
          asterisk.start(components.asterisk());
          return null;
        });
    Thread.ofVirtual().name("start-asterisk").start(beside);
    if (postgres.isPresent()) {
      postgres.get().start(components.postgres().orElseThrow());
    }
    server.start(components.server());
    try {
      beside.get();
    } catch (ExecutionException e) {
      Throwable fault = Objects.requireNonNullElse(e.getCause(), e);
      throw new StartException(String.valueOf(fault.getMessage()), fault);
    }
  }

  /// Returns when the component is ready.
  public void start(Component component) throws StartException, InterruptedException {
    keeper(component).start(component);
  }

  /// From now on another program in this process keeps the components running: [#adopt]. Returns
  /// what that program needs to know of them.
  public List<String> handOver() {
    stopping = true;
    keepers.forEach(Keeper::forbid);
    return keepers.stream().map(Keeper::component).map(Watched::text).toList();
  }

  /// Takes over what [#handOver] told in an earlier program of this process.
  ///
  /// @param starter the command that starts a component again; its name is appended
  public void adopt(List<String> told, List<String> starter) {
    NEEDED.forEach(Objects::requireNonNull);
    for (String component : told) {
      keeper(Watched.of(component, starter)).adopt();
    }
  }

  /// Components are stopped in the reverse order of these calls.
  private Keeper keeper(Supervised component) {
    Keeper keeper = new Keeper(premises, component, RestartPolicy.USUAL, output);
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
    Leftovers.sweep(premises, output);
    Files.deleteIfExists(Child.file(premises.run(), InstanceLock.SUPERVISOR));
  }

  private void lookAfter() {
    try {
      while (!stopping) {
        Thread.sleep(INTERVAL);
        lookAtFolders();
        keepers.forEach(keeper -> trim(keeper.log()));
        trim(premises.log(InstanceLock.SUPERVISOR));
        trim(premises.log("asterisk-notices"));
        // Asterisk's warnings once more, for Tamas
        trim(new LogFile(premises.journal().resolve("warnings.log")));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookAtFolders() {
    try {
      hidden
          .look()
          .ifPresent(names ->
              output.accept(
                  names.isEmpty()
                      ? "all folders are again what the processes see of them"
                      : "mounted or unmounted since the start, restart to use what is there now: "
                          + String.join(", ", names)));
    } catch (IOException e) {
      output.accept("what is mounted on the folders is not told to Tamas: " + e.getMessage());
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
