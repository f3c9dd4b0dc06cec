package io.tamas.routing;

import io.tamas.company.Company.InboundRoute;
import io.tamas.company.Directory;
import io.tamas.company.Extension;
import io.tamas.company.Extension.Recorded;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.CallContext.Origin;
import io.tamas.routing.Decision.Reason;
import io.tamas.routing.Routed.Direction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One decision while it is made: what is asked, by which company, and how far it has come.
final class Way {
  /// How long a phone rings that is called by another.
  private static final Duration INTERNAL_RING = Duration.ofSeconds(30);

  final CallContext call;
  final Directory company;
  final Circumstances now;
  final Reasoning reasoning = new Reasoning();
  private final Optional<InboundRoute> route;
  private Position position;
  private String rule;
  private Direction direction;

  Way(CallContext call, Directory company, Circumstances now, Position position) {
    this.call = call;
    this.company = company;
    this.now = now;
    this.position = position;
    this.route = position.route().flatMap(company::route);
    this.rule = position.route().map(name -> "route:" + name).orElse("none");
    this.direction =
        switch (call.origin()) {
          case Origin.FromTrunk _ -> Direction.INBOUND;
          case Origin.FromPhone _ -> Direction.INTERNAL;
        };
  }

  Position position() {
    return position;
  }

  void moves(Position next) {
    position = next;
  }

  void saw(String what, String outcome) {
    reasoning.saw(what, outcome);
  }

  /// The rule that decides from here on.
  void decidedBy(String name) {
    rule = name;
  }

  /// A phone called outside. What is led outside by a forward, a route or a menu stays the inbound
  /// or internal call that it was.
  void leadsOutside() {
    boolean asked = direction == Direction.INTERNAL && position.path().isEmpty();
    direction = asked ? Direction.OUTBOUND : direction;
  }

  /// The phone that calls, when it is one of ours.
  Optional<Extension> callingExtension() {
    return call.origin() instanceof Origin.FromPhone(ExtensionNumber number)
        ? company.extension(number)
        : Optional.empty();
  }

  Duration ring() {
    return route.map(InboundRoute::ring).orElse(INTERNAL_RING);
  }

  /// What is said to the caller is said in the first of these languages that there is.
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

  Routed decide(Decision decision, boolean record, boolean asksAgain) {
    return new Routed(
        direction,
        decision,
        rule,
        position.at().map(at -> at.text()).orElse("none"),
        record,
        asksAgain ? Optional.of(position) : Optional.empty(),
        reasoning.trace());
  }

  Routed decide(Decision decision) {
    return decide(decision, false, false);
  }

  Routed refuse(Reason reason) {
    return decide(new Decision.Refuse(reason, spoken(reason)));
  }

  /// Phones of the company hear why; the network outside has the cause.
  private Optional<String> spoken(Reason reason) {
    return call.origin() instanceof Origin.FromTrunk
        ? Optional.empty()
        : switch (reason) {
          case BUSY -> Optional.empty();
          case UNALLOCATED, LOOP -> Optional.of("pbx-invalid");
          case FORBIDDEN -> Optional.of("cannot-complete-as-dialed");
          case NO_TRUNK -> Optional.of("all-circuits-busy-now");
          case LIMIT -> Optional.of("simul-call-limit-reached");
        };
  }
}
