package io.tamas.company;

import static java.util.stream.Collectors.joining;

import io.tamas.audit.Audit;
import io.tamas.audit.Audit.Action;
import io.tamas.company.Company.ExtensionGroup;
import io.tamas.company.Company.Part;
import io.tamas.company.Company.Prompt;
import io.tamas.company.CompanyEvents.Change;
import io.tamas.company.CompanyStored.Key;
import io.tamas.config.Secret;
import io.tamas.db.Transaction;
import io.tamas.event.NewEvent;
import io.tamas.event.Outbox;
import io.tamas.number.ExtensionNumber;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// One change of the company inside its transaction, which holds the lock.
final class CompanyChange {
  private static final int MOST_FAULTS = 10;
  private static final int MOST_CHANGES = 1_000;

  private final Transaction tx;
  private final CompanyStored before;
  private final PhonePasswords passwords;
  private Map<String, Secret> given = Map.of();
  private boolean restoring;
  private Optional<CompanyStored> after = Optional.empty();

  CompanyChange(Transaction tx, CompanyStored before, PhonePasswords passwords) {
    this.tx = tx;
    this.before = before;
    this.passwords = passwords;
  }

  /// The company after the change, if there was one.
  Optional<CompanyStored> after() {
    return after;
  }

  /// Why the part may not be changed; empty if it may.
  Optional<CompanyOutcome> refused(Key key, Optional<Long> expected) {
    Optional<Stored> found = before.find(key);
    if (found.isEmpty()) {
      return Optional.of(new CompanyOutcome.Absent());
    }
    long version = found.get().version();
    return expected.isPresent() && expected.get() != version
        ? Optional.of(new CompanyOutcome.Stale(version))
        : Optional.empty();
  }

  CompanyOutcome put(Part part, Optional<Long> expected) {
    Key key = Key.of(part);
    Optional<Stored> old = before.find(key);
    if (expected.isPresent() && !expected.equals(old.map(Stored::version))) {
      return new CompanyOutcome.Stale(old.map(Stored::version).orElse(0L));
    }
    return write(List.of(part), List.of())
        .orElseGet(() -> new CompanyOutcome.Done(stored(key), old.isEmpty()));
  }

  CompanyOutcome change(Key key, Optional<Long> expected, UnaryOperator<Part> how) {
    return refused(key, expected)
        .orElseGet(() -> put(how.apply(before.find(key).orElseThrow().part()), Optional.empty()));
  }

  /// @param withGroups creates the groups of the extension that do not exist yet; their title is
  ///   their name
  CompanyOutcome create(Extension extension, Secret password, boolean withGroups) {
    Key key = Key.of(extension);
    if (before.find(key).isPresent()) {
      return new CompanyOutcome.Taken();
    }
    given = Map.of(extension.key(), password);
    Stream<Part> groups = extension.groups().stream().map(name -> new ExtensionGroup(name, name));
    Stream<Part> missing =
        groups.filter(group -> withGroups && before.find(Key.of(group)).isEmpty());
    return write(Stream.concat(missing, Stream.of(extension)).toList(), List.of())
        .orElseGet(() -> new CompanyOutcome.Done(stored(key), true));
  }

  /// Takes the audio in a language from a prompt.
  CompanyOutcome deleteAudio(String prompt, String language, Optional<Long> expected) {
    Key key = new Key(PartKind.PROMPT, prompt);
    Optional<CompanyOutcome> refused = refused(key, expected);
    if (refused.isPresent()) {
      return refused.get();
    }
    Prompt had = (Prompt) before.find(key).orElseThrow().part();
    Map<String, String> audio = new HashMap<>(had.audio());
    audio.remove(language);
    Prompt part = new Prompt(had.name(), had.sound(), had.texts(), Map.copyOf(audio));
    return write(List.of(part), List.of(), () -> DeletedAudio.keep(tx, had, language))
        .orElseGet(() -> new CompanyOutcome.Done(stored(key), false));
  }

  CompanyOutcome delete(Key key) {
    return write(List.of(), List.of(key), () -> DeletedParts.keep(tx, key))
        .orElseGet(() -> new CompanyOutcome.Done(before.find(key).orElseThrow(), false));
  }

  /// Brings a part back, a phone with this password.
  ///
  /// @return what has changed since, so that it cannot be
  Optional<String> restore(Part part, Secret password) {
    Key key = Key.of(part);
    if (before.find(key).isPresent()) {
      return Optional.of("%s %s was made anew".formatted(key.kind().singular(), key.name()));
    }
    given = Map.of(part.key(), password);
    restoring = true;
    return write(List.of(part), List.of()).map(CompanyChange::faults);
  }

  /// Brings back what a company was replaced by.
  ///
  /// @param version after the replacement
  /// @return what has changed since, so that it cannot be
  Optional<String> restore(List<Part> former, List<Key> created, long version) {
    restoring = true;
    return before.version() == version
        ? write(former, created).map(CompanyChange::faults)
        : Optional.of("the company has version " + before.version() + " now");
  }

  /// Replaces a part by another form of it.
  ///
  /// @return why it cannot be
  Optional<String> replace(Part part) {
    return write(List.of(part), List.of()).map(CompanyChange::faults);
  }

  private static String faults(CompanyOutcome refused) {
    return ((CompanyOutcome.Faulty) refused)
        .faults().stream().limit(MOST_FAULTS).map(CompanyFault::text).collect(joining("; "));
  }

  /// The part as it is now.
  Optional<Part> find(Key key) {
    return before.find(key).map(Stored::part);
  }

  /// Returns the faults because of which nothing is written, if there are some.
  Optional<List<CompanyFault>> switchBack(Instant now) {
    List<Part> over =
        before.company().schedules().stream()
            .filter(schedule -> schedule.isOverrideOver(now))
            .<Part>map(schedule -> schedule.withOverride(Optional.empty()))
            .toList();
    return over.isEmpty()
        ? Optional.empty()
        : write(over, List.of()).map(outcome -> ((CompanyOutcome.Faulty) outcome).faults());
  }

  CompanyOutcome password(ExtensionNumber number, Secret password) {
    Key key = new Key(PartKind.EXTENSION, number.digits());
    return password(Credentials.OF_PHONES, key, password);
  }

  CompanyOutcome trunkPassword(String trunk, Secret password) {
    Key key = new Key(PartKind.TRUNK, trunk);
    return refused(key, Optional.empty())
        .orElseGet(() -> password(Credentials.OF_TRUNKS, key, password));
  }

  private CompanyOutcome password(Credentials credentials, Key key, Secret password) {
    CompanyStored next = before.changed(List.of(), List.of());
    credentials.put(tx, Map.of(key.name(), password), next.version());
    Audit.record(tx, audited(key, Action.SECRET));
    finish(next, Map.of(key, Change.PASSWORD));
    return new CompanyOutcome.Done(before.find(key).orElseThrow(), false);
  }

  CompanyReplacement replace(Company company, Optional<Long> expected) {
    if (expected.isPresent() && expected.get() != before.version()) {
      return new CompanyReplacement.Stale(before.version());
    }
    List<CompanyFault> faults = CompanyRules.faults(company);
    if (!faults.isEmpty()) {
      return new CompanyReplacement.Faulty(faults);
    }
    CompanyDiff diff = CompanyDiff.of(before.company(), company);
    if (diff.changes().isEmpty()) {
      return new CompanyReplacement.Done(before.version(), diff);
    }
    List<Part> put = company.parts().filter(this::differs).toList();
    CompanyStored next = before.changed(put, diff.deleted());
    List<Key> changed = put.stream().map(Key::of).toList();
    Stream<Key> former =
        Stream.concat(changed.stream().filter(this::exists), diff.deleted().stream());
    List<Key> created = changed.stream().filter(key -> !exists(key)).toList();
    FormerCompany.keep(tx, former.toList(), created, next.version());
    Audit.record(tx, replaced(diff, next.version()));
    store(put, diff.deleted(), next);
    return new CompanyReplacement.Done(next.version(), diff);
  }

  private static Audit.Change audited(Key key, Action action) {
    return Audit.Change.of(key.kind().singular(), key.name(), action);
  }

  private Audit.Change audited(Part part) {
    Key key = Key.of(part);
    Optional<Part> old = find(key);
    Action fresh = restoring ? Action.RESTORED : Action.CREATED;
    Audit.Change change = audited(key, old.isPresent() ? Action.UPDATED : fresh).after(part);
    return old.map(change::before).orElse(change);
  }

  private record Replaced(long version, int changed, List<CompanyDiff.PartChange> changes) {}

  private Audit.Change replaced(CompanyDiff diff, long version) {
    return Audit.Change.of("company", "all", Action.REPLACED)
        .before(Map.of("version", before.version()))
        .after(
            new Replaced(
                version,
                diff.changes().size(),
                diff.changes().stream().limit(MOST_CHANGES).toList()));
  }

  private boolean exists(Key key) {
    return before.find(key).isPresent();
  }

  private boolean differs(Part part) {
    return !before.find(Key.of(part)).map(Stored::part).equals(Optional.of(part));
  }

  /// Writes the change if it has no faults; else returns them and writes nothing.
  private Optional<CompanyOutcome> write(List<Part> put, List<Key> deleted) {
    return write(put, deleted, () -> {});
  }

  /// @param first runs before the rows are changed
  private Optional<CompanyOutcome> write(List<Part> put, List<Key> deleted, Runnable first) {
    CompanyStored next = before.changed(put, deleted);
    List<CompanyFault> faults = CompanyRules.faults(next.company());
    if (!faults.isEmpty()) {
      return Optional.of(new CompanyOutcome.Faulty(faults));
    }
    first.run();
    deleted.forEach(
        key -> Audit.record(tx, audited(key, Action.DELETED).before(find(key).orElseThrow())));
    put.forEach(part -> Audit.record(tx, audited(part)));
    store(put, deleted, next);
    return Optional.empty();
  }

  private void store(List<Part> put, List<Key> deleted, CompanyStored next) {
    CompanyRows.delete(tx, deleted);
    CompanyRows.put(tx, put, next.version());
    credentials(put, deleted, next.version());
    finish(next, changes(put, deleted));
  }

  private void credentials(List<Part> put, List<Key> deleted, long version) {
    Map<String, Secret> fresh = new HashMap<>();
    put.stream()
        .filter(Extension.class::isInstance)
        .filter(part -> before.find(Key.of(part)).isEmpty())
        .map(Part::key)
        .forEach(number -> fresh.put(number, given.getOrDefault(number, passwords.next())));
    Credentials.OF_PHONES.put(tx, fresh, version);
    Credentials.OF_PHONES.delete(tx, names(deleted, PartKind.EXTENSION));
    Credentials.OF_TRUNKS.delete(tx, names(deleted, PartKind.TRUNK));
  }

  private static List<String> names(List<Key> keys, PartKind kind) {
    return keys.stream().filter(key -> key.kind() == kind).map(Key::name).toList();
  }

  private Map<Key, Change> changes(List<Part> put, List<Key> deleted) {
    Map<Key, Change> changes = new LinkedHashMap<>();
    deleted.forEach(key -> changes.put(key, Change.DELETED));
    put.stream()
        .map(Key::of)
        .forEach(key ->
            changes.put(key, before.find(key).isPresent() ? Change.UPDATED : Change.CREATED));
    return changes;
  }

  private void finish(CompanyStored next, Map<Key, Change> changes) {
    CompanyRows.advance(tx, next.version());
    List<NewEvent> events = new ArrayList<>(CompanyEvents.of(changes, next.version()));
    events.addAll(CompanyEvents.switched(before.company().schedules(), next.company().schedules()));
    tx.await(Outbox.append(tx.connection(), events));
    after = Optional.of(next);
  }

  private Stored stored(Key key) {
    return after.flatMap(next -> next.find(key)).orElseThrow();
  }
}
