package io.tamas.call.live;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.asterisk.journal.Journal;
import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.call.history.Calls;
import io.tamas.call.history.UnknownTexts;
import io.tamas.call.record.CallRecord;
import io.tamas.db.Database;
import io.tamas.db.Transaction;
import io.tamas.json.Json;
import io.tamas.work.Monitor;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The calls of this cell that are in progress: a table, and a copy in memory that shows what is
/// committed. Without PostgreSQL the copy shows what was committed last.
public final class LiveCalls {
  /// Calls whose rows are read at once.
  private static final int PAGE = 200;

  private static final Duration CATCHES_UP = Duration.ofSeconds(1);

  private static final String SAVE =
      """
      insert into live_call (id, cell, record)
      select r.id, $1, r.record::jsonb from unnest($2::text[], $3::text[]) as r (id, record)
      on conflict (id) do update set record = excluded.record
      """;

  private static final String REMOVE = "delete from live_call where id = any($1)";

  private static final String ALL = "select record::text from live_call where cell = $1";

  private final Database database;
  private final String cell;
  private final UnknownTexts unknown;
  private final Clock clock = Clock.systemUTC();
  private final Map<String, CallRecord> calls = new ConcurrentHashMap<>();
  private final Monitor monitor = new Monitor();

  /// Transactions that change calls, counted as they start; at first there is what was committed
  /// before this process.
  private long started = 1;

  /// Those of them that the copy shows.
  private long shown;

  public LiveCalls(Database database, String cell, MeterRegistry registry) {
    this.database = database;
    this.unknown = new UnknownTexts(registry);
    this.cell = cell;
  }

  /// The rows of each call in the journal, up to now: read in pages.
  public Map<String, List<JournalEvent>> rows() {
    List<String> ids = list().stream().map(CallRecord::id).toList();
    Map<String, List<JournalEvent>> rows = new HashMap<>();
    for (int from = 0; from < ids.size(); from += PAGE) {
      List<String> page = ids.subList(from, Math.min(ids.size(), from + PAGE));
      rows.putAll(database.await(Journal.read(database.pool(), page)));
    }
    return rows;
  }

  /// The oldest first.
  public List<CallRecord> list() {
    return calls.values().stream()
        .sorted(
            Comparator.comparing((CallRecord call) -> call.when().startedAt())
                .thenComparing(CallRecord::id))
        .toList();
  }

  /// The same as they are now, once the copy shows all that is committed: an event of it may be
  /// published just before. Waits a second at most, such as while the outcome of a commit is
  /// unknown.
  public List<CallRecord> listCommitted() {
    long committed = monitor.read(() -> started);
    try {
      monitor.await(() -> shown >= committed, CATCHES_UP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Instant now = clock.instant();
    return list().stream().map(call -> call.at(now)).toList();
  }

  /// Waits until a call is shown, but no longer than the timeout.
  public void await(String id, Duration timeout) {
    try {
      monitor.await(() -> calls.containsKey(id), timeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public int count() {
    return calls.size();
  }

  /// A call as it is now.
  public Optional<CallRecord> findNow(String id) {
    return find(id).map(call -> call.at(clock.instant()));
  }

  public Optional<CallRecord> find(String id) {
    return Optional.ofNullable(calls.get(id));
  }

  /// Reads the copy anew.
  public void restore() {
    List<CallRecord> stored = stored();
    calls.keySet().retainAll(stored.stream().map(CallRecord::id).toList());
    show(stored, List.of());
  }

  public List<CallRecord> stored() {
    return Calls.read(
        database.await(database.pool().preparedQuery(ALL).execute(Tuple.of(cell))), unknown);
  }

  public Future<?> save(Transaction tx, Collection<CallRecord> inProgress) {
    monitor.change(() -> started++);
    if (inProgress.isEmpty()) {
      return Future.succeededFuture();
    }
    String[] ids = inProgress.stream().map(CallRecord::id).toArray(String[]::new);
    String[] records = inProgress.stream().map(Json::write).toArray(String[]::new);
    return tx.connection().preparedQuery(SAVE).execute(Tuple.of(cell, ids, records));
  }

  /// A call that started and ended in the same transaction was never in the table.
  public Future<?> remove(Transaction tx, Collection<String> gone) {
    String[] ids = gone.stream().filter(calls::containsKey).toArray(String[]::new);
    if (ids.length == 0) {
      return Future.succeededFuture();
    }
    return tx.connection().preparedQuery(REMOVE).execute(Tuple.of((Object) ids));
  }

  /// Applies to the copy what was committed.
  public void show(Collection<CallRecord> inProgress, Collection<String> gone) {
    inProgress.forEach(call -> calls.put(call.id(), call));
    gone.forEach(calls::remove);
    monitor.change(() -> shown = started);
  }
}
