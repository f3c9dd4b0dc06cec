package io.tamas.call;

import io.tamas.asterisk.agi.Variable;
import io.tamas.crm.Caller;
import io.tamas.number.DialString;
import io.tamas.routing.CallContext;
import io.tamas.routing.Decision;
import io.tamas.routing.Decision.Stage;
import io.tamas.routing.Routed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// A decision as the variables that the dialplan reads. Pure.
///
/// `TAMAS_ACTION` comes last: a dialplan that finds it finds all, and one that was left in the
/// middle falls back. What the dialplan uses as syntax is made of digits and checked names only;
/// the caller's name is a value that nothing expands.
final class RoutePlan {
  private static final Pattern SOUND = Pattern.compile("[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*");

  private RoutePlan() {}

  /// @throws IllegalArgumentException if the decision cannot be told, such as a stage with more
  ///   phones than fit into a command
  static List<Variable> of(
      CallContext call, Caller caller, Routed routed, Optional<UUID> recording) {
    List<Variable> plan = new ArrayList<>();
    caller
        .likeliest()
        .map(candidate -> DisplayName.of(candidate.name()))
        .filter(name -> !name.isEmpty())
        .ifPresent(name -> plan.add(new Variable("CALLERID(name)", name)));
    plan.add(new Variable("TAMAS_NOTE", note(call, caller, routed, recording).encode()));
    switch (routed.decision()) {
      case Decision.Ring ring -> addStages(plan, ring.stages(), recording);
      case Decision.Announce announce ->
          plan.add(new Variable("TAMAS_SOUND", sound(announce.sound())));
      case Decision.Refuse refuse ->
          plan.add(new Variable("TAMAS_CAUSE", Integer.toString(cause(refuse.reason()))));
    }
    plan.add(new Variable("TAMAS_ACTION", action(routed.decision())));
    return List.copyOf(plan);
  }

  private static DecisionNote note(
      CallContext call, Caller caller, Routed routed, Optional<UUID> recording) {
    return new DecisionNote(
        routed.direction(),
        call.caller().text(),
        call.dialled().text(),
        routed.destination(),
        routed.rule(),
        action(routed.decision()),
        recording.map(UUID::toString),
        caller.likeliest().map(Caller.Candidate::profile),
        routed.trace());
  }

  private static void addStages(List<Variable> plan, List<Stage> stages, Optional<UUID> recording) {
    recording.ifPresent(id -> plan.add(new Variable("TAMAS_RECORDING", id.toString())));
    for (int n = 1; n <= stages.size(); n++) {
      Stage stage = stages.get(n - 1);
      plan.add(new Variable("TAMAS_DIAL_" + n, DialString.of(stage.members()).text()));
      plan.add(new Variable("TAMAS_RING_" + n, Long.toString(seconds(stage))));
    }
    plan.add(new Variable("TAMAS_STAGES", Integer.toString(stages.size())));
  }

  /// `Dial` takes whole seconds, and none means forever.
  private static long seconds(Stage stage) {
    return Math.max(1, (stage.ring().toMillis() + 999) / 1000);
  }

  private static String sound(String name) {
    if (name.length() > 80 || !SOUND.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of a sound");
    }
    return name;
  }

  private static String action(Decision decision) {
    return switch (decision) {
      case Decision.Ring _ -> "ring";
      case Decision.Announce _ -> "announce";
      case Decision.Refuse _ -> "refuse";
    };
  }

  /// Causes of ITU-T Q.850.
  private static int cause(Decision.Reason reason) {
    return switch (reason) {
      case UNALLOCATED -> 1;
      case BUSY -> 17;
      case FORBIDDEN -> 21;
    };
  }
}
