package io.tamas.routing;

import io.tamas.company.Destination;
import io.tamas.number.ExtensionNumber;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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

  /// Calls somebody outside: the next trunk is tried when one fails, not when the callee is busy.
  ///
  /// @param charge absent where the company itself wants the call, and for emergencies
  record DialOut(List<Attempt> attempts, Optional<Charge> charge) implements Decision {
    public DialOut {
      if (attempts.isEmpty() || attempts.size() > MAX_ATTEMPTS) {
        throw new IllegalArgumentException("1 to " + MAX_ATTEMPTS + " attempts are required");
      }
    }
  }

  /// Says something and listens to what is dialled.
  ///
  /// @param sounds one after the other; the first digit interrupts them
  /// @param lengths for each first digit from 0 to 9 the most digits that may be meant
  record Menu(List<String> sounds, Duration patience, String lengths) implements Decision {}

  /// Says something and hangs up.
  record Announce(List<String> sounds) implements Decision {}

  /// Takes a message for the mailbox of an extension.
  record LeaveMessage(ExtensionNumber mailbox, List<String> greeting, Duration longest)
      implements Decision {}

  /// Plays the new messages of the caller's own mailbox.
  record Listen(ExtensionNumber mailbox) implements Decision {}

  /// Takes a call that rings in the caller's pickup groups, or at the extension that is named.
  record PickUp(Optional<ExtensionNumber> at) implements Decision {}

  /// Takes back the parked call of a slot.
  record Retrieve(int slot) implements Decision {}

  /// Changes what the caller's own extension does, and says whether it worked.
  record Change(ExtensionNumber extension, Setting setting) implements Decision {}

  /// Refuses the call without answering it.
  ///
  /// @param say a sound before that
  record Refuse(Reason reason, Optional<String> say) implements Decision {}

  /// Nothing more follows: the call ends as its last ringing ended.
  record End() implements Decision {}

  /// Extensions that ring together for a time.
  record Stage(List<Member> members, Duration ring) {
    static Stage of(ExtensionNumber extension, Duration ring) {
      return new Stage(List.of(new Member(extension, Duration.ZERO)), ring);
    }
  }

  /// @param delay how much later than the others it begins to ring
  record Member(ExtensionNumber extension, Duration delay) {}

  /// One trunk to try.
  ///
  /// @param digits the number as the trunk wants it: digits, maybe with a `+` before them
  /// @param callerId what is shown (E.164); else what the trunk's provider makes of it
  /// @param most calls at once on the trunk; 0: no limit
  record Attempt(String trunk, String digits, Optional<String> callerId, int most) {}

  /// What a person can change by a code.
  sealed interface Setting {
    record DoNotDisturb(boolean on) implements Setting {}

    /// @param to nowhere: the forward is taken back
    record Forward(When when, Optional<Destination> to) implements Setting {}

    enum When {
      ALWAYS,
      BUSY,
      NO_ANSWER,
      UNREACHABLE
    }
  }

  enum Reason {
    /// No route or extension has this number: ITU-T Q.850 cause 1.
    UNALLOCATED,
    /// Everybody who could be rung is busy or does not want to be disturbed: cause 17.
    BUSY,
    /// The caller may not call this: cause 21.
    FORBIDDEN,
    /// Destinations lead to each other in a circle: cause 25, exchange routing error.
    LOOP,
    /// No trunk can take the call: cause 34, no circuit.
    NO_TRUNK,
    /// A limit against toll fraud is reached: cause 21.
    LIMIT
  }

  /// The dialplan holds at most this many stages.
  int MAX_STAGES = 20;

  int MAX_ATTEMPTS = 10;
}
