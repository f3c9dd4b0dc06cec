package io.tamas.routing;

import io.tamas.company.Company.Extension;
import io.tamas.company.Company.InboundRoute;
import io.tamas.company.Company.RingGroup;
import io.tamas.company.Destination;
import io.tamas.company.Directory;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.CallContext.Origin;
import io.tamas.routing.Decision.Reason;
import io.tamas.routing.Decision.Stage;
import io.tamas.routing.Routed.Direction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Decides what becomes of a call: by the inbound routes when it comes from a trunk, by the dialled
/// extension when it comes from a phone.
///
/// A trunk's call that no route takes is refused as unallocated: only a route of any number lets
/// wrong numbers ring. The trunk's fallback is for the time when Tamas does not answer.
public final class Router {
  /// How long a phone rings that is called by another.
  private static final Duration INTERNAL_RING = Duration.ofSeconds(30);

  private Router() {}

  public static Routed route(CallContext call, Directory company) {
    return switch (call.origin()) {
      case Origin.FromTrunk from -> inbound(call, from.trunk(), company);
      case Origin.FromPhone from -> fromPhone(call, from.extension(), company);
    };
  }

  private static Routed inbound(CallContext call, String trunk, Directory company) {
    Reasoning reasoning = new Reasoning(Direction.INBOUND);
    for (InboundRoute route : company.routesTo(call.dialled().text())) {
      String rule = "route:" + route.name();
      if (route.trunk().isPresent() && !route.trunk().get().equals(trunk)) {
        reasoning.saw(rule, "other-trunk");
        continue;
      }
      reasoning.saw(rule, "matched");
      return follow(route, rule, call, company, reasoning);
    }
    reasoning.saw("number:" + call.dialled().text(), "no-route");
    return reasoning.refuse("no-route", "none", Reason.UNALLOCATED);
  }

  private static Routed follow(
      InboundRoute route, String rule, CallContext call, Directory company, Reasoning reasoning) {
    Destination destination = route.to();
    if (route.schedule().isPresent()) {
      boolean open = OpeningHours.isOpen(company.schedule(route.schedule().get()), call.at());
      reasoning.saw("schedule:" + route.schedule().get(), open ? "open" : "closed");
      destination = open ? route.to() : route.closed().orElse(route.to());
    }
    return reach(destination, rule, route.ring(), route.record(), company, reasoning);
  }

  private static Routed fromPhone(CallContext call, ExtensionNumber from, Directory company) {
    Reasoning reasoning = new Reasoning(Direction.INTERNAL);
    Optional<Extension> caller = company.extension(from);
    if (caller.isEmpty()) {
      reasoning.saw("extension:" + from, "missing");
      return reasoning.refuse("extension:" + from, "none", Reason.FORBIDDEN);
    }
    return switch (call.dialled()) {
      case CallerId.Internal(ExtensionNumber number) ->
          internal(number, caller.get(), company, reasoning);
      case CallerId.Number _, CallerId.ShortCode _, CallerId.Alphanumeric _, CallerId.Anonymous _ ->
          outbound();
    };
  }

  private static Routed internal(
      ExtensionNumber number, Extension caller, Directory company, Reasoning reasoning) {
    Destination destination = new Destination.ToExtension(number);
    if (number.equals(caller.number())) {
      reasoning.saw(destination.text(), "caller-itself");
      return reasoning.refuse(destination.text(), destination.text(), Reason.BUSY);
    }
    return reach(
        destination,
        destination.text(),
        INTERNAL_RING,
        !caller.record().isEmpty(),
        company,
        reasoning);
  }

  /// Calls to the outside are denied unless a rule allows them, and there are no such rules.
  private static Routed outbound() {
    Reasoning reasoning = new Reasoning(Direction.OUTBOUND);
    reasoning.saw("outbound", "denied");
    return reasoning.refuse("outbound", "none", Reason.FORBIDDEN);
  }

  private static Routed reach(
      Destination destination,
      String rule,
      Duration ring,
      boolean record,
      Directory company,
      Reasoning reasoning) {
    return switch (destination) {
      case Destination.ToExtension(ExtensionNumber number) ->
          extension(number, destination, rule, ring, record, company, reasoning);
      case Destination.ToRingGroup(String name) ->
          ringGroup(company.ringGroup(name), destination, rule, record, company, reasoning);
      case Destination.ToAnnouncement(String name) -> {
        reasoning.saw(destination.text(), "matched");
        String sound = company.prompt(name).sound().orElse("beeperr");
        yield reasoning.decide(new Decision.Announce(sound), rule, destination.text(), false);
      }
      case Destination.ToMenu _, Destination.ToVoicemail _, Destination.ToNumber _ -> {
        reasoning.saw(destination.text(), "denied");
        yield reasoning.refuse(rule, destination.text(), Reason.FORBIDDEN);
      }
    };
  }

  private static Routed extension(
      ExtensionNumber number,
      Destination destination,
      String rule,
      Duration ring,
      boolean record,
      Directory company,
      Reasoning reasoning) {
    Optional<Extension> extension = company.extension(number);
    if (extension.isEmpty()) {
      reasoning.saw(destination.text(), "missing");
      return reasoning.refuse(rule, destination.text(), Reason.UNALLOCATED);
    }
    if (extension.get().doNotDisturb()) {
      reasoning.saw(destination.text(), "do-not-disturb");
      return reasoning.refuse(rule, destination.text(), Reason.BUSY);
    }
    reasoning.saw(destination.text(), "matched");
    return reasoning.decide(
        new Decision.Ring(List.of(new Stage(List.of(number), ring))),
        rule,
        destination.text(),
        record || !extension.get().record().isEmpty());
  }

  private static Routed ringGroup(
      RingGroup group,
      Destination destination,
      String rule,
      boolean record,
      Directory company,
      Reasoning reasoning) {
    List<Extension> free = RingOrder.free(group, company, reasoning);
    if (free.isEmpty()) {
      reasoning.saw(destination.text(), "nobody-free");
      return reasoning.refuse(rule, destination.text(), Reason.BUSY);
    }
    reasoning.saw(destination.text(), "matched");
    return reasoning.decide(
        new Decision.Ring(RingOrder.stages(group, free)),
        rule,
        destination.text(),
        record || free.stream().anyMatch(extension -> !extension.record().isEmpty()));
  }
}
