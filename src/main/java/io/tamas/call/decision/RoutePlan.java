package io.tamas.call.decision;

import io.tamas.asterisk.agi.Variable;
import io.tamas.call.record.Action;
import io.tamas.call.record.DecisionNote;
import io.tamas.crm.Caller;
import io.tamas.number.CallerId;
import io.tamas.number.DialString;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.CallContext;
import io.tamas.routing.CallContext.Origin;
import io.tamas.routing.Charge;
import io.tamas.routing.Decision;
import io.tamas.routing.Decision.Attempt;
import io.tamas.routing.Decision.Member;
import io.tamas.routing.Decision.Stage;
import io.tamas.routing.Routed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A decision as the variables that the dialplan reads. Pure. `ask.conf` has cleared before those
/// that it does not set.
///
/// `TAMAS_ACTION` comes last: if it is set, all variables are; a session that ended early makes the
/// dialplan fall back. What the dialplan uses as syntax consists of digits and checked names only;
/// the caller's name is a value that is never expanded.
final class RoutePlan {
  private static final Pattern SOUND = Pattern.compile("/?[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*");
  private static final int MAX_SOUND_NAME = 120;

  private final List<Variable> variables = new ArrayList<>();

  private RoutePlan() {}

  /// @param wholeName of the caller, where phones are shown another ([DisplayName#whole])
  /// @param groups of the extensions that it is about ([InvolvedGroups])
  /// @throws IllegalArgumentException if the decision cannot be expressed, such as a stage with
  ///   more phones than fit into a command
  static List<Variable> of(
      CallContext call,
      Caller caller,
      Optional<String> wholeName,
      Routed routed,
      Map<String, List<String>> groups,
      Optional<UUID> recording) {
    RoutePlan plan = new RoutePlan();
    if (call.caller() instanceof CallerId.Anonymous) {
      plan.set("CALLERID(num)", call.caller().text());
    }
    caller
        .name()
        .or(() -> call.origin() instanceof Origin.FromTrunk ? wholeName : Optional.empty())
        .map(DisplayName::of)
        .filter(name -> !name.isEmpty())
        .ifPresent(name -> plan.set("CALLERID(name)", name));
    plan.set("TAMAS_NOTE", note(call, caller, wholeName, routed, groups, recording).encode());
    routed.then().ifPresent(at -> plan.set("TAMAS_AT", at.text()));
    recording.ifPresent(id -> plan.set(variable(routed.decision()), id.toString()));
    plan.setVariables(routed.decision());
    plan.set("TAMAS_ACTION", action(routed.decision()).text());
    return List.copyOf(plan.variables);
  }

  private static DecisionNote note(
      CallContext call,
      Caller caller,
      Optional<String> wholeName,
      Routed routed,
      Map<String, List<String>> groups,
      Optional<UUID> recording) {
    return new DecisionNote(
        routed.direction(),
        call.caller().line(),
        requested(call, routed.decision()),
        routed.destination(),
        routed.rule(),
        action(routed.decision()),
        recording.map(UUID::toString),
        caller.likeliest().map(Caller.Candidate::profile),
        charge(routed.decision()),
        line(call),
        wholeName,
        groups,
        routed.trace());
  }

  /// An emergency number, however it was dialled. What no numbering plan can parse, such as a
  /// number that is dialled in a company without a trunk, stays as it was dialled. A trunk's call
  /// for no number has none.
  private static String requested(CallContext call, Decision decision) {
    if (decision instanceof Decision.DialOut out && out.emergency().isPresent()) {
      return out.attempts().getFirst().digits();
    }
    if (call.origin() instanceof Origin.FromTrunk && call.digits().equals(TrunkCall.NONE)) {
      return "";
    }
    return call.dialled() instanceof CallerId.Anonymous ? call.digits() : call.dialled().line();
  }

  private static Optional<DecisionNote.Line> line(CallContext call) {
    return call.origin() instanceof Origin.FromTrunk(String trunk, Optional<String> divertedBy)
        ? Optional.of(new DecisionNote.Line(trunk, divertedBy))
        : Optional.empty();
  }

  private static Optional<Charge> charge(Decision decision) {
    return decision instanceof Decision.DialOut out ? out.charge() : Optional.empty();
  }

  private void setVariables(Decision decision) {
    switch (decision) {
      case Decision.Ring ring -> ring(ring.stages());
      case Decision.DialOut out -> dialOut(out);
      case Decision.Menu menu -> {
        play(menu.sounds());
        set("TAMAS_PATIENCE", seconds(menu.patience()));
        set("TAMAS_LENGTHS", menu.lengths());
      }
      case Decision.Announce announce -> play(announce.sounds());
      case Decision.LeaveMessage message -> {
        play(message.greeting());
        set("TAMAS_LONGEST", seconds(message.longest()));
        set("TAMAS_MAILBOX", message.mailbox().digits());
      }
      case Decision.PickUp pickUp ->
          pickUp.at().ifPresent(extension -> set("TAMAS_PICKUP", extension.digits()));
      case Decision.Retrieve retrieve -> set("TAMAS_SLOT", Integer.toString(retrieve.slot()));
      case Decision.Change change -> play(List.of(SettingSounds.done(change.setting())));
      case Decision.Refuse refuse -> {
        set("TAMAS_CAUSE", Integer.toString(cause(refuse.reason())));
        refuse.say().ifPresent(sound -> play(List.of(sound)));
      }
      case Decision.Listen _, Decision.End _ -> {}
    }
  }

  private void ring(List<Stage> stages) {
    for (int n = 1; n <= stages.size(); n++) {
      Stage stage = stages.get(n - 1);
      set("TAMAS_DIAL_" + n, dial(stage.members()).text());
      set("TAMAS_RING_" + n, seconds(stage.ring()));
    }
    set("TAMAS_STAGES", Integer.toString(stages.size()));
  }

  private static DialString dial(List<Member> members) {
    return DialString.together(members.stream().map(RoutePlan::dial).toList());
  }

  private static DialString dial(Member member) {
    return member.outside().isPresent()
        ? DialString.outside(member.extension(), member.delay())
        : DialString.phone(member.extension(), member.delay());
  }

  private void dialOut(Decision.DialOut out) {
    List<Attempt> attempts = out.attempts();
    for (int n = 1; n <= attempts.size(); n++) {
      Attempt attempt = attempts.get(n - 1);
      set(
          "TAMAS_OUT_" + n,
          String.join(
              "/",
              attempt.trunk(),
              attempt.digits(),
              attempt.callerId().orElse(""),
              Integer.toString(attempt.most()) + details(attempt)));
    }
    set("TAMAS_ATTEMPTS", Integer.toString(attempts.size()));
    out.emergency()
        .ifPresent(emergency -> set("TAMAS_EMERGENCY", emergency.site().orElse("everywhere")));
    if (!out.outcomes().isEmpty()) {
      set(
          "TAMAS_OUTCOMES",
          out.outcomes().stream().map(RoutePlan::sound).collect(Collectors.joining("|")));
    }
    out.charge()
        .flatMap(Charge::longest)
        .ifPresent(longest -> set("TAMAS_LONGEST", seconds(longest)));
  }

  /// What few attempts have is at the end.
  private static String details(Attempt attempt) {
    String extension = attempt.extension().map(ExtensionNumber::digits).orElse("");
    String addresses = attempt.addresses().map(all -> "/" + all.text()).orElse("");
    return extension.isEmpty() && addresses.isEmpty() ? "" : "/" + extension + addresses;
  }

  private void play(List<String> sounds) {
    set("TAMAS_SAY", sounds.stream().map(RoutePlan::sound).collect(Collectors.joining("&")));
  }

  private void set(String name, String value) {
    variables.add(new Variable(name, value));
  }

  /// Asterisk takes whole seconds, and zero means forever.
  private static String seconds(Duration duration) {
    return Long.toString(Math.max(1, (duration.toMillis() + 999) / 1000));
  }

  private static String sound(String name) {
    if (name.length() > MAX_SOUND_NAME || !SOUND.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of a sound");
    }
    return name;
  }

  /// A message is not part of the recording of the call.
  private static String variable(Decision decision) {
    return decision instanceof Decision.LeaveMessage ? "TAMAS_MESSAGE" : "TAMAS_RECORDING";
  }

  /// The dialplan context that carries the decision out.
  static Action.Known action(Decision decision) {
    return switch (decision) {
      case Decision.Ring _ -> Action.Known.RING;
      case Decision.DialOut _ -> Action.Known.OUT;
      case Decision.Menu _ -> Action.Known.MENU;
      case Decision.Announce _, Decision.Change _ -> Action.Known.ANNOUNCE;
      case Decision.LeaveMessage _ -> Action.Known.MESSAGE;
      case Decision.Listen _ -> Action.Known.LISTEN;
      case Decision.PickUp _ -> Action.Known.PICKUP;
      case Decision.Retrieve _ -> Action.Known.RETRIEVE;
      case Decision.Refuse _ -> Action.Known.REFUSE;
      case Decision.End _ -> Action.Known.END;
    };
  }

  /// Causes of ITU-T Q.850.
  private static int cause(Decision.Reason reason) {
    return switch (reason) {
      case UNALLOCATED -> 1;
      case BUSY -> 17;
      case FORBIDDEN, LIMIT -> 21;
      case LOOP -> 25;
      case NO_TRUNK -> 34;
      case UNAVAILABLE -> 41;
    };
  }
}
