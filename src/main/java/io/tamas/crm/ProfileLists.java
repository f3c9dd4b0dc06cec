package io.tamas.crm;

import io.tamas.db.Database;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds profiles, page by page.
///
/// Blocking code for virtual threads. Without PostgreSQL each method throws a retryable
/// [io.tamas.db.DatabaseFault] within the database's time-out.
public final class ProfileLists {
  private static final String EXTENT =
      """
      select count(*) as profiles,
             coalesce(max((select max(n.position) from profile_number n where n.profile = p.id)),
                      0)::integer as numbers
      from profile p%s
      """;

  private final Database database;

  ProfileLists(Database database) {
    this.database = database;
  }

  /// One page, and where the next starts; no cursor after the last page.
  public record Page(List<Profile> items, Optional<ProfileCursor> next) {}

  /// Profiles in the order of name and id, from behind a cursor: pages never go back, so there is a
  /// last one. A profile that keeps its place in the order is on one page, once. One whose name is
  /// changed, or folded again for a new version, while a client turns the pages may move to where
  /// the client has been, or is still to come.
  public Page list(ProfileSearch search) {
    ProfileSearch.Statement statement = search.statement();
    RowSet<Row> rows =
        database.await(
            database.pool().preparedQuery(statement.sql()).execute(Tuple.from(statement.values())));
    List<Profile> items = new ArrayList<>(rows.size());
    Optional<ProfileCursor> next = Optional.empty();
    for (Row row : rows) {
      if (items.size() == search.limit()) {
        return new Page(items, next);
      }
      items.add(ProfileRows.profile(row));
      next = Optional.of(new ProfileCursor(row.getString("search"), row.getLong("id")));
    }
    return new Page(items, Optional.empty());
  }

  /// How many profiles of a filter there are, and how many numbers one of them has at most.
  public ProfileExtent extent(ProfileFilter filter) {
    Parameters parameters = new Parameters();
    List<String> conditions = filter.conditions(parameters);
    String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    String sql = Database.PLANNED_EACH_TIME + EXTENT.formatted(where);
    return database.inReport(tx -> {
      Row row = tx.execute(sql, Tuple.from(parameters.values())).iterator().next();
      return new ProfileExtent(row.getLong("profiles"), row.getInteger("numbers"));
    });
  }

  /// The first profiles that a term finds, at most [TermSearch#MOST].
  public List<Profile> search(TermSearch search) {
    List<Profile> found = found(search);
    return found.isEmpty() ? search.wider().map(this::found).orElse(found) : found;
  }

  private List<Profile> found(TermSearch search) {
    ProfileSearch.Statement statement = search.statement();
    return database
        .await(
            database.pool().preparedQuery(statement.sql()).execute(Tuple.from(statement.values())))
        .stream()
        .map(ProfileRows::profile)
        .toList();
  }
}
