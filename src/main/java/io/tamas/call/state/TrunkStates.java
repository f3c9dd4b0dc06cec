package io.tamas.call.state;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.tamas.asterisk.phones.TrunkEndpoint;
import io.tamas.asterisk.phones.TrunkReport;
import io.tamas.asterisk.phones.TrunkWatch;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.Leg;
import io.tamas.call.state.TrunkState.State;
import io.tamas.company.Company;
import io.tamas.company.Company.Trunk;
import io.tamas.db.Database;
import io.tamas.db.DatabaseFault;
import io.tamas.event.Audience;
import io.tamas.event.EventType;
import io.tamas.event.NewEvent;
import io.tamas.event.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The live states of the trunks: listed, logged, counted (`tamas.trunk.…`), and each change
/// published as an event `trunk.state` with the subject `trunk:<name>`; without PostgreSQL changes
/// are in the log only.
///
/// Finds by itself which providers do not answer OPTIONS ([OptionsHabit]).
public final class TrunkStates implements TrunkWatch.Sink {
  private static final Logger log = LoggerFactory.getLogger(TrunkStates.class);

  private final Database database;
  private final TrunkHabits habits;
  private final TrunkCalls.Counter calls;
  private final Clock clock;
  private final Runnable onHabit;
  private final Map<String, TrunkState> states = new ConcurrentSkipListMap<>();
  private final MultiGauge up;
  private final MultiGauge registered;
  private final MultiGauge reachable;
  private final MultiGauge inProgress;
  private final TrunkSince since = new TrunkSince();
  private final Map<String, Silence> silent = new ConcurrentHashMap<>();

  /// By trunk, the server that has answered a call, or sent one.
  private final Map<String, Heard> heard = new ConcurrentHashMap<>();

  private volatile Map<String, Trunk> trunks = Map.of();

  /// @param at when that call began
  private record Heard(String server, Instant at) {}

  /// @param calls its most is the trunk's maximum of outbound calls; absent: no limit
  public record Shown(
      String trunk,
      State state,
      Instant since,
      Optional<String> reason,
      Optional<Boolean> registered,
      Optional<Boolean> reachable,
      Calls calls) {
    public record Calls(int inbound, int outbound, Optional<Integer> most) {}
  }

  /// @param onHabit called when it was found that a server ignores OPTIONS
  public TrunkStates(
      Database database,
      TrunkHabits habits,
      TrunkCalls.Counter calls,
      Clock clock,
      MeterRegistry registry,
      Runnable onHabit) {
    this.database = database;
    this.habits = habits;
    this.calls = calls;
    this.clock = clock;
    this.onHabit = onHabit;
    up = MultiGauge.builder("tamas.trunk.up").register(registry);
    registered = MultiGauge.builder("tamas.trunk.registered").register(registry);
    reachable = MultiGauge.builder("tamas.trunk.reachable").register(registry);
    inProgress = MultiGauge.builder("tamas.trunk.calls").register(registry);
  }

  /// Reads since when an earlier process has seen the trunks as they are. Waits.
  ///
  /// @throws DatabaseFault if that is not possible now
  public void load() {
    since.load(database);
  }

  /// The trunks that exist.
  public void company(Company company) {
    Map<String, Trunk> now = new TreeMap<>();
    company.trunks().forEach(trunk -> now.put(trunk.name(), trunk));
    trunks = now;
    states.keySet().retainAll(now.keySet());
    silent.keySet().retainAll(now.keySet());
    heard.keySet().retainAll(now.keySet());
    up.register(rows(state -> state.state() == State.UP ? 1 : 0), true);
    registered.register(rows(state -> number(state.registered())), true);
    reachable.register(rows(state -> number(state.reachable())), true);
    List<MultiGauge.Row<?>> counts = new ArrayList<>();
    for (String name : now.keySet()) {
      counts.add(count(name, "inbound", one -> one.inbound()));
      counts.add(count(name, "outbound", one -> one.outbound()));
    }
    inProgress.register(counts, true);
  }

  private List<MultiGauge.Row<?>> rows(ToDoubleFunction<TrunkState> value) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    for (String name : trunks.keySet()) {
      rows.add(
          MultiGauge.Row.of(
              Tags.of("trunk", name), this, all -> value.applyAsDouble(all.state(name))));
    }
    return rows;
  }

  private MultiGauge.Row<?> count(
      String name, String direction, ToDoubleFunction<TrunkCalls> value) {
    return MultiGauge.Row.of(
        Tags.of("trunk", name, "direction", direction),
        this,
        all -> value.applyAsDouble(all.calls.of(name)));
  }

  /// Not a number where there is nothing to say.
  private static double number(Optional<Boolean> is) {
    return is.map(yes -> yes ? 1.0 : 0.0).orElse(Double.NaN);
  }

  @Override
  public boolean report(TrunkEndpoint trunk, Optional<TrunkReport> report) {
    if (!trunks.containsKey(trunk.name())) {
      return false;
    }
    String server = trunk.callsTo().orElse("");
    boolean asks = report.filter(known -> habit(trunk.name(), server, known)).isPresent();
    TrunkState before = state(trunk.name());
    TrunkState now =
        TrunkState.of(trunk.name(), report, habitOf(trunk.name(), server), now())
            .after(Optional.of(before));
    Optional<TrunkSince.Kept> kept =
        now.state() == State.UNKNOWN ? Optional.empty() : since.of(now);
    TrunkState whole = kept.map(one -> now.since(one.since())).orElse(now);
    states.put(trunk.name(), whole);
    String reason = kept.map(TrunkSince.Kept::reason).orElse(before.reason().orElse(""));
    boolean isOther = kept.isEmpty() && now.state() != before.state();
    if (isOther || !now.reason().orElse("").equals(reason)) {
      changed(whole);
    }
    return asks;
  }

  /// A trunk over which nothing is called need not show that its server is there.
  private Optional<OptionsHabit> habitOf(String trunk, String server) {
    return server.isEmpty() ? Optional.of(OptionsHabit.THERE) : habits.of(trunk, server);
  }

  /// A call has ended: the servers that answered it, or sent it, are there. Does not wait.
  public void ended(CallRecord call) {
    Map<String, Trunk> all = trunks;
    Stream.concat(
            call.who().trunk().stream(),
            call.legs().stream()
                .filter(TrunkStates::isAnswered)
                .flatMap(leg -> leg.trunk().stream()))
        .flatMap(name -> Optional.ofNullable(all.get(name)).stream())
        .forEach(trunk ->
            heard.put(
                trunk.name(), new Heard(trunk.callsTo().orElse(""), call.when().startedAt())));
  }

  private static boolean isAnswered(Leg leg) {
    return leg.answeredAt().isPresent()
        || leg.sipStatus().filter(status -> status > 100).isPresent();
  }

  /// Whether the server should be asked by OPTIONS now.
  private boolean habit(String trunk, String server, TrunkReport report) {
    Optional<OptionsHabit> known = habits.of(trunk, server);
    boolean ignores = known.filter(OptionsHabit.IGNORES::equals).isPresent();
    boolean isThere = known.filter(OptionsHabit.THERE::equals).isPresent();
    if (server.isEmpty() || ignores || isThere && !report.asked()) {
      return false;
    }
    Optional<Instant> call =
        Optional.ofNullable(heard.get(trunk))
            .filter(one -> one.server().equals(server))
            .map(Heard::at);
    Instant now = now();
    Silence.Signs signs = new Silence.Signs(known, calls.of(trunk).inbound(), call);
    Optional<Silence> silence = silence(trunk, server, report, signs, now);
    Optional<Duration> silentFor =
        report.asked() ? silence.flatMap(one -> one.lasts(now)) : call.map(_ -> Duration.ZERO);
    OptionsHabit.shownBy(report, silentFor)
        .filter(found -> !known.equals(Optional.of(found)))
        .ifPresent(found -> keep(trunk, server, found));
    return silence.flatMap(Silence::there).filter(now::equals).isPresent();
  }

  /// Empty where it answers, or is not asked.
  private Optional<Silence> silence(
      String trunk, String server, TrunkReport report, Silence.Signs signs, Instant now) {
    if (!TrunkState.isSilent(report)) {
      silent.remove(trunk);
      return Optional.empty();
    }
    Silence before =
        Optional.ofNullable(silent.get(trunk))
            .filter(one -> one.server().equals(server))
            .orElseGet(() -> Silence.begins(server, now));
    Silence after = before.after(report, signs, now);
    silent.put(trunk, after);
    return Optional.of(after);
  }

  private void keep(String trunk, String server, OptionsHabit found) {
    try {
      habits.found(trunk, server, found);
      if (found == OptionsHabit.IGNORES) {
        log.atInfo().addKeyValue("trunk", trunk).log("a trunk does not answer OPTIONS");
        onHabit.run();
      }
    } catch (DatabaseFault e) {
      log.atDebug().addKeyValue("reason", e.getMessage()).log("a trunk's habit is not kept");
    }
  }

  private void changed(TrunkState now) {
    since.forget(now.trunk());
    log.atInfo()
        .addKeyValue("trunk", now.trunk())
        .addKeyValue("state", now.state().text())
        .addKeyValue("reason", now.reason().orElse(""))
        .log("the state of a trunk has changed");
    NewEvent event =
        new NewEvent(
            EventType.Known.TRUNK_STATE, "trunk:" + now.trunk(), now, Audience.Circle.SETTINGS);
    try {
      database.inTransaction(tx -> {
        tx.await(TrunkSince.keep(tx.connection(), now));
        return tx.await(Outbox.append(tx.connection(), List.of(event)));
      });
    } catch (DatabaseFault e) {
      log.atInfo().addKeyValue("reason", e.getMessage()).log("a trunk's state is not published");
    }
  }

  /// As exact as it can be kept.
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private TrunkState state(String trunk) {
    TrunkState known = states.get(trunk);
    return known == null ? TrunkState.of(trunk, Optional.empty(), Optional.empty(), now()) : known;
  }

  /// All trunks by name, as they are now.
  public List<Shown> list() {
    return trunks.values().stream().map(this::shown).toList();
  }

  /// One trunk as it is now; empty if there is none of that name.
  public Optional<Shown> find(String name) {
    return Optional.ofNullable(trunks.get(name)).map(this::shown);
  }

  private Shown shown(Trunk trunk) {
    TrunkState state = state(trunk.name());
    TrunkCalls now = calls.of(trunk.name());
    Optional<Integer> most = Optional.of(trunk.calls()).filter(calls -> calls > 0);
    return new Shown(
        trunk.name(),
        state.state(),
        state.since(),
        state.reason(),
        state.registered(),
        state.reachable(),
        new Shown.Calls(now.inbound(), now.outbound(), most));
  }

  /// What is wrong with a trunk for longer than that, in the second half of a sentence.
  public Optional<String> trouble(String trunk, Duration atLeast) {
    return Optional.ofNullable(states.get(trunk))
        .filter(one -> one.since().plus(atLeast).isBefore(now()))
        .flatMap(one ->
            switch (one.state()) {
              case NOT_REGISTERED ->
                  Optional.of("is not registered since " + one.since() + ": " + why(one));
              case UNREACHABLE ->
                  Optional.of("is not reachable since " + one.since() + ": " + why(one));
              case UP, UNKNOWN -> Optional.empty();
            });
  }

  private static String why(TrunkState state) {
    return state.reason().orElse("");
  }
}
