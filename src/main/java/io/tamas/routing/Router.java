package io.tamas.routing;

import io.tamas.company.Company.InboundRoute;
import io.tamas.company.Company.Schedule;
import io.tamas.company.Destination;
import io.tamas.company.Destination.ToExtension;
import io.tamas.company.Directory;
import io.tamas.company.Extension;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberPattern;
import io.tamas.routing.CallContext.Origin;
import io.tamas.routing.Decision.Reason;
import java.util.Optional;
import java.util.function.Function;

/// Routes a call: by the inbound routes if it comes from a trunk, by what was dialled if it comes
/// from a phone; and decides what is next when nobody answered or digits were collected.
///
/// A trunk's call that no route matches is refused as unallocated: only a route of any number lets
/// wrong numbers ring. The trunk's fallback is for the time when Tamas does not answer.
public final class Router {
  private Router() {}

  public static Routed route(
      CallContext call, Question question, Directory company, Circumstances now) {
    return switch (question) {
      case Question.NewCall _ -> newCall(call, company, now);
      case Question.Unanswered(Position at, Question.Outcome outcome) ->
          at.ringsFirst()
              .map(first ->
                  afterResponsible(first, outcome, new Routing(call, company, now, at.rungFirst())))
              .orElseGet(() ->
                  from(
                      new Routing(call, company, now, at),
                      there -> Destinations.after(outcome, there)));
      case Question.Chosen(Position at, Optional<String> digits) ->
          from(new Routing(call, company, now, at), there -> MenuChoice.of(digits, there));
      case Question.Followed(ExtensionNumber member) ->
          Outgoing.followed(
              member, new Routing(call, company, now, Position.at(new ToExtension(member))));
    };
  }

  /// From where the call is, unless that has been deleted meanwhile.
  private static Routed from(Routing routing, Function<Routing, Routed> next) {
    return routing
        .position()
        .at()
        .filter(at -> !routing.company.has(at))
        .map(gone -> Destinations.missing(gone, routing))
        .orElseGet(() -> next.apply(routing));
  }

  /// Nobody answered who was rung first: the route, or the ring group, does what it says. Nothing
  /// was forwarded, as it is from an extension.
  private static Routed afterResponsible(
      ExtensionNumber first, Question.Outcome outcome, Routing routing) {
    routing.considered("responsible:" + first, Destinations.word(outcome));
    if (routing.position().at().isPresent()) {
      return from(
          routing,
          there -> Destinations.afterResponsible(there.position().at().orElseThrow(), there));
    }
    Optional<InboundRoute> route = routing.position().route().flatMap(routing.company::route);
    if (route.isEmpty()) {
      routing.considered("route:" + routing.position().route().orElse("none"), "missing");
      return routing.refuse(Reason.UNALLOCATED);
    }
    boolean open = isOpen(route.get(), routing);
    return Destinations.reach(openOrClosed(route.get(), open), routing);
  }

  private static Routed newCall(CallContext call, Directory company, Circumstances now) {
    return switch (call.origin()) {
      case Origin.FromTrunk(String trunk, Optional<String> _) -> inbound(call, trunk, company, now);
      case Origin.FromPhone(ExtensionNumber number) -> {
        Routing routing = new Routing(call, company, now, Position.start(Optional.empty()));
        yield company
            .extension(number)
            .map(caller -> fromPhone(caller, routing))
            .orElseGet(() -> unknownExtension(number, routing));
      }
    };
  }

  private static Routed inbound(
      CallContext call, String trunk, Directory company, Circumstances now) {
    TraceBuilder mismatches = new TraceBuilder();
    for (InboundRoute route : company.routesTo(call.dialled().text())) {
      Optional<String> mismatch = mismatch(route, trunk, call);
      if (mismatch.isEmpty()) {
        Routing routing =
            new Routing(call, company, now, Position.start(Optional.of(route.name())));
        mismatches.trace().steps().forEach(step -> routing.considered(step.rule(), step.outcome()));
        routing.considered("route:" + route.name(), "matched");
        boolean open = isOpen(route, routing);
        return responsible(route, open, routing)
            .orElseGet(() -> Destinations.reach(openOrClosed(route, open), routing));
      }
      mismatches.add("route:" + route.name(), mismatch.get());
    }
    Routing routing = new Routing(call, company, now, Position.start(Optional.empty()));
    mismatches.trace().steps().forEach(step -> routing.considered(step.rule(), step.outcome()));
    routing.considered("number:" + call.dialled().text(), "no-route");
    routing.decidedBy("no-route");
    return routing.refuse(Reason.UNALLOCATED);
  }

  private static Optional<Routed> responsible(InboundRoute route, boolean open, Routing routing) {
    if (!open && route.responsibleFirst().isPresent()) {
      routing.considered("responsible-first", "closed");
    }
    return open ? ResponsibleOperator.ring(route.responsibleFirst(), routing) : Optional.empty();
  }

  private static Optional<String> mismatch(InboundRoute route, String trunk, CallContext call) {
    if (route.trunk().isPresent() && !route.trunk().get().equals(trunk)) {
      return Optional.of("other-trunk");
    }
    String caller = call.caller().text();
    boolean matches =
        route.callers().isEmpty()
            || route.callers().stream().anyMatch(one -> new NumberPattern(one).matches(caller));
    return matches ? Optional.empty() : Optional.of("other-caller");
  }

  private static Destination openOrClosed(InboundRoute route, boolean open) {
    return open ? route.to() : route.closed().orElse(route.to());
  }

  private static boolean isOpen(InboundRoute route, Routing routing) {
    if (route.schedule().isEmpty()) {
      return true;
    }
    String schedule = route.schedule().get();
    Schedule hours = routing.company.schedule(schedule);
    boolean open = OpeningHours.isOpen(hours, routing.call.at());
    String switched = hours.overrideAt(routing.call.at()).isPresent() ? "switched-" : "";
    routing.considered("schedule:" + schedule, switched + (open ? "open" : "closed"));
    return open;
  }

  private static Routed unknownExtension(ExtensionNumber number, Routing routing) {
    routing.considered("extension:" + number, "missing");
    routing.decidedBy("extension:" + number);
    return routing.refuse(Reason.FORBIDDEN);
  }

  private static Routed fromPhone(Extension caller, Routing routing) {
    Optional<Routed> emergency = Outgoing.emergency(routing);
    if (emergency.isPresent()) {
      return emergency.get();
    }
    Optional<FeatureCode> code = FeatureCode.dialled(caller, routing.call, routing.company);
    if (code.isPresent()) {
      return FeatureCodes.decide(code.get(), caller, routing);
    }
    return routing.call.dialled() instanceof CallerId.Internal(ExtensionNumber number)
        ? internal(number, caller, routing)
        : Outgoing.call(routing.call.dialled(), caller, routing);
  }

  private static Routed internal(ExtensionNumber number, Extension caller, Routing routing) {
    Destination destination =
        routing.company.inside(number).orElseGet(() -> new ToExtension(number));
    routing.decidedBy(destination.text());
    if (number.equals(caller.number())) {
      routing.considered(destination.text(), "caller-itself");
      return routing.refuse(Reason.BUSY);
    }
    if (!routing.mayCall(destination)) {
      return routing.refuse(Reason.FORBIDDEN);
    }
    return Destinations.reach(destination, routing);
  }
}
