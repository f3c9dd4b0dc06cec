package io.tamas.crm;

import io.tamas.db.Database;
import io.tamas.db.Transaction;
import io.tamas.event.Outbox;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The store of the groups of the phone book. Each change appends its event in the same
/// transaction.
///
/// Blocking code for virtual threads. Without PostgreSQL each method throws a retryable
/// [io.tamas.db.DatabaseFault] within the database's time-out.
public final class ProfileGroups {
  static final int MOST = 1_000;

  /// One change at a time: so no name is twice, and there are no more than allowed. With a group
  /// its fields go.
  private static final String LOCK =
      "lock table profile_group, profile_field in share row exclusive mode";

  private static final String ALL = "select id, name, version from profile_group";
  private static final String LIST = ALL + " order by name, id";
  private static final String BY_ID = ALL + " where id = $1";
  private static final String BY_NAME = ALL + " where name = $1";
  private static final String COUNT = "select count(*) from profile_group";

  private static final String INSERT =
      "insert into profile_group (name) values ($1) returning id, name, version";

  private static final String UPDATE =
      """
      update profile_group set name = $2, version = version + 1 where id = $1
      returning id, name, version
      """;

  private static final String DELETE = "delete from profile_group where id = $1";

  private final Database database;

  public ProfileGroups(Database database) {
    this.database = database;
  }

  /// All of them, by name.
  public List<ProfileGroup> list() {
    return database.await(database.pool().query(LIST).execute()).stream()
        .map(ProfileGroups::group)
        .toList();
  }

  public Optional<ProfileGroup> find(long id) {
    return first(database.await(database.pool().preparedQuery(BY_ID).execute(Tuple.of(id))));
  }

  public Change<ProfileGroup> create(String name) {
    return alone(tx -> {
      if (run(tx, COUNT, Tuple.tuple()).iterator().next().getLong(0) >= MOST) {
        return new Change.Refused<>("there are " + MOST + " groups, and may not be more");
      }
      if (first(run(tx, BY_NAME, Tuple.of(name))).isPresent()) {
        return taken(name);
      }
      ProfileGroup created = group(run(tx, INSERT, Tuple.of(name)).iterator().next());
      append(tx, PhoneBookEvents.Change.CREATED, created);
      return new Change.Done<>(created);
    });
  }

  /// @param expected the version on which the change is based; empty: any
  public Change<ProfileGroup> rename(long id, Optional<Long> expected, String name) {
    return change(
        id,
        expected,
        (tx, _) -> {
          if (first(run(tx, BY_NAME, Tuple.of(name))).filter(one -> one.id() != id).isPresent()) {
            return taken(name);
          }
          ProfileGroup renamed = group(run(tx, UPDATE, Tuple.of(id, name)).iterator().next());
          append(tx, PhoneBookEvents.Change.UPDATED, renamed);
          return new Change.Done<>(renamed);
        });
  }

  /// Deletes a group and its fields; its profiles stay.
  ///
  /// @param expected the version to be deleted; empty: any
  public Change<ProfileGroup> delete(long id, Optional<Long> expected) {
    return change(
        id,
        expected,
        (tx, before) -> {
          run(tx, DELETE, Tuple.of(id));
          append(tx, PhoneBookEvents.Change.DELETED, before);
          return new Change.Done<>(before);
        });
  }

  private interface Edit {
    Change<ProfileGroup> apply(Transaction tx, ProfileGroup before);
  }

  private Change<ProfileGroup> change(long id, Optional<Long> expected, Edit edit) {
    return alone(tx -> {
      Optional<ProfileGroup> before = first(run(tx, BY_ID, Tuple.of(id)));
      if (before.isEmpty()) {
        return new Change.Absent<>();
      }
      long version = before.get().version();
      return expected.isPresent() && expected.get() != version
          ? new Change.Stale<>(version)
          : edit.apply(tx, before.get());
    });
  }

  private Change<ProfileGroup> alone(Function<Transaction, Change<ProfileGroup>> edit) {
    return database.inTransaction(tx -> {
      run(tx, LOCK, Tuple.tuple());
      return edit.apply(tx);
    });
  }

  private static Change<ProfileGroup> taken(String name) {
    return new Change.Refused<>("another group has the name " + name);
  }

  private static void append(Transaction tx, PhoneBookEvents.Change change, ProfileGroup group) {
    tx.await(Outbox.append(tx.connection(), List.of(PhoneBookEvents.of(change, group))));
  }

  private static RowSet<Row> run(Transaction tx, String sql, Tuple values) {
    return tx.await(tx.connection().preparedQuery(sql).execute(values));
  }

  private static Optional<ProfileGroup> first(RowSet<Row> rows) {
    return rows.stream().findFirst().map(ProfileGroups::group);
  }

  private static ProfileGroup group(Row row) {
    return new ProfileGroup(row.getLong("id"), row.getString("name"), row.getLong("version"));
  }
}
