package io.tamas.call;

import io.tamas.call.record.CallRecord;
import io.tamas.crm.MergedIds;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Calls as they are shown after profiles were merged: no record is touched by that. May wait.
final class MergedCallers {
  private final MergedIds merged;

  MergedCallers(MergedIds merged) {
    this.merged = merged;
  }

  /// The calls, each with the profile to which that of its caller leads.
  List<CallRecord> shown(List<CallRecord> calls) {
    List<Long> profiles =
        calls.stream().flatMap(call -> call.who().profile().stream()).distinct().toList();
    Map<Long, Long> into = merged.into(profiles);
    return into.isEmpty() ? calls : calls.stream().map(call -> shown(call, into)).toList();
  }

  CallRecord shown(CallRecord call) {
    return shown(List.of(call)).getFirst();
  }

  private static CallRecord shown(CallRecord call, Map<Long, Long> into) {
    return call.who()
        .profile()
        .flatMap(profile -> Optional.ofNullable(into.get(profile)))
        .map(call::withProfile)
        .orElse(call);
  }

  /// The profiles whose calls are those of one.
  List<Long> ofProfile(String id) {
    return merged.all(Long.parseLong(id));
  }
}
