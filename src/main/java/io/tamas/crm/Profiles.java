package io.tamas.crm;

import io.tamas.audit.Audit;
import io.tamas.audit.Audit.Action;
import io.tamas.crm.Profile.Kind;
import io.tamas.db.Database;
import io.tamas.db.Transaction;
import io.tamas.event.NewEvent;
import io.tamas.event.Outbox;
import io.tamas.number.PhoneNumber;
import io.tamas.number.WrittenNumbers;
import io.tamas.web.Problem;
import io.tamas.web.Problem.Fault;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The store of profiles. Each change appends its event in the same transaction.
///
/// Blocking code for virtual threads. Without PostgreSQL each method throws a retryable
/// [io.tamas.db.DatabaseFault] within the database's time-out.
public final class Profiles {
  private static final String INSERT =
      """
      insert into profile (kind, name, search, folding, category, owner_account, fields,
                           organisation, emails, emails_search, address, field_values)
      values ($1, $2, $3, $4, $5, (select id from user_account where name = $6),
              $7::text::jsonb, $8, $9, $10, $11, $12::text::jsonb)
      returning id, version, created_at
      """;

  static final String INSERT_NUMBERS =
      """
      insert into profile_number (profile, position, number, label, priority, type, main)
      select $1, n.position, n.number, n.label, n.priority, n.type, n.main
      from unnest($2::text[], $3::text[], $4::integer[], $5::text[], $6::boolean[])
        with ordinality as n (number, label, priority, type, main, position)
      """;

  /// Stays an organisation until the end of the transaction.
  private static final String ORGANISATION =
      "select name from profile where id = $1 and kind = 'organisation' for key share";

  /// Stays until the end of the transaction.
  private static final String OWNER = "select from user_account where name = $1 for key share";

  /// They stay until the end of the transaction.
  private static final String GROUPS =
      "select id from profile_group where id = any($1) order by id for key share";

  private static final String INSERT_MEMBERS =
      "insert into profile_member (profile, group_id) select $1, unnest($2::bigint[])";

  private static final String DELETE_MEMBERS = "delete from profile_member where profile = $1";

  private static final String HAS_PERSONS =
      "select exists (select from profile where organisation = $1)";

  static final String BY_ID = ProfileSearch.ALL + "where p.id = $1";

  /// Before it is read: what is read with the lock has the numbers of before the wait.
  private static final String LOCK = "select from profile where id = $1 for update";

  private static final String UPDATE =
      """
      update profile
      set kind = $1, name = $2, search = $3, folding = $4, category = $5, owner = null,
          owner_account = (select id from user_account where name = $6),
          fields = $7::text::jsonb, organisation = $8, emails = $9, emails_search = $10,
          address = $11, field_values = $12::text::jsonb, version = version + 1,
          updated_at = now(), made_for = case when made_for = any($14::text[]) then made_for end
      where id = $13
      returning version, updated_at
      """;

  private static final String DELETE_NUMBERS = "delete from profile_number where profile = $1";

  private static final String OWNERS =
      "select profile from profile_number where number in ($1, $2)";

  /// As the contract allows.
  private static final int MOST_NUMBERS = 50;

  private static final String DELETE = "delete from profile where id = $1";

  private static final String IN_CONTACT = "update profile set last_contact = now() where id = $1";

  private final Database database;

  private final Supplier<WrittenNumbers> numbers;

  private final MergedIds merged;

  private final ProfileLists lists;

  /// @param numbers reads phone numbers in fields
  public Profiles(Database database, Supplier<WrittenNumbers> numbers) {
    this.database = database;
    this.merged = new MergedIds(database);
    this.lists = new ProfileLists(database);
    this.numbers = numbers;
  }

  /// What finds many of them.
  public ProfileLists lists() {
    return lists;
  }

  /// @throws Problem 422 if there is no such organisation, owner, group or field, or a field has no
  ///   such value
  public Profile create(Profile.Content given) {
    return database.inTransaction(tx -> {
      Optional<String> organisation = organisationName(tx, given);
      Profile.Content content = settled(tx, given, List.of());
      Row row = tx.execute(INSERT, ProfileRows.content(content)).iterator().next();
      Instant at = ProfileRows.instant(row, "created_at");
      Profile created =
          new Profile(row.getLong("id"), content, organisation, row.getLong("version"), at, at);
      insertNumbers(tx, created);
      insertMembers(tx, created);
      Audit.record(tx, Audited.profile(created.id(), Action.CREATED));
      append(tx, ProfileEvents.created(created));
      return created;
    });
  }

  private static Optional<String> organisationName(Transaction tx, Profile.Content content) {
    return content
        .organisation()
        .map(id ->
            tx.execute(ORGANISATION, Tuple.of(id)).stream()
                .findFirst()
                .map(ProfileRows::name)
                .orElseThrow(() ->
                    Problem.invalid(
                        List.of(new Fault("/organisation", "there is no organisation " + id)))));
  }

  /// The content with the values that its fields accept.
  ///
  /// @param before the values that the profile had
  private Profile.Content settled(Transaction tx, Profile.Content given, List<FieldValue> before) {
    List<Long> groups = given.groups();
    Set<Long> known =
        groups.isEmpty()
            ? Set.of()
            : tx.execute(GROUPS, Tuple.of(groups.toArray(Long[]::new))).stream()
                .map(row -> row.getLong("id"))
                .collect(Collectors.toSet());
    List<Fault> faults = new ArrayList<>();
    groups.stream()
        .filter(group -> !known.contains(group))
        .forEach(group -> faults.add(new Fault("/groups", "there is no profile group " + group)));
    given
        .owner()
        .filter(name -> tx.execute(OWNER, Tuple.of(name)).size() == 0)
        .ifPresent(name -> faults.add(new Fault("/owner", "there is no user " + name)));
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults);
    }
    List<ProfileField> fields = ProfileFields.used(tx, given.values());
    return given.with(new FieldValues(fields, known, before, numbers.get()).settle(given.values()));
  }

  /// The profile to which an id leads: one that was merged is that into which it was.
  public Optional<Profile> find(long id) {
    return stored(id)
        .or(() -> Optional.of(living(id)).filter(into -> into != id).flatMap(this::stored));
  }

  private Optional<Profile> stored(long id) {
    return first(database.await(database.pool().preparedQuery(BY_ID).execute(Tuple.of(id))));
  }

  /// The id of that profile, which need not be there.
  long living(long id) {
    return merged.living(id);
  }

  /// There is no such profile any more, or it was merged.
  static <T> Change<T> absent(Transaction tx, long id) {
    return MergedIds.into(tx, id)
        .<Change<T>>map(into ->
            new Change.Refused<>("profile %d was merged into profile %d".formatted(id, into)))
        .orElseGet(Change.Absent::new);
  }

  static Optional<Profile> find(Transaction tx, long id) {
    return first(tx.execute(BY_ID, Tuple.of(id)));
  }

  /// Replaces the content of a profile.
  ///
  /// @param expected the version on which the change is based; empty: any
  /// @throws Problem 422 as when it is created
  public Change<Profile> update(long id, Optional<Long> expected, Profile.Content content) {
    return change(id, expected, (tx, before) -> update(tx, before, content));
  }

  private Change<Profile> update(Transaction tx, Profile before, Profile.Content given) {
    Change<Profile> written = write(tx, before, given, before.content().values());
    if (written instanceof Change.Done<Profile>(Profile after)) {
      Audit.record(tx, Audited.profile(before, after));
    }
    return written;
  }

  /// Without a row of the audit log, which says what it is a part of.
  ///
  /// @param had values that stay as they are, whatever became of their fields
  Change<Profile> write(
      Transaction tx, Profile before, Profile.Content given, List<FieldValue> had) {
    if (given.kind() == Kind.PERSON && before.kind() == Kind.ORGANISATION) {
      Row persons = tx.execute(HAS_PERSONS, Tuple.of(before.id())).iterator().next();
      if (persons.getBoolean(0)) {
        return new Change.Refused<>(
            "an organisation to which persons belong cannot become a person");
      }
    }
    Optional<String> organisation = organisationName(tx, given);
    Profile.Content content = settled(tx, given, had);
    Tuple values =
        ProfileRows.content(content)
            .addValue(before.id())
            .addArrayOfString(ProfileRows.texts(content.numbers()));
    Row row = tx.execute(UPDATE, values).iterator().next();
    Profile after =
        new Profile(
            before.id(),
            content,
            organisation,
            row.getLong("version"),
            before.createdAt(),
            ProfileRows.instant(row, "updated_at"));
    tx.execute(DELETE_NUMBERS, Tuple.of(after.id()));
    insertNumbers(tx, after);
    if (!content.groups().equals(before.content().groups())) {
      tx.execute(DELETE_MEMBERS, Tuple.of(after.id()));
      insertMembers(tx, after);
    }
    append(tx, ProfileEvents.updated(before, after));
    return new Change.Done<>(after);
  }

  /// Adds a number to a profile; one that it has stays as it is. If it is to be the main one, no
  /// other is.
  ///
  /// @param expected the version on which the change is based; empty: any
  public Change<Profile> add(long id, Optional<Long> expected, Profile.Number number) {
    return change(id, expected, (tx, before) -> add(tx, before, number));
  }

  private Change<Profile> add(Transaction tx, Profile before, Profile.Number number) {
    List<Profile.Number> had = before.numbers();
    if (had.stream().anyMatch(one -> one.number().equals(number.number()))) {
      return new Change.Done<>(before);
    }
    if (had.size() >= MOST_NUMBERS) {
      return new Change.Refused<>(
          "the profile has " + MOST_NUMBERS + " numbers, and may not have more");
    }
    Stream<Profile.Number> others =
        had.stream().map(one -> one.withMain(one.main() && !number.main()));
    List<Profile.Number> all = Stream.concat(others, Stream.of(number)).toList();
    return update(tx, before, before.content().withNumbers(all));
  }

  /// Adds a number to a profile, unless a profile has its line. Whether the profile has it then.
  boolean remember(long id, PhoneNumber number) {
    Profile.Number added = new Profile.Number(number, NumberType.OTHER, "", false, 0);
    Change<Profile> remembered =
        change(
            id,
            Optional.empty(),
            (tx, before) -> {
              Tuple line = Tuple.of(number.e164(), number.sameLine().getLast().e164());
              List<Long> owners =
                  tx.execute(OWNERS, line).stream().map(row -> row.getLong("profile")).toList();
              return owners.isEmpty()
                  ? add(tx, before, added)
                  : owners.contains(id)
                      ? preferred(tx, before)
                      : new Change.Refused<>("another profile has the number");
            });
    return remembered instanceof Change.Done<Profile>;
  }

  /// Of several profiles with a number the one that was last in contact is the likeliest.
  private static Change<Profile> preferred(Transaction tx, Profile profile) {
    tx.execute(IN_CONTACT, Tuple.of(profile.id()));
    append(tx, ProfileEvents.updated(profile, profile));
    return new Change.Done<>(profile);
  }

  /// Deletes a profile with its numbers; it can be brought back for a while ([DeletedProfiles]).
  ///
  /// @param expected the version to be deleted; empty: any
  public Change<Profile> delete(long id, Optional<Long> expected) {
    return change(
        id,
        expected,
        (tx, before) -> {
          DeletedProfiles.keep(tx, id);
          tx.execute(DELETE, Tuple.of(id));
          Audit.record(tx, Audited.profile(id, Action.DELETED));
          append(tx, ProfileEvents.deleted(before));
          return new Change.Done<>(before);
        });
  }

  private interface Edit {
    Change<Profile> apply(Transaction tx, Profile before);
  }

  private Change<Profile> change(long id, Optional<Long> expected, Edit edit) {
    return database.inTransaction(tx -> {
      // one that came back by an undo since is not locked
      boolean isLocked = tx.execute(LOCK, Tuple.of(id)).size() > 0;
      Optional<Profile> before = isLocked ? find(tx, id) : Optional.empty();
      if (before.isEmpty()) {
        return absent(tx, id);
      }
      long version = before.get().version();
      if (expected.isPresent() && expected.get() != version) {
        return new Change.Stale<>(version);
      }
      return edit.apply(tx, before.get());
    });
  }

  private static void insertNumbers(Transaction tx, Profile profile) {
    if (!profile.numbers().isEmpty()) {
      tx.execute(INSERT_NUMBERS, ProfileRows.numbers(profile));
    }
  }

  private static void insertMembers(Transaction tx, Profile profile) {
    List<Long> groups = profile.content().groups();
    if (!groups.isEmpty()) {
      tx.execute(
          INSERT_MEMBERS, Tuple.of(profile.id()).addArrayOfLong(groups.toArray(Long[]::new)));
    }
  }

  private static void append(Transaction tx, NewEvent event) {
    tx.await(Outbox.append(tx.connection(), List.of(event)));
  }

  private static Optional<Profile> first(RowSet<Row> rows) {
    return rows.stream().findFirst().map(ProfileRows::profile);
  }
}
