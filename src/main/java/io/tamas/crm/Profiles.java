package io.tamas.crm;

import io.tamas.db.Database;
import io.tamas.db.Transaction;
import io.tamas.event.NewEvent;
import io.tamas.event.Outbox;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The store of profiles. Each change appends its event in the same transaction.
///
/// Blocking code for virtual threads. Without PostgreSQL each method throws a retryable
/// [io.tamas.db.DatabaseFault] within the database's time-out.
public final class Profiles {
  private static final String INSERT =
      """
      insert into profile (kind, name, search, folding, category, owner, fields)
      values ($1, $2, $3, $4, $5, $6, $7::text::jsonb)
      returning id, version, created_at
      """;

  static final String INSERT_NUMBERS =
      """
      insert into profile_number (profile, position, number, label, priority)
      select $1, n.position, n.number, n.label, n.priority
      from unnest($2::text[], $3::text[], $4::integer[])
        with ordinality as n (number, label, priority, position)
      """;

  static final String BY_ID = ProfileSearch.ALL + "where p.id = $1";

  private static final String BY_ID_FOR_CHANGE = BY_ID + " for update of p";

  private static final String UPDATE =
      """
      update profile
      set kind = $1, name = $2, search = $3, folding = $4, category = $5, owner = $6,
          fields = $7::text::jsonb, version = version + 1, updated_at = now(),
          made_for = case when made_for = any($9::text[]) then made_for end
      where id = $8
      returning version, updated_at
      """;

  private static final String DELETE_NUMBERS = "delete from profile_number where profile = $1";

  private static final String DELETE = "delete from profile where id = $1";

  private static final String CONTACTED =
      """
      with wanted as (
        select p.id, c.at
        from unnest($1::bigint[], $2::timestamptz[]) as c (profile, at)
        join profile p on p.id = c.profile
        where p.last_contact is null or p.last_contact < c.at
        order by p.id
        for update of p
      )
      update profile p set last_contact = wanted.at from wanted where p.id = wanted.id
      """;

  private final Database database;

  public Profiles(Database database) {
    this.database = database;
  }

  /// One page, and where the next starts; no cursor after the last page.
  public record Page(List<Profile> items, Optional<ProfileCursor> next) {}

  /// The outcome of a change.
  public sealed interface Change {
    /// @param profile after the change, or before its deletion
    record Done(Profile profile) implements Change {}

    /// There is no such profile.
    record Absent() implements Change {}

    /// Somebody else has changed it: `version` is its current version.
    record Stale(long version) implements Change {}
  }

  public Profile create(Profile.Content content) {
    return database.inTransaction(tx -> {
      Row row = run(tx, INSERT, ProfileRows.content(content)).iterator().next();
      Instant at = ProfileRows.instant(row, "created_at");
      Profile created = Profile.of(row.getLong("id"), content, row.getLong("version"), at, at);
      insertNumbers(tx, created);
      append(tx, ProfileEvents.created(created));
      return created;
    });
  }

  public Optional<Profile> find(long id) {
    return first(database.await(database.pool().preparedQuery(BY_ID).execute(Tuple.of(id))));
  }

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

  /// Replaces the content of a profile.
  ///
  /// @param expected the version on which the change is based; empty: any
  public Change update(long id, Optional<Long> expected, Profile.Content content) {
    return change(id, expected, (tx, before) -> update(tx, before, content));
  }

  private static Profile update(Transaction tx, Profile before, Profile.Content content) {
    Tuple values =
        ProfileRows.content(content)
            .addValue(before.id())
            .addArrayOfString(ProfileRows.texts(content.numbers()));
    Row row = run(tx, UPDATE, values).iterator().next();
    Profile after =
        Profile.of(
            before.id(),
            content,
            row.getLong("version"),
            before.createdAt(),
            ProfileRows.instant(row, "updated_at"));
    run(tx, DELETE_NUMBERS, Tuple.of(after.id()));
    insertNumbers(tx, after);
    append(tx, ProfileEvents.updated(before, after));
    return after;
  }

  /// Deletes a profile with its numbers.
  ///
  /// @param expected the version to be deleted; empty: any
  public Change delete(long id, Optional<Long> expected) {
    return change(
        id,
        expected,
        (tx, before) -> {
          run(tx, DELETE, Tuple.of(id));
          append(tx, ProfileEvents.deleted(before));
          return before;
        });
  }

  private interface Edit {
    Profile apply(Transaction tx, Profile before);
  }

  private Change change(long id, Optional<Long> expected, Edit edit) {
    return database.inTransaction(tx -> {
      Optional<Profile> before = first(run(tx, BY_ID_FOR_CHANGE, Tuple.of(id)));
      if (before.isEmpty()) {
        return new Change.Absent();
      }
      long version = before.get().version();
      if (expected.isPresent() && expected.get() != version) {
        return new Change.Stale(version);
      }
      return new Change.Done(edit.apply(tx, before.get()));
    });
  }

  /// Stores when the last conversation with profiles was, for the ranking of profiles that share a
  /// number; part of the transaction that stores the calls. May be repeated.
  public static Future<Void> contacted(SqlConnection tx, Map<Long, Instant> lastContacts) {
    if (lastContacts.isEmpty()) {
      return Future.succeededFuture();
    }
    List<Map.Entry<Long, Instant>> contacts = List.copyOf(lastContacts.entrySet());
    Tuple parameters =
        Tuple.tuple()
            .addArrayOfLong(contacts.stream().map(Map.Entry::getKey).toArray(Long[]::new))
            .addArrayOfOffsetDateTime(
                contacts.stream()
                    .map(contact -> contact.getValue().atOffset(ZoneOffset.UTC))
                    .toArray(OffsetDateTime[]::new));
    return tx.preparedQuery(CONTACTED).execute(parameters).mapEmpty();
  }

  private static void insertNumbers(Transaction tx, Profile profile) {
    if (!profile.numbers().isEmpty()) {
      run(tx, INSERT_NUMBERS, ProfileRows.numbers(profile));
    }
  }

  private static void append(Transaction tx, NewEvent event) {
    tx.await(Outbox.append(tx.connection(), List.of(event)));
  }

  private static RowSet<Row> run(Transaction tx, String sql, Tuple parameters) {
    return tx.await(tx.connection().preparedQuery(sql).execute(parameters));
  }

  private static Optional<Profile> first(RowSet<Row> rows) {
    return rows.stream().findFirst().map(ProfileRows::profile);
  }
}
