package io.tamas.asterisk.phones;

import io.tamas.asterisk.ari.Ari;
import io.tamas.asterisk.ari.AriFault;
import io.tamas.asterisk.ari.AriListener;
import io.tamas.asterisk.ari.AriPeer;
import io.tamas.asterisk.ari.AriRequest;
import io.tamas.asterisk.ari.AriResponse;
import io.tamas.number.ExtensionNumber;
import io.tamas.work.Monitor;
import io.tamas.work.Worker;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the lamps of other phones show an extension with do not disturb as busy: a device state
/// `Stasis:dnd-<number>` in addition to that of its phone (`dialplan/lamps.conf`).
///
/// Asterisk keeps them in its database. Works on its own virtual thread; while Asterisk is down
/// only the newest desired state is kept.
public final class DoNotDisturbLamps implements AriListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DoNotDisturbLamps.class);
  private static final int BATCH = 48;
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Ari ari;
  private final Duration timeout;
  private final Monitor monitor = new Monitor();
  private final Worker worker = new Worker("do-not-disturb-lamps", this::run);
  private final LinkedHashSet<ExtensionNumber> pending = new LinkedHashSet<>();
  private Map<ExtensionNumber, Boolean> desired = Map.of();
  private boolean online;

  /// @param timeout of a batch of requests
  public DoNotDisturbLamps(Ari ari, Duration timeout) {
    this.ari = ari;
    this.timeout = timeout;
  }

  public void start() {
    worker.start();
  }

  public Worker worker() {
    return worker;
  }

  /// All extensions, and whether do not disturb is on.
  public void update(Map<ExtensionNumber, Boolean> now) {
    monitor.change(() -> {
      Map<ExtensionNumber, Boolean> before = desired;
      desired = Map.copyOf(now);
      desired.forEach((number, on) -> {
        if (!on.equals(before.get(number))) {
          pending.addFirst(number);
        }
      });
      before.keySet().stream().filter(number -> !desired.containsKey(number)).forEach(pending::add);
    });
  }

  /// Asterisk's state may be older than what it has acknowledged.
  @Override
  public void online(AriPeer peer) {
    monitor.change(() -> {
      online = true;
      pending.addAll(desired.keySet());
    });
  }

  @Override
  public void offline() {
    monitor.change(() -> online = false);
  }

  @Override
  public void close() {
    monitor.close();
  }

  private void run() {
    try {
      // should this thread have died in the middle of something
      monitor.change(() -> pending.addAll(desired.keySet()));
      for (Optional<List<Lamp>> some = next(); some.isPresent(); some = next()) {
        send(some.get());
      }
    } catch (InterruptedException e) {
      log.atDebug().log("lamps are no longer updated");
    }
  }

  private record Lamp(ExtensionNumber number, AriRequest request) {}

  private Optional<List<Lamp>> next() throws InterruptedException {
    return monitor.take(
        () -> online && !pending.isEmpty() ? Optional.of(takeSome()) : Optional.empty());
  }

  private List<Lamp> takeSome() {
    List<Lamp> some = new ArrayList<>();
    while (some.size() < BATCH && !pending.isEmpty()) {
      ExtensionNumber number = pending.removeFirst();
      some.add(new Lamp(number, request(number)));
    }
    return some;
  }

  /// Asterisk shows the strongest of the states: busy before all others. When do not disturb is
  /// off, the state is weaker than any of the phone's; if it were deleted, the lamp would stay lit.
  private AriRequest request(ExtensionNumber number) {
    String uri = "deviceStates/Stasis%3Adnd-" + number.digits();
    Boolean on = desired.get(number);
    return on == null
        ? AriRequest.delete(uri)
        : new AriRequest(
            AriRequest.Method.PUT,
            uri,
            Map.of("deviceState", on ? "BUSY" : "UNAVAILABLE"),
            Optional.empty());
  }

  private void send(List<Lamp> some) throws InterruptedException {
    List<Future<AriResponse>> answers = new ArrayList<>();
    some.forEach(lamp -> answers.add(ari.request(lamp.request())));
    List<ExtensionNumber> open = new ArrayList<>();
    for (int i = 0; i < some.size(); i++) {
      try {
        answers.get(i).await(timeout.toMillis(), TimeUnit.MILLISECONDS);
      } catch (AriFault | TimeoutException e) {
        log.atDebug().addKeyValue("reason", e.getMessage()).log("lamp update deferred");
        open.add(some.get(i).number());
      }
    }
    monitor.change(() -> pending.addAll(open));
    if (!open.isEmpty()) {
      monitor.rest(PAUSE); // the connection may be gone before offline() is called
    }
  }
}
