package io.tamas.crm;

import io.tamas.audit.Audit;
import io.tamas.db.Database;
import io.tamas.db.Transaction;
import io.tamas.event.Outbox;
import io.tamas.web.Problem;
import io.tamas.web.Problem.Fault;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Merges profiles: one stays and has what both had, and the id of the other leads to it. No call
/// is touched, live or ended.
///
/// Blocking code for virtual threads. Without PostgreSQL each method throws a retryable
/// [io.tamas.db.DatabaseFault] within the database's time-out.
public final class ProfileMerges {
  /// That may change their organisation in one transaction.
  private static final int MOST_PERSONS = 10_000;

  /// Both at once and in one order, so that merges of the same two wait for each other.
  private static final String LOCK =
      "select id from profile where id in ($1, $2) order by id for update";

  private static final String PERSONS = "select id from profile where organisation = $1 limit $2";

  private static final String COUNT_NOTES =
      "select count(*) from profile_note where profile in ($1, $2)";

  private static final String CONTACT =
      """
      update profile p set last_contact = greatest(p.last_contact, o.last_contact)
      from profile o where p.id = $1 and o.id = $2
      """;

  private static final String DELETE = "delete from profile where id = $1";

  private static final String REMEMBER =
      "insert into profile_merge (profile, merged_into) values ($1, $2)";

  private final Database database;
  private final Profiles profiles;

  public ProfileMerges(Database database, Profiles profiles) {
    this.database = database;
    this.profiles = profiles;
  }

  /// What is asked for.
  ///
  /// @param id of the profile that stays
  /// @param expected its version, on which this is based; empty: any
  /// @param version of the other
  /// @param dryRun whether it is only to be seen what would be
  record Order(
      long id,
      Optional<Long> expected,
      long other,
      Optional<Long> version,
      MergeChoice choice,
      boolean dryRun) {}

  /// @param profile that stays
  record Merged(Profile profile, List<MergeConflict> conflicts) {}

  /// @throws Problem 422 if there is no such other profile, 412 if it has changed
  Change<Merged> merge(Order order) {
    if (order.other == order.id) {
      throw other("a profile cannot be merged into itself");
    }
    return database.inTransaction(tx -> {
      Set<Long> locked =
          tx.execute(LOCK, Tuple.of(order.id, order.other)).stream()
              .map(row -> row.getLong("id"))
              .collect(Collectors.toSet());
      Optional<Profile> mine = found(tx, order.id, locked);
      if (mine.isEmpty()) {
        return Profiles.absent(tx, order.id);
      }
      if (order.expected.filter(version -> version != mine.get().version()).isPresent()) {
        return new Change.Stale<>(mine.get().version());
      }
      Optional<Profile> other = found(tx, order.other, locked);
      if (other.isEmpty()) {
        Change<Merged> why = Profiles.absent(tx, order.other);
        if (why instanceof Change.Refused<Merged>) {
          return why;
        }
        throw other("there is no profile " + order.other);
      }
      if (order.version.filter(version -> version != other.get().version()).isPresent()) {
        throw Problem.preconditionFailed(
            "profile " + order.other + " has version " + other.get().version() + " now");
      }
      return merge(tx, mine.get(), other.get(), order);
    });
  }

  /// One that came back by an undo since is not locked.
  private static Optional<Profile> found(Transaction tx, long id, Set<Long> locked) {
    return locked.contains(id) ? Profiles.find(tx, id) : Optional.empty();
  }

  private Change<Merged> merge(Transaction tx, Profile mine, Profile other, Order order) {
    MergedContent merged =
        MergedContent.of(mine.content(), other.content(), order.choice, fields(tx, mine, other));
    Optional<String> hindrance = hindrance(tx, mine, other, merged);
    if (hindrance.isPresent()) {
      return new Change.Refused<>(hindrance.get());
    }
    if (order.dryRun) {
      return new Change.Done<>(new Merged(seen(mine, other, merged), merged.conflicts()));
    }
    List<Long> persons = MergedContacts.PERSONS.move(tx, other.id(), mine.id());
    List<Long> notes = MergedContacts.NOTES.move(tx, other.id(), mine.id());
    UndoneMerges.keep(tx, mine, other.id(), persons, notes);
    tx.execute(CONTACT, Tuple.of(mine.id(), other.id()));
    tx.execute(DELETE, Tuple.of(other.id()));
    tx.execute(REMEMBER, Tuple.of(other.id(), mine.id()));
    tx.await(Outbox.append(tx.connection(), List.of(ProfileEvents.mergedInto(other, mine.id()))));
    List<FieldValue> had = merged.content().values();
    return switch (profiles.write(tx, mine, merged.content(), had)) {
      case Change.Done<Profile>(Profile after) -> {
        Audit.record(tx, Audited.merged(other.id(), mine, after));
        yield new Change.Done<>(new Merged(after, merged.conflicts()));
      }
      case Change.Refused<Profile>(String why) -> throw Problem.conflict(why);
      case Change.Absent<Profile> _, Change.Stale<Profile> _ ->
          throw new IllegalStateException("profile " + mine.id() + " is locked");
    };
  }

  /// As it would be.
  private static Profile seen(Profile mine, Profile other, MergedContent merged) {
    Profile from =
        merged.content().organisation().equals(mine.content().organisation()) ? mine : other;
    return new Profile(
        mine.id(),
        merged.content(),
        from.organisationName(),
        mine.version(),
        mine.createdAt(),
        mine.updatedAt());
  }

  private static Map<Long, ProfileField.Content> fields(
      Transaction tx, Profile mine, Profile other) {
    List<FieldValue> values =
        Stream.of(mine, other).flatMap(one -> one.content().values().stream()).toList();
    return ProfileFields.used(tx, values).stream()
        .collect(Collectors.toMap(ProfileField::id, ProfileField::content));
  }

  private static Optional<String> hindrance(
      Transaction tx, Profile mine, Profile other, MergedContent merged) {
    if (mine.kind() != other.kind()) {
      return Optional.of("a person and an organisation cannot be merged");
    }
    if (MergedIds.count(tx, mine.id()) + MergedIds.count(tx, other.id()) > MergedIds.MOST) {
      return Optional.of(
          "no more than %d profiles can be merged into one".formatted(MergedIds.MOST));
    }
    if (tx.execute(PERSONS, Tuple.of(other.id(), MOST_PERSONS + 1)).size() > MOST_PERSONS) {
      return Optional.of(
          "more than %d persons belong to organisation %d: merge the other one into it"
              .formatted(MOST_PERSONS, other.id()));
    }
    long notes =
        tx.execute(COUNT_NOTES, Tuple.of(mine.id(), other.id())).iterator().next().getLong(0);
    if (notes > ContactNotes.MOST) {
      return Optional.of(
          "together they have %d notes, and a profile may not have more than %d"
              .formatted(notes, ContactNotes.MOST));
    }
    return merged.excess();
  }

  private static Problem other(String rule) {
    return Problem.invalid(List.of(new Fault("/profile", rule)));
  }
}
