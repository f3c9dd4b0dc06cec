package io.tamas.call.notes;

import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.asterisk.journal.JournalFollower;
import io.tamas.asterisk.journal.RowType;
import io.tamas.call.record.ClickNote;
import io.tamas.call.record.ProfileNote;
import io.tamas.json.Json;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/// Rows that Tamas itself adds to the journal of a call, in the form of the dialplan's user events.
public final class CallNotes {
  private final JournalFollower journal;
  private final Clock clock;

  public CallNotes(JournalFollower journal, Clock clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /// Adds a click to call, before Asterisk has written any row of the call.
  ///
  /// @param call the linked id
  /// @return done once it is stored
  public Future<?> addClick(String call, ClickNote click) {
    return add(call, RowType.Note.CLICK, click.encode());
  }

  /// Adds the profiles of the caller, which were found after the decision, or after the call.
  ///
  /// @param call the linked id
  /// @return done once it is stored
  public Future<?> addProfile(String call, ProfileNote profiles) {
    return add(call, RowType.Note.PROFILE, profiles.encode());
  }

  /// Adds in which slot a party is parked, as a row of its channel.
  ///
  /// @param call the linked id
  /// @param channel the name of the party's channel
  public Future<?> addParked(String call, String channel, String uniqueId, String slot) {
    return add(call, channel, uniqueId, RowType.Note.PARKED, slot);
  }

  /// @param call the linked id
  /// @return done once it is stored
  Future<?> add(String call, RowType.Note type, String text) {
    return add(call, "", "", type, text);
  }

  private Future<?> add(
      String call, String channel, String uniqueId, RowType.Note type, String text) {
    String extra = Json.write(Map.of("extra", text));
    JournalEvent row =
        new JournalEvent(
            clock.instant(), type, channel, uniqueId, call, "", "", "", "", "", "", "", "", extra);
    return journal.append(() -> List.of(row));
  }
}
