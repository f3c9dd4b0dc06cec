package io.tamas.asterisk.ami;

import io.tamas.work.Worker;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.asteriskjava.manager.AuthenticationFailedException;
import org.asteriskjava.manager.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one login at Asterisk open: after it ended a new one is tried at once, then at growing
/// intervals.
///
/// An idle connection is pinged, so that a frozen Asterisk is detected.
final class AmiLink implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AmiLink.class);
  private static final Duration PING_EVERY = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final String name;
  private final Worker worker;
  private final Login login;
  private final AmiMetrics metrics;
  private final AtomicReference<@Nullable AmiConnection> current = new AtomicReference<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private String lastFailure = "";

  @FunctionalInterface
  interface Login {
    /// @throws AuthenticationFailedException if Asterisk refuses user and password
    AmiConnection open() throws IOException, AuthenticationFailedException, TimeoutException;
  }

  AmiLink(String name, Login login, AmiMetrics metrics) {
    this.name = name;
    this.worker = new Worker(name, this::run);
    this.login = login;
    this.metrics = metrics;
  }

  /// Starts to connect; does not wait for it.
  void start() {
    worker.start();
  }

  Worker worker() {
    return worker;
  }

  @Nullable AmiConnection current() {
    return current.get();
  }

  /// Ends the connection; actions that wait fail.
  @Override
  public void close() {
    closing.countDown();
    AmiConnection connection = current.get();
    if (connection != null) {
      connection.end();
    }
  }

  private void run() {
    try {
      Duration pause = FIRST_PAUSE;
      while (!closed(Duration.ZERO)) {
        AmiConnection connection = connect();
        if (connection == null) {
          closed(pause);
          pause = longer(pause);
        } else {
          pause = FIRST_PAUSE;
          keep(connection);
        }
      }
    } catch (InterruptedException e) {
      log.atDebug().addKeyValue("name", name).log("the manager interface is no longer used");
    }
  }

  private @Nullable AmiConnection connect() {
    try {
      return login.open();
    } catch (AuthenticationFailedException e) {
      // without a cause it is Asterisk's response
      failed(e.getCause() == null ? "secret" : "unreachable", e);
    } catch (IOException | TimeoutException e) {
      failed("unreachable", e);
    }
    return null;
  }

  /// Logged once, not at each attempt.
  private void failed(String reason, Exception why) {
    metrics.failed(reason);
    if (!lastFailure.equals(reason)) {
      lastFailure = reason;
      log.atWarn()
          .addKeyValue("name", name)
          .addKeyValue("reason", reason)
          .addKeyValue("detail", why.getMessage())
          .log("Asterisk's manager interface cannot be used");
    }
  }

  private void keep(AmiConnection connection) throws InterruptedException {
    lastFailure = "";
    current.set(connection);
    metrics.connected();
    log.atInfo().addKeyValue("name", name).log("Asterisk's manager interface is connected");
    try {
      while (!closed(Duration.ZERO) && !connection.awaitEnd(PING_EVERY)) {
        pinged(connection);
      }
    } finally {
      current.set(null);
      connection.dispose();
      log.atInfo().addKeyValue("name", name).log("Asterisk's manager interface is disconnected");
    }
  }

  private static void pinged(AmiConnection connection) {
    try {
      connection.send(AmiAction.ping());
    } catch (AmiFault e) {
      log.atDebug().addKeyValue("reason", e.getMessage()).log("no response to a ping");
    }
  }

  private boolean closed(Duration within) throws InterruptedException {
    return closing.await(within.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }
}
