package io.tamas.routing;

import io.tamas.company.Company;
import io.tamas.company.Company.EmergencyNumber;
import io.tamas.company.Company.Limits;
import io.tamas.company.Company.OutgoingProfile;
import io.tamas.company.Company.OutgoingRule;
import io.tamas.company.Company.Trunk;
import io.tamas.company.Destination;
import io.tamas.company.Destination.ToNumber;
import io.tamas.company.EmergencyTrunks;
import io.tamas.company.Extension;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
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

/// Outbound calls, by the outgoing profile of the extension that makes or forwards them. Denied
/// unless a rule allows them; emergency numbers are always allowed.
final class Outgoing {
  /// A shorter number is a service of the network, such as `118`.
  private static final int SHORTEST_NUMBER = 7;

  /// Nobody calls the same number so many times at once.
  private static final int MOST_PASSED_ON = 10;

  private static final Limits NO_LIMITS = new Limits(Set.of(), 0, Optional.empty());

  private Outgoing() {}

  /// The call to an emergency number, if one was dialled. No rule, limit or setting applies to it.
  static Optional<Routed> emergency(Routing routing) {
    return routing
        .company
        .emergencyNumber(routing.call.digits())
        .map(number -> emergency(number, routing));
  }

  private static Routed emergency(EmergencyNumber number, Routing routing) {
    routing.markOutbound();
    routing.decidedBy("emergency:" + number.name());
    routing.considered("emergency:" + number.name(), "matched");
    Optional<Extension> caller = routing.callingExtension();
    Optional<String> site = caller.flatMap(Extension::site);
    Optional<String> own = caller.flatMap(Extension::callerId);
    Company company = routing.company.company();
    List<Attempt> attempts =
        EmergencyTrunks.of(number, site, company).stream()
            .map(trunk ->
                new Attempt(
                    trunk.name(),
                    number.number(),
                    own.filter(_ -> trunk.ownCallerIds())
                        .or(() -> EmergencyTrunks.shown(trunk, company))
                        .map(trunk::writtenCaller),
                    0,
                    Optional.empty(),
                    routing.now.addresses(trunk.name())))
            .toList();
    return routing.decide(
        new Decision.DialOut(
            attempts,
            Optional.empty(),
            Optional.of(new Decision.Emergency(site)),
            routing.outcomes()),
        routing.isRecordedByCaller(),
        false);
  }

  /// Whether digits that are no number of the public network lead outside: the country has such a
  /// service, or a rule names it with all its digits. `*` alone does not: a mistyped extension
  /// would become a paid call.
  static boolean isService(String digits, OutgoingProfile profile) {
    return profile.plan().isService(digits)
        || profile.rules().stream()
            .flatMap(rule -> rule.numbers().stream())
            .anyMatch(
                pattern -> !pattern.endsWith("*") && new NumberPattern(pattern).matches(digits));
  }

  /// @param payer the extension under whose rules the call is made
  static Routed call(CallerId number, Extension payer, Routing routing) {
    routing.markOutbound();
    if (payer.outgoing().isEmpty()) {
      routing.decidedBy("extension:" + payer.number());
      routing.considered("extension:" + payer.number(), "no-outgoing-profile");
      return routing.refuse(Reason.FORBIDDEN);
    }
    OutgoingProfile profile = routing.company.outgoingProfile(payer.outgoing().get());
    boolean leadsOutside =
        !(number instanceof CallerId.ShortCode(String digits)) || isService(digits, profile);
    boolean denies = profile.rules().stream().anyMatch(OutgoingRule::deny);
    List<String> prefixes = denies ? prefixes(number.text(), profile.plan()) : List.of();
    for (OutgoingRule rule : profile.rules()) {
      if (leadsOutside && matches(rule, number.text())
          || rule.deny() && matchesAny(rule, prefixes)) {
        routing.decidedBy("outgoing:" + profile.name() + "/" + rule.name());
        return byRule(number, profile, rule, payer, routing);
      }
      routing.considered("outgoing:" + profile.name() + "/" + rule.name(), "other-number");
    }
    routing.decidedBy("outgoing:" + profile.name());
    routing.considered("outgoing:" + profile.name(), leadsOutside ? "no-rule" : "no-such-number");
    return routing.refuse(leadsOutside ? Reason.FORBIDDEN : Reason.UNALLOCATED);
  }

  /// Networks ignore digits after a complete number: so a rule that denies a number also denies it
  /// with further digits.
  private static List<String> prefixes(String number, NumberingPlan plan) {
    return IntStream.range(SHORTEST_NUMBER, number.length())
        .mapToObj(length -> plan.parse(number.substring(0, length)).text())
        .toList();
  }

  private static boolean matchesAny(OutgoingRule rule, List<String> numbers) {
    return numbers.stream().anyMatch(number -> matches(rule, number));
  }

  private static boolean matches(OutgoingRule rule, String number) {
    return rule.numbers().isEmpty()
        || rule.numbers().stream()
            .map(NumberPattern::new)
            .anyMatch(one -> rule.deny() ? one.matchesAnyForm(number) : one.matches(number));
  }

  private static Routed byRule(
      CallerId number,
      OutgoingProfile profile,
      OutgoingRule rule,
      Extension payer,
      Routing routing) {
    String name = "outgoing:" + profile.name() + "/" + rule.name();
    Limits limits = profile.limits().orElse(NO_LIMITS);
    if (rule.deny()) {
      routing.considered(name, "denied");
      return routing.refuse(Reason.FORBIDDEN);
    }
    if (number instanceof CallerId.Anonymous || number instanceof CallerId.Alphanumeric) {
      routing.considered(name, "no-number");
      return routing.refuse(Reason.UNALLOCATED);
    }
    if (!isAllowedCountry(number, limits)) {
      routing.considered(name, "other-country");
      return routing.refuse(Reason.FORBIDDEN);
    }
    if (isBroughtBack(number, routing)) {
      routing.considered(name, "loop");
      return routing.refuse(Reason.LOOP);
    }
    List<Attempt> attempts =
        rule.trunks().stream()
            .map(routing.company::trunk)
            .flatMap(Optional::stream)
            .filter(Trunk::callsOut)
            .map(trunk -> attempt(number, rule, trunk, payer.callerId(), routing))
            .toList();
    if (attempts.isEmpty()) {
      routing.considered(name, "no-trunk");
      return routing.refuse(Reason.NO_TRUNK);
    }
    return admitted(attempts, limits, name, payer, routing);
  }

  private static Routed admitted(
      List<Attempt> attempts, Limits limits, String name, Extension payer, Routing routing) {
    return switch (routing.now.admit(routing.call, payer.number(), limits)) {
      case Admission.TooManyCalls _ -> {
        routing.considered(name, "too-many-calls");
        yield routing.refuse(Reason.LIMIT);
      }
      case Admission.DaySpent _ -> {
        routing.considered(name, "day-spent");
        yield routing.refuse(Reason.LIMIT);
      }
      case Admission.Admitted(Optional<Duration> longest) -> {
        routing.considered(name, "matched");
        Charge charge = Charge.of(routing.call, payer.number(), longest);
        boolean record =
            routing.isRecordedByCaller()
                || routing.callingExtension().isEmpty() && routing.isRecordedAt(payer);
        yield routing.decide(
            new Decision.DialOut(
                attempts, Optional.of(charge), Optional.empty(), routing.outcomes()),
            record,
            false);
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

  /// The external number to which a member of a ring group forwards all its calls, which rings in
  /// the place of its phone. The call has its recording already, and what fails is not announced.
  static Routed followed(ExtensionNumber member, Routing routing) {
    routing.announceNothing();
    Optional<Extension> payer = routing.company.extension(member);
    Optional<Destination> forward =
        payer.flatMap(Extension::forwards).flatMap(Extension.Forwards::always);
    routing.considered(
        "extension:" + member, forward.isPresent() ? "forward-always" : "no-forward");
    if (payer.isPresent() && forward.orElse(null) instanceof ToNumber(var number)) {
      routing.moveTo(routing.position().with(forward.get()));
      return call(new CallerId.Number(number), payer.get(), routing).unrecorded();
    }
    return routing.refuse(Reason.UNALLOCATED);
  }

  /// A destination configured by the administrator: the trunk on which the call came in, then the
  /// first others that make outbound calls, without rules and limits.
  static Routed byCompany(CallerId number, Routing routing) {
    routing.markOutbound();
    OutgoingRule plain =
        new OutgoingRule("company", List.of(), false, List.of(), 0, Optional.empty());
    List<Attempt> attempts =
        routing.company.company().trunks().stream()
            .filter(Trunk::callsOut)
            .sorted(Comparator.comparing(trunk -> !isIncoming(trunk, routing)))
            .limit(Decision.MAX_ATTEMPTS)
            .map(trunk -> attempt(number, plain, trunk, Optional.empty(), routing))
            .toList();
    String destination =
        number.phoneNumber().map(e164 -> new ToNumber(e164).text()).orElse("number");
    if (isBroughtBack(number, routing)) {
      routing.considered(destination, "loop");
      return routing.refuse(Reason.LOOP);
    }
    if (attempts.isEmpty()) {
      routing.considered(destination, "no-trunk");
      return routing.refuse(Reason.NO_TRUNK);
    }
    routing.considered(destination, "matched");
    return routing.decide(
        new Decision.DialOut(attempts, Optional.empty(), Optional.empty(), routing.outcomes()),
        routing.isRecordedByCaller(),
        false);
  }

  /// A network that brings a call back which is passed on to it, such as where a mobile phone is
  /// forwarded to the company and the company to the mobile phone, does so without end: each time
  /// it is a new call, of the same caller.
  private static boolean isBroughtBack(CallerId number, Routing routing) {
    return routing.call.origin() instanceof Origin.FromTrunk
        && routing.now.passedOn(routing.call, number) >= MOST_PASSED_ON;
  }

  private static boolean isIncoming(Trunk trunk, Routing routing) {
    return routing.call.origin() instanceof Origin.FromTrunk(String name, Optional<String> _)
        && name.equals(trunk.name());
  }

  private static Attempt attempt(
      CallerId number,
      OutgoingRule rule,
      Trunk trunk,
      Optional<String> ownCallerId,
      Routing routing) {
    Optional<String> callerId = ownCallerId.filter(_ -> trunk.ownCallerIds()).or(trunk::callerId);
    return new Attempt(
        trunk.name(),
        SentNumber.of(number, rule, trunk),
        callerId.map(trunk::writtenCaller),
        trunk.calls(),
        routing.callingExtension().map(Extension::number).filter(_ -> trunk.showsExtensions()),
        routing.now.addresses(trunk.name()));
  }
}
