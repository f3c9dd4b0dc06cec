package io.tamas.routing;

import io.tamas.company.Company.Switched;
import io.tamas.company.Destination;
import io.tamas.company.EmergencyTrunks;
import io.tamas.company.Extension;
import io.tamas.company.Extension.Forwards;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.PhoneNumber;
import io.tamas.number.ServerAddresses;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What the dialplan is to do with a call.
public sealed interface Decision {

  /// Rings one stage after the other until somebody answers.
  record Ring(List<Stage> stages) implements Decision {
    public Ring {
      if (stages.isEmpty() || stages.size() > MAX_STAGES) {
        throw new IllegalArgumentException("1 to " + MAX_STAGES + " stages are required");
      }
    }
  }

  /// Calls an external number: the next trunk is tried when one fails, not when the callee is busy;
  /// but in an emergency whatever a trunk answers.
  ///
  /// @param attempts none for an emergency call that no trunk may take: it fails, and is reported
  ///   like every other one
  /// @param charge absent if the company itself routes the call outside, and for emergency calls
  /// @param outcomes the sounds for a caller at a phone of the company whose call fails, in the
  ///   order of [Refusal#OUTCOMES]; none for others
  record DialOut(
      List<Attempt> attempts,
      Optional<Charge> charge,
      Optional<Emergency> emergency,
      List<String> outcomes)
      implements Decision {
    public DialOut {
      if (attempts.isEmpty() && emergency.isEmpty() || attempts.size() > MAX_ATTEMPTS) {
        throw new IllegalArgumentException("1 to " + MAX_ATTEMPTS + " attempts are required");
      }
    }

    public DialOut(List<Attempt> attempts, Optional<Charge> charge) {
      this(attempts, charge, Optional.empty(), List.of());
    }
  }

  /// A call to an emergency number.
  ///
  /// @param site of the extension that calls
  record Emergency(Optional<String> site) {}

  /// Plays prompts and collects digits.
  ///
  /// @param sounds one after the other; the first digit interrupts them
  /// @param lengths for each first digit from 0 to 9 the maximum number of digits to collect
  record Menu(List<String> sounds, Duration patience, String lengths) implements Decision {}

  /// Plays prompts and hangs up.
  record Announce(List<String> sounds) implements Decision {}

  /// Records a message for the mailbox of an extension.
  record LeaveMessage(ExtensionNumber mailbox, List<String> greeting, Duration longest)
      implements Decision {}

  /// Plays the new messages of the caller's own mailbox.
  record Listen(ExtensionNumber mailbox) implements Decision {
    /// What a phone dials for it.
    public static final String CODE = "*97";
  }

  /// Picks up a call that rings in the caller's pickup groups, or at the given extension.
  record PickUp(Optional<ExtensionNumber> at) implements Decision {}

  /// Retrieves the parked call of a slot.
  record Retrieve(int slot) implements Decision {}

  /// Changes a setting, and announces whether it succeeded.
  ///
  /// @param extension that has dialled for it
  record Change(ExtensionNumber extension, Setting setting) implements Decision {}

  /// Refuses the call without answering it.
  ///
  /// @param say a sound to play before that
  record Refuse(Reason reason, Optional<String> say) implements Decision {}

  /// The call ends, with the result of its last ringing.
  record End() implements Decision {}

  /// Extensions that ring together for `ring`.
  record Stage(List<Member> members, Duration ring) {
    static Stage of(ExtensionNumber extension, Duration ring) {
      return new Stage(List.of(new Member(extension, Duration.ZERO)), ring);
    }
  }

  /// @param delay how much later than the others it starts to ring
  /// @param outside the external number that rings in its place, to which it forwards its calls
  record Member(ExtensionNumber extension, Duration delay, Optional<PhoneNumber> outside) {
    public Member(ExtensionNumber extension, Duration delay) {
      this(extension, delay, Optional.empty());
    }
  }

  /// One trunk to try.
  ///
  /// @param digits the number in the trunk's format: digits, possibly after a `+`
  /// @param callerId the caller ID sent (E.164); absent: left to the trunk's provider
  /// @param most simultaneous calls on the trunk; 0: no limit
  /// @param extension sent instead, with its name, unless it hides its number; present if it calls,
  ///   and the trunk is told so
  /// @param addresses of its server, one after the other; empty: it is called by its name
  record Attempt(
      String trunk,
      String digits,
      Optional<String> callerId,
      int most,
      Optional<ExtensionNumber> extension,
      Optional<ServerAddresses> addresses) {}

  /// What a user can change by a feature code: of its own extension, or a schedule.
  sealed interface Setting {
    record DoNotDisturb(boolean on) implements OfExtension {
      @Override
      public Extension in(Extension now) {
        return now.withDoNotDisturb(on);
      }
    }

    /// @param to empty: the forward is removed
    record Forward(When when, Optional<Destination> to) implements OfExtension {
      @Override
      public Extension in(Extension now) {
        Forwards old = now.forwards().orElse(Forwards.NONE);
        return now.withForwards(
            new Forwards(
                when == When.ALWAYS ? to : old.always(),
                when == When.BUSY ? to : old.busy(),
                when == When.NO_ANSWER ? to : old.noAnswer(),
                when == When.UNREACHABLE ? to : old.unreachable(),
                old.noAnswerAfter()));
      }
    }

    /// @param to empty: its hours count again
    record OfSchedule(String schedule, Optional<Switched> to) implements Setting {}

    /// A setting of the extension that has dialled.
    sealed interface OfExtension extends Setting {
      /// The extension with it.
      Extension in(Extension now);
    }

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
    /// Every extension that could ring is busy or set to do not disturb: cause 17.
    BUSY,
    /// The caller may not call this destination: cause 21.
    FORBIDDEN,
    /// A routing loop: cause 25, exchange routing error.
    LOOP,
    /// No trunk is available for the call: cause 34, no circuit.
    NO_TRUNK,
    /// A limit against toll fraud is reached: cause 21.
    LIMIT,
    /// What was asked for cannot be stored now: cause 41, temporary failure.
    UNAVAILABLE
  }

  /// The dialplan has this many stages.
  int MAX_STAGES = 20;

  int MAX_ATTEMPTS = EmergencyTrunks.MOST;
}
