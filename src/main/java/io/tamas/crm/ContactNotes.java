package io.tamas.crm;

import io.tamas.audit.Audit;
import io.tamas.audit.Audit.Action;
import io.tamas.db.Database;
import io.tamas.db.Transaction;
import io.tamas.event.Audience;
import io.tamas.event.EventType.Known;
import io.tamas.event.NewEvent;
import io.tamas.event.Outbox;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// The store of the notes about profiles. Each change appends its event in the same transaction.
///
/// Blocking code for virtual threads. Without PostgreSQL each method throws a retryable
/// [io.tamas.db.DatabaseFault] within the database's time-out.
public final class ContactNotes {
  /// Of one profile.
  static final int MOST = 10_000;

  private static final String COLUMNS =
      " id, profile, kind, text, call, author, version, created_at, updated_at ";

  static final String LIST =
      "select"
          + COLUMNS
          + "from profile_note where profile = $1 and id < $2 order by id desc limit $3";

  static final String WRITTEN =
      "select"
          + COLUMNS
          + "from profile_note where profile = $1 and (created_at, id) < ($2, $3)"
          + " order by created_at desc, id desc limit $4";

  private static final String BY_ID =
      "select" + COLUMNS + "from profile_note where profile = $1 and id = $2";

  /// Notes of one profile are added one at a time.
  private static final String PROFILE = "select from profile where id = $1 for no key update";

  private static final String COUNT = "select count(*) from profile_note where profile = $1";

  private static final String INSERT =
      "insert into profile_note (profile, kind, text, call, author) values ($1, $2, $3, $4, $5)"
          + " returning"
          + COLUMNS;

  private static final String UPDATE =
      "update profile_note set kind = $2, text = $3, call = $4, version = version + 1,"
          + " updated_at = now() where id = $1 returning"
          + COLUMNS;

  private static final String DELETE = "delete from profile_note where id = $1";

  private final Database database;

  public ContactNotes(Database database) {
    this.database = database;
  }

  /// The notes of a profile, the newest first.
  ///
  /// @param before the id of the last one of the page before
  public List<ContactNote> list(long profile, Optional<Long> before, int limit) {
    Tuple values = Tuple.of(profile, before.orElse(Long.MAX_VALUE), limit);
    return database.await(database.pool().preparedQuery(LIST).execute(values)).stream()
        .map(ContactNotes::note)
        .toList();
  }

  /// The notes of a profile in the order in which they were written, the newest first.
  ///
  /// @param at the earlier ones, and of those of just then the ones with smaller ids
  List<ContactNote> written(long profile, Instant at, Optional<Long> id, int limit) {
    Tuple values = Tuple.of(profile, at.atOffset(ZoneOffset.UTC), id.orElse(0L), limit);
    return database.await(database.pool().preparedQuery(WRITTEN).execute(values)).stream()
        .map(ContactNotes::note)
        .toList();
  }

  public Optional<ContactNote> find(long profile, long id) {
    return first(
        database.await(database.pool().preparedQuery(BY_ID).execute(Tuple.of(profile, id))));
  }

  public Change<ContactNote> create(long profile, ContactNote.Content content, String author) {
    return database.inTransaction(tx -> {
      if (run(tx, PROFILE, Tuple.of(profile)).size() == 0) {
        return new Change.Absent<>();
      }
      if (run(tx, COUNT, Tuple.of(profile)).iterator().next().getLong(0) >= MOST) {
        return new Change.Refused<>("the profile has " + MOST + " notes, and may not have more");
      }
      Tuple values =
          Tuple.of(
              profile, content.kind().name(), content.text(), content.call().orElse(null), author);
      ContactNote created = note(run(tx, INSERT, values).iterator().next());
      append(tx, Known.NOTE_CREATED, Action.CREATED, created);
      return new Change.Done<>(created);
    });
  }

  /// @param expected the version on which the change is based; empty: any
  public Change<ContactNote> update(
      long profile, long id, Optional<Long> expected, ContactNote.Content content) {
    return change(
        profile,
        id,
        expected,
        (tx, _) -> {
          Tuple values =
              Tuple.of(id, content.kind().name(), content.text(), content.call().orElse(null));
          ContactNote updated = note(run(tx, UPDATE, values).iterator().next());
          append(tx, Known.NOTE_UPDATED, Action.UPDATED, updated);
          return updated;
        });
  }

  /// @param expected the version to be deleted; empty: any
  public Change<ContactNote> delete(long profile, long id, Optional<Long> expected) {
    return change(
        profile,
        id,
        expected,
        (tx, before) -> {
          DeletedNotes.keep(tx, before);
          run(tx, DELETE, Tuple.of(id));
          append(tx, Known.NOTE_DELETED, Action.DELETED, before);
          return before;
        });
  }

  /// Tells of a note that was brought back.
  static void restored(Transaction tx, long profile, long id) {
    ContactNote note = first(run(tx, BY_ID, Tuple.of(profile, id))).orElseThrow();
    append(tx, Known.NOTE_CREATED, Action.RESTORED, note);
  }

  private interface Edit {
    ContactNote apply(Transaction tx, ContactNote before);
  }

  private Change<ContactNote> change(long profile, long id, Optional<Long> expected, Edit edit) {
    return database.inTransaction(tx -> {
      Optional<ContactNote> before = first(run(tx, BY_ID + " for update", Tuple.of(profile, id)));
      if (before.isEmpty()) {
        return new Change.Absent<>();
      }
      long version = before.get().version();
      return expected.isPresent() && expected.get() != version
          ? new Change.Stale<>(version)
          : new Change.Done<>(edit.apply(tx, before.get()));
    });
  }

  private static void append(Transaction tx, Known type, Action action, ContactNote note) {
    NewEvent event = new NewEvent(type, "profile:" + note.profile(), note, Audience.Circle.USERS);
    Audit.record(tx, Audited.note(note, action));
    tx.await(Outbox.append(tx.connection(), List.of(event)));
  }

  private static RowSet<Row> run(Transaction tx, String sql, Tuple values) {
    return tx.await(tx.connection().preparedQuery(sql).execute(values));
  }

  private static Optional<ContactNote> first(RowSet<Row> rows) {
    return rows.stream().findFirst().map(ContactNotes::note);
  }

  private static ContactNote note(Row row) {
    return new ContactNote(
        row.getLong("id"),
        row.getLong("profile"),
        new ContactNote.Content(
            ContactNote.Kind.valueOf(row.getString("kind")),
            row.getString("text"),
            Optional.ofNullable(row.getString("call"))),
        row.getString("author"),
        row.getLong("version"),
        ProfileRows.instant(row, "created_at"),
        ProfileRows.instant(row, "updated_at"));
  }
}
