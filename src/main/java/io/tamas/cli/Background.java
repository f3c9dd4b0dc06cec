package io.tamas.cli;

import io.tamas.ops.Child;
import io.tamas.ops.Instance;
import io.tamas.ops.InstanceLock;
import io.tamas.ops.JavaCommand;
import io.tamas.ops.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs `up` in the background and shows its progress until it is ready.
final class Background {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration DEADLINE = Duration.ofMinutes(10);

  private final Instance instance;

  Background(Instance instance) {
    this.instance = instance;
  }

  /// @param command `up` and its options, without the one for the background
  int start(JavaCommand java, List<String> command) throws IOException, InterruptedException {
    Optional<Child> holder = InstanceLock.holder(instance);
    if (holder.isPresent()) {
      System.err.println("tamas: " + UpCommand.alreadyRunning(holder));
      return 1;
    }
    Files.deleteIfExists(instance.premises().ready());
    Path log = instance.logs().resolve("supervisor.log");
    // for its owner only, as all logs
    PrivateFiles.write(log, "");
    List<String> line = new ArrayList<>(java.line(command));
    line.addFirst("setsid");
    ProcessBuilder supervisor = new ProcessBuilder(line);
    supervisor.environment().putAll(JavaCommand.ENVIRONMENT);
    Process up =
        supervisor
            .redirectErrorStream(true)
            .redirectInput(new java.io.File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    return follow(up, new LogReader(log, ""));
  }

  private int follow(Process up, LogReader reader) throws IOException, InterruptedException {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (System.nanoTime() < end) {
      boolean alive = up.isAlive();
      boolean ready = Files.exists(instance.premises().ready());
      reader.printNew(System.out);
      if (!alive) {
        return up.exitValue();
      }
      if (ready) {
        return 0;
      }
      Thread.sleep(POLL);
    }
    System.err.println(
        "tamas: not ready after " + DEADLINE.toMinutes() + " minutes; see ./tamas logs");
    return 1;
  }
}
