package io.tamas.routing;

import io.tamas.number.ExtensionNumber;
import java.time.Duration;
import java.util.List;

/// What becomes of a call.
public sealed interface Decision {

  /// Rings one stage after the other until somebody answers.
  record Ring(List<Stage> stages) implements Decision {
    public Ring {
      if (stages.isEmpty() || stages.size() > MAX_STAGES) {
        throw new IllegalArgumentException("1 to " + MAX_STAGES + " stages are required");
      }
    }
  }

  /// Plays a sound of Asterisk and hangs up.
  record Announce(String sound) implements Decision {}

  /// Refuses the call without answering it.
  record Refuse(Reason reason) implements Decision {}

  /// Extensions that ring together for a time.
  record Stage(List<ExtensionNumber> members, Duration ring) {}

  enum Reason {
    /// No route or extension has this number: ITU-T Q.850 cause 1.
    UNALLOCATED,
    /// Everybody who could be rung is busy or does not want to be disturbed: cause 17.
    BUSY,
    /// The caller may not call this: cause 21.
    FORBIDDEN
  }

  /// The dialplan holds at most this many stages.
  int MAX_STAGES = 20;
}
