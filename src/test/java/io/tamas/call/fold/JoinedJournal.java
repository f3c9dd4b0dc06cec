package io.tamas.call.fold;

import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.call.live.OpenCalls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Separates the calls of a journal as [CallJournal] does: those that are joined are one.
final class JoinedJournal {
  private JoinedJournal() {}

  /// The rows of each call, by its id, each call's in the order of the journal.
  static Map<String, List<JournalEvent>> calls(List<JournalEvent> rows) {
    var open = new OpenCalls();
    Map<String, String> ties = new HashMap<>();
    List<JournalEvent> read = new ArrayList<>();
    for (JournalEvent row : rows) {
      List<String> joined = open.callsJoinedBy(row);
      if (!joined.isEmpty()) {
        String root = joined.getFirst();
        joined.forEach(id -> ties.put(id, root));
        ties.replaceAll((_, to) -> joined.contains(to) ? root : to);
        List<JournalEvent> earlier = byCall(read, ties).getOrDefault(root, List.of());
        open.remove(joined);
        open.put(CallFold.of(root, earlier), earlier);
      }
      open.of(row).apply(row);
      read.add(row);
    }
    return byCall(rows, ties);
  }

  private static Map<String, List<JournalEvent>> byCall(
      List<JournalEvent> rows, Map<String, String> ties) {
    Map<String, List<JournalEvent>> calls = new LinkedHashMap<>();
    for (JournalEvent row : rows) {
      String call = ties.getOrDefault(row.linkedId(), row.linkedId());
      calls.computeIfAbsent(call, _ -> new ArrayList<>()).add(row);
    }
    return calls;
  }
}
