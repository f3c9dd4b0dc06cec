package io.tamas.asterisk.ami;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tamas.asterisk.ami.AmiFault.Kind;
import io.tamas.config.Config;
import io.tamas.work.Worker;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/// The one connection for actions.
public final class AmiClient implements Ami, Contacts, AutoCloseable {
  /// All of them fit into the kernel's buffers: writing never waits for a frozen Asterisk.
  private static final int MAX_ACTIONS = 32;

  private final AmiLink link;
  private final AmiMetrics metrics;
  private final Semaphore places = new Semaphore(MAX_ACTIONS);

  public AmiClient(Config.Ami config, MeterRegistry registry) {
    this.metrics = new AmiMetrics(registry, "actions", this::connected);
    this.link = new AmiLink("ami", () -> AmiConnection.acting(config), metrics);
  }

  /// Starts to connect; does not wait for it.
  public void start() {
    link.start();
  }

  public Worker worker() {
    return link.worker();
  }

  public boolean connected() {
    return link.current() != null;
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

  @Override
  public List<Contact> of(String endpoint) {
    return once(connection -> connection.contacts(endpoint));
  }

  private AmiAnswer sendOnce(AmiAction action) {
    return once(connection -> connection.send(action));
  }

  private <T> T once(Function<AmiConnection, T> use) {
    AmiConnection connection = link.current();
    if (connection == null) {
      throw new AmiFault(Kind.OFFLINE, "Asterisk's manager interface is not connected");
    }
    if (!places.tryAcquire()) {
      throw new AmiFault(Kind.FULL, MAX_ACTIONS + " actions are waiting");
    }
    try {
      return use.apply(connection);
    } finally {
      places.release();
    }
  }

  /// Ends the connection; actions that wait fail.
  @Override
  public void close() {
    link.close();
  }
}
