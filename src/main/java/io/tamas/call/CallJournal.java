package io.tamas.call;

import io.tamas.asterisk.journal.Journal;
import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.asterisk.journal.JournalSink;
import io.tamas.asterisk.journal.RowType.Cel;
import io.tamas.asterisk.journal.RowType.Note;
import io.tamas.call.fold.CallFold;
import io.tamas.call.fold.CallFold.Moment;
import io.tamas.call.history.Calls;
import io.tamas.call.live.CallWatch;
import io.tamas.call.live.LiveCalls;
import io.tamas.call.live.OpenCalls;
import io.tamas.call.record.CallParties;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.EmergencyCall;
import io.tamas.call.record.ProfileNote;
import io.tamas.call.record.RecordingId;
import io.tamas.call.record.RecordingPart;
import io.tamas.call.recording.Recordings;
import io.tamas.call.voicemail.Voicemails;
import io.tamas.crm.LastContacts;
import io.tamas.db.Database;
import io.tamas.db.Transaction;
import io.tamas.event.Audience;
import io.tamas.event.EventType.Known;
import io.tamas.event.NewEvent;
import io.tamas.event.Outbox;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes calls from the journal: record, live list, expected recording and events change in the
/// transaction that stores the rows.
///
/// Each event is caused by one row ([CallFold#apply]), so it is published exactly once, even if a
/// call is read from the journal again after a restart. If a row shows that two calls are one, such
/// as by a pickup, the younger one is joined to the older: its record is removed, and an event
/// `call.joined` refers to the older. Used by the follower's thread only.
public final class CallJournal implements JournalSink {
  private static final Logger log = LoggerFactory.getLogger(CallJournal.class);

  private final Database database;
  private final LiveCalls live;
  private final Recordings recordings;
  private final CallMetrics metrics;
  private final CallWatch watch;
  private final Consumer<CallRecord> onEnded;
  private final OpenCalls open = new OpenCalls();
  private Changes pending = Changes.NONE;

  /// The changes of a transaction.
  ///
  /// @param joined the calls that were joined to others, each with the one to which it was joined
  /// @param tooShort recordings that are too short to be messages
  /// @param parts of the recordings of ended calls
  private record Changes(
      List<CallRecord> inProgress,
      List<CallRecord> ended,
      Map<String, String> joined,
      List<RecordingId> tooShort,
      List<RecordingPart> parts,
      List<NewEvent> events) {
    static final Changes NONE =
        new Changes(List.of(), List.of(), Map.of(), List.of(), List.of(), List.of());

    /// The ended calls that had not ended before.
    List<CallRecord> finished() {
      return events.stream()
          .filter(event -> event.type() == Known.CALL_ENDED)
          .map(event -> (CallRecord) event.data())
          .filter(call -> !joined.containsKey(call.id()))
          .toList();
    }

    /// The calls that are not live any longer.
    List<String> gone() {
      List<String> gone = new ArrayList<>(joined.keySet());
      ended.forEach(call -> gone.add(call.id()));
      return gone;
    }
  }

  /// @param onEnded is told of calls that have ended; must not wait
  public CallJournal(
      Database database,
      LiveCalls live,
      Recordings recordings,
      CallMetrics metrics,
      CallWatch watch,
      Consumer<CallRecord> onEnded) {
    this.database = database;
    this.live = live;
    this.recordings = recordings;
    this.metrics = metrics;
    this.watch = watch;
    this.onEnded = onEnded;
  }

  /// Reads all calls in progress at the start: a row of one may refer to another.
  @Override
  public void begin() {
    open.clear();
    pending = Changes.NONE;
    live.restore();
    live.rows().forEach((id, rows) -> open.put(CallFold.of(id, rows), rows));
  }

  @Override
  public void store(Transaction tx, List<JournalEvent> rows) {
    readOpenCalls(tx, rows);
    Changes changes = apply(tx, rows);
    List<Future<?>> writes = new ArrayList<>(Calls.save(tx, changes.ended));
    writes.add(live.remove(tx, changes.gone()));
    writes.add(live.save(tx, changes.inProgress));
    writes.add(recordings.expect(tx, changes.ended));
    writes.add(LastContacts.store(tx.connection(), contacts(changes.ended)));
    tx.await(Future.all(writes));
    List<NewEvent> events = new ArrayList<>(changes.events);
    events.addAll(Voicemails.add(tx, changes.ended));
    // before the commit: rows that were not stored are applied again
    changes.tooShort.forEach(recordings::drop);
    changes.parts.forEach(recordings::unite);
    // last, because it blocks everything else that appends events until the commit
    tx.await(Outbox.append(tx.connection(), events));
    pending = changes;
  }

  @Override
  public void committed() {
    // while the recordings that run for them are still known
    pending.joined.forEach(watch::joined);
    live.show(pending.inProgress, pending.gone());
    List<CallRecord> finished = pending.finished();
    metrics.committed(finished);
    finished.forEach(onEnded);
    finished.forEach(recordings::dropUnused);
    pending.events.forEach(CallJournal::alarm);
    metrics.emergencies(
        pending.events.stream().filter(event -> event.type() == Known.EMERGENCY_CALLED).count());
    if (finished.stream().anyMatch(call -> call.recorded().isAny())) {
      recordings.wake();
    }
    open.markEnded(pending.ended.stream().map(CallRecord::id).toList());
    open.forgetOldest();
    pending = Changes.NONE;
  }

  private static void alarm(NewEvent event) {
    if (event.data() instanceof EmergencyCall emergency) {
      log.atWarn()
          .addKeyValue("call", emergency.call())
          .addKeyValue("number", emergency.number())
          .addKeyValue("extension", emergency.extension())
          .addKeyValue("site", emergency.site().orElse(""))
          .addKeyValue("address", emergency.address().orElse(""))
          .log("an emergency number is called");
    }
  }

  /// Reads calls that started before this process, or that were removed from memory, from the rows
  /// before these.
  private void readOpenCalls(Transaction tx, List<JournalEvent> rows) {
    Set<String> unknown = new LinkedHashSet<>();
    Set<String> starting = new HashSet<>();
    for (JournalEvent row : rows) {
      String id = row.linkedId();
      if (row.type() == Cel.CHAN_START && row.uniqueId().equals(id)) {
        starting.add(id);
      }
      if (open.find(id).isEmpty() && !starting.contains(id)) {
        unknown.add(id);
      }
    }
    if (!unknown.isEmpty()) {
      tx.await(Journal.read(tx.connection(), unknown))
          .forEach((id, all) -> {
            List<JournalEvent> earlier = without(all, rows);
            if (!earlier.isEmpty()) {
              open.put(CallFold.of(id, earlier), earlier); // their events are published already
            }
          });
    }
  }

  /// The rows of a call without those that are still to be applied, which are its last ones.
  private static List<JournalEvent> without(List<JournalEvent> all, List<JournalEvent> toApply) {
    Set<String> ids = new HashSet<>();
    all.forEach(row -> ids.add(row.linkedId()));
    long left = toApply.stream().filter(row -> ids.contains(row.linkedId())).count();
    return all.subList(0, all.size() - Math.toIntExact(left));
  }

  private Changes apply(Transaction tx, List<JournalEvent> rows) {
    Map<String, CallFold> touched = new LinkedHashMap<>();
    Map<String, String> joined = new LinkedHashMap<>();
    List<NewEvent> events = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      JournalEvent row = rows.get(i);
      List<String> calls = open.callsJoinedBy(row);
      if (!calls.isEmpty()) {
        for (String younger : calls.subList(1, calls.size())) {
          joined.put(younger, calls.getFirst());
          touched.remove(younger);
          events.add(joined(younger, calls.getFirst()));
        }
        join(tx, calls, rows.subList(i, rows.size()));
      }
      CallFold call = open.of(row);
      touched.put(call.id(), call);
      Optional<ProfileNote> tied = call.tied();
      for (Moment moment : call.apply(row)) {
        event(moment, call).ifPresent(events::add);
      }
      if (row.type() == Note.PROFILE && !call.tied().equals(tied)) {
        call.tied().map(found -> identified(call, found)).ifPresent(events::add);
      }
    }
    for (CallFold call : touched.values()) {
      call.recordOfMoreParties()
          .map(record -> of(Known.CALL_CHANGED, call, record))
          .ifPresent(events::add);
    }
    return new Changes(
        records(touched.values(), false),
        records(touched.values(), true),
        joined,
        touched.values().stream().flatMap(call -> call.tooShort().stream()).toList(),
        touched.values().stream()
            .filter(CallFold::hasEnded)
            .flatMap(call -> call.recordedParts().stream())
            .toList(),
        events);
  }

  /// Joins several calls into one, up to the rows that are still to be applied.
  ///
  /// @param ids the oldest first
  private void join(Transaction tx, List<String> ids, List<JournalEvent> toApply) {
    String root = ids.getFirst();
    List<String> younger = ids.subList(1, ids.size());
    Journal.tie(tx, younger, root);
    Calls.remove(tx, younger);
    List<JournalEvent> all =
        tx.await(Journal.read(tx.connection(), List.of(root))).getOrDefault(root, List.of());
    List<JournalEvent> earlier = without(all, toApply);
    CallFold call =
        open.find(root)
            .map(before -> before.joined(earlier))
            .orElseGet(() -> CallFold.of(root, earlier));
    tx.await(Recordings.join(tx, younger, root, call.record()));
    open.remove(ids);
    open.put(call, earlier);
  }

  private static List<CallRecord> records(Collection<CallFold> calls, boolean ended) {
    return calls.stream()
        .filter(call -> call.hasEnded() == ended)
        .flatMap(call -> call.record().stream())
        .toList();
  }

  /// The end of the last answered call with each profile of the CRM, among these.
  private static Map<Long, Instant> contacts(List<CallRecord> ended) {
    Map<Long, Instant> contacts = new HashMap<>();
    for (CallRecord call : ended) {
      Optional<Instant> contactedAt =
          call.when().answeredAt().flatMap(answered -> call.when().endedAt());
      call.who()
          .profile()
          .ifPresent(profile ->
              contactedAt.ifPresent(at ->
                  contacts.merge(profile, at, (one, other) -> one.isAfter(other) ? one : other)));
    }
    return contacts;
  }

  private static Optional<NewEvent> event(Moment moment, CallFold call) {
    if (moment == Moment.EMERGENCY) {
      return call.emergency()
          .map(data -> new NewEvent(Known.EMERGENCY_CALLED, subject(call), data));
    }
    return call.recordToPublish(moment).map(record -> of(type(moment), call, record));
  }

  private static NewEvent of(Known type, CallFold call, CallRecord record) {
    return new NewEvent(type, subject(call), record, audience(record));
  }

  /// Those who see an extension that takes part.
  private static Audience audience(CallRecord record) {
    return Audience.of(CallParties.extensions(record), record.when().startedAt());
  }

  private static String subject(CallFold call) {
    return "call:" + call.id();
  }

  private static Known type(Moment moment) {
    return switch (moment) {
      case STARTED -> Known.CALL_STARTED;
      case EMERGENCY -> Known.EMERGENCY_CALLED;
      case RINGING -> Known.CALL_RINGING;
      case ANSWERED -> Known.CALL_ANSWERED;
      case CHANGED -> Known.CALL_CHANGED;
      case ENDED -> Known.CALL_ENDED;
    };
  }

  /// The caller of a call.
  ///
  /// @param extensions of the call so far, whose keys receive it too
  private record Identified(
      String call,
      String number,
      List<ProfileNote.Candidate> candidates,
      Optional<Instant> startedAt,
      List<String> extensions) {}

  private static NewEvent identified(CallFold call, ProfileNote found) {
    Optional<CallRecord> record = call.record();
    return new NewEvent(
        Known.CALLER_IDENTIFIED,
        subject(call),
        new Identified(
            call.id(),
            found.number(),
            found.candidates(),
            record.map(known -> known.when().startedAt()),
            record.map(CallParties::extensions).orElse(List.of())),
        record.map(CallJournal::audience).orElse(Audience.Circle.OVERSEERS));
  }

  /// A call that turned out to be a part of another.
  ///
  /// @param extensions of the call so far, whose keys receive it too
  private record Joined(String into, Optional<Instant> startedAt, List<String> extensions) {}

  private NewEvent joined(String call, String into) {
    Optional<CallRecord> record = open.find(call).flatMap(CallFold::record);
    return new NewEvent(
        Known.CALL_JOINED,
        "call:" + call,
        new Joined(
            into,
            record.map(known -> known.when().startedAt()),
            record.map(CallParties::extensions).orElse(List.of())),
        record.map(CallJournal::audience).orElse(Audience.Circle.OVERSEERS));
  }
}
