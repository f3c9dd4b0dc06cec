package io.tamas.call.state;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.asterisk.phones.PhoneState;
import io.tamas.asterisk.phones.PhoneStates;
import io.tamas.call.state.ExtensionState.State;
import io.tamas.company.Company;
import io.tamas.company.Extension;
import io.tamas.db.Database;
import io.tamas.db.DatabaseFault;
import io.tamas.number.ExtensionNumber;
import io.tamas.work.Monitor;
import io.tamas.work.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The live states of the extensions. Each change is published to the subscribers as an event
/// `extension.state`.
///
/// While PostgreSQL is down, the list stays current, and only the newest state of each extension
/// waits to be published. Across restarts no change is lost and none is published twice.
public final class ExtensionStates implements PhoneStates.Sink, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ExtensionStates.class);
  private static final int BATCH = 500;
  private static final Duration RETRY = Duration.ofSeconds(1);

  private record Reported(PhoneState state, Instant at) {}

  private final ExtensionStateRows rows;
  private final Monitor monitor = new Monitor();
  private final Worker worker = new Worker("extension-states", this::run);
  private final Map<ExtensionNumber, Boolean> doNotDisturb = new TreeMap<>();
  private final Map<ExtensionNumber, Reported> reported = new HashMap<>();

  /// In how many calls an extension is; none is left out.
  private final Map<ExtensionNumber, Integer> calls = new HashMap<>();

  private final Map<ExtensionNumber, ExtensionState> current = new HashMap<>();
  private final Map<ExtensionNumber, State> published = new HashMap<>();
  private final LinkedHashSet<ExtensionNumber> pending = new LinkedHashSet<>();
  private boolean companyKnown;

  public ExtensionStates(Database database, MeterRegistry registry) {
    this.rows = new ExtensionStateRows(database);
    registry.gauge("tamas.extension.states.waiting", this, ExtensionStates::pending);
  }

  public void start() {
    worker.start();
  }

  public Worker worker() {
    return worker;
  }

  /// The extensions that exist, and whether do not disturb is on.
  public void company(Company company) {
    monitor.change(() -> {
      companyKnown = true;
      Set<ExtensionNumber> gone = new HashSet<>(doNotDisturb.keySet());
      gone.addAll(published.keySet());
      doNotDisturb.clear();
      for (Extension extension : company.extensions()) {
        doNotDisturb.put(extension.number(), extension.doNotDisturb());
      }
      gone.removeAll(doNotDisturb.keySet());
      gone.forEach(this::forget);
      Instant now = Instant.now();
      doNotDisturb.keySet().forEach(number -> derive(number, now));
    });
  }

  /// A phone's state, as Asterisk reports it.
  @Override
  public void state(ExtensionNumber phone, PhoneState state, Instant at) {
    monitor.change(() -> {
      reported.put(phone, new Reported(state, at));
      derive(phone, at);
    });
  }

  /// In how many calls these extensions are, on whichever of their devices.
  public void calls(Map<ExtensionNumber, Integer> now) {
    if (now.isEmpty()) {
      return;
    }
    Instant at = Instant.now();
    monitor.change(() ->
        now.forEach((number, count) -> {
          Integer before = count == 0 ? calls.remove(number) : calls.put(number, count);
          if (!Integer.valueOf(count).equals(before)) {
            derive(number, at);
          }
        }));
  }

  /// The state of the extension now.
  public State state(ExtensionNumber number) {
    return monitor.read(() -> {
      ExtensionState state = current.get(number);
      return state == null ? State.UNKNOWN : state.state();
    });
  }

  /// When the extension entered that state; [Instant#MIN] if it is unknown.
  public Instant since(ExtensionNumber number) {
    return monitor.read(() -> {
      ExtensionState state = current.get(number);
      return state == null ? Instant.MIN : state.since().orElse(Instant.MIN);
    });
  }

  /// All extensions in the order of their numbers, as they are now.
  public List<ExtensionState> list() {
    return monitor.read(() ->
        doNotDisturb.keySet().stream()
            .map(number ->
                current.getOrDefault(
                    number, new ExtensionState(number, State.UNKNOWN, Optional.empty())))
            .toList());
  }

  @Override
  public void close() {
    monitor.close();
  }

  private int pending() {
    return monitor.read(pending::size);
  }

  private void derive(ExtensionNumber number, Instant at) {
    Boolean isDoNotDisturb = doNotDisturb.get(number);
    Reported phone = reported.get(number);
    if (isDoNotDisturb == null || phone == null) {
      return;
    }
    State state = State.of(phone.state(), isDoNotDisturb, calls.getOrDefault(number, 0));
    ExtensionState before = current.get(number);
    if (before == null || before.state() != state) {
      current.put(number, new ExtensionState(number, state, Optional.of(at)));
    }
    if (state == published.get(number)) {
      pending.remove(number);
    } else {
      pending.add(number);
    }
  }

  private void forget(ExtensionNumber number) {
    reported.remove(number);
    current.remove(number);
    if (published.containsKey(number)) {
      pending.add(number);
    } else {
      pending.remove(number);
    }
  }

  private void run() {
    try {
      while (!load()) {
        if (!monitor.rest(RETRY)) {
          return;
        }
      }
      for (Optional<Batch> next = next(); next.isPresent(); next = next()) {
        if (!publish(next.get())) {
          monitor.rest(RETRY);
        }
      }
    } catch (InterruptedException e) {
      log.atDebug().log("extension states are no longer published");
    }
  }

  private boolean load() {
    try {
      List<ExtensionState> stored = rows.all();
      monitor.change(() -> stored.forEach(this::resume));
      return true;
    } catch (DatabaseFault e) {
      log.atInfo()
          .addKeyValue("reason", e.getMessage())
          .log("loading of extension states deferred");
      return false;
    }
  }

  private void resume(ExtensionState stored) {
    ExtensionNumber number = stored.extension();
    published.put(number, stored.state());
    if (companyKnown && !doNotDisturb.containsKey(number)) {
      forget(number);
    } else if (!reported.containsKey(number)) {
      current.put(number, stored);
    } else {
      derive(number, Instant.now());
    }
  }

  private record Batch(Collection<ExtensionState> changed, Set<ExtensionNumber> gone) {}

  private Optional<Batch> next() throws InterruptedException {
    return monitor.take(() -> pending.isEmpty() ? Optional.empty() : Optional.of(batch()));
  }

  private Batch batch() {
    List<ExtensionState> states = new ArrayList<>();
    Set<ExtensionNumber> gone = new HashSet<>();
    pending.stream()
        .limit(BATCH)
        .forEach(number ->
            Optional.ofNullable(current.get(number))
                .ifPresentOrElse(states::add, () -> gone.add(number)));
    return new Batch(states, gone);
  }

  private boolean publish(Batch batch) {
    try {
      rows.publish(batch.changed(), batch.gone());
    } catch (DatabaseFault e) {
      log.atInfo()
          .addKeyValue("reason", e.getMessage())
          .log("publishing of extension states deferred");
      return false;
    }
    monitor.change(() -> {
      batch.gone().forEach(published::remove);
      batch.changed().forEach(state -> published.put(state.extension(), state.state()));
      batch.gone().forEach(this::settle);
      batch.changed().forEach(state -> settle(state.extension()));
    });
    return true;
  }

  /// It may have changed again meanwhile.
  private void settle(ExtensionNumber number) {
    ExtensionState now = current.get(number);
    State newest = now == null ? null : now.state();
    if (newest == published.get(number)) {
      pending.remove(number);
    }
  }
}
