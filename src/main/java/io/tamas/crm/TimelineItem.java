package io.tamas.crm;

import java.time.Instant;

/// Something that happened with somebody.
///
/// @param at when; of what is of a call, when the call began
/// @param id unlike those of the others of its kind
/// @param data as it is shown
public record TimelineItem(Instant at, Kind kind, String id, Object data) {

  /// What it is. Of two at the same time the one that is named first here comes first.
  public enum Kind {
    CALL,
    RECORDING,
    VOICEMAIL,
    NOTE
  }
}
