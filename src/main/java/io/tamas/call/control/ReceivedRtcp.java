package io.tamas.call.control;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// When RTCP was received last of each channel. Asterisk's own statistics change only by what RTCP
/// reports of the voice that Asterisk has sent: not where both parties of a call are silent.
public final class ReceivedRtcp {
  private final Map<String, Long> channels = new ConcurrentHashMap<>();

  /// @param uniqueId of the channel
  public void received(String uniqueId) {
    channels.put(uniqueId, System.nanoTime());
  }

  /// In nanoseconds of some clock; 0 if never.
  long at(String uniqueId) {
    return channels.getOrDefault(uniqueId, 0L);
  }

  /// All channels but these are forgotten.
  void keep(Collection<String> uniqueIds) {
    channels.keySet().retainAll(uniqueIds);
  }
}
