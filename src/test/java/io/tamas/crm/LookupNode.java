package io.tamas.crm;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.event.EventHub;
import io.tamas.event.Snapshot;
import io.tamas.number.PhoneNumber;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// A node with profiles and a lookup, for tests.
final class LookupNode implements AutoCloseable {
  static final Duration BUDGET = Duration.ofMillis(50);

  final Vertx vertx = Vertx.vertx();
  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  final Database database;
  final Profiles profiles;
  final CallerLookup lookup;
  private final EventHub hub;

  /// The calls whose callers were known late.
  final List<Tied> tied = new CopyOnWriteArrayList<>();

  LookupNode(Config.Database config, boolean createUnknown) throws Exception {
    this(config, BUDGET, createUnknown);
  }

  LookupNode(Config.Database config, Duration budget, boolean createUnknown) throws Exception {
    database = new Database(vertx, config);
    profiles = new Profiles(database, () -> Contents.NUMBERS);
    lookup =
        new CallerLookup(
            database,
            new Config.Lookup(budget, 10_000, Duration.ofMinutes(10)),
            () -> createUnknown ? Optional.of("unknown") : Optional.empty(),
            metrics);
    lookup.tieWith((call, number, caller) -> tied.add(new Tied(call, number, caller)));
    hub = new EventHub(vertx, database, new Nothing(), EventHub.Limits.DEFAULT, metrics);
    hub.listen(lookup.listener());
    hub.start().await(10, TimeUnit.SECONDS);
  }

  record Tied(String call, PhoneNumber number, Caller caller) {}

  private record Nothing() implements Snapshot {
    @Override
    public Object calls() {
      return List.of();
    }

    @Override
    public Object extensions() {
      return List.of();
    }
  }

  /// The names of the candidates.
  List<String> find(String number, String call) {
    return lookup.find(new PhoneNumber(number), call).candidates().stream()
        .map(Caller.Candidate::name)
        .toList();
  }

  Profile create(String name, int priority, String... numbers) {
    return profiles.create(content(name, priority, numbers));
  }

  static Profile.Content content(String name, int priority, String... numbers) {
    List<Profile.Number> all =
        List.of(numbers).stream()
            .map(number -> Contents.number(new PhoneNumber(number), "", priority))
            .toList();
    return Contents.of(
        Profile.Kind.PERSON, name, Optional.empty(), Optional.empty(), all, Map.of());
  }

  /// How many lookups were answered so.
  long answers(String by) {
    return metrics.get("tamas.lookup").tag("by", by).timer().count();
  }

  Timer timer(String by) {
    return metrics.get("tamas.lookup").tag("by", by).timer();
  }

  @Override
  public void close() throws Exception {
    lookup.close();
    hub.close().await(5, TimeUnit.SECONDS);
    database.close().await(5, TimeUnit.SECONDS);
    vertx.close().await(5, TimeUnit.SECONDS);
  }
}
