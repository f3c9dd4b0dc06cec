package io.tamas.call.live;

import io.tamas.asterisk.journal.Extra;
import io.tamas.asterisk.journal.Extra.Bridge;
import io.tamas.asterisk.journal.Extra.Transfer;
import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.asterisk.journal.RowType.Cel;
import io.tamas.call.fold.CallFold;
import io.tamas.call.record.CallIds;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folds of the calls in progress, and the channels and bridges of each: a row that refers to
/// channels or bridges of two calls shows that they are one.
public final class OpenCalls {
  private static final Logger log = LoggerFactory.getLogger(OpenCalls.class);

  /// Calls whose fold is kept; others are read from the journal when their next row arrives, and
  /// are not known to be part of another until then.
  private static final int MAX_OPEN = 20_000;

  /// Ended calls that are kept: their last rows may still arrive, or a row that shows that they
  /// were part of another.
  private static final int MAX_ENDED = 500;

  private final Map<String, CallFold> calls = new LinkedHashMap<>(64, 0.75f, true);
  private final Map<String, Set<String>> parts = new HashMap<>();

  /// The call of each unique id, bridge and linked id.
  private final Map<String, String> owners = new HashMap<>();

  /// The latest call of a channel's name: Asterisk numbers channels anew when it starts.
  private final Map<String, String> names = new HashMap<>();

  private final Set<String> ended = new LinkedHashSet<>();

  public void clear() {
    calls.clear();
    ended.clear();
    parts.clear();
    owners.clear();
    names.clear();
  }

  /// The id of the call to which a linked id belongs.
  String call(String linkedId) {
    return owners.getOrDefault(linkedId, linkedId);
  }

  public Optional<CallFold> find(String linkedId) {
    return Optional.ofNullable(calls.get(call(linkedId)));
  }

  /// The call of a row, from now on also found by the channels and bridges to which the row refers.
  public CallFold of(JournalEvent row) {
    String id = call(row.linkedId());
    CallFold call = calls.computeIfAbsent(id, _ -> new CallFold(row));
    index(id, row);
    return call;
  }

  public void put(CallFold call, List<JournalEvent> rows) {
    calls.put(call.id(), call);
    rows.forEach(row -> index(call.id(), row));
  }

  public void remove(Collection<String> ids) {
    ids.forEach(this::remove);
  }

  private void remove(String id) {
    calls.remove(id);
    ended.remove(id);
    Set<String> indexed = Optional.ofNullable(parts.remove(id)).orElse(Set.of());
    for (String part : indexed) {
      owners.remove(part, id);
      names.remove(part, id);
    }
  }

  private void index(String id, JournalEvent row) {
    if (isMessage(row)) {
      return;
    }
    Set<String> indexed = parts.computeIfAbsent(id, _ -> new HashSet<>());
    own(row.linkedId(), id, indexed);
    own(row.uniqueId(), id, indexed);
    bridge(row).ifPresent(bridge -> own(bridge, id, indexed));
    if (!row.channel().isEmpty() && indexed.add(row.channel())) { // notes of Tamas have none
      names.put(row.channel(), id);
    }
  }

  private void own(String part, String id, Set<String> indexed) {
    if (!part.isEmpty() && indexed.add(part)) {
      owners.put(part, id);
    }
  }

  /// All text messages share one channel.
  private static boolean isMessage(JournalEvent row) {
    return row.channel().startsWith("Message/");
  }

  /// A bridge that connects parties: all parked calls are in a holding bridge.
  private static Optional<String> bridge(JournalEvent row) {
    return Optional.of(row)
        .filter(one -> one.type() == Cel.BRIDGE_ENTER)
        .map(one -> Extra.bridge(one.extra()))
        .filter(bridge -> !bridge.holding())
        .map(Bridge::id);
  }

  /// The calls that a row shows to be one, its own among them, the oldest first; empty if it shows
  /// nothing new.
  public List<String> callsJoinedBy(JournalEvent row) {
    if (isMessage(row)) {
      return List.of();
    }
    String own = call(row.linkedId());
    Set<String> found = new LinkedHashSet<>(List.of(own));
    for (String part : referredTo(row)) {
      Optional.ofNullable(owners.get(part)).ifPresent(found::add);
    }
    if (row.type() == Cel.PARK_END) {
      String retriever = Extra.retriever(row.extra());
      Optional.ofNullable(names.get(retriever)).ifPresent(found::add);
    }
    return found.size() == 1 ? List.of() : found.stream().sorted(CallIds.OLDEST_FIRST).toList();
  }

  private static List<String> referredTo(JournalEvent row) {
    List<String> parts = new ArrayList<>(List.of(row.uniqueId()));
    if (row.type() == Cel.BRIDGE_ENTER) {
      bridge(row).ifPresent(parts::add);
    } else if (row.type() == Cel.PICKUP) {
      parts.add(Extra.picker(row.extra()));
    } else if (row.type() == Cel.ATTENDEDTRANSFER) {
      Transfer transfer = Extra.transfer(row.extra());
      parts.addAll(List.of(transfer.second(), transfer.transferee(), transfer.target()));
    }
    return parts;
  }

  public void markEnded(Collection<String> ids) {
    ended.addAll(ids);
    while (ended.size() > MAX_ENDED) {
      remove(ended.iterator().next());
    }
  }

  /// Beyond the bound, those without a row for the longest time are removed.
  public void forgetOldest() {
    while (calls.size() > MAX_OPEN) {
      String id = calls.keySet().iterator().next();
      log.atDebug().addKeyValue("call", id).log("Too many calls to keep in memory");
      remove(id);
    }
  }
}
