package io.tamas.crm;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.event.EventListener;
import io.tamas.number.PhoneNumber;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Looks up the profiles of a number within a time budget: in memory, then in PostgreSQL.
///
/// If PostgreSQL is slow, full or unavailable, the answer is "unknown" when the budget is used up,
/// or at once if a query has no prospect; the lookup continues, and a profile that is found late is
/// tied to the call.
public final class CallerLookup {
  static final String QUERY =
      """
      select p.id, p.name
      from profile_number n
      join profile p on p.id = n.profile
      where n.number in ($1, $2)
      order by n.priority desc, p.last_contact desc nulls last, p.id
      limit 10
      """;

  /// Lookups in progress per connection of the pool; more would only wait in a queue.
  private static final int OPEN_PER_CONNECTION = 8;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Database database;
  private final long budget;
  private final CallerCache cache;
  private final Circuit circuit = new Circuit(PAUSE, System::nanoTime);
  private final LateWork beside = new LateWork();
  private final LateCallers late;
  private final UnknownCallers unknown;
  private volatile CallerTies ties = (_, _, _) -> {};
  private final Map<By, Timer> timers = new EnumMap<>(By.class);

  /// How an answer was found, as counted and timed by the metric `tamas.lookup`.
  private enum By {
    MEMORY,
    DATABASE,
    TIMEOUT,
    REFUSED,
    FAILED
  }

  /// @param unknownCategory of the profiles that unknown callers get now; empty: they get none
  public CallerLookup(
      Database database,
      Config.Lookup lookup,
      Supplier<Optional<String>> unknownCategory,
      MeterRegistry metrics) {
    this.database = database;
    this.budget = lookup.budget().toNanos();
    int maxOpen = database.poolSize() * OPEN_PER_CONNECTION;
    this.cache = new CallerCache(lookup, maxOpen, System::nanoTime);
    CallerTies given = (call, number, caller) -> ties.tie(call, number, caller);
    this.unknown = new UnknownCallers(database, beside, unknownCategory, given, metrics);
    this.late = new LateCallers(database, beside, this::answer, unknown::called, given, metrics);
    for (By by : By.values()) {
      timers.put(
          by,
          Timer.builder("tamas.lookup")
              .description("Lookups of callers in the call path, by how the answer was found")
              .tag("by", by.name().toLowerCase(Locale.ROOT))
              .publishPercentiles(0.5, 0.99)
              .register(metrics));
    }
    Gauge.builder("tamas.lookup.cached", cache, CallerCache::size).register(metrics);
  }

  /// Sets what is told of callers that are known late; before the start.
  public void tieWith(CallerTies receiver) {
    ties = receiver;
  }

  /// Who has a number, as PostgreSQL has it now. May wait.
  public Caller inDatabase(PhoneNumber number) {
    return database.await(query(number.line()));
  }

  /// Receives the profile changes of all nodes; called by the event hub.
  public EventListener listener() {
    return cache;
  }

  /// The caller of a call, within the budget whatever fails. Blocking code for a virtual thread.
  ///
  /// @param call the id of the call, to which a late answer is tied
  public Caller find(PhoneNumber shown, String call) {
    long start = System.nanoTime();
    PhoneNumber number = shown.line();
    Optional<CallerCache.Answer> kept = cache.get(number);
    if (kept.isPresent()) {
      if (kept.get().isOld() && !circuit.isOpen()) {
        cache.ask(number, this::query);
      }
      return answered(kept.get().caller(), number, call, By.MEMORY, start);
    }
    Optional<Future<Caller>> answer = circuit.isOpen() ? Optional.empty() : ask(number);
    if (answer.isEmpty()) {
      return missed(number, call, By.REFUSED, start);
    }
    try {
      long left = budget - (System.nanoTime() - start);
      Caller caller = answer.get().await(Math.max(1, left), TimeUnit.NANOSECONDS);
      return answered(caller, number, call, By.DATABASE, start);
    } catch (TimeoutException e) {
      return missed(number, call, By.TIMEOUT, start);
    } catch (Exception e) { // a future throws checked exceptions that it does not declare
      return missed(number, call, By.FAILED, start);
    }
  }

  /// The same for another question about a call: what is not known in time is not told later.
  public Caller known(PhoneNumber shown) {
    PhoneNumber number = shown.line();
    Optional<CallerCache.Answer> kept = cache.get(number);
    if (kept.isPresent()) {
      return kept.get().caller();
    }
    Optional<Future<Caller>> answer = circuit.isOpen() ? Optional.empty() : ask(number);
    try {
      return answer.isPresent()
          ? answer.get().await(budget, TimeUnit.NANOSECONDS)
          : Caller.unknown();
    } catch (Exception e) { // a future throws checked exceptions that it does not declare
      return Caller.unknown();
    }
  }

  /// Whether it is known who has the number, or that nobody has.
  public boolean isAnswered(PhoneNumber shown) {
    return cache.get(shown.line()).isPresent();
  }

  public void close() {
    beside.close();
  }

  private Caller answered(Caller caller, PhoneNumber number, String call, By by, long start) {
    if (caller.candidates().isEmpty()) {
      unknown.called(number, call);
    }
    record(by, start);
    return caller;
  }

  private Caller missed(PhoneNumber number, String call, By by, long start) {
    late.identify(number, call);
    record(by, start);
    return Caller.unknown();
  }

  private void record(By by, long start) {
    requireNonNull(timers.get(by)).record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
  }

  /// The answer for a request that has more time than a call.
  private Optional<Future<Caller>> answer(PhoneNumber number) {
    Optional<CallerCache.Answer> kept = cache.get(number);
    return kept.isPresent()
        ? Optional.of(Future.succeededFuture(kept.get().caller()))
        : ask(number);
  }

  private Optional<Future<Caller>> ask(PhoneNumber number) {
    return cache.ask(number, this::query);
  }

  private Future<Caller> query(PhoneNumber number) {
    return database
        .pool()
        .preparedQuery(QUERY)
        .execute(Tuple.of(number.e164(), number.sameLine().getLast().e164()))
        .map(rows -> rows.stream().map(CallerLookup::candidate).toList())
        .map(candidates -> candidates.isEmpty() ? Caller.unknown() : new Caller(candidates))
        .onSuccess(found -> circuit.succeeded())
        .onFailure(thrown -> circuit.failed());
  }

  private static Caller.Candidate candidate(Row row) {
    return new Caller.Candidate(row.getLong(0), ProfileRows.name(row));
  }
}
