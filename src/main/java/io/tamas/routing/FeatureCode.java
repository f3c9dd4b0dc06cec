package io.tamas.routing;

import io.tamas.company.Directory;
import io.tamas.company.Extension;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.Decision.Setting.When;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The feature codes that phones can dial.
///
/// | code | meaning |
/// |---|---|
/// | `0`, `0#`, `*8` | pick up a ringing call of the own pickup groups |
/// | `*8101` | pick up the call that rings at 101 |
/// | `*78`, `*79` | do not disturb, on and off |
/// | `*72…`, `*73` | forward always: set, remove |
/// | `*90…`, `*91` | forward on busy: set, remove |
/// | `*92…`, `*93` | forward on no answer: set, remove |
/// | `*94…`, `*95` | forward when the phone is unreachable: set, remove |
/// | `*97` | play the new messages of the own mailbox |
/// | `*281` | switch the schedule with the code 1 by hand, or back |
/// | `*281*0830` | the same until half past eight |
/// | `701` to `799` | retrieve a parked call |
sealed interface FeatureCode {
  Pattern PICK_UP = Pattern.compile("\\*8([0-9]{1,8})#?");
  Pattern FORWARD = Pattern.compile("\\*(72|90|92|94)([0-9+*]{1,20})#?");
  Pattern NO_FORWARD = Pattern.compile("\\*(73|91|93|95)#?");
  Pattern SWITCH = Pattern.compile("\\*28([0-9]{1,3})(?:\\*([0-9*]{0,16}))?#?");
  Pattern SLOT = Pattern.compile("7[0-9][1-9]|7[1-9]0");

  record PickUpGroup() implements FeatureCode {}

  record PickUpAt(ExtensionNumber extension) implements FeatureCode {}

  record DoNotDisturb(boolean on) implements FeatureCode {}

  /// @param to what was dialled after the code
  record Forward(When when, String to) implements FeatureCode {}

  record NoForward(When when) implements FeatureCode {}

  record Listen() implements FeatureCode {}

  /// @param code of the schedule
  /// @param until what was dialled as the local time at which its hours count again
  record SwitchSchedule(String code, Optional<String> until) implements FeatureCode {}

  record Slot(int number) implements FeatureCode {}

  /// The code that was dialled; empty if it is a number. An extension takes precedence over a slot,
  /// and `0` is a number for a caller that is in no pickup group.
  static Optional<FeatureCode> dialled(Extension caller, CallContext call, Directory company) {
    String digits = call.digits();
    return switch (digits) {
      case "*8" -> Optional.of(new PickUpGroup());
      case "0", "0#" ->
          company.pickupGroups(caller.number()).isEmpty()
              ? Optional.empty()
              : Optional.of(new PickUpGroup());
      case "*78" -> Optional.of(new DoNotDisturb(true));
      case Decision.Listen.CODE -> Optional.of(new Listen());
      case "*79" -> Optional.of(new DoNotDisturb(false));
      default -> slot(digits, company).or(() -> starred(digits));
    };
  }

  private static Optional<FeatureCode> slot(String digits, Directory company) {
    boolean taken =
        ExtensionNumber.isValid(digits) && company.inside(new ExtensionNumber(digits)).isPresent();
    return SLOT.matcher(digits).matches() && !taken
        ? Optional.of(new Slot(Integer.parseInt(digits)))
        : Optional.empty();
  }

  private static Optional<FeatureCode> starred(String digits) {
    Matcher pickUp = PICK_UP.matcher(digits);
    if (pickUp.matches()) {
      return Optional.of(new PickUpAt(new ExtensionNumber(pickUp.group(1))));
    }
    Matcher forward = FORWARD.matcher(digits);
    if (forward.matches()) {
      return Optional.of(new Forward(when(forward.group(1)), forward.group(2)));
    }
    Matcher schedule = SWITCH.matcher(digits);
    if (schedule.matches()) {
      return Optional.of(
          new SwitchSchedule(schedule.group(1), Optional.ofNullable(schedule.group(2))));
    }
    Matcher removal = NO_FORWARD.matcher(digits);
    return removal.matches()
        ? Optional.of(new NoForward(when(removal.group(1))))
        : Optional.empty();
  }

  private static When when(String code) {
    return switch (code) {
      case "72", "73" -> When.ALWAYS;
      case "90", "91" -> When.BUSY;
      case "92", "93" -> When.NO_ANSWER;
      default -> When.UNREACHABLE;
    };
  }
}
