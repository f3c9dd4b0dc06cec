package io.tamas.company;

import io.tamas.company.Company.Part;
import io.tamas.company.Company.Schedule;
import io.tamas.company.Company.Switched;
import io.tamas.company.CompanyStored.Key;
import io.tamas.config.Secret;
import io.tamas.db.Database;
import io.tamas.db.Transaction;
import io.tamas.number.ExtensionNumber;
import io.tamas.undo.Undone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Stores and changes the company. Not on an event loop.
///
/// Each change takes a lock, is applied to the current company, which is validated as a whole, and
/// committed with its event; so of two changes at once none is lost, and the stored company is
/// always valid. Without PostgreSQL nothing can be changed: each method throws
/// [io.tamas.db.DatabaseFault].
public final class Companies {
  /// Replacing a company takes more than one statement.
  private static final Duration REPLACING = Duration.ofSeconds(30);

  private final Database database;
  private final CompanySnapshot snapshot;
  private final PhonePasswords passwords;

  /// @param snapshot is given each change before the method returns
  public Companies(Database database, CompanySnapshot snapshot, PhonePasswords passwords) {
    this.database = database;
    this.snapshot = snapshot;
    this.passwords = passwords;
  }

  /// A change with the password that it generated.
  public record WithPassword(CompanyOutcome outcome, Optional<Secret> password) {}

  public Optional<Stored> find(PartKind kind, String key) {
    return database.await(CompanyRows.find(database.pool(), kind, key));
  }

  /// The passwords of all phones, for provisioning.
  public Map<ExtensionNumber, Secret> passwords() {
    return database.await(Credentials.OF_PHONES.all(database.pool())).entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                entry -> new ExtensionNumber(entry.getKey()), Map.Entry::getValue));
  }

  /// The passwords with which trunks register, by trunk, for provisioning. A trunk whose password
  /// was never set has none.
  public Map<String, Secret> trunkPasswords() {
    return database.await(Credentials.OF_TRUNKS.all(database.pool()));
  }

  /// Sets the password with which a trunk registers; it stays as long as the trunk does.
  public CompanyOutcome setTrunkPassword(String trunk, Secret password) {
    return inTransaction(change -> change.trunkPassword(trunk, password));
  }

  /// Stores the part: replaces the one with its key, or adds it if there is none.
  ///
  /// @param expected the version that is to be replaced; empty: any, or none
  public CompanyOutcome put(Part part, Optional<Long> expected) {
    return inTransaction(change -> change.put(part, expected));
  }

  /// Replaces the part with its key.
  public CompanyOutcome update(Part part, Optional<Long> expected) {
    return inTransaction(change ->
        change.refused(Key.of(part), expected).orElseGet(() -> change.put(part, expected)));
  }

  /// Replaces the part with its key, whatever its version; [CompanyOutcome.Stale] if there is none.
  public CompanyOutcome updateExisting(Part part) {
    CompanyOutcome outcome = update(part, Optional.empty());
    return outcome instanceof CompanyOutcome.Absent ? new CompanyOutcome.Stale(0) : outcome;
  }

  /// Changes the current extension.
  public CompanyOutcome change(ExtensionNumber number, UnaryOperator<Extension> how) {
    return change(
        PartKind.EXTENSION, number.digits(), Optional.empty(), part -> how.apply((Extension) part));
  }

  /// Switches a schedule by hand, or back to its hours.
  public CompanyOutcome switchSchedule(String name, Optional<Switched> to) {
    return change(
        PartKind.SCHEDULE, name, Optional.empty(), part -> ((Schedule) part).withOverride(to));
  }

  /// Switches back the schedules whose time is over.
  public Optional<List<CompanyFault>> switchBack(Instant now) {
    return inTransaction(database.timeout(), change -> change.switchBack(now));
  }

  /// Changes the current part; its key stays.
  CompanyOutcome change(
      PartKind kind, String name, Optional<Long> expected, UnaryOperator<Part> how) {
    return inTransaction(change -> change.change(new Key(kind, name), expected, how));
  }

  /// Takes the audio in a language from a prompt.
  CompanyOutcome deleteAudio(String prompt, String language, Optional<Long> expected) {
    return inTransaction(change -> change.deleteAudio(prompt, language, expected));
  }

  /// Deletes the part; it can be brought back for a while ([DeletedParts]).
  public CompanyOutcome delete(PartKind kind, String name, Optional<Long> expected) {
    Key key = new Key(kind, name);
    return inTransaction(
        change -> change.refused(key, expected).orElseGet(() -> change.delete(key)));
  }

  /// A new extension with a new password.
  public WithPassword create(Extension extension) {
    return create(extension, false);
  }

  /// @param withGroups creates the groups of the extension that do not exist yet
  WithPassword create(Extension extension, boolean withGroups) {
    Secret password = passwords.next();
    return withPassword(
        inTransaction(change -> change.create(extension, password, withGroups)), password);
  }

  /// Replaces the password by a new one.
  public WithPassword resetPassword(ExtensionNumber number) {
    Secret password = passwords.next();
    return withPassword(setPassword(number, password), password);
  }

  /// Replaces the password by this one.
  CompanyOutcome setPassword(ExtensionNumber number, Secret password) {
    Key key = new Key(PartKind.EXTENSION, number.digits());
    return inTransaction(change ->
        change.refused(key, Optional.empty()).orElseGet(() -> change.password(number, password)));
  }

  private static WithPassword withPassword(CompanyOutcome outcome, Secret password) {
    boolean done = outcome instanceof CompanyOutcome.Done;
    return new WithPassword(outcome, done ? Optional.of(password) : Optional.empty());
  }

  /// Makes the company match `company`, all or nothing; the version of `company` does not matter.
  /// Unchanged parts keep their versions, remaining extensions and trunks keep their passwords.
  ///
  /// @param expected the version that is to be replaced; empty: any
  public CompanyReplacement replace(Company company, Optional<Long> expected) {
    return inTransaction(REPLACING, change -> change.replace(company, expected));
  }

  /// Brings back what an entry of the trash has of the company, within its transaction.
  Undone restore(Transaction tx, BiFunction<CompanyChange, PhonePasswords, Undone> work) {
    CompanyRows.lock(tx);
    CompanyChange change =
        new CompanyChange(tx, tx.await(CompanyRows.load(tx.connection())), passwords);
    return switch (work.apply(change, passwords)) {
      case Undone.Restored(Optional<String> password, Runnable _) ->
          new Undone.Restored(
              password,
              () -> change.after().map(CompanyStored::company).ifPresent(snapshot::publish));
      case Undone.Changed changed -> changed;
    };
  }

  private CompanyOutcome inTransaction(Function<CompanyChange, CompanyOutcome> work) {
    return inTransaction(database.timeout(), work);
  }

  private <T> T inTransaction(Duration deadline, Function<CompanyChange, T> work) {
    record Result<T>(T outcome, Optional<Company> company) {}
    Result<T> result =
        database.inTransaction(
            deadline,
            tx -> {
              CompanyRows.lock(tx);
              CompanyChange change =
                  new CompanyChange(tx, tx.await(CompanyRows.load(tx.connection())), passwords);
              T outcome = work.apply(change);
              return new Result<>(outcome, change.after().map(CompanyStored::company));
            });
    result.company().ifPresent(snapshot::publish);
    return result.outcome();
  }
}
