package io.tamas.asterisk.ami;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tamas.asterisk.ami.AmiFault.Kind;
import io.tamas.config.Config;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.asteriskjava.manager.AuthenticationFailedException;
import org.asteriskjava.manager.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one connection to Asterisk's manager interface, kept up for ever: after it ended a new one
/// is tried at once, then ever more slowly.
///
/// A connection on which nothing happens is asked for a sign of life, so that a frozen Asterisk is
/// known as such.
public final class AmiClient implements Ami, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AmiClient.class);

  /// All of them fit into the kernel's buffers: writing never waits for a frozen Asterisk.
  private static final int MAX_ACTIONS = 32;

  private static final Duration PING_EVERY = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Config.Ami config;
  private final AmiMetrics metrics;
  private final AtomicReference<@Nullable AmiConnection> current = new AtomicReference<>();
  private final Semaphore places = new Semaphore(MAX_ACTIONS);
  private final CountDownLatch closing = new CountDownLatch(1);
  private String lastFailure = "";

  public AmiClient(Config.Ami config, MeterRegistry registry) {
    this.config = config;
    this.metrics = new AmiMetrics(registry, this::connected);
  }

  /// Begins to connect; does not wait for it.
  public void start() {
    Thread.ofVirtual().name("ami").start(this::run);
  }

  public boolean connected() {
    return current.get() != null;
  }

  @Override
  public AmiAnswer send(AmiAction action) {
    Timer.Sample sample = metrics.began();
    String outcome = "failed";
    try {
      AmiAnswer answer = sendOnce(action);
      outcome =
          switch (answer) {
            case AmiAnswer.Done _ -> "done";
            case AmiAnswer.Refused _ -> "refused";
          };
      return answer;
    } catch (AmiFault e) {
      outcome = e.kind().name().toLowerCase(Locale.ROOT);
      throw e;
    } finally {
      metrics.ended(sample, action, outcome);
    }
  }

  private AmiAnswer sendOnce(AmiAction action) {
    AmiConnection connection = current.get();
    if (connection == null) {
      throw new AmiFault(Kind.OFFLINE, "Asterisk's manager interface is not connected");
    }
    if (!places.tryAcquire()) {
      throw new AmiFault(Kind.FULL, MAX_ACTIONS + " actions wait already");
    }
    try {
      return connection.send(action);
    } finally {
      places.release();
    }
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
        AmiConnection connection = login();
        if (connection == null) {
          closed(pause);
          pause = longer(pause);
        } else {
          pause = FIRST_PAUSE;
          stayWith(connection);
        }
      }
    } catch (InterruptedException e) {
      log.atDebug().log("the manager interface is not used any more");
    }
  }

  private @Nullable AmiConnection login() {
    try {
      return AmiConnection.login(config);
    } catch (AuthenticationFailedException e) {
      // without a cause it is what Asterisk answered
      failed(e.getCause() == null ? "secret" : "unreachable", e);
    } catch (IOException | TimeoutException e) {
      failed("unreachable", e);
    }
    return null;
  }

  /// Told once, not at each attempt.
  private void failed(String reason, Exception why) {
    metrics.failed(reason);
    if (!lastFailure.equals(reason)) {
      lastFailure = reason;
      log.atWarn()
          .addKeyValue("reason", reason)
          .addKeyValue("detail", why.getMessage())
          .log("Asterisk's manager interface cannot be used");
    }
  }

  private void stayWith(AmiConnection connection) throws InterruptedException {
    lastFailure = "";
    current.set(connection);
    metrics.connected();
    log.atInfo().log("Asterisk's manager interface is connected");
    try {
      while (!closed(Duration.ZERO) && !connection.awaitEnd(PING_EVERY)) {
        pinged(connection);
      }
    } finally {
      current.set(null);
      connection.dispose();
      log.atInfo().log("Asterisk's manager interface is gone");
    }
  }

  private static void pinged(AmiConnection connection) {
    try {
      connection.send(AmiAction.ping());
    } catch (AmiFault e) {
      log.atDebug().addKeyValue("reason", e.getMessage()).log("no sign of life");
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
