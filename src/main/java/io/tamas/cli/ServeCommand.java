package io.tamas.cli;

import io.tamas.config.Config;
import io.tamas.config.ConfigException;
import io.tamas.config.ConfigLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs the server in the foreground until SIGTERM or Ctrl-C.
@Command(
    name = "serve",
    description = "Run the server alone, with your own configuration (up does it for you)")
public final class ServeCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(ServeCommand.class);

  /// Shorter than the time that `up` and the usual service managers wait before they kill.
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(15);

  private static final int START_FAILED = 1;

  /// Starts the server; closing the result stops it, and returns when it has stopped.
  @FunctionalInterface
  public interface Starter {
    AutoCloseable start(Config config) throws Exception;
  }

  private final Starter starter;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration. Default: the environment alone")
  private @Nullable Path file;

  public ServeCommand(Starter starter) {
    this.starter = starter;
  }

  @Override
  public Integer call() throws InterruptedException {
    Config config;
    try {
      config = ConfigLoader.load(Optional.ofNullable(file), System.getenv());
    } catch (ConfigException e) {
      System.err.println("tamas: " + e.getMessage());
      return ConfigException.EXIT_CODE;
    }
    return start(config) ? untilStopped() : START_FAILED;
  }

  private boolean start(Config config) {
    try {
      AutoCloseable server = starter.start(config);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
      log.atInfo().addKeyValue("millis", sinceStart().toMillis()).log("started");
      // what only the start needed is given back
      System.gc();
      return true;
    } catch (Exception e) {
      log.atError().setCause(e).log("could not start");
      return false;
    }
  }

  /// Since the start of the JVM, which is the time that a user waits.
  private static Duration sinceStart() {
    return ProcessHandle.current()
        .info()
        .startInstant()
        .map(start -> Duration.between(start, java.time.Instant.now()))
        .orElse(Duration.ZERO);
  }

  private static int untilStopped() throws InterruptedException {
    new CountDownLatch(1).await();
    return 0;
  }

  /// A stop that hangs must not keep the process running.
  private static void stop(AutoCloseable server) {
    Thread closing =
        Thread.ofVirtual()
            .start(() -> {
              try {
                server.close();
                log.info("stopped");
              } catch (Exception e) {
                log.atError().setCause(e).log("did not stop cleanly");
              }
            });
    try {
      if (!closing.join(STOP_DEADLINE)) {
        log.atError().addKeyValue("deadline", STOP_DEADLINE).log("did not stop in time");
        Runtime.getRuntime().halt(START_FAILED);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
