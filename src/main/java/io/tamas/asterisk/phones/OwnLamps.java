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

/// What the lamps of phones show that is no state of a phone, as device states
/// (`dialplan/lamps.conf`): an extension with do not disturb as busy, `Stasis:dnd-<number>` in
/// addition to the state of its phone; and a schedule that is switched by hand,
/// `Stasis:schedule-<code>`.
///
/// Asterisk keeps them in its database. Works on its own virtual thread; while Asterisk is down
/// only the newest desired state is kept.
public final class OwnLamps implements AriListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OwnLamps.class);
  private static final int BATCH = 48;
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Ari ari;
  private final Duration timeout;
  private final Monitor monitor = new Monitor();
  private final Worker worker = new Worker("own-lamps", this::run);
  private final LinkedHashSet<Lamp> pending = new LinkedHashSet<>();
  private Map<Lamp, Boolean> desired = Map.of();
  private boolean online;

  public sealed interface Lamp {
    String device();

    String state(boolean on);
  }

  /// Asterisk shows the strongest of the states: busy before all others. When do not disturb is
  /// off, the state is weaker than any of the phone's; if it were deleted, the lamp would stay lit.
  public record DoNotDisturb(ExtensionNumber number) implements Lamp {
    @Override
    public String device() {
      return "dnd-" + number.digits();
    }

    @Override
    public String state(boolean on) {
      return on ? "BUSY" : "UNAVAILABLE";
    }
  }

  /// @param code that switches the schedule
  public record Switched(String code) implements Lamp {
    @Override
    public String device() {
      return "schedule-" + code;
    }

    @Override
    public String state(boolean on) {
      return on ? "INUSE" : "NOT_INUSE";
    }
  }

  /// @param timeout of a batch of requests
  public OwnLamps(Ari ari, Duration timeout) {
    this.ari = ari;
    this.timeout = timeout;
  }

  public void start() {
    worker.start();
  }

  public Worker worker() {
    return worker;
  }

  /// All of them, and whether each is on.
  public void update(Map<Lamp, Boolean> now) {
    monitor.change(() -> {
      Map<Lamp, Boolean> before = desired;
      desired = Map.copyOf(now);
      desired.forEach((lamp, on) -> {
        if (!on.equals(before.get(lamp))) {
          pending.addFirst(lamp);
        }
      });
      before.keySet().stream().filter(lamp -> !desired.containsKey(lamp)).forEach(pending::add);
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
      for (Optional<List<Change>> some = next(); some.isPresent(); some = next()) {
        send(some.get());
      }
    } catch (InterruptedException e) {
      log.atDebug().log("lamps are no longer updated");
    }
  }

  private record Change(Lamp lamp, AriRequest request) {}

  private Optional<List<Change>> next() throws InterruptedException {
    return monitor.take(
        () -> online && !pending.isEmpty() ? Optional.of(takeSome()) : Optional.empty());
  }

  private List<Change> takeSome() {
    List<Change> some = new ArrayList<>();
    while (some.size() < BATCH && !pending.isEmpty()) {
      Lamp lamp = pending.removeFirst();
      some.add(new Change(lamp, request(lamp)));
    }
    return some;
  }

  private AriRequest request(Lamp lamp) {
    String uri = "deviceStates/Stasis%3A" + lamp.device();
    Boolean on = desired.get(lamp);
    return on == null
        ? AriRequest.delete(uri)
        : new AriRequest(
            AriRequest.Method.PUT, uri, Map.of("deviceState", lamp.state(on)), Optional.empty());
  }

  private void send(List<Change> some) throws InterruptedException {
    List<Future<AriResponse>> answers = new ArrayList<>();
    some.forEach(change -> answers.add(ari.request(change.request())));
    List<Lamp> open = new ArrayList<>();
    for (int i = 0; i < some.size(); i++) {
      try {
        answers.get(i).await(timeout.toMillis(), TimeUnit.MILLISECONDS);
      } catch (AriFault | TimeoutException e) {
        log.atDebug().addKeyValue("reason", e.getMessage()).log("lamp update deferred");
        open.add(some.get(i).lamp());
      }
    }
    monitor.change(() -> pending.addAll(open));
    if (!open.isEmpty()) {
      monitor.rest(PAUSE); // the connection may be gone before offline() is called
    }
  }
}
