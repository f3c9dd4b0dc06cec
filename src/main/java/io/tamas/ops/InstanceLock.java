package io.tamas.ops;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// One supervisor at a time: the operating system releases the lock when its holder dies, however
/// it dies.
public final class InstanceLock implements AutoCloseable {
  static final String SUPERVISOR = "supervisor";

  /// Longer than all components together may take to stop.
  private static final Duration STOP = Duration.ofSeconds(70);

  private final LockFile lock;

  private InstanceLock(LockFile lock) {
    this.lock = lock;
  }

  /// Empty if another supervisor holds it.
  public static Optional<InstanceLock> take(Instance instance) throws IOException {
    long own = ProcessHandle.current().pid();
    if (written(instance).filter(other -> other.pid() != own).isPresent()) {
      return Optional.empty(); // of an earlier version, which locks another file
    }
    Optional<LockFile> lock = LockFile.take(file(instance.premises()));
    if (lock.isEmpty()) {
      return Optional.empty();
    }
    Optional<Child> self = Child.of(SUPERVISOR, ProcessHandle.current().pid());
    if (self.isPresent()) {
      self.get().write(instance.run());
    }
    return Optional.of(new InstanceLock(lock.get()));
  }

  /// The file that is locked: by the process, not by the program that runs in it. Not in `run`, on
  /// which another file system may be mounted: whoever looks there would find the instance free.
  public static Path file(Premises premises) {
    return premises.data().resolve("lock");
  }

  /// The supervisor that runs this instance now, also where its pid file is not seen.
  public static Optional<Child> holder(Instance instance) {
    return written(instance)
        .or(() -> LockFile.holder(file(instance.premises())).flatMap(Child::of));
  }

  /// Whether it runs and its pid file is not seen: another file system than at its start is now
  /// where that file was, and those of all components.
  public static boolean isUnseen(Instance instance) {
    return holder(instance).isPresent() && written(instance).isEmpty();
  }

  private static Optional<Child> written(Instance instance) {
    return Child.read(Child.file(instance.run(), SUPERVISOR)).filter(Child::alive);
  }

  /// Signals the supervisor to stop everything and waits for that. Returns whether there was one.
  public static boolean stopHolder(Instance instance) throws IOException, InterruptedException {
    Optional<Child> holder = holder(instance);
    if (holder.isPresent()) {
      holder.get().stop(Supervised.Signal.TERM, STOP);
    }
    return holder.isPresent();
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
