package io.tamas.asterisk.phones;

import io.tamas.asterisk.ari.Ari;
import io.tamas.asterisk.ari.AriFault;
import io.tamas.asterisk.ari.AriListener;
import io.tamas.asterisk.ari.AriPeer;
import io.tamas.asterisk.ari.AriRequest;
import io.tamas.asterisk.ari.AriResponse;
import io.tamas.number.ExtensionNumber;
import io.tamas.work.Monitor;
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

/// Makes the lamps of the others show an extension that wants no calls as busy: a device state
/// `Stasis:dnd-<number>` beside that of its phone (`dialplan/lamps.conf`).
///
/// Asterisk keeps them in its database. Works on a virtual thread of its own; while Asterisk is
/// away only the newest wish is kept.
public final class DoNotDisturbLamps implements AriListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DoNotDisturbLamps.class);
  private static final int BATCH = 48;
  private static final Duration LOST = Duration.ofMillis(100);

  private final Ari ari;
  private final Duration patience;
  private final Monitor monitor = new Monitor();
  private final LinkedHashSet<ExtensionNumber> toTell = new LinkedHashSet<>();
  private Map<ExtensionNumber, Boolean> wanted = Map.of();
  private boolean online;

  /// @param patience how long a batch of requests may take
  public DoNotDisturbLamps(Ari ari, Duration patience) {
    this.ari = ari;
    this.patience = patience;
  }

  public void start() {
    Thread.ofVirtual().name("do-not-disturb-lamps").start(this::run);
  }

  /// All extensions, and which of them want no calls.
  public void want(Map<ExtensionNumber, Boolean> now) {
    monitor.change(() -> {
      Map<ExtensionNumber, Boolean> before = wanted;
      wanted = Map.copyOf(now);
      wanted.forEach((number, on) -> {
        if (!on.equals(before.get(number))) {
          toTell.addFirst(number);
        }
      });
      before.keySet().stream().filter(number -> !wanted.containsKey(number)).forEach(toTell::add);
    });
  }

  /// What Asterisk has may be older than what it acknowledged.
  @Override
  public void online(AriPeer peer) {
    monitor.change(() -> {
      online = true;
      toTell.addAll(wanted.keySet());
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
      for (Optional<List<Lamp>> some = next(); some.isPresent(); some = next()) {
        tell(some.get());
      }
    } catch (InterruptedException e) {
      log.atDebug().log("lamps are not kept any more");
    }
  }

  private record Lamp(ExtensionNumber number, AriRequest request) {}

  private Optional<List<Lamp>> next() throws InterruptedException {
    return monitor.take(
        () -> online && !toTell.isEmpty() ? Optional.of(takeSome()) : Optional.empty());
  }

  private List<Lamp> takeSome() {
    List<Lamp> some = new ArrayList<>();
    while (some.size() < BATCH && !toTell.isEmpty()) {
      ExtensionNumber number = toTell.removeFirst();
      some.add(new Lamp(number, request(number)));
    }
    return some;
  }

  /// Asterisk takes the strongest of the states for the lamp: busy before all others. When it is
  /// off the state is weaker than any of the phone's; if it were deleted, the lamp would stay lit.
  private AriRequest request(ExtensionNumber number) {
    String uri = "deviceStates/Stasis%3Adnd-" + number.digits();
    Boolean on = wanted.get(number);
    return on == null
        ? AriRequest.delete(uri)
        : new AriRequest(
            AriRequest.Method.PUT,
            uri,
            Map.of("deviceState", on ? "BUSY" : "UNAVAILABLE"),
            Optional.empty());
  }

  private void tell(List<Lamp> some) throws InterruptedException {
    List<Future<AriResponse>> answers = new ArrayList<>();
    some.forEach(lamp -> answers.add(ari.request(lamp.request())));
    List<ExtensionNumber> open = new ArrayList<>();
    for (int i = 0; i < some.size(); i++) {
      try {
        answers.get(i).await(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (AriFault | TimeoutException e) {
        log.atDebug().addKeyValue("reason", e.getMessage()).log("a lamp is told later");
        open.add(some.get(i).number());
      }
    }
    monitor.change(() -> toTell.addAll(open));
    if (!open.isEmpty()) {
      monitor.rest(LOST); // the connection may be gone before offline() is heard
    }
  }
}
