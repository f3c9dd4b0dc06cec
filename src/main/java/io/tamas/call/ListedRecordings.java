package io.tamas.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tamas.call.history.Calls;
import io.tamas.call.record.CallRecord;
import io.tamas.call.recording.RecordingList.Entry;
import io.tamas.json.Json;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Recordings as lists show them: each with what a reader wants to know of its call. May wait.
final class ListedRecordings {
  private final Calls calls;
  private final MergedCallers callers;

  ListedRecordings(Calls calls, MergedCallers callers) {
    this.calls = calls;
    this.callers = callers;
  }

  private enum Kind {
    CONVERSATION,
    MESSAGE
  }

  List<ObjectNode> shown(List<Entry> entries) {
    List<String> ids = entries.stream().map(entry -> entry.recording().call()).distinct().toList();
    Map<String, CallRecord> known =
        callers.shown(calls.findAll(ids)).stream()
            .collect(Collectors.toMap(CallRecord::id, Function.identity()));
    return entries.stream().map(entry -> shown(entry, known)).toList();
  }

  private static ObjectNode shown(Entry entry, Map<String, CallRecord> known) {
    ObjectNode shown = (ObjectNode) Json.tree(entry.recording());
    shown.setAll((ObjectNode) Json.tree(entry.note()));
    shown.put("kind", (entry.message() ? Kind.MESSAGE : Kind.CONVERSATION).name());
    shown.put("callStartedAt", entry.callStartedAt().toString());
    CallRecord call = known.get(entry.recording().call());
    if (call != null) {
      CallRecord.Who who = call.who();
      shown.put("direction", who.direction().name());
      shown.put("caller", who.caller());
      shown.put("callerName", who.callerName());
      shown.put("requested", who.requested());
      call.outcome().answeredBy().ifPresent(by -> shown.put("answeredBy", by));
      who.profile().ifPresent(profile -> shown.put("profile", profile));
    }
    return shown;
  }
}
