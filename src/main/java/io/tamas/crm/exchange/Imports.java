package io.tamas.crm.exchange;

import io.tamas.audit.Audit;
import io.tamas.audit.Audit.Action;
import io.tamas.crm.ProfileGroup;
import io.tamas.db.Database;
import io.tamas.db.DatabaseFault;
import io.tamas.db.Transaction;
import io.tamas.event.Audience;
import io.tamas.event.EventType.Known;
import io.tamas.event.NewEvent;
import io.tamas.event.Outbox;
import io.tamas.json.Json;
import io.tamas.web.Problem;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The store of imports. One is open at a time.
///
/// Blocking code for virtual threads. Without PostgreSQL each method throws a retryable
/// [DatabaseFault] within the database's time-out.
public final class Imports {
  /// How long an import can be undone.
  static final Duration UNDO_FOR = Duration.ofDays(7);

  private static final String ALL = "select * from profile_import";
  private static final String BY_ID = ALL + " where id = $1";
  private static final String LOCKED = BY_ID + " for update";

  private static final String LIST =
      ALL + " where $1::bigint is null or id < $1 order by id desc limit $2";

  private static final String OPEN =
      ALL
          + """
           where state in ('READING', 'READY', 'CHECKING', 'CHECKED', 'RUNNING', 'UNDOING')
          """;

  private static final String INSERT =
      """
      insert into profile_import (state, file, bytes, author) values ('READING', $1, $2, $3)
      returning *
      """;

  private static final String STATE =
      """
      update profile_import
      set state = $2, reason = $3,
          began_at = case when $2 in ('CHECKING', 'RUNNING', 'UNDOING') then $4 else began_at end,
          began_row = case when $2 in ('CHECKING', 'RUNNING', 'UNDOING') then 0 else began_row end,
          ended_at = case when $2 in ('DONE', 'CANCELLED', 'FAILED') then $4 else ended_at end,
          undo_until = case when $2 in ('DONE', 'CANCELLED', 'FAILED')
                              and (exists (select from profile_import_batch b where b.import = $1)
                                or exists (select from profile_import_change c where c.import = $1))
                            then $5 else undo_until end
      where id = $1
      """;

  private static final String FORMAT =
      "update profile_import set format = $2::text::jsonb, header = $3 where id = $1";

  private static final String READ =
      """
      update profile_import
      set state = 'READY', format = $2::text::jsonb, row_count = $3, headings = $4,
          preview = $5::text::jsonb, suggestion = $6::text::jsonb, mapping = null
      where id = $1 and state = 'READING'
      """;

  private static final String MAPPING =
      "update profile_import set mapping = $2::text::jsonb where id = $1";

  private static final String FRESH =
      """
      update profile_import
      set done = 0, created_count = 0, changed = 0, unchanged = 0, refused = 0, repeated = 0,
          new_groups = '{}'
      where id = $1
      """;

  private static final String COUNT =
      """
      update profile_import
      set done = greatest(done, $2), created_count = created_count + $3, changed = changed + $4,
          unchanged = unchanged + $5, refused = refused + $6, repeated = repeated + $7
      where id = $1
      """;

  private static final String GROUPS =
      """
      update profile_import
      set new_groups = new_groups || $2::text[], made_groups = made_groups || $3::bigint[]
      where id = $1
      """;

  private static final String MADE_GROUPS = "select made_groups from profile_import where id = $1";

  private static final String TOLD = "update profile_import set told_at = $2 where id = $1";

  private static final String FORGET_CHANGES =
      "delete from profile_import_change where import = $1";

  private final Database database;
  private final Clock clock;
  private final ImportRefusals refusals;

  public Imports(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.refusals = new ImportRefusals(database);
  }

  Database database() {
    return database;
  }

  ImportRefusals refusals() {
    return refusals;
  }

  Optional<Import> find(long id) {
    return first(database.await(database.pool().preparedQuery(BY_ID).execute(Tuple.of(id))));
  }

  /// The newest first.
  ///
  /// @param before the last of the page before
  List<Import> list(Optional<Long> before, int limit) {
    Tuple values = Tuple.tuple().addLong(before.orElse(null)).addInteger(limit);
    return database.await(database.pool().preparedQuery(LIST).execute(values)).stream()
        .map(this::read)
        .toList();
  }

  /// The one that has not ended.
  Optional<Import> open() {
    return first(database.await(database.pool().query(OPEN).execute()));
  }

  /// @param keep puts the file in its place before the import is there for others
  /// @throws Problem 409 while another is open
  Import create(String file, long bytes, String author, Consumer<Import> keep) {
    try {
      return database.inTransaction(tx -> {
        Import created = read(tx.execute(INSERT, Tuple.of(file, bytes, author)).iterator().next());
        keep.accept(created);
        return created;
      });
    } catch (DatabaseFault fault) {
      throw fault.isDuplicate() ? otherOpen() : fault;
    }
  }

  Problem otherOpen() {
    return open()
        .map(other ->
            Problem.conflict(
                "import %d of %s is %s: only one at a time is open; run it or cancel it first"
                    .formatted(other.id(), other.author(), other.state())))
        .orElseGet(() -> Problem.conflict("another import was open"));
  }

  private interface Step {
    /// What becomes of an import that is locked.
    ///
    /// @throws Problem 409 if it is not in the state for it
    void take(Transaction tx, Import now);
  }

  private Import change(long id, Step step) {
    try {
      return database.inTransaction(tx -> {
        Import now =
            first(tx.execute(LOCKED, Tuple.of(id)))
                .orElseThrow(() -> Problem.notFound("import " + id));
        step.take(tx, now);
        return first(tx.execute(BY_ID, Tuple.of(id))).orElseThrow();
      });
    } catch (DatabaseFault fault) {
      throw fault.isDuplicate() ? otherOpen() : fault;
    }
  }

  /// Has the file read in another way.
  Import reread(long id, SheetFormat format, boolean header) {
    return change(
        id,
        (tx, now) -> {
          require(now, now.state().isReady(), "how it is read can be changed");
          tx.execute(FORMAT, Tuple.of(id, Json.write(format), header));
          tx.execute(FRESH, Tuple.of(id));
          refusals.forget(tx, id);
          move(tx, id, ImportState.READING, null);
        });
  }

  Import map(long id, Mapping mapping) {
    return change(
        id,
        (tx, now) -> {
          require(now, now.state().isReady(), "it can be mapped");
          mapping.requireSound(now.width());
          PhoneBook book = PhoneBooks.of(tx);
          book.missing(mapping)
              .ifPresent(missing -> {
                throw Problem.invalid(List.of(new Problem.Fault("/columns", missing)));
              });
          tx.execute(MAPPING, Tuple.of(id, Json.write(mapping)));
          tx.execute(FRESH, Tuple.of(id));
          refusals.forget(tx, id);
          move(tx, id, ImportState.READY, null);
        });
  }

  /// Has a dry run made, or the run.
  Import begin(long id, ImportState state) {
    return change(
        id,
        (tx, now) -> {
          require(now, now.state().isReady(), "it can be run");
          if (now.mapping().isEmpty()) {
            throw Problem.conflict("import %d has no mapping yet".formatted(id));
          }
          tx.execute(FRESH, Tuple.of(id));
          refusals.forget(tx, id);
          move(tx, id, state, null);
          if (state == ImportState.RUNNING) {
            record(tx, now, Action.CREATED);
          }
        });
  }

  /// Ends it; a dry run is ended and leaves it ready. What was imported stays.
  Import cancel(long id) {
    return change(
        id,
        (tx, now) -> {
          switch (now.state()) {
            case CHECKING -> {
              tx.execute(FRESH, Tuple.of(id));
              refusals.forget(tx, id);
              move(tx, id, ImportState.READY, null);
            }
            case READING, READY, CHECKED, RUNNING -> {
              move(tx, id, ImportState.CANCELLED, null);
              if (now.state() == ImportState.RUNNING) {
                record(tx, now, Action.ENDED);
                tell(tx, id);
              }
            }
            case DONE, CANCELLED, FAILED, UNDOING, UNDONE ->
                require(now, false, "it can be cancelled");
          }
        });
  }

  Import undo(long id) {
    return change(
        id,
        (tx, now) -> {
          require(now, now.state().isEnded(), "it can be undone");
          if (now.undoUntil().filter(end -> end.isAfter(clock.instant())).isEmpty()) {
            throw Problem.conflict(
                now.undoUntil().isEmpty()
                    ? "import %d has changed nothing".formatted(id)
                    : "import %d could be undone until %s".formatted(id, now.undoUntil().get()));
          }
          move(tx, id, ImportState.UNDOING, null);
          record(tx, now, Action.DELETED);
        });
  }

  /// One row for all of its profiles.
  private static void record(Transaction tx, Import now, Action action) {
    Map<String, Long> size = Map.of("rows", now.rows().orElse(0L));
    Audit.record(tx, Audit.Change.of("import", now.id(), action).after(size));
  }

  private static void require(Import now, boolean isFit, String what) {
    if (!isFit) {
      throw Problem.conflict(
          "import %d is %s: that is not when %s".formatted(now.id(), now.state(), what));
    }
  }

  private void move(Transaction tx, long id, ImportState state, @Nullable String reason) {
    Instant now = clock.instant();
    tx.execute(STATE, Tuple.of(id, state.name(), reason, at(now), at(now.plus(UNDO_FOR))));
  }

  /// What the first reading has found; without effect if it was cancelled meanwhile.
  void found(long id, SheetSummary summary) {
    Tuple values =
        Tuple.of(id, Json.write(summary.format()), summary.rows())
            .addArrayOfString(summary.headings().toArray(String[]::new))
            .addString(Json.write(summary.preview()))
            .addString(Json.write(summary.suggestion()));
    database.await(database.pool().preparedQuery(READ).execute(values));
  }

  /// The import with its row locked, if it still is in that state.
  Optional<Import> lock(Transaction tx, long id, ImportState state) {
    return first(tx.execute(LOCKED, Tuple.of(id))).filter(now -> now.state() == state);
  }

  boolean isStill(long id, ImportState state) {
    return find(id).filter(now -> now.state() == state).isPresent();
  }

  /// Adds to the counts, and stores what was refused.
  void count(Transaction tx, long id, Import.Counts counts, Collection<Refusal> refusals) {
    this.refusals.add(tx, id, refusals);
    tx.execute(
        COUNT,
        Tuple.of(
            id,
            counts.done(),
            counts.created(),
            counts.changed(),
            counts.unchanged(),
            counts.refused(),
            counts.repeated()));
  }

  /// Adds groups that are new.
  ///
  /// @param made those of them that a run has made
  void addGroups(Transaction tx, long id, List<String> names, List<ProfileGroup> made) {
    if (!names.isEmpty()) {
      tx.execute(
          GROUPS,
          Tuple.of(id)
              .addArrayOfString(names.toArray(String[]::new))
              .addArrayOfLong(made.stream().map(ProfileGroup::id).toArray(Long[]::new)));
    }
  }

  /// The ids of the groups that it has made.
  List<Long> madeGroups(Transaction tx, long id) {
    return List.of(
        tx.execute(MADE_GROUPS, Tuple.of(id)).iterator().next().getArrayOfLongs("made_groups"));
  }

  /// Begins the counts anew.
  void restart(long id) {
    database.inTransaction(tx -> {
      tx.execute(FRESH, Tuple.of(id));
      refusals.forget(tx, id);
      return id;
    });
  }

  void end(Transaction tx, long id, ImportState state) {
    if (state == ImportState.UNDONE) {
      tx.execute(FORGET_CHANGES, Tuple.of(id));
    }
    move(tx, id, state, null);
    if (state != ImportState.CHECKED) {
      tell(tx, id);
    }
  }

  void fail(long id, String reason) {
    database.inTransaction(tx -> {
      Optional<Import> now =
          first(tx.execute(LOCKED, Tuple.of(id))).filter(one -> one.state().isInWork());
      if (now.isPresent()) {
        move(tx, id, ImportState.FAILED, reason);
        if (now.get().state() == ImportState.RUNNING) {
          tell(tx, id);
        }
      }
      return now;
    });
  }

  private record Told(
      long id, ImportState state, long created, long changed, long refused, String author) {}

  /// Publishes how far it is; the last statement of a transaction, as it keeps others from
  /// publishing.
  void tell(Transaction tx, long id) {
    Import now = first(tx.execute(BY_ID, Tuple.of(id))).orElseThrow();
    tx.execute(TOLD, Tuple.of(id, at(clock.instant())));
    Import.Counts counts = now.counts();
    Told told =
        new Told(
            id, now.state(), counts.created(), counts.changed(), counts.refused(), now.author());
    NewEvent event =
        new NewEvent(Known.PROFILES_IMPORTED, "import:" + id, told, Audience.Circle.USERS);
    tx.await(Outbox.append(tx.connection(), List.of(event)));
  }

  private Optional<Import> first(RowSet<Row> rows) {
    return rows.stream().findFirst().map(this::read);
  }

  private Import read(Row row) {
    return ImportRows.read(row, clock.instant());
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /// The ids of all imports whose files may still be needed.
  Set<Long> needed() {
    return database.await(database.pool().query(OPEN).execute()).stream()
        .map(row -> row.getLong("id"))
        .collect(Collectors.toSet());
  }
}
