package io.tamas.call.voicemail;

import io.tamas.asterisk.phones.MessageCount;
import io.tamas.audit.Audit;
import io.tamas.audit.Audit.Action;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.Message;
import io.tamas.call.record.Recording;
import io.tamas.call.record.RecordingId;
import io.tamas.call.recording.Recordings;
import io.tamas.db.Database;
import io.tamas.db.Transaction;
import io.tamas.event.Audience;
import io.tamas.event.EventType.Known;
import io.tamas.event.NewEvent;
import io.tamas.event.Outbox;
import io.tamas.number.ExtensionNumber;
import io.tamas.text.Printable;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The messages in mailboxes. Not on an event loop. Without PostgreSQL each method throws
/// [io.tamas.db.DatabaseFault].
public final class Voicemails {
  /// Only what is for the extension that exists: a message of a caller who was routed to the
  /// mailbox of an earlier owner of its number is in nobody's mailbox, however late the call ends.
  static final String OF_OWNER =
      """
      exists (
        select from company_item i
        where i.kind = 'extension' and i.name = v.mailbox and i.created_at <= v.routed_at)
      """;

  private static final String ADD =
      """
      with message as (
        insert into voicemail (recording, mailbox, call_id, caller, caller_name, routed_at, left_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (recording) do nothing returning recording, mailbox, routed_at)
      insert into voicemail_notice (recording, way)
      select v.recording, way from message v, unnest(array['email', 'sms']) way where
      """
          + OF_OWNER;

  private static final String MESSAGES =
      """
      select v.id, v.recording, v.mailbox, v.call_id, v.caller, v.caller_name, v.left_at,
        v.heard_at, r.state, r.duration_ms
      from voicemail v left join recording r on r.id = v.recording
      """;

  private static final String BY_ID = MESSAGES + "where v.id = any($1)";

  private static final String LIST =
      MESSAGES
          + "where v.mailbox = $1 and v.id < $2 and v.deleted_at is null and v.routed_at >= $4 and "
          + OF_OWNER
          + " order by v.id desc limit $3";

  /// Files are kept by the cell that recorded the message.
  private static final String NEXT =
      """
      select v.recording
      from voicemail v join recording r on r.id = v.recording
      where v.mailbox = $1 and v.heard_at is null and r.state = 'ready' and r.cell = $2 and
      """
          + OF_OWNER
          + " order by v.id desc limit 1";

  private static final String COUNT =
      """
      select v.mailbox, count(*) filter (where v.heard_at is null) as fresh,
        count(*) filter (where v.heard_at is not null) as heard
      from voicemail v join recording r on r.id = v.recording
      where v.deleted_at is null and r.state = 'ready' and r.cell = $1 and
      """
          + OF_OWNER;

  private static final String COUNT_ALL = COUNT + " group by v.mailbox";
  private static final String COUNT_SOME = COUNT + " and v.mailbox = any($2) group by v.mailbox";

  private static final String MAILBOXES_OF =
      "select distinct mailbox from voicemail where recording = any($1)";

  private static final String FIND =
      """
      select v.id from voicemail v
      where v.recording = $1 and v.mailbox = $2 and v.deleted_at is null and v.routed_at >= $3 and
      """
          + OF_OWNER;

  private static final String HEARD =
      """
      update voicemail v set heard_at = case when $3 then now() end
      where v.recording = $1 and v.mailbox = $2 and (v.heard_at is null) = $3
        and v.deleted_at is null and
      """
          + OF_OWNER;

  /// The row stays: the call may be stored once more, which must not add its message again.
  private static final String DELETE =
      """
      with message as (
        update voicemail set deleted_at = now()
        where recording = $1 and mailbox = $2 and deleted_at is null returning recording),
      notice as (delete from voicemail_notice using message where message.recording = voicemail_notice.recording)
      select recording from message
      """;

  private static final String RESTORE =
      """
      update voicemail v set deleted_at = null
      where v.recording = $1 and v.mailbox = $2 and v.deleted_at is not null and
      """
          + OF_OWNER;

  private final Database database;
  private final Recordings recordings;

  public Voicemails(Database database, Recordings recordings) {
    this.database = database;
    this.recordings = recordings;
  }

  /// Adds the messages of ended calls to their mailboxes. Repeatable.
  ///
  /// @return the events of those that were added
  public static List<NewEvent> add(Transaction tx, Collection<CallRecord> ended) {
    return ended.stream()
        .flatMap(
            call -> call.recorded().messages().stream().flatMap(one -> add(tx, call, one).stream()))
        .toList();
  }

  private static Optional<NewEvent> add(Transaction tx, CallRecord call, Message message) {
    UUID id = UUID.fromString(message.recording());
    Tuple tuple =
        Tuple.tuple()
            .addValue(id)
            .addValue(message.mailbox())
            .addValue(call.id())
            .addValue(message.from())
            .addValue(message.from().equals(call.who().caller()) ? call.who().callerName() : "")
            .addValue(message.routedAt().orElse(message.leftAt()).atOffset(ZoneOffset.UTC))
            .addValue(message.leftAt().atOffset(ZoneOffset.UTC));
    boolean fresh = tx.await(tx.connection().preparedQuery(ADD).execute(tuple)).rowCount() > 0;
    return fresh
        ? Optional.of(event(Known.VOICEMAIL_LEFT, message.mailbox(), id))
        : Optional.empty();
  }

  /// Those of the ids that there are, in whatever mailbox.
  public List<Voicemail> findAll(Collection<Long> ids) {
    Tuple tuple = Tuple.tuple().addArrayOfLong(ids.toArray(Long[]::new));
    return database.await(database.pool().preparedQuery(BY_ID).execute(tuple)).stream()
        .map(Voicemails::message)
        .toList();
  }

  /// The newest first.
  ///
  /// @param before ids below it
  /// @param since only what was left from then on
  List<Voicemail> list(ExtensionNumber mailbox, Instant since, long before, int limit) {
    Tuple tuple = Tuple.of(mailbox.digits(), before, limit, since.atOffset(ZoneOffset.UTC));
    return database.await(database.pool().preparedQuery(LIST).execute(tuple)).stream()
        .map(Voicemails::message)
        .toList();
  }

  /// The newest message that was not heard yet and can be played.
  Optional<RecordingId> next(ExtensionNumber mailbox) {
    Tuple tuple = Tuple.of(mailbox.digits(), recordings.cell());
    return database.await(database.pool().preparedQuery(NEXT).execute(tuple)).stream()
        .map(row -> new RecordingId(row.getUUID("recording")))
        .findFirst();
  }

  /// The messages that can be played, by mailbox; those without one are missing.
  Map<ExtensionNumber, MessageCount> counts() {
    return counts(COUNT_ALL, Tuple.of(recordings.cell()));
  }

  /// The same of these mailboxes.
  Map<ExtensionNumber, MessageCount> counts(Collection<ExtensionNumber> of) {
    String[] mailboxes = of.stream().map(ExtensionNumber::digits).toArray(String[]::new);
    return mailboxes.length == 0
        ? Map.of()
        : counts(COUNT_SOME, Tuple.tuple().addValue(recordings.cell()).addValue(mailboxes));
  }

  private Map<ExtensionNumber, MessageCount> counts(String sql, Tuple tuple) {
    return database.await(database.pool().preparedQuery(sql).execute(tuple)).stream()
        .collect(
            Collectors.toMap(
                row -> new ExtensionNumber(row.getString("mailbox")),
                row -> new MessageCount(row.getInteger("fresh"), row.getInteger("heard"))));
  }

  /// The mailboxes in which these recordings are messages.
  public Set<ExtensionNumber> mailboxesOf(Collection<RecordingId> messages) {
    UUID[] ids = messages.stream().map(RecordingId::uuid).toArray(UUID[]::new);
    Tuple tuple = Tuple.tuple().addValue(ids);
    return ids.length == 0
        ? Set.of()
        : database.await(database.pool().preparedQuery(MAILBOXES_OF).execute(tuple)).stream()
            .map(row -> new ExtensionNumber(row.getString("mailbox")))
            .collect(Collectors.toSet());
  }

  /// Whether the message is in the mailbox.
  ///
  /// @param since only if it was left from then on
  public boolean contains(ExtensionNumber mailbox, Instant since, RecordingId id) {
    Tuple tuple = Tuple.of(id.uuid(), mailbox.digits(), since.atOffset(ZoneOffset.UTC));
    return database.await(database.pool().preparedQuery(FIND).execute(tuple)).rowCount() == 1;
  }

  /// Marks a message as heard, or as new again.
  void mark(ExtensionNumber mailbox, RecordingId id, boolean heard) {
    Known type = heard ? Known.VOICEMAIL_HEARD : Known.VOICEMAIL_UNHEARD;
    Tuple tuple = Tuple.of(id.uuid(), mailbox.digits(), heard);
    Action action = heard ? Action.HEARD : Action.UNHEARD;
    database.inTransaction(tx -> change(tx, type, action, mailbox, id, HEARD, tuple));
  }

  /// Removes a message from the mailbox; it can be brought back for a while ([DeletedVoicemail]).
  ///
  /// @param audio deletes its audio, in the same transaction
  void delete(ExtensionNumber mailbox, RecordingId id, Consumer<Transaction> audio) {
    Tuple tuple = Tuple.of(id.uuid(), mailbox.digits());
    database.inTransaction(tx -> {
      boolean done =
          change(tx, Known.VOICEMAIL_DELETED, Action.DELETED, mailbox, id, DELETE, tuple);
      if (done) {
        audio.accept(tx);
        DeletedVoicemail.keep(tx, mailbox, id, recordings.cell());
      }
      return done;
    });
  }

  /// Brings a deleted message back into its mailbox.
  ///
  /// @return false if the mailbox is not that of its owner any more
  static boolean restore(Transaction tx, ExtensionNumber mailbox, RecordingId id) {
    Tuple tuple = Tuple.of(id.uuid(), mailbox.digits());
    return change(tx, Known.VOICEMAIL_LEFT, Action.RESTORED, mailbox, id, RESTORE, tuple);
  }

  private static boolean change(
      Transaction tx,
      Known type,
      Action action,
      ExtensionNumber mailbox,
      RecordingId id,
      String sql,
      Tuple tuple) {
    boolean done = tx.execute(sql, tuple).rowCount() == 1;
    if (done) {
      Audit.record(tx, Audit.Change.of("voicemail", mailbox.digits() + "/" + id, action));
      NewEvent event = event(type, mailbox.digits(), id.uuid());
      tx.await(Outbox.append(tx.connection(), List.of(event)));
    }
    return done;
  }

  private static NewEvent event(Known type, String mailbox, UUID recording) {
    return new NewEvent(
        type,
        "extension:" + mailbox,
        Map.of("mailbox", mailbox, "recording", recording.toString()),
        Audience.of(List.of(mailbox), Instant.now()));
  }

  private static Voicemail message(Row row) {
    return new Voicemail(
        row.getLong("id"),
        new RecordingId(row.getUUID("recording")).toString(),
        row.getString("mailbox"),
        row.getString("call_id"),
        row.getString("caller"),
        Printable.of(row.getString("caller_name")),
        row.getOffsetDateTime("left_at").toInstant(),
        Optional.ofNullable(row.getString("state"))
            .map(state -> Recording.State.valueOf(state.toUpperCase(Locale.ROOT))),
        Optional.ofNullable(row.getLong("duration_ms")).map(Duration::ofMillis),
        Optional.ofNullable(row.getOffsetDateTime("heard_at")).map(at -> at.toInstant()));
  }
}
