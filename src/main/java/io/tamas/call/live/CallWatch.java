package io.tamas.call.live;

import java.util.Set;

/// Is called with changes of calls, once they are committed. Must not wait.
public interface CallWatch {

  /// The calls in progress were read anew: at the start, and when following the journal resumes.
  void restored(Set<String> calls);

  /// A call turned out to be part of another.
  void joined(String call, String into);

  /// These calls have new rows.
  void changed(Set<String> calls);

  /// A phone in a call asks by key for its recording to be paused or resumed.
  ///
  /// @param channel by name
  void pauseKey(String call, String channel);
}
