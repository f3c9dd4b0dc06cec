package io.tamas.crm;

import io.tamas.audit.Audit;
import io.tamas.audit.Audit.Action;
import io.tamas.db.Database;
import io.tamas.db.Transaction;
import io.tamas.event.Outbox;
import io.tamas.web.Problem;
import io.tamas.web.Problem.Fault;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;

/// The store of the fields of the phone book. Each change appends its event in the same
/// transaction.
///
/// A field that profiles have values in can become a text, which every value is, and nothing else.
/// The values of a deleted one are seen no more, and go when their profile is written.
///
/// Blocking code for virtual threads. Without PostgreSQL each method throws a retryable
/// [io.tamas.db.DatabaseFault] within the database's time-out.
public final class ProfileFields {
  static final int MOST = 500;

  private static final String FULL = "there are " + MOST + " fields, and may not be more";

  private static final String LOCK = "lock table profile_field in share row exclusive mode";

  private static final String ALL =
      "select id, name, type, several, choices, group_id, version from profile_field";

  private static final String LIST = ALL + " order by group_id nulls first, id";
  private static final String BY_ID = ALL + " where id = $1";
  private static final String USED = ALL + " where id = any($1) order by id for share";
  private static final String COUNT = "select count(*) from profile_field";

  private static final String NAMESAKE =
      "select id from profile_field where coalesce(group_id, 0) = coalesce($1, 0) and name = $2";

  private static final String GROUP = "select from profile_group where id = $1 for key share";

  static final String HAS_VALUES =
      """
      select exists (select from profile
                     where field_values <> '[]' and field_values @> $1::text::jsonb)
      """;

  private static final String INSERT =
      """
      insert into profile_field (name, type, several, choices, group_id)
      values ($1, $2, $3, $4, $5)
      returning id, version
      """;

  private static final String UPDATE =
      """
      update profile_field
      set name = $2, type = $3, several = $4, choices = $5, version = version + 1
      where id = $1
      returning version
      """;

  private static final String DELETE = "delete from profile_field where id = $1";

  private final Database database;
  private final Edits<ProfileField> edits;

  public ProfileFields(Database database) {
    this.database = database;
    this.edits =
        new Edits<>(
            database, LOCK, BY_ID + " for update", ProfileFields::field, ProfileField::version);
  }

  /// All of them: first those of all profiles, then those of each group.
  public List<ProfileField> list() {
    return database.await(database.pool().query(LIST).execute()).stream()
        .map(ProfileFields::field)
        .toList();
  }

  public Optional<ProfileField> find(long id) {
    return first(database.await(database.pool().preparedQuery(BY_ID).execute(Tuple.of(id))));
  }

  /// Those that exist of these; they stay as they are until the end of the transaction.
  static List<ProfileField> used(Transaction tx, List<FieldValue> values) {
    Long[] ids = values.stream().map(FieldValue::field).distinct().toArray(Long[]::new);
    return ids.length == 0
        ? List.of()
        : tx.execute(USED, Tuple.of(ids)).stream().map(ProfileFields::field).toList();
  }

  /// @throws Problem 422 if there is no such group
  public Change<ProfileField> create(ProfileField.Content content) {
    return edits.alone(tx -> {
      if (isFull(tx)) {
        return new Change.Refused<>(FULL);
      }
      Optional<Long> group = content.group();
      if (group.isPresent() && tx.execute(GROUP, Tuple.of(group.get())).size() == 0) {
        throw Problem.invalid(
            List.of(new Fault("/group", "there is no profile group " + group.get())));
      }
      if (hasNamesake(tx, 0, content)) {
        return taken(content);
      }
      Row row =
          tx.execute(
                  INSERT,
                  Tuple.of(
                      content.name(),
                      content.type().name(),
                      content.several(),
                      content.choices().toArray(String[]::new),
                      group.orElse(null)))
              .iterator()
              .next();
      ProfileField created = new ProfileField(row.getLong("id"), content, row.getLong("version"));
      append(tx, PhoneBookEvents.Change.CREATED, Action.CREATED, created);
      return new Change.Done<>(created);
    });
  }

  /// @param expected the version on which the change is based; empty: any
  public Change<ProfileField> update(
      long id, Optional<Long> expected, ProfileField.Content content) {
    return edits.change(id, expected, (tx, before) -> update(tx, before, content));
  }

  private static Change<ProfileField> update(
      Transaction tx, ProfileField before, ProfileField.Content content) {
    if (!content.group().equals(before.content().group())) {
      return new Change.Refused<>("a field stays with its group: make another field");
    }
    if (hasNamesake(tx, before.id(), content)) {
      return taken(content);
    }
    if (content.type() != before.content().type()
        && content.type() != FieldType.TEXT
        && hasValues(tx, before.id())) {
      return new Change.Refused<>(
          "profiles have values in the field: it can become a TEXT, and nothing else");
    }
    Row row =
        tx.execute(
                UPDATE,
                Tuple.of(
                    before.id(),
                    content.name(),
                    content.type().name(),
                    content.several(),
                    content.choices().toArray(String[]::new)))
            .iterator()
            .next();
    ProfileField after = new ProfileField(before.id(), content, row.getLong("version"));
    append(tx, PhoneBookEvents.Change.UPDATED, Action.UPDATED, after);
    return new Change.Done<>(after);
  }

  /// @param expected the version to be deleted; empty: any
  public Change<ProfileField> delete(long id, Optional<Long> expected) {
    return edits.change(
        id,
        expected,
        (tx, before) -> {
          DeletedFields.keep(tx, before);
          tx.execute(DELETE, Tuple.of(id));
          append(tx, PhoneBookEvents.Change.DELETED, Action.DELETED, before);
          return new Change.Done<>(before);
        });
  }

  private static boolean isFull(Transaction tx) {
    return tx.execute(COUNT, Tuple.tuple()).iterator().next().getLong(0) >= MOST;
  }

  /// Why there can be no such field now; empty if there can.
  static Optional<String> hindrance(Transaction tx, ProfileField.Content content) {
    tx.execute(LOCK, Tuple.tuple());
    Optional<Long> group = content.group();
    if (group.isPresent() && tx.execute(GROUP, Tuple.of(group.get())).size() == 0) {
      return Optional.of("its group was deleted");
    }
    if (isFull(tx)) {
      return Optional.of(FULL);
    }
    return hasNamesake(tx, 0, content) ? Optional.of(namesake(content)) : Optional.empty();
  }

  /// Tells of a field that was brought back.
  static void restored(Transaction tx, ProfileField field) {
    append(tx, PhoneBookEvents.Change.CREATED, Action.RESTORED, field);
  }

  private static boolean hasNamesake(Transaction tx, long id, ProfileField.Content content) {
    Tuple values = Tuple.tuple().addLong(content.group().orElse(null)).addString(content.name());
    return tx.execute(NAMESAKE, values).stream().anyMatch(row -> row.getLong("id") != id);
  }

  private static boolean hasValues(Transaction tx, long id) {
    return tx.execute(HAS_VALUES, Tuple.of(having(id))).iterator().next().getBoolean(0);
  }

  /// Among the values of a profile.
  static String having(long field) {
    return "[{\"field\": " + field + "}]";
  }

  private static Change<ProfileField> taken(ProfileField.Content content) {
    return new Change.Refused<>(namesake(content));
  }

  private static String namesake(ProfileField.Content content) {
    return "another field has the name " + content.name();
  }

  private static void append(
      Transaction tx, PhoneBookEvents.Change change, Action action, ProfileField field) {
    Audit.record(tx, Audited.field(field, action));
    tx.await(Outbox.append(tx.connection(), List.of(PhoneBookEvents.of(change, field))));
  }

  private static Optional<ProfileField> first(RowSet<Row> rows) {
    return rows.stream().findFirst().map(ProfileFields::field);
  }

  static ProfileField field(Row row) {
    return new ProfileField(
        row.getLong("id"),
        new ProfileField.Content(
            row.getString("name"),
            FieldType.valueOf(row.getString("type")),
            row.getBoolean("several"),
            List.of(row.getArrayOfStrings("choices")),
            Optional.ofNullable(row.getLong("group_id"))),
        row.getLong("version"));
  }
}
