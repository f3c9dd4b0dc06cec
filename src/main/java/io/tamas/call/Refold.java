package io.tamas.call;

import io.tamas.asterisk.journal.Journal;
import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.call.fold.CallFold;
import io.tamas.call.history.Calls;
import io.tamas.call.record.CallRecord;
import io.tamas.db.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Recomputes the records of all ended calls from the journal. No event is published.
public final class Refold {
  private static final int PAGE = 500;

  /// Differences that are reported by their ids; the others are only counted.
  private static final int MAX_REPORTED = 1_000;

  private static final String LOCK = "lock table call in share row exclusive mode";

  private final Database database;
  private final Calls calls;

  public Refold(Database database, Calls calls) {
    this.database = database;
    this.calls = calls;
  }

  /// @param ended how many ended calls the journal contains
  /// @param different how many of their stored records differ from the recomputed ones
  /// @param ids of the calls whose records differ, at most 1,000
  public record Report(long ended, long different, List<String> ids) {}

  /// @param correct whether records that differ are corrected
  public Report run(boolean correct) {
    long ended = 0;
    long different = 0;
    List<String> ids = new ArrayList<>();
    List<String> page = linkedIdsAfter("");
    while (!page.isEmpty()) {
      List<CallRecord> folded = fold(database.pool(), page);
      List<String> differing = differing(folded);
      ended += folded.size();
      different += differing.size();
      differing.stream().limit(MAX_REPORTED - ids.size()).forEach(ids::add);
      if (correct && !differing.isEmpty()) {
        write(differing);
      }
      page = linkedIdsAfter(page.getLast());
    }
    return new Report(ended, different, ids);
  }

  private List<String> linkedIdsAfter(String id) {
    return database.await(Journal.linkedIds(database.pool(), id, PAGE));
  }

  private List<CallRecord> fold(SqlClient sql, List<String> ids) {
    Map<String, List<JournalEvent>> rows = database.await(Journal.read(sql, ids));
    return ids.stream()
        // a call that was joined to another is in the rows of that one
        .flatMap(id -> Optional.ofNullable(rows.get(id)).stream().map(all -> CallFold.of(id, all)))
        .flatMap(call -> call.record().stream())
        .filter(call -> call.when().endedAt().isPresent())
        .toList();
  }

  private List<String> differing(List<CallRecord> folded) {
    Map<String, CallRecord> stored = new HashMap<>();
    calls
        .findAll(folded.stream().map(CallRecord::id).toList())
        .forEach(call -> stored.put(call.id(), call));
    return folded.stream()
        .filter(call -> !Objects.equals(call, stored.get(call.id())))
        .map(CallRecord::id)
        .toList();
  }

  /// Folds the calls again under a lock, so that none can change meanwhile: one may just have been
  /// joined to another.
  private void write(List<String> ids) {
    database.inTransaction(tx -> {
      tx.await(tx.connection().query(LOCK).execute());
      List<CallRecord> folded = fold(tx.connection(), ids);
      return tx.await(Future.all(new ArrayList<>(Calls.save(tx, folded))));
    });
  }
}
