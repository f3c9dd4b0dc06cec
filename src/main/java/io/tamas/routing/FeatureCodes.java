package io.tamas.routing;

import io.tamas.company.Company.PickupGroup;
import io.tamas.company.Destination;
import io.tamas.company.Extension;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.Decision.Reason;
import io.tamas.routing.Decision.Setting;
import java.util.Optional;

/// Decides what a dialled feature code does.
final class FeatureCodes {
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

  private static Routed change(Extension caller, Setting setting, String name, Routing routing) {
    routing.decidedBy("code:" + name);
    routing.considered("code:" + name, "matched");
    return routing.decide(new Decision.Change(caller.number(), setting));
  }

  /// A forward to an external number may only be set to a number that the extension may call. Its
  /// limits apply when a call is forwarded.
  private static Routed forward(Extension caller, Setting.When when, String to, Routing routing) {
    routing.decidedBy("code:forward");
    CallerId dialled = Dialled.byPhone(to, caller, routing.company);
    Optional<Destination> target =
        switch (dialled) {
          case CallerId.Internal(ExtensionNumber number) ->
              routing
                  .company
                  .extension(number)
                  .filter(found -> !found.number().equals(caller.number()))
                  .map(found -> new Destination.ToExtension(found.number()));
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
      return true;
    }
    Routing asIfCalled =
        new Routing(
            routing.call, routing.company, Circumstances.CALM, Position.start(Optional.empty()));
    Routed routed = Outgoing.call(new CallerId.Number(number), caller, asIfCalled);
    routed.trace().steps().forEach(step -> routing.considered(step.rule(), step.outcome()));
    return !(routed.decision() instanceof Decision.Refuse);
  }
}
