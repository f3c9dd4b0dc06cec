package io.tamas.routing;

import io.tamas.company.Company.PickupGroup;
import io.tamas.company.Destination;
import io.tamas.company.Extension;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.Decision.Reason;
import io.tamas.routing.Decision.Setting;
import java.util.Optional;

/// What is done when a phone has dialled a code.
final class FeatureCodes {
  private FeatureCodes() {}

  static Routed decide(FeatureCode code, Extension caller, Way way) {
    return switch (code) {
      case FeatureCode.PickUpGroup _ -> pickUp(Optional.empty(), caller, way);
      case FeatureCode.PickUpAt(ExtensionNumber number) -> pickUp(Optional.of(number), caller, way);
      case FeatureCode.DoNotDisturb(boolean on) ->
          change(caller, new Setting.DoNotDisturb(on), "do-not-disturb", way);
      case FeatureCode.Forward(Setting.When when, String to) -> forward(caller, when, to, way);
      case FeatureCode.NoForward(Setting.When when) ->
          change(caller, new Setting.Forward(when, Optional.empty()), "forward", way);
      case FeatureCode.Listen _ -> listen(caller, way);
      case FeatureCode.Slot(int slot) -> {
        way.decidedBy("code:parked");
        way.saw("parked:" + slot, "matched");
        yield way.decide(new Decision.Retrieve(slot), way.isRecordedByCaller(), false);
      }
    };
  }

  private static Routed pickUp(Optional<ExtensionNumber> at, Extension caller, Way way) {
    way.decidedBy("code:pickup");
    var groups = way.company.pickupGroups(caller.number());
    boolean allowed =
        at.map(number ->
                groups.stream().map(PickupGroup::members).anyMatch(in -> in.contains(number)))
            .orElse(!groups.isEmpty());
    String what = at.map(number -> "extension:" + number).orElse("pickup-group");
    way.saw(what, allowed ? "matched" : "other-pickup-group");
    return allowed
        ? way.decide(new Decision.PickUp(at), way.isRecordedByCaller(), false)
        : way.refuse(Reason.FORBIDDEN);
  }

  private static Routed listen(Extension caller, Way way) {
    way.decidedBy("code:voicemail");
    boolean any = caller.mailbox().isPresent();
    way.saw("voicemail:" + caller.number(), any ? "matched" : "missing");
    return any ? way.decide(new Decision.Listen(caller.number())) : way.refuse(Reason.UNALLOCATED);
  }

  private static Routed change(Extension caller, Setting setting, String name, Way way) {
    way.decidedBy("code:" + name);
    way.saw("code:" + name, "matched");
    return way.decide(new Decision.Change(caller.number(), setting));
  }

  /// A forward to the outside may only be set to where the extension may call. Its limits count
  /// when somebody is forwarded.
  private static Routed forward(Extension caller, Setting.When when, String to, Way way) {
    way.decidedBy("code:forward");
    CallerId meant = Dialled.byPhone(to, caller, way.company);
    Optional<Destination> target =
        switch (meant) {
          case CallerId.Internal(ExtensionNumber number) ->
              way.company
                  .extension(number)
                  .filter(found -> !found.number().equals(caller.number()))
                  .map(found -> new Destination.ToExtension(found.number()));
          case CallerId.Number(var number) -> Optional.of(new Destination.ToNumber(number));
          case CallerId.ShortCode _, CallerId.Alphanumeric _, CallerId.Anonymous _ ->
              Optional.empty();
        };
    if (target.isEmpty()) {
      way.saw("code:forward", "no-such-destination");
      return way.refuse(Reason.UNALLOCATED);
    }
    return mayCall(target.get(), caller, way)
        ? change(caller, new Setting.Forward(when, target), "forward", way)
        : way.refuse(Reason.FORBIDDEN);
  }

  private static boolean mayCall(Destination target, Extension caller, Way way) {
    if (!(target instanceof Destination.ToNumber(var number))) {
      return true;
    }
    Way asIfCalled =
        new Way(way.call, way.company, Circumstances.CALM, Position.start(Optional.empty()));
    Routed routed = Outgoing.call(new CallerId.Number(number), caller, asIfCalled);
    routed.trace().steps().forEach(step -> way.saw(step.rule(), step.outcome()));
    return !(routed.decision() instanceof Decision.Refuse);
  }
}
