package io.tamas.call.live;

import java.util.Set;

/// Hears of calls, once what it hears is committed. Must not wait.
public interface CallWatch {

  /// These are in progress, at the start and after each time that the journal was lost from sight.
  void began(Set<String> calls);

  /// A call turned out to be part of another.
  void joined(String call, String into);

  /// Something happened to these.
  void changed(Set<String> calls);

  /// Somebody in a call wants its recording paused, or not paused any more, by key.
  ///
  /// @param channel by name
  void pauseKey(String call, String channel);
}
