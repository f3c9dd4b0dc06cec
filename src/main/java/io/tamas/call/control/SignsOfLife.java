package io.tamas.call.control;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// When the parties of each call were last heard: a channel has sent something whenever its
/// counters differ from those that it had before. Pure.
final class SignsOfLife {
  private final Map<String, Heard> calls = new HashMap<>();

  /// @param counters the latest, by channel
  private record Heard(Map<String, String> counters, Instant at) {}

  /// @param counters what was received from a channel so far, in any form
  /// @return whether it was heard since it was asked last; a channel that is new was heard
  boolean hears(String call, String channel, String counters, Instant now) {
    Heard before = calls.getOrDefault(call, new Heard(Map.of(), now));
    boolean heard = !counters.equals(before.counters.get(channel));
    Map<String, String> latest = new HashMap<>(before.counters);
    latest.put(channel, counters);
    calls.put(call, new Heard(latest, heard ? now : before.at));
    return heard;
  }

  /// When any party of the call was heard last.
  Instant lastHeard(String call, Instant now) {
    Heard heard = calls.get(call);
    return heard == null ? now : heard.at;
  }

  /// All calls but these are forgotten.
  void keep(Collection<String> inProgress) {
    calls.keySet().retainAll(inProgress);
  }
}
