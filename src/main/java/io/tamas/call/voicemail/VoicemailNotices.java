package io.tamas.call.voicemail;

import io.tamas.call.record.RecordingId;
import io.tamas.db.Database;
import io.tamas.number.ExtensionNumber;
import io.tamas.text.Printable;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/// The notices that are still to be sent, by way: `email` or `sms`. Not on an event loop. Without
/// PostgreSQL each method throws [io.tamas.db.DatabaseFault].
public final class VoicemailNotices {
  /// Of messages whose recording is ready, missing or broken. Files are kept by the cell that
  /// recorded the message.
  private static final String DUE =
      """
      select v.recording, v.mailbox, v.caller, v.caller_name, v.left_at, n.tries,
        coalesce(r.duration_ms, 0) as duration_ms
      from voicemail_notice n join voicemail v on v.recording = n.recording
        join recording r on r.id = v.recording
      where n.way = $1 and n.at <= now() and r.cell = $2 and r.state <> 'expected' and
      """
          + Voicemails.OF_OWNER
          + " order by n.at limit $3";

  private static final String OF_NOBODY =
      """
      delete from voicemail_notice n using voicemail v
      where v.recording = n.recording and n.way = $1 and not
      """
          + Voicemails.OF_OWNER;

  private static final String DONE =
      "delete from voicemail_notice where recording = $1 and way = $2";

  private static final String RETRY =
      """
      update voicemail_notice set at = $3, tries = tries + 1 where recording = $1 and way = $2
      """;

  private final Database database;
  private final String cell;

  public VoicemailNotices(Database database, String cell) {
    this.database = database;
    this.cell = cell;
  }

  /// A message that is to be announced.
  ///
  /// @param tries how often sending was tried
  record Notice(
      RecordingId recording,
      ExtensionNumber mailbox,
      String caller,
      String callerName,
      Instant leftAt,
      Duration duration,
      int tries) {}

  /// The longest overdue first.
  List<Notice> due(String way, int limit) {
    database.await(database.pool().preparedQuery(OF_NOBODY).execute(Tuple.of(way)));
    Tuple tuple = Tuple.of(way, cell, limit);
    return database.await(database.pool().preparedQuery(DUE).execute(tuple)).stream()
        .map(row ->
            new Notice(
                new RecordingId(row.getUUID("recording")),
                new ExtensionNumber(row.getString("mailbox")),
                row.getString("caller"),
                Printable.of(row.getString("caller_name")),
                row.getOffsetDateTime("left_at").toInstant(),
                Duration.ofMillis(row.getLong("duration_ms")),
                row.getInteger("tries")))
        .toList();
  }

  /// Removes the notice: it was sent, or is given up.
  void done(RecordingId id, String way) {
    database.await(database.pool().preparedQuery(DONE).execute(Tuple.of(id.uuid(), way)));
  }

  /// Defers the notice to an instant.
  void retry(RecordingId id, String way, Instant at) {
    Tuple tuple = Tuple.of(id.uuid(), way, at.atOffset(ZoneOffset.UTC));
    database.await(database.pool().preparedQuery(RETRY).execute(tuple));
  }
}
