package io.tamas.crm;

import io.tamas.db.Database;
import io.tamas.db.Transaction;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where the ids of merged profiles lead: calls, events and clients go on using them. One may have
/// been merged into one that was merged later itself.
///
/// Blocking code for virtual threads. Without PostgreSQL each method throws a retryable
/// [io.tamas.db.DatabaseFault] within the database's time-out.
public final class MergedIds {
  /// That one profile has, its own included.
  static final int MOST = 200;

  private static final String INTO =
      """
      with recursive way (id, profile) as (
        select profile, merged_into from profile_merge where profile = any($1)
        union all
        select way.id, m.merged_into from way join profile_merge m on m.profile = way.profile)
      select id, profile from way w
      where not exists (select from profile_merge m where m.profile = w.profile)
      """;

  private static final String ALL =
      """
      with recursive had (profile) as (
        values ($1::bigint)
        union all
        select m.profile from had join profile_merge m on m.merged_into = had.profile)
      select profile from had limit $2
      """;

  private final Database database;

  public MergedIds(Database database) {
    this.database = database;
  }

  /// The profile that an id leads to: itself, unless it was merged.
  public long living(long id) {
    return into(List.of(id)).getOrDefault(id, id);
  }

  /// Where those of the ids lead that were merged.
  public Map<Long, Long> into(Collection<Long> ids) {
    return ids.isEmpty()
        ? Map.of()
        : into(database.await(database.pool().preparedQuery(INTO).execute(values(ids))));
  }

  static Optional<Long> into(Transaction tx, long id) {
    return Optional.ofNullable(into(tx.execute(INTO, values(List.of(id)))).get(id));
  }

  /// The id of the profile that an id leads to, and those that lead to it.
  public List<Long> all(long id) {
    Tuple values = Tuple.of(living(id), MOST);
    return ids(database.await(database.pool().preparedQuery(ALL).execute(values)));
  }

  static int count(Transaction tx, long id) {
    return tx.execute(ALL, Tuple.of(id, MOST + 1)).size();
  }

  private static Tuple values(Collection<Long> ids) {
    return Tuple.tuple().addArrayOfLong(ids.toArray(Long[]::new));
  }

  private static List<Long> ids(RowSet<Row> rows) {
    return rows.stream().map(row -> row.getLong("profile")).toList();
  }

  private static Map<Long, Long> into(RowSet<Row> rows) {
    Map<Long, Long> into = new HashMap<>();
    rows.forEach(row -> into.put(row.getLong("id"), row.getLong("profile")));
    return into;
  }
}
