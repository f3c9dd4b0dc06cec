package io.tamas.call;

import io.tamas.asterisk.journal.Journal;
import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.asterisk.journal.JournalFollower;
import io.tamas.asterisk.journal.RowType.Note;
import io.tamas.call.fold.CallFold;
import io.tamas.call.live.LiveCalls;
import io.tamas.call.record.CallRecord;
import io.tamas.db.Database;
import io.tamas.db.DatabaseFault;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Ends the calls whose end Asterisk could not report, because it was killed.
public final class LostCalls {
  /// Calls whose rows are read at once.
  private static final int PAGE = 200;

  /// After this time the row that ends a call without channels is not expected any longer.
  private static final Duration LAST_ROW = Duration.ofSeconds(5);

  private final Database database;
  private final LiveCalls live;
  private final JournalFollower follower;

  public LostCalls(Database database, LiveCalls live, JournalFollower follower) {
    this.database = database;
    this.live = live;
    this.follower = follower;
  }

  /// The unique ids of all channels that exist by the journal: none at the first start, while the
  /// tables are being made. Not on an event loop.
  public Set<String> openChannels() {
    try {
      return open(live.stored()).stream()
          .flatMap(call -> call.liveChannels().stream())
          .collect(Collectors.toUnmodifiableSet());
    } catch (DatabaseFault e) {
      if (e.lacksTables()) {
        return Set.of();
      }
      throw e;
    }
  }

  /// Ends the calls that started before `asOf` and all channels of which are gone. All rows that
  /// Asterisk has written until now are stored first, so a channel that appeared meanwhile keeps
  /// its call.
  ///
  /// @param goneChannelIds unique ids of channels that Asterisk does not have
  /// @return how many were ended
  public Future<Integer> closeLost(Set<String> goneChannelIds, Instant asOf) {
    return follower.append(() -> lost(goneChannelIds, asOf));
  }

  private List<JournalEvent> lost(Set<String> goneChannelIds, Instant asOf) {
    List<CallRecord> before =
        live.stored().stream().filter(call -> call.when().startedAt().isBefore(asOf)).toList();
    List<JournalEvent> ends = new ArrayList<>();
    for (CallFold call : open(before)) {
      if (isLost(call, goneChannelIds, asOf)) {
        Instant end = asOf.isBefore(call.lastAt()) ? call.lastAt() : asOf;
        ends.add(JournalEvent.synthetic(end, Note.LOST, call.id()));
      }
    }
    return ends;
  }

  /// A call without channels ends by a separate row, which may still arrive.
  private static boolean isLost(CallFold call, Set<String> goneChannelIds, Instant asOf) {
    return call.liveChannels().isEmpty()
        ? call.lastAt().isBefore(asOf.minus(LAST_ROW))
        : goneChannelIds.containsAll(call.liveChannels());
  }

  private List<CallFold> open(List<CallRecord> stored) {
    List<CallFold> open = new ArrayList<>();
    List<String> ids = stored.stream().map(CallRecord::id).toList();
    for (int from = 0; from < ids.size(); from += PAGE) {
      List<String> page = ids.subList(from, Math.min(ids.size(), from + PAGE));
      database.await(Journal.read(database.pool(), page)).values().stream()
          .map(CallFold::of)
          .filter(call -> !call.hasEnded())
          .forEach(open::add);
    }
    return open;
  }
}
