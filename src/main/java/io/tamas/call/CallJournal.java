package io.tamas.call;

import io.tamas.asterisk.journal.Journal;
import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.asterisk.journal.JournalSink;
import io.tamas.call.CallFold.Moment;
import io.tamas.crm.Profiles;
import io.tamas.db.Transaction;
import io.tamas.event.NewEvent;
import io.tamas.event.Outbox;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes calls of the journal: record, live list, expected recording and events change in the
/// transaction that stores the rows.
///
/// An event is what a row brings about ([CallFold#apply]), so each comes exactly once, also when a
/// call is read from the journal again after a restart. Used by the follower's thread only.
public final class CallJournal implements JournalSink {
  private static final Logger LOG = LoggerFactory.getLogger(CallJournal.class);

  /// Calls whose fold is kept in memory; others are read from the journal when their next row
  /// comes.
  private static final int MAX_OPEN = 20_000;

  private final LiveCalls live;
  private final Recordings recordings;
  private final CallMetrics metrics;
  private final Map<String, CallFold> open = new LinkedHashMap<>(64, 0.75f, true);
  private Changes pending = Changes.NONE;

  /// What a transaction changes.
  private record Changes(List<CallRecord> going, List<CallRecord> ended, List<NewEvent> events) {
    static final Changes NONE = new Changes(List.of(), List.of(), List.of());

    /// Those of the ended calls that had not ended before.
    List<CallRecord> finished() {
      return events.stream()
          .filter(event -> event.type().equals("call.ended"))
          .map(event -> (CallRecord) event.data())
          .toList();
    }
  }

  public CallJournal(LiveCalls live, Recordings recordings, CallMetrics metrics) {
    this.live = live;
    this.recordings = recordings;
    this.metrics = metrics;
  }

  @Override
  public void begin() {
    open.clear();
    pending = Changes.NONE;
    live.restore();
  }

  @Override
  public void store(Transaction tx, List<JournalEvent> rows) {
    readOpenCalls(tx, rows);
    Changes changes = apply(rows);
    List<Future<?>> writes = new ArrayList<>(Calls.save(tx, changes.ended));
    writes.add(live.remove(tx, changes.ended));
    writes.add(live.save(tx, changes.going));
    writes.add(recordings.expect(tx, changes.ended));
    writes.add(Profiles.contacted(tx.connection(), contacts(changes.ended)));
    tx.await(Future.all(writes));
    // last, because it holds up all who append events until the commit
    tx.await(Outbox.append(tx.connection(), changes.events));
    pending = changes;
  }

  @Override
  public void committed() {
    live.show(pending.going, pending.ended);
    List<CallRecord> finished = pending.finished();
    metrics.committed(finished);
    if (finished.stream().anyMatch(call -> call.recording().isPresent())) {
      recordings.wake();
    }
    pending = Changes.NONE;
    forgetOldest();
  }

  /// Calls that began before this process, or that were forgotten, from the rows before these.
  private void readOpenCalls(Transaction tx, List<JournalEvent> rows) {
    Map<String, Integer> unknown = new HashMap<>();
    Set<String> beginning = new LinkedHashSet<>();
    for (JournalEvent row : rows) {
      String id = row.linkedId();
      if (row.type().equals("CHAN_START") && row.uniqueId().equals(id)) {
        beginning.add(id);
      }
      if (!open.containsKey(id) && !beginning.contains(id)) {
        unknown.merge(id, 1, Integer::sum);
      } else {
        unknown.computeIfPresent(id, (same, count) -> count + 1);
      }
    }
    if (!unknown.isEmpty()) {
      tx.await(Journal.read(tx.connection(), unknown.keySet()))
          .forEach((id, all) -> remember(all.subList(0, all.size() - unknown.getOrDefault(id, 0))));
    }
  }

  private void remember(List<JournalEvent> earlier) {
    if (!earlier.isEmpty()) {
      var call = new CallFold(earlier.getFirst());
      earlier.forEach(call::apply); // what these brought about is told already
      open.put(earlier.getFirst().linkedId(), call);
    }
  }

  private Changes apply(List<JournalEvent> rows) {
    Map<String, CallFold> touched = new LinkedHashMap<>();
    List<NewEvent> events = new ArrayList<>();
    for (JournalEvent row : rows) {
      CallFold call = open.computeIfAbsent(row.linkedId(), id -> new CallFold(row));
      touched.put(row.linkedId(), call);
      for (Moment moment : call.apply(row)) {
        call.record().ifPresent(record -> events.add(event(moment, record)));
      }
    }
    return new Changes(records(touched.values(), false), records(touched.values(), true), events);
  }

  private static List<CallRecord> records(Collection<CallFold> calls, boolean ended) {
    return calls.stream()
        .filter(call -> call.hasEnded() == ended)
        .flatMap(call -> call.record().stream())
        .toList();
  }

  /// When the persons of the CRM were last talked to in these calls.
  private static Map<Long, Instant> contacts(List<CallRecord> ended) {
    Map<Long, Instant> contacts = new HashMap<>();
    for (CallRecord call : ended) {
      Optional<Instant> talked = call.answeredAt().flatMap(answered -> call.endedAt());
      call.profile()
          .ifPresent(who ->
              talked.ifPresent(at -> contacts.merge(who, at, (a, b) -> a.isAfter(b) ? a : b)));
    }
    return contacts;
  }

  private static NewEvent event(Moment moment, CallRecord record) {
    String type = "call." + moment.name().toLowerCase(Locale.ROOT);
    return new NewEvent(type, "call:" + record.id(), record);
  }

  /// Ended calls, and beyond the bound those without a row for the longest time.
  private void forgetOldest() {
    open.values().removeIf(CallFold::hasEnded);
    Iterator<String> oldest = open.keySet().iterator();
    for (int tooMany = open.size() - MAX_OPEN; tooMany > 0; tooMany--) {
      LOG.atDebug().addKeyValue("call", oldest.next()).log("Too many calls to keep in memory");
      oldest.remove();
    }
  }
}
