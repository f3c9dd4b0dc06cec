package io.tamas.crm;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.tamas.audit.Audit;
import io.tamas.audit.Audit.Action;
import io.tamas.db.Database;
import io.tamas.db.Transaction;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Finds profiles that may be of the same person or organisation, by keys that an index has in
/// order: no profile is compared with all others. Remembers which are not the same.
///
/// Blocking code for virtual threads. Without PostgreSQL each method throws a retryable
/// [io.tamas.db.DatabaseFault] within the database's time-out, or that of reports.
public final class Duplicates {
  /// Statements for one page: of groups that are not shown none is told.
  private static final int MOST_STEPS = 4;

  /// Keys, or persons whose names are compared, that one statement looks at: so a page takes a part
  /// of a second, however few duplicates there are among a million profiles.
  private static final int AT_A_TIME = 50_000;

  /// The last key that a statement looks at.
  private static final String LAST_KEY =
      "select %1$s as key from %2$s where %1$s > $1 order by %1$s offset "
          + (AT_A_TIME - 1)
          + " limit 1";

  private static final String WALK =
      """
      select %1$s as key, (array_agg(%2$s order by %2$s))[1:%4$d] as ids from %3$s
      where %1$s > $1%5$s group by %1$s having count(*) > 1 order by %1$s limit $2
      """;

  private static final String FROM_PERSON =
      "organisation is not null and (organisation, search, id) >= ($1, $2, $3)";

  private static final String LAST_PERSON =
      "select organisation, search, id from profile where "
          + FROM_PERSON
          + " order by organisation, search, id offset "
          + (AT_A_TIME - 1)
          + " limit 1";

  static final String SIMILAR =
      """
      select organisation, id, next_search, next_id from (
        select organisation, search, id,
          lead(search) over in_order as next_search, lead(id) over in_order as next_id
        from (
          select organisation, search, id from profile where %s
          order by organisation, search, id limit %d) persons
        window in_order as (partition by organisation order by search, id)) pairs
      where next_search <> search and similarity(search, next_search) >= 0.5
      order by organisation, search, id limit $4
      """
          .formatted(FROM_PERSON, AT_A_TIME);

  private static final String BY_IDS = ProfileSearch.ALL + "where p.id = any($1)";

  private static final String DISTINCT =
      "select one, other from profile_distinct where one = any($1) and other = any($1)";

  private static final String BOTH =
      "select id from profile where id in ($1, $2) order by id for key share";

  private static final String REMEMBER =
      "insert into profile_distinct (one, other) values ($1, $2) on conflict do nothing";

  private static final String FORGET = "delete from profile_distinct where one = $1 and other = $2";

  private final Database database;

  public Duplicates(Database database) {
    this.database = database;
  }

  /// @param next where to look on; empty if all is looked through
  record Page(List<DuplicateGroup> groups, Optional<DuplicateCursor> next) {}

  /// Profiles that were found together, by their ids.
  private record Found(DuplicateReason reason, List<Long> ids) {}

  /// What one statement has found, and where the next goes on.
  private record Step(List<Found> found, Optional<DuplicateCursor> next) {}

  /// The next groups, at most so many; there may be fewer, and still more to look through.
  Page list(Optional<DuplicateCursor> after, int limit) {
    return database.inReport(tx -> {
      List<DuplicateGroup> groups = new ArrayList<>();
      Optional<DuplicateCursor> next =
          after.or(() -> Optional.of(DuplicateCursor.begin(DuplicateReason.NUMBER)));
      for (int i = 0; i < MOST_STEPS && next.isPresent() && groups.size() < limit; i++) {
        Step step = step(tx, next.get(), limit - groups.size());
        groups.addAll(groups(tx, step.found));
        next = step.next;
      }
      return new Page(groups, next);
    });
  }

  private static Step step(Transaction tx, DuplicateCursor from, int limit) {
    return switch (from.reason()) {
      case NUMBER -> walk(tx, "number", "profile", "profile_number", from, limit);
      case EMAIL -> walk(tx, "email", "profile", "profile_email", from, limit);
      case NAME -> walk(tx, "search", "id", "profile", from, limit);
      case SIMILAR_NAME -> similar(tx, from, limit);
    };
  }

  /// Groups of a key, from behind one on.
  ///
  /// @param until whether up to another one, or to the end
  static String walk(String key, String id, String table, boolean until) {
    return WALK.formatted(
        key, id, table, DuplicateGroup.MOST + 1, until ? " and " + key + " <= $3" : "");
  }

  private static Step walk(
      Transaction tx, String key, String id, String table, DuplicateCursor from, int limit) {
    Optional<String> until =
        last(tx.execute(LAST_KEY.formatted(key, table), Tuple.of(from.key())))
            .map(row -> row.getString("key"));
    Tuple values = Tuple.of(from.key(), limit);
    until.ifPresent(values::addString);
    RowSet<Row> rows = tx.execute(walk(key, id, table, until.isPresent()), values);
    List<Found> found =
        rows.stream()
            .map(row -> new Found(from.reason(), List.of(row.getArrayOfLongs("ids"))))
            .toList();
    if (rows.size() < limit && until.isPresent()) {
      return new Step(found, until.map(from::at));
    }
    if (rows.size() < limit) {
      DuplicateReason next = DuplicateReason.values()[from.reason().ordinal() + 1];
      return new Step(found, Optional.of(DuplicateCursor.begin(next)));
    }
    return new Step(found, last(rows).map(row -> from.at(row.getString("key"))));
  }

  private static Step similar(Transaction tx, DuplicateCursor from, int limit) {
    Tuple begin = Tuple.of(from.organisation(), from.key(), from.id());
    Optional<DuplicateCursor> end =
        last(tx.execute(LAST_PERSON, begin))
            .map(row -> person(row, row.getString("search"), row.getLong("id")));
    Tuple values = Tuple.of(from.organisation(), from.key(), from.id(), limit);
    RowSet<Row> rows = tx.execute(SIMILAR, values);
    List<Found> found =
        rows.stream()
            .map(
                row -> new Found(from.reason(), List.of(row.getLong("id"), row.getLong("next_id"))))
            .toList();
    return new Step(
        found,
        rows.size() < limit
            ? end
            : last(rows)
                .map(row -> person(row, row.getString("next_search"), row.getLong("next_id"))));
  }

  private static DuplicateCursor person(Row row, String search, long id) {
    return new DuplicateCursor(
        DuplicateReason.SIMILAR_NAME, search, row.getLong("organisation"), id);
  }

  private static Optional<Row> last(RowSet<Row> rows) {
    return rows.stream().reduce((_, row) -> row);
  }

  private static List<DuplicateGroup> groups(Transaction tx, List<Found> found) {
    Long[] ids = found.stream().flatMap(one -> one.ids.stream()).distinct().toArray(Long[]::new);
    if (ids.length == 0) {
      return List.of();
    }
    Tuple tuple = Tuple.tuple().addArrayOfLong(ids);
    Map<Long, Profile> profiles =
        tx.execute(BY_IDS, tuple).stream()
            .map(ProfileRows::profile)
            .collect(toMap(Profile::id, Function.identity()));
    Set<DuplicateGroup.Distinct> distinct =
        tx.execute(DISTINCT, tuple).stream()
            .map(row -> new DuplicateGroup.Distinct(row.getLong("one"), row.getLong("other")))
            .collect(toSet());
    return found.stream()
        .flatMap(one -> {
          List<Profile> members =
              one.ids.stream().map(profiles::get).filter(Objects::nonNull).toList();
          return DuplicateGroup.of(one.reason, members, distinct).stream();
        })
        .toList();
  }

  /// Remembers that two profiles are not the same; may be repeated.
  Change<Boolean> keepApart(long id, long other) {
    return database.inTransaction(tx -> {
      DuplicateGroup.Distinct pair = DuplicateGroup.Distinct.of(id, other);
      List<Long> there =
          tx.execute(BOTH, Tuple.of(id, other)).stream().map(row -> row.getLong("id")).toList();
      if (!there.containsAll(Arrays.asList(id, other))) {
        return new Change.Absent<>();
      }
      tx.execute(REMEMBER, Tuple.of(pair.one(), pair.other()));
      Audit.record(tx, Audited.notSame(pair.one(), pair.other(), Action.CREATED));
      return new Change.Done<>(true);
    });
  }

  /// They may be the same again.
  ///
  /// @return whether they were not
  boolean forget(long id, long other) {
    DuplicateGroup.Distinct pair = DuplicateGroup.Distinct.of(id, other);
    return database.inTransaction(tx -> {
      boolean isForgotten = tx.execute(FORGET, Tuple.of(pair.one(), pair.other())).rowCount() == 1;
      if (isForgotten) {
        Audit.record(tx, Audited.notSame(pair.one(), pair.other(), Action.DELETED));
      }
      return isForgotten;
    });
  }
}
