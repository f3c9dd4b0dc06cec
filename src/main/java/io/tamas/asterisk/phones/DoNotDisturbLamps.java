package io.tamas.asterisk.phones;

import io.tamas.asterisk.ari.Ari;
import io.tamas.asterisk.ari.AriFault;
import io.tamas.asterisk.ari.AriListener;
import io.tamas.asterisk.ari.AriPeer;
import io.tamas.asterisk.ari.AriRequest;
import io.tamas.asterisk.ari.AriResponse;
import io.tamas.number.ExtensionNumber;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
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

  private final Ari ari;
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final LinkedHashSet<ExtensionNumber> toTell = new LinkedHashSet<>();
  private Map<ExtensionNumber, Boolean> wanted = Map.of();
  private boolean online;
  private boolean closed;

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
    locked(() -> {
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
    locked(() -> {
      online = true;
      toTell.addAll(wanted.keySet());
    });
  }

  @Override
  public void offline() {
    locked(() -> online = false);
  }

  @Override
  public void close() {
    locked(() -> closed = true);
  }

  private void run() {
    try {
      for (List<Lamp> some = next(); !some.isEmpty(); some = next()) {
        tell(some);
      }
    } catch (InterruptedException e) {
      log.atDebug().log("lamps are not kept any more");
    }
  }

  private record Lamp(ExtensionNumber number, AriRequest request) {}

  /// Nothing when it is closed.
  private List<Lamp> next() throws InterruptedException {
    lock.lock();
    try {
      while (!closed && (!online || toTell.isEmpty())) {
        changed.await();
      }
      List<Lamp> some = new ArrayList<>();
      while (!closed && some.size() < BATCH && !toTell.isEmpty()) {
        ExtensionNumber number = toTell.removeFirst();
        some.add(new Lamp(number, request(number)));
      }
      return some;
    } finally {
      lock.unlock();
    }
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
    locked(() -> toTell.addAll(open));
    if (!open.isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(100); // the connection may be gone before offline() is heard
    }
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
