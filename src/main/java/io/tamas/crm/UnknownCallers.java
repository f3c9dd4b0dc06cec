package io.tamas.crm;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.crm.Profile.Kind;
import io.tamas.db.Database;
import io.tamas.db.Transaction;
import io.tamas.event.Outbox;
import io.tamas.number.PhoneNumber;
import io.tamas.text.Folding;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Makes a profile for a caller whom nobody knows, once, beside the call; where that is switched on
/// at that moment.
///
/// Where PostgreSQL stays away none is made; the caller's next call tries again.
final class UnknownCallers {
  /// The name is the number, which stays as it is when it is folded.
  static final String INSERT =
      """
      insert into profile (kind, name, search, folding, category, fields, made_for)
      select 'person', $1, $1, $3, $2, '{}', $1
      where not exists (select from profile_number where number in ($1, $4))
      on conflict (made_for) do nothing
      returning id, version, created_at
      """;

  private final Database database;
  private final LateWork work;
  private final Supplier<Optional<String>> category;
  private final CallerTies ties;
  private final Set<PhoneNumber> underWay = ConcurrentHashMap.newKeySet();
  private final Counter made;

  /// @param category of such profiles as the company has it now; empty: none are made
  UnknownCallers(
      Database database,
      LateWork work,
      Supplier<Optional<String>> category,
      CallerTies ties,
      MeterRegistry metrics) {
    this.database = database;
    this.work = work;
    this.category = category;
    this.ties = ties;
    this.made = metrics.counter("tamas.profiles.made");
  }

  /// An unknown number called: the call is its profile's. Does not wait.
  void called(PhoneNumber number, String call) {
    if (category.get().isPresent() && underWay.add(number)) {
      work.begin(() -> isMade(number, call), () -> underWay.remove(number));
    }
  }

  private boolean isMade(PhoneNumber number, String call) {
    make(number)
        .map(made -> new Caller(List.of(new Caller.Candidate(made.id(), made.name()))))
        .ifPresent(caller -> ties.tie(call, number, caller));
    underWay.remove(number);
    return true;
  }

  /// Makes the profile unless somebody has the number, or it was switched off, by now.
  Optional<Profile> make(PhoneNumber number) {
    Optional<Profile> profile =
        category.get().flatMap(of -> database.inTransaction(tx -> make(tx, number, of)));
    profile.ifPresent(counted -> made.increment());
    return profile;
  }

  private Optional<Profile> make(Transaction tx, PhoneNumber number, String of) {
    RowSet<Row> rows =
        tx.await(
            tx.connection()
                .preparedQuery(INSERT)
                .execute(
                    Tuple.of(
                        number.e164(), of, Folding.VERSION, number.sameLine().getLast().e164())));
    if (rows.size() == 0) {
      return Optional.empty();
    }
    Row row = rows.iterator().next();
    Instant at = ProfileRows.instant(row, "created_at");
    Profile profile =
        new Profile(
            row.getLong("id"),
            content(number, of),
            Optional.empty(),
            row.getLong("version"),
            at,
            at);
    tx.await(
        tx.connection()
            .preparedQuery(Profiles.INSERT_NUMBERS)
            .execute(ProfileRows.numbers(profile)));
    tx.await(Outbox.append(tx.connection(), List.of(ProfileEvents.created(profile))));
    return Optional.of(profile);
  }

  private static Profile.Content content(PhoneNumber number, String of) {
    return new Profile.Content(
        Kind.PERSON,
        number.e164(),
        Optional.empty(),
        Optional.of(of),
        Optional.empty(),
        List.of(new Profile.Number(number, NumberType.OTHER, "", true, 0)),
        List.of(),
        Optional.empty(),
        List.of(),
        Map.of(),
        List.of());
  }
}
