package io.tamas.call;

import io.tamas.asterisk.journal.Journal;
import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.db.Database;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Computes the records of all ended calls from the journal again. No event is told.
public final class Refold {
  private static final int PAGE = 500;

  /// Differences that are told; the others are only counted.
  private static final int MAX_TOLD = 1_000;

  private final Database database;
  private final Calls calls;

  public Refold(Database database, Calls calls) {
    this.database = database;
    this.calls = calls;
  }

  /// @param ended how many ended calls the journal holds
  /// @param different how many of their records are not what the journal says
  /// @param ids some of those
  public record Report(long ended, long different, List<String> ids) {}

  /// @param correct whether records that differ are written
  public Report run(boolean correct) {
    long ended = 0;
    long different = 0;
    List<String> ids = new ArrayList<>();
    List<String> page = linkedIdsAfter("");
    while (!page.isEmpty()) {
      List<CallRecord> folded = fold(page);
      List<CallRecord> differing = differing(folded);
      ended += folded.size();
      different += differing.size();
      differing.stream().limit(MAX_TOLD - ids.size()).map(CallRecord::id).forEach(ids::add);
      if (correct) {
        write(differing);
      }
      page = linkedIdsAfter(page.getLast());
    }
    return new Report(ended, different, ids);
  }

  private List<String> linkedIdsAfter(String id) {
    return database.await(Journal.linkedIds(database.pool(), id, PAGE));
  }

  private List<CallRecord> fold(List<String> ids) {
    Map<String, List<JournalEvent>> rows = database.await(Journal.read(database.pool(), ids));
    return ids.stream()
        // one that is tied comes with the call to which it is tied
        .flatMap(id -> CallFold.fold(rows.getOrDefault(id, List.of())).stream())
        .filter(call -> call.endedAt().isPresent())
        .toList();
  }

  private List<CallRecord> differing(List<CallRecord> folded) {
    Map<String, CallRecord> stored = new HashMap<>();
    calls
        .findAll(folded.stream().map(CallRecord::id).toList())
        .forEach(call -> stored.put(call.id(), call));
    return folded.stream().filter(call -> !Objects.equals(call, stored.get(call.id()))).toList();
  }

  private void write(List<CallRecord> differing) {
    database.inTransaction(tx -> tx.await(Future.all(new ArrayList<>(Calls.save(tx, differing)))));
  }
}
