package io.tamas.routing;

import io.tamas.company.Company.EmergencyNumber;
import io.tamas.company.Company.Limits;
import io.tamas.company.Company.OutgoingProfile;
import io.tamas.company.Company.OutgoingRule;
import io.tamas.company.Company.Trunk;
import io.tamas.company.Destination.ToNumber;
import io.tamas.company.Extension;
import io.tamas.number.CallerId;
import io.tamas.number.NumberPattern;
import io.tamas.number.NumberingPlan;
import io.tamas.routing.CallContext.Origin;
import io.tamas.routing.Decision.Attempt;
import io.tamas.routing.Decision.Reason;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Calls to the outside, by the outgoing profile of the extension that makes or forwards them.
/// Denied unless a rule allows it; emergency numbers always pass.
final class Outgoing {
  /// What is shorter is a service of the network, such as `118`.
  private static final int SHORTEST_NUMBER = 7;

  private static final Limits NO_LIMITS = new Limits(Set.of(), 0, Optional.empty());

  private Outgoing() {}

  /// The call to an emergency number, when one was dialled. No rule, limit or wish holds it up.
  static Optional<Routed> emergency(Way way) {
    return way.company.emergencyNumber(way.call.digits()).map(number -> emergency(number, way));
  }

  private static Routed emergency(EmergencyNumber number, Way way) {
    way.leadsOutside();
    way.decidedBy("emergency:" + number.name());
    way.saw("emergency:" + number.name(), "matched");
    List<Attempt> attempts =
        number.trunks().stream()
            .map(way.company::trunk)
            .flatMap(Optional::stream)
            .map(trunk -> new Attempt(trunk.name(), number.number(), trunk.callerId(), 0))
            .toList();
    return attempts.isEmpty()
        ? way.refuse(Reason.NO_TRUNK)
        : way.decide(
            new Decision.DialOut(attempts, Optional.empty()), way.isRecordedByCaller(), false);
  }

  /// @param payer by whose rules the call is made
  static Routed call(CallerId number, Extension payer, Way way) {
    way.leadsOutside();
    if (payer.outgoing().isEmpty()) {
      way.decidedBy("extension:" + payer.number());
      way.saw("extension:" + payer.number(), "no-outgoing-profile");
      return way.refuse(Reason.FORBIDDEN);
    }
    OutgoingProfile profile = way.company.outgoingProfile(payer.outgoing().get());
    boolean denies = profile.rules().stream().anyMatch(OutgoingRule::deny);
    List<String> beginnings = denies ? beginnings(number.text(), profile.plan()) : List.of();
    for (OutgoingRule rule : profile.rules()) {
      if (takes(rule, number.text()) || rule.deny() && takesAny(rule, beginnings)) {
        way.decidedBy("outgoing:" + profile.name() + "/" + rule.name());
        return byRule(number, profile, rule, payer, way);
      }
      way.saw("outgoing:" + profile.name() + "/" + rule.name(), "other-number");
    }
    way.decidedBy("outgoing:" + profile.name());
    way.saw("outgoing:" + profile.name(), "no-rule");
    return way.refuse(Reason.FORBIDDEN);
  }

  /// Networks leave out digits that follow a whole number: so who may not call a number may not
  /// call it with more digits behind it either.
  private static List<String> beginnings(String number, NumberingPlan plan) {
    return IntStream.range(SHORTEST_NUMBER, number.length())
        .mapToObj(length -> plan.parse(number.substring(0, length)).text())
        .toList();
  }

  private static boolean takesAny(OutgoingRule rule, List<String> numbers) {
    return numbers.stream().anyMatch(number -> takes(rule, number));
  }

  private static boolean takes(OutgoingRule rule, String number) {
    return rule.numbers().isEmpty()
        || rule.numbers().stream().anyMatch(pattern -> new NumberPattern(pattern).matches(number));
  }

  private static Routed byRule(
      CallerId number, OutgoingProfile profile, OutgoingRule rule, Extension payer, Way way) {
    String name = "outgoing:" + profile.name() + "/" + rule.name();
    Limits limits = profile.limits().orElse(NO_LIMITS);
    if (rule.deny()) {
      way.saw(name, "denied");
      return way.refuse(Reason.FORBIDDEN);
    }
    if (number instanceof CallerId.Anonymous || number instanceof CallerId.Alphanumeric) {
      way.saw(name, "no-number");
      return way.refuse(Reason.UNALLOCATED);
    }
    if (!isAllowedCountry(number, limits)) {
      way.saw(name, "other-country");
      return way.refuse(Reason.FORBIDDEN);
    }
    List<Attempt> attempts =
        rule.trunks().stream()
            .map(way.company::trunk)
            .flatMap(Optional::stream)
            .filter(Trunk::callsOut)
            .map(trunk -> attempt(number, rule, trunk, payer.callerId()))
            .toList();
    if (attempts.isEmpty()) {
      way.saw(name, "no-trunk");
      return way.refuse(Reason.NO_TRUNK);
    }
    return admitted(attempts, limits, name, payer, way);
  }

  private static Routed admitted(
      List<Attempt> attempts, Limits limits, String name, Extension payer, Way way) {
    return switch (way.now.admit(way.call, payer.number(), limits)) {
      case Admission.TooManyCalls _ -> {
        way.saw(name, "too-many-calls");
        yield way.refuse(Reason.LIMIT);
      }
      case Admission.DaySpent _ -> {
        way.saw(name, "day-spent");
        yield way.refuse(Reason.LIMIT);
      }
      case Admission.Admitted(Optional<Duration> longest) -> {
        way.saw(name, "matched");
        Charge charge = Charge.of(way.call, payer.number(), longest);
        boolean record =
            way.isRecordedByCaller() || way.callingExtension().isEmpty() && way.isRecordedAt(payer);
        yield way.decide(new Decision.DialOut(attempts, Optional.of(charge)), record, false);
      }
    };
  }

  private static boolean isAllowedCountry(CallerId number, Limits limits) {
    return limits.countries().isEmpty()
        || number
            .phoneNumber()
            .map(e164 -> e164.country().filter(limits.countries()::contains).isPresent())
            .orElse(true);
  }

  /// A destination of the administrator: the trunk on which the call came, then the first others
  /// that call out, without rules and limits.
  static Routed byCompany(CallerId number, Way way) {
    way.leadsOutside();
    OutgoingRule plain =
        new OutgoingRule("company", List.of(), false, List.of(), 0, Optional.empty());
    List<Attempt> attempts =
        way.company.company().trunks().stream()
            .filter(Trunk::callsOut)
            .sorted(Comparator.comparing(trunk -> !cameOn(trunk, way)))
            .limit(Decision.MAX_ATTEMPTS)
            .map(trunk -> attempt(number, plain, trunk, Optional.empty()))
            .toList();
    String destination =
        number.phoneNumber().map(e164 -> new ToNumber(e164).text()).orElse("number");
    if (attempts.isEmpty()) {
      way.saw(destination, "no-trunk");
      return way.refuse(Reason.NO_TRUNK);
    }
    way.saw(destination, "matched");
    return way.decide(
        new Decision.DialOut(attempts, Optional.empty()), way.isRecordedByCaller(), false);
  }

  private static boolean cameOn(Trunk trunk, Way way) {
    return way.call.origin() instanceof Origin.FromTrunk(String name) && name.equals(trunk.name());
  }

  private static Attempt attempt(
      CallerId number, OutgoingRule rule, Trunk trunk, Optional<String> ownCallerId) {
    Optional<String> shown = ownCallerId.filter(_ -> trunk.ownCallerIds()).or(trunk::callerId);
    return new Attempt(trunk.name(), SentNumber.of(number, rule, trunk), shown, trunk.calls());
  }
}
