package io.tamas.routing;

import io.tamas.company.Company.InboundRoute;
import io.tamas.company.Destination;
import io.tamas.company.Directory;
import io.tamas.company.Extension;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberPattern;
import io.tamas.routing.CallContext.Origin;
import io.tamas.routing.Decision.Reason;
import java.util.Optional;

/// Decides what becomes of a call: by the inbound routes when it comes from a trunk, by what was
/// dialled when it comes from a phone; and what is next when nobody answered or the caller chose.
///
/// A trunk's call that no route takes is refused as unallocated: only a route of any number lets
/// wrong numbers ring. The trunk's fallback is for the time when Tamas does not answer.
public final class Router {
  private Router() {}

  public static Routed route(
      CallContext call, Question question, Directory company, Circumstances now) {
    return switch (question) {
      case Question.NewCall _ -> newCall(call, company, now);
      case Question.Unanswered(Position at, Question.Outcome outcome) ->
          Destinations.after(outcome, new Way(call, company, now, at));
      case Question.Chosen(Position at, Optional<String> digits) ->
          MenuChoice.of(digits, new Way(call, company, now, at));
    };
  }

  private static Routed newCall(CallContext call, Directory company, Circumstances now) {
    return switch (call.origin()) {
      case Origin.FromTrunk(String trunk) -> inbound(call, trunk, company, now);
      case Origin.FromPhone(ExtensionNumber number) -> {
        Way way = new Way(call, company, now, Position.start(Optional.empty()));
        yield company
            .extension(number)
            .map(caller -> fromPhone(caller, way))
            .orElseGet(() -> stranger(number, way));
      }
    };
  }

  private static Routed inbound(
      CallContext call, String trunk, Directory company, Circumstances now) {
    Reasoning passed = new Reasoning();
    for (InboundRoute route : company.routesTo(call.dialled().text())) {
      Optional<String> mismatch = mismatch(route, trunk, call);
      if (mismatch.isEmpty()) {
        Way way = new Way(call, company, now, Position.start(Optional.of(route.name())));
        passed.trace().steps().forEach(step -> way.saw(step.rule(), step.outcome()));
        way.saw("route:" + route.name(), "matched");
        return Destinations.reach(openOrClosed(route, way), way);
      }
      passed.saw("route:" + route.name(), mismatch.get());
    }
    Way way = new Way(call, company, now, Position.start(Optional.empty()));
    passed.trace().steps().forEach(step -> way.saw(step.rule(), step.outcome()));
    way.saw("number:" + call.dialled().text(), "no-route");
    way.decidedBy("no-route");
    return way.refuse(Reason.UNALLOCATED);
  }

  private static Optional<String> mismatch(InboundRoute route, String trunk, CallContext call) {
    if (route.trunk().isPresent() && !route.trunk().get().equals(trunk)) {
      return Optional.of("other-trunk");
    }
    String caller = call.caller().text();
    boolean wanted =
        route.callers().isEmpty()
            || route.callers().stream().anyMatch(one -> new NumberPattern(one).matches(caller));
    return wanted ? Optional.empty() : Optional.of("other-caller");
  }

  private static Destination openOrClosed(InboundRoute route, Way way) {
    if (route.schedule().isEmpty()) {
      return route.to();
    }
    String schedule = route.schedule().get();
    boolean open = OpeningHours.isOpen(way.company.schedule(schedule), way.call.at());
    way.saw("schedule:" + schedule, open ? "open" : "closed");
    return open ? route.to() : route.closed().orElse(route.to());
  }

  private static Routed stranger(ExtensionNumber number, Way way) {
    way.saw("extension:" + number, "missing");
    way.decidedBy("extension:" + number);
    return way.refuse(Reason.FORBIDDEN);
  }

  private static Routed fromPhone(Extension caller, Way way) {
    Optional<Routed> emergency = Outgoing.emergency(way);
    if (emergency.isPresent()) {
      return emergency.get();
    }
    Optional<FeatureCode> code = FeatureCode.dialled(caller, way.call, way.company);
    if (code.isPresent()) {
      return FeatureCodes.decide(code.get(), caller, way);
    }
    return way.call.dialled() instanceof CallerId.Internal(ExtensionNumber number)
        ? internal(number, caller, way)
        : Outgoing.call(way.call.dialled(), caller, way);
  }

  private static Routed internal(ExtensionNumber number, Extension caller, Way way) {
    Destination destination = new Destination.ToExtension(number);
    way.decidedBy(destination.text());
    if (number.equals(caller.number())) {
      way.saw(destination.text(), "caller-itself");
      return way.refuse(Reason.BUSY);
    }
    Optional<Extension> callee = way.company.extension(number);
    if (callee.isPresent() && !mayCall(caller, callee.get())) {
      way.saw(destination.text(), "other-group");
      return way.refuse(Reason.FORBIDDEN);
    }
    return Destinations.reach(destination, way);
  }

  private static boolean mayCall(Extension caller, Extension callee) {
    return caller.mayCall().isEmpty()
        || callee.groups().stream().anyMatch(caller.mayCall()::contains);
  }
}
