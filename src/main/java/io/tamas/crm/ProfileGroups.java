package io.tamas.crm;

import io.tamas.audit.Audit;
import io.tamas.audit.Audit.Action;
import io.tamas.db.Database;
import io.tamas.db.Transaction;
import io.tamas.event.Outbox;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;

/// The store of the groups of the phone book. Each change appends its event in the same
/// transaction.
///
/// Blocking code for virtual threads. Without PostgreSQL each method throws a retryable
/// [io.tamas.db.DatabaseFault] within the database's time-out.
public final class ProfileGroups {
  public static final int MOST = 1_000;

  /// With a group its fields go.
  static final String LOCK = "lock table profile_group, profile_field in share row exclusive mode";

  private static final String ALL = "select id, name, version from profile_group";
  private static final String LIST = ALL + " order by name, id";
  private static final String BY_ID = ALL + " where id = $1";
  private static final String BY_NAME = ALL + " where name = $1";
  private static final String COUNT = "select count(*) from profile_group";

  static final String INSERT =
      "insert into profile_group (name) values ($1) returning id, name, version";

  private static final String UPDATE =
      """
      update profile_group set name = $2, version = version + 1 where id = $1
      returning id, name, version
      """;

  private static final String DELETE = "delete from profile_group where id = $1";

  private final Database database;
  private final Edits<ProfileGroup> edits;

  public ProfileGroups(Database database) {
    this.database = database;
    this.edits = new Edits<>(database, LOCK, BY_ID, ProfileGroups::group, ProfileGroup::version);
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
    return edits.alone(tx -> {
      Optional<String> hindrance = hindranceOf(tx, name);
      if (hindrance.isPresent()) {
        return new Change.Refused<>(hindrance.get());
      }
      ProfileGroup created = group(tx.execute(INSERT, Tuple.of(name)).iterator().next());
      append(tx, PhoneBookEvents.Change.CREATED, Action.CREATED, created);
      return new Change.Done<>(created);
    });
  }

  /// @param expected the version on which the change is based; empty: any
  public Change<ProfileGroup> rename(long id, Optional<Long> expected, String name) {
    return edits.change(
        id,
        expected,
        (tx, _) -> {
          if (first(tx.execute(BY_NAME, Tuple.of(name)))
              .filter(one -> one.id() != id)
              .isPresent()) {
            return new Change.Refused<>(taken(name));
          }
          ProfileGroup renamed = group(tx.execute(UPDATE, Tuple.of(id, name)).iterator().next());
          append(tx, PhoneBookEvents.Change.UPDATED, Action.UPDATED, renamed);
          return new Change.Done<>(renamed);
        });
  }

  /// Deletes a group and its fields; its profiles stay.
  ///
  /// @param expected the version to be deleted; empty: any
  public Change<ProfileGroup> delete(long id, Optional<Long> expected) {
    return edits.change(
        id,
        expected,
        (tx, before) -> {
          DeletedGroups.keep(tx, before);
          tx.execute(DELETE, Tuple.of(id));
          append(tx, PhoneBookEvents.Change.DELETED, Action.DELETED, before);
          return new Change.Done<>(before);
        });
  }

  /// Why there can be no group of that name now; empty if there can.
  static Optional<String> hindrance(Transaction tx, String name) {
    tx.execute(LOCK, Tuple.tuple());
    return hindranceOf(tx, name);
  }

  private static Optional<String> hindranceOf(Transaction tx, String name) {
    if (tx.execute(COUNT, Tuple.tuple()).iterator().next().getLong(0) >= MOST) {
      return Optional.of("there are " + MOST + " groups, and may not be more");
    }
    return first(tx.execute(BY_NAME, Tuple.of(name))).map(one -> taken(one.name()));
  }

  /// Tells of a group that was brought back.
  static void restored(Transaction tx, long id) {
    ProfileGroup group = first(tx.execute(BY_ID, Tuple.of(id))).orElseThrow();
    append(tx, PhoneBookEvents.Change.CREATED, Action.RESTORED, group);
  }

  private static String taken(String name) {
    return "another group has the name " + name;
  }

  private static void append(
      Transaction tx, PhoneBookEvents.Change change, Action action, ProfileGroup group) {
    Audit.record(tx, Audited.group(group, action));
    tx.await(Outbox.append(tx.connection(), List.of(PhoneBookEvents.of(change, group))));
  }

  private static Optional<ProfileGroup> first(RowSet<Row> rows) {
    return rows.stream().findFirst().map(ProfileGroups::group);
  }

  static ProfileGroup group(Row row) {
    return new ProfileGroup(row.getLong("id"), row.getString("name"), row.getLong("version"));
  }
}
