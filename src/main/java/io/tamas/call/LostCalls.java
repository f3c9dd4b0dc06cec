package io.tamas.call;

import io.tamas.asterisk.journal.Journal;
import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.asterisk.journal.JournalFollower;
import io.tamas.db.Database;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Ends the calls of which Asterisk can tell no end, because it was killed itself.
public final class LostCalls {
  /// Calls whose rows are read at once.
  private static final int PAGE = 200;

  private final Database database;
  private final LiveCalls live;
  private final JournalFollower follower;

  public LostCalls(Database database, LiveCalls live, JournalFollower follower) {
    this.database = database;
    this.live = live;
    this.follower = follower;
  }

  /// The unique ids of the channels of which no end is known. May wait for PostgreSQL.
  public Set<String> openChannels() {
    Set<String> channels = new HashSet<>();
    for (List<JournalEvent> rows : rowsOf(live.list().stream().map(CallRecord::id).toList())) {
      channels.addAll(folded(rows).liveChannels());
    }
    return channels;
  }

  /// Ends the calls that began before `asOf` and of whose channels none exists any more. Everything
  /// that Asterisk has written until now is stored first.
  ///
  /// @param liveChannelIds unique ids of all channels that Asterisk had at `asOf`
  /// @return how many were ended
  public Future<Integer> closeLost(Set<String> liveChannelIds, Instant asOf) {
    return follower.append(() -> lost(liveChannelIds, asOf));
  }

  private List<JournalEvent> lost(Set<String> liveChannelIds, Instant asOf) {
    List<String> ids =
        live.stored().stream()
            .filter(call -> call.startedAt().isBefore(asOf))
            .map(CallRecord::id)
            .toList();
    List<JournalEvent> ends = new ArrayList<>();
    for (List<JournalEvent> rows : rowsOf(ids)) {
      CallFold call = folded(rows);
      if (!call.hasEnded() && Collections.disjoint(call.liveChannels(), liveChannelIds)) {
        Instant end = asOf.isBefore(call.lastAt()) ? call.lastAt() : asOf;
        ends.add(JournalEvent.synthetic(end, "TAMAS_LOST", rows.getFirst().linkedId()));
      }
    }
    return ends;
  }

  /// The rows of each call.
  private List<List<JournalEvent>> rowsOf(List<String> ids) {
    List<List<JournalEvent>> calls = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += PAGE) {
      List<String> page = ids.subList(from, Math.min(ids.size(), from + PAGE));
      calls.addAll(database.await(Journal.read(database.pool(), page)).values());
    }
    return calls;
  }

  private static CallFold folded(List<JournalEvent> rows) {
    var call = new CallFold(rows.getFirst());
    rows.forEach(call::apply);
    return call;
  }
}
