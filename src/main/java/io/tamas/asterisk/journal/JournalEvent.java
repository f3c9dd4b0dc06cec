package io.tamas.asterisk.journal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// One channel event (CEL) of Asterisk; names are those of `cel_custom.conf`.
///
/// @param at to the microsecond, as Asterisk writes and PostgreSQL stores it
/// @param linkedId the unique id of the channel that started the call; all channels of one call
///   share it
/// @param extra JSON of Asterisk; the text of a user event is its member `extra`
public record JournalEvent(
    Instant at,
    RowType type,
    String channel,
    String uniqueId,
    String linkedId,
    String callerName,
    String callerNumber,
    String dialled,
    String context,
    String application,
    String applicationData,
    String account,
    String peer,
    String extra) {

  public JournalEvent {
    at = at.truncatedTo(ChronoUnit.MICROS);
  }

  /// An event that Asterisk could not write, because it was killed, and that belongs to no channel.
  public static JournalEvent synthetic(Instant at, RowType.Note type, String linkedId) {
    return new JournalEvent(at, type, "", "", linkedId, "", "", "", "", "", "", "", "", "");
  }
}
