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

/// The live states of the extensions, and their way to the subscribers: each change is an event
/// `extension.state`.
///
/// While PostgreSQL is away the list goes on and only the newest state of each extension waits to
/// be told. Over restarts no change is lost and none is told twice.
public final class ExtensionStates implements PhoneStates.Sink, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ExtensionStates.class);
  private static final int BATCH = 500;
  private static final Duration RETRY = Duration.ofSeconds(1);

  private record Heard(PhoneState state, Instant at) {}

  private final ExtensionStateRows rows;
  private final Monitor monitor = new Monitor();
  private final Map<ExtensionNumber, Boolean> doNotDisturb = new TreeMap<>();
  private final Map<ExtensionNumber, Heard> heard = new HashMap<>();
  private final Map<ExtensionNumber, ExtensionState> current = new HashMap<>();
  private final Map<ExtensionNumber, State> told = new HashMap<>();
  private final LinkedHashSet<ExtensionNumber> waiting = new LinkedHashSet<>();
  private boolean companyKnown;

  public ExtensionStates(Database database, MeterRegistry registry) {
    this.rows = new ExtensionStateRows(database);
    registry.gauge("tamas.extension.states.waiting", this, ExtensionStates::waiting);
  }

  public void start() {
    Thread.ofVirtual().name("extension-states").start(this::run);
  }

  /// The extensions that exist and which of them want no calls.
  public void company(Company company) {
    monitor.change(() -> {
      companyKnown = true;
      Set<ExtensionNumber> gone = new HashSet<>(doNotDisturb.keySet());
      gone.addAll(told.keySet());
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

  /// A phone's state, as Asterisk tells it.
  @Override
  public void state(ExtensionNumber phone, PhoneState state, Instant at) {
    monitor.change(() -> {
      heard.put(phone, new Heard(state, at));
      derive(phone, at);
    });
  }

  /// What the extension does now.
  public State state(ExtensionNumber number) {
    return monitor.read(() -> {
      ExtensionState state = current.get(number);
      return state == null ? State.UNKNOWN : state.state();
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

  private int waiting() {
    return monitor.read(waiting::size);
  }

  private void derive(ExtensionNumber number, Instant at) {
    Boolean quiet = doNotDisturb.get(number);
    Heard phone = heard.get(number);
    if (quiet == null || phone == null) {
      return;
    }
    State state = State.of(phone.state(), quiet);
    ExtensionState before = current.get(number);
    if (before == null || before.state() != state) {
      current.put(number, new ExtensionState(number, state, Optional.of(at)));
    }
    if (state == told.get(number)) {
      waiting.remove(number);
    } else {
      waiting.add(number);
    }
  }

  private void forget(ExtensionNumber number) {
    heard.remove(number);
    current.remove(number);
    if (told.containsKey(number)) {
      waiting.add(number);
    } else {
      waiting.remove(number);
    }
  }

  private void run() {
    try {
      while (!loaded()) {
        if (!monitor.rest(RETRY)) {
          return;
        }
      }
      for (Optional<Batch> next = next(); next.isPresent(); next = next()) {
        if (!tell(next.get())) {
          monitor.rest(RETRY);
        }
      }
    } catch (InterruptedException e) {
      log.atDebug().log("extension states are not told any more");
    }
  }

  private boolean loaded() {
    try {
      List<ExtensionState> stored = rows.all();
      monitor.change(() -> stored.forEach(this::resume));
      return true;
    } catch (DatabaseFault e) {
      log.atInfo().addKeyValue("reason", e.getMessage()).log("extension states are read later");
      return false;
    }
  }

  private void resume(ExtensionState stored) {
    ExtensionNumber number = stored.extension();
    told.put(number, stored.state());
    if (companyKnown && !doNotDisturb.containsKey(number)) {
      forget(number);
    } else if (!heard.containsKey(number)) {
      current.put(number, stored);
    } else {
      derive(number, Instant.now());
    }
  }

  private record Batch(Collection<ExtensionState> changed, Set<ExtensionNumber> gone) {}

  private Optional<Batch> next() throws InterruptedException {
    return monitor.take(() -> waiting.isEmpty() ? Optional.empty() : Optional.of(some()));
  }

  private Batch some() {
    List<ExtensionState> states = new ArrayList<>();
    Set<ExtensionNumber> gone = new HashSet<>();
    waiting.stream()
        .limit(BATCH)
        .forEach(number ->
            Optional.ofNullable(current.get(number))
                .ifPresentOrElse(states::add, () -> gone.add(number)));
    return new Batch(states, gone);
  }

  private boolean tell(Batch batch) {
    try {
      rows.tell(batch.changed(), batch.gone());
    } catch (DatabaseFault e) {
      log.atInfo().addKeyValue("reason", e.getMessage()).log("extension states are told later");
      return false;
    }
    monitor.change(() -> {
      batch.gone().forEach(told::remove);
      batch.changed().forEach(state -> told.put(state.extension(), state.state()));
      batch.gone().forEach(this::settle);
      batch.changed().forEach(state -> settle(state.extension()));
    });
    return true;
  }

  /// It may have changed again meanwhile.
  private void settle(ExtensionNumber number) {
    ExtensionState now = current.get(number);
    State toTell = now == null ? null : now.state();
    if (toTell == told.get(number)) {
      waiting.remove(number);
    }
  }
}
