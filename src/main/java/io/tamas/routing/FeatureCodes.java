package io.tamas.routing;

import io.tamas.company.Company.Opening;
import io.tamas.company.Company.PickupGroup;
import io.tamas.company.Company.Schedule;
import io.tamas.company.Company.Switched;
import io.tamas.company.CompanyRules;
import io.tamas.company.Destination;
import io.tamas.company.Extension;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.Decision.Reason;
import io.tamas.routing.Decision.Setting;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/// Decides what a dialled feature code does.
final class FeatureCodes {
  private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3])[0-5][0-9]");

  private FeatureCodes() {}

  static Routed decide(FeatureCode code, Extension caller, Routing routing) {
    return switch (code) {
      case FeatureCode.PickUpGroup _ -> pickUp(Optional.empty(), caller, routing);
      case FeatureCode.PickUpAt(ExtensionNumber number) ->
          pickUp(Optional.of(number), caller, routing);
      case FeatureCode.DoNotDisturb(boolean on) ->
          change(caller, new Setting.DoNotDisturb(on), "do-not-disturb", routing);
      case FeatureCode.Forward(Setting.When when, String to) -> forward(caller, when, to, routing);
      case FeatureCode.NoForward(Setting.When when) ->
          change(caller, new Setting.Forward(when, Optional.empty()), "forward", routing);
      case FeatureCode.Listen _ -> listen(caller, routing);
      case FeatureCode.SwitchSchedule(String digits, Optional<String> until) ->
          schedule(digits, until, caller, routing);
      case FeatureCode.Slot(int slot) -> {
        routing.decidedBy("code:parked");
        routing.considered("parked:" + slot, "matched");
        yield routing.decide(new Decision.Retrieve(slot), routing.isRecordedByCaller(), false);
      }
    };
  }

  private static Routed pickUp(Optional<ExtensionNumber> at, Extension caller, Routing routing) {
    routing.decidedBy("code:pickup");
    var groups = routing.company.pickupGroups(caller.number());
    boolean allowed =
        at.map(number ->
                groups.stream().map(PickupGroup::members).anyMatch(in -> in.contains(number)))
            .orElse(!groups.isEmpty());
    String what = at.map(number -> "extension:" + number).orElse("pickup-group");
    routing.considered(what, allowed ? "matched" : "other-pickup-group");
    return allowed
        ? routing.decide(new Decision.PickUp(at), routing.isRecordedByCaller(), false)
        : routing.refuse(Reason.FORBIDDEN);
  }

  private static Routed listen(Extension caller, Routing routing) {
    routing.decidedBy("code:voicemail");
    boolean hasMailbox = caller.mailbox().isPresent();
    routing.considered("voicemail:" + caller.number(), hasMailbox ? "matched" : "missing");
    return hasMailbox
        ? routing.decide(new Decision.Listen(caller.number()))
        : routing.refuse(Reason.UNALLOCATED);
  }

  /// What the company's rules do not allow, such as a forward that leads back, would not be stored.
  private static Routed change(
      Extension caller, Setting.OfExtension setting, String name, Routing routing) {
    routing.decidedBy("code:" + name);
    boolean allowed =
        CompanyRules.faultsWith(setting.in(caller), routing.company.company()).isEmpty();
    routing.considered("code:" + name, allowed ? "matched" : "breaks-rules");
    return allowed
        ? routing.decide(new Decision.Change(caller.number(), setting))
        : routing.refuse(Reason.FORBIDDEN);
  }

  /// Without a time the code switches there and back.
  private static Routed schedule(
      String code, Optional<String> dialled, Extension caller, Routing routing) {
    routing.decidedBy("code:schedule");
    Optional<Schedule> found = routing.company.scheduleSwitchedBy(code);
    Optional<LocalTime> until = dialled.flatMap(FeatureCodes::time);
    if (found.isEmpty() || dialled.isPresent() && until.isEmpty()) {
      routing.considered("code:schedule", "no-such-code");
      return routing.refuse(Reason.UNALLOCATED);
    }
    Schedule schedule = found.get();
    String name = "schedule:" + schedule.name();
    boolean allowed =
        schedule.switchGroups().isEmpty()
            || caller.groups().stream().anyMatch(schedule.switchGroups()::contains);
    if (!allowed) {
      routing.considered(name, "other-group");
      return routing.refuse(Reason.FORBIDDEN);
    }
    Optional<Switched> to = switched(schedule, until, routing.call.at());
    routing.considered(
        name,
        to.map(now -> now.state() == Opening.OPEN ? "switched-open" : "switched-closed")
            .orElse("switched-back"));
    return routing.decide(
        new Decision.Change(caller.number(), new Setting.OfSchedule(schedule.name(), to)));
  }

  /// `0830` is half past eight.
  private static Optional<LocalTime> time(String digits) {
    return TIME.matcher(digits).matches()
        ? Optional.of(
            LocalTime.of(
                Integer.parseInt(digits.substring(0, 2)), Integer.parseInt(digits.substring(2))))
        : Optional.empty();
  }

  private static Optional<Switched> switched(
      Schedule schedule, Optional<LocalTime> until, Instant at) {
    if (until.isEmpty() && schedule.overrideAt(at).isPresent()) {
      return Optional.empty();
    }
    Opening other = OpeningHours.isOpenByHours(schedule, at) ? Opening.CLOSED : Opening.OPEN;
    return Optional.of(
        new Switched(other, until.map(time -> next(time, at.atZone(schedule.zone())))));
  }

  private static Instant next(LocalTime time, ZonedDateTime now) {
    ZonedDateTime today = now.toLocalDate().atTime(time).atZone(now.getZone());
    ZonedDateTime next =
        today.isAfter(now)
            ? today
            : now.toLocalDate().plusDays(1).atTime(time).atZone(now.getZone());
    return next.toInstant();
  }

  /// A forward may only be set to what the extension may call, inside or outside. The limits of a
  /// number outside apply when a call is forwarded.
  private static Routed forward(Extension caller, Setting.When when, String to, Routing routing) {
    routing.decidedBy("code:forward");
    CallerId dialled = Dialled.byPhone(to, caller, routing.company);
    Optional<Destination> target =
        switch (dialled) {
          case CallerId.Internal(ExtensionNumber number) ->
              routing.company.inside(number).filter(_ -> !number.equals(caller.number()));
          case CallerId.Number(var number) -> Optional.of(new Destination.ToNumber(number));
          case CallerId.ShortCode _, CallerId.Alphanumeric _, CallerId.Anonymous _ ->
              Optional.empty();
        };
    if (target.isEmpty()) {
      routing.considered("code:forward", "no-such-destination");
      return routing.refuse(Reason.UNALLOCATED);
    }
    return mayCall(target.get(), caller, routing)
        ? change(caller, new Setting.Forward(when, target), "forward", routing)
        : routing.refuse(Reason.FORBIDDEN);
  }

  private static boolean mayCall(Destination target, Extension caller, Routing routing) {
    if (!(target instanceof Destination.ToNumber(var number))) {
      return routing.mayCall(caller, target);
    }
    Routing asIfCalled =
        new Routing(
            routing.call, routing.company, Circumstances.CALM, Position.start(Optional.empty()));
    Routed routed = Outgoing.call(new CallerId.Number(number), caller, asIfCalled);
    routed.trace().steps().forEach(step -> routing.considered(step.rule(), step.outcome()));
    return !(routed.decision() instanceof Decision.Refuse);
  }
}
