package io.tamas.routing;

import io.tamas.company.CallRights;
import io.tamas.company.Company.InboundRoute;
import io.tamas.company.Destination;
import io.tamas.company.Directory;
import io.tamas.company.Extension;
import io.tamas.company.Extension.Recorded;
import io.tamas.company.Refusal;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.CallContext.Origin;
import io.tamas.routing.Decision.Reason;
import io.tamas.routing.Routed.Direction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The state of one decision while it is made: the call, the company, how far the routing has come,
/// and the trace.
final class Routing {
  /// How long a phone rings on an internal call.
  private static final Duration INTERNAL_RING = Duration.ofSeconds(30);

  final CallContext call;
  final Directory company;
  final Circumstances now;
  final TraceBuilder trace = new TraceBuilder();
  private final Optional<InboundRoute> route;
  private Position position;
  private String rule;
  private Direction direction;
  private boolean quiet;

  Routing(CallContext call, Directory company, Circumstances now, Position position) {
    this.call = call;
    this.company = company;
    this.now = now;
    this.position = position;
    this.route = position.route().flatMap(company::route);
    this.rule =
        position
            .route()
            .map(name -> "route:" + name)
            .or(() -> position.path().stream().findFirst().map(Destination::text))
            .orElse("none");
    this.direction =
        switch (call.origin()) {
          case Origin.FromTrunk _ -> Direction.INBOUND;
          case Origin.FromPhone _ -> Direction.INTERNAL;
        };
  }

  Position position() {
    return position;
  }

  void moveTo(Position next) {
    position = next;
  }

  void considered(String what, String outcome) {
    trace.add(what, outcome);
  }

  /// The rule that decides from here on.
  void decidedBy(String name) {
    rule = name;
  }

  /// Whoever hears the call is not at the phone that it counts for: nothing is announced.
  void announceNothing() {
    quiet = true;
  }

  /// Whether the phone that calls, if one does, may call this.
  boolean mayCall(Destination destination) {
    return callingExtension().map(caller -> mayCall(caller, destination)).orElse(true);
  }

  /// Whether this extension may call it, and so forward to it. If not, the trace says so.
  boolean mayCall(Extension extension, Destination destination) {
    boolean may = CallRights.mayCall(extension, destination, company);
    if (!may) {
      considered(destination.text(), "other-group");
    }
    return may;
  }

  /// Whether the call comes from the phone of this extension.
  boolean isCaller(ExtensionNumber number) {
    return call.origin().equals(new Origin.FromPhone(number));
  }

  /// A phone has dialled an external number. A call that is routed to one by a forward, a route or
  /// a menu stays the inbound or internal call that it was.
  void markOutbound() {
    boolean isDialled = direction == Direction.INTERNAL && position.path().isEmpty();
    direction = isDialled ? Direction.OUTBOUND : direction;
  }

  /// The extension that calls, if the call comes from a phone.
  Optional<Extension> callingExtension() {
    return call.origin() instanceof Origin.FromPhone(ExtensionNumber number)
        ? company.extension(number)
        : Optional.empty();
  }

  Duration ring() {
    return route.map(InboundRoute::ring).orElse(INTERNAL_RING);
  }

  /// Prompts are played in the first of these languages that they have.
  List<String> languages() {
    Optional<String> own =
        route
            .flatMap(InboundRoute::language)
            .or(() -> callingExtension().flatMap(Extension::language));
    return own.map(language -> List.of(language, "en")).orElse(List.of("en"));
  }

  /// Whether the call is recorded when it reaches the extension.
  boolean isRecordedAt(Extension extension) {
    return isRecordedByCaller() || extension.record().contains(kindOfCall());
  }

  boolean isRecordedByCaller() {
    return route.map(InboundRoute::record).orElse(false)
        || callingExtension().map(from -> from.record().contains(kindOfCall())).orElse(false);
  }

  private Recorded kindOfCall() {
    return switch (direction) {
      case INBOUND -> Recorded.INBOUND;
      case INTERNAL -> Recorded.INTERNAL;
      case OUTBOUND -> Recorded.OUTBOUND;
    };
  }

  Routed decide(Decision decision, boolean record, boolean mayContinue) {
    return new Routed(
        direction,
        decision,
        rule,
        position.destination(),
        record,
        mayContinue ? Optional.of(position) : Optional.empty(),
        trace.trace());
  }

  Routed decide(Decision decision) {
    return decide(decision, false, false);
  }

  Routed refuse(Reason reason) {
    return decide(new Decision.Refuse(reason, announcement(reason)));
  }

  /// Phones of the company hear the reason; the network receives the cause.
  private Optional<String> announcement(Reason reason) {
    return quiet || call.origin() instanceof Origin.FromTrunk
        ? Optional.empty()
        : switch (reason) {
          case BUSY, UNAVAILABLE -> Optional.empty();
          case UNALLOCATED, LOOP -> Optional.of(Refusal.UNKNOWN.sound(languages()));
          case FORBIDDEN -> Optional.of(Refusal.FORBIDDEN.sound(languages()));
          case NO_TRUNK -> Optional.of(Refusal.NO_LINE.sound(languages()));
          case LIMIT -> Optional.of(Refusal.LIMIT.sound(languages()));
        };
  }

  /// What the caller hears if a call that goes out fails.
  List<String> outcomes() {
    return quiet || call.origin() instanceof Origin.FromTrunk
        ? List.of()
        : Refusal.OUTCOMES.stream().map(refusal -> refusal.sound(languages())).toList();
  }
}
