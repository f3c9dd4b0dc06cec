package io.tamas.routing;

import io.tamas.company.Company.OutgoingProfile;
import io.tamas.company.Company.Trunk;
import io.tamas.company.Directory;
import io.tamas.company.Extension;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberingPlan;
import java.util.Optional;
import java.util.regex.Pattern;

/// What was dialled on a phone of the company.
public final class Dialled {
  /// The digits of the longest short code.
  private static final int LONGEST = 15;

  /// With which people end a number, and which some phones send.
  private static final Pattern END = Pattern.compile("(?<=[0-9])#$");

  private Dialled() {}

  /// In this order: an existing extension, ring group or menu; a service number that the country's
  /// plan knows or a rule of the caller's outgoing profile names; a number by the plan of that
  /// profile, or without one of the first trunk; else, up to 8 digits, an extension that does not
  /// exist. Never fails.
  ///
  /// With an outside prefix, a number is one behind the prefix or after a `+`.
  ///
  /// Separators and digits of other scripts count as what they stand for, so that `1-0-1` is `101`
  /// to every rule. A `#` that ends the number is no part of it.
  public static CallerId byPhone(String raw, Extension caller, Directory company) {
    return byPlan(raw, caller.outgoing().map(company::outgoingProfile), company);
  }

  /// The same for a phone that the company does not know.
  public static CallerId byPhone(String raw, Directory company) {
    return byPlan(raw, Optional.empty(), company);
  }

  /// What a trunk's call is for: a number by the trunk's plan; or the short number that a route
  /// names, as it is or behind the code of the country or the area, with which some providers send
  /// it.
  public static CallerId byTrunk(String raw, Trunk trunk, Directory company) {
    CallerId number = trunk.plan().parse(raw);
    return company.isNamedByRoute(number.text())
        ? number
        : trunk.plan().shortForms(raw).stream()
            .filter(company::isNamedByRoute)
            .findFirst()
            .<CallerId>map(CallerId.ShortCode::new)
            .orElse(number);
  }

  private static CallerId byPlan(
      String dialled, Optional<OutgoingProfile> profile, Directory company) {
    String raw = END.matcher(dialled).replaceFirst("");
    Optional<ExtensionNumber> extension = extension(raw);
    if (extension.flatMap(company::inside).isPresent()) {
      return new CallerId.Internal(extension.get());
    }
    CallerId number =
        profile
            .filter(one -> one.outsidePrefix().isPresent())
            .map(one -> outside(raw, one))
            .orElseGet(() -> number(raw, profile, company));
    boolean leadsOutside =
        number instanceof CallerId.Number
            || profile.filter(one -> leadsOutside(number, one)).isPresent();
    return leadsOutside ? number : extension.<CallerId>map(CallerId.Internal::new).orElse(number);
  }

  private static Optional<ExtensionNumber> extension(String raw) {
    return NumberingPlan.digits(raw).filter(ExtensionNumber::isValid).map(ExtensionNumber::new);
  }

  private static CallerId number(String raw, Optional<OutgoingProfile> profile, Directory company) {
    return profile
        .map(OutgoingProfile::plan)
        .or(() -> company.company().trunks().stream().findFirst().map(Trunk::plan))
        .map(plan -> planned(raw, plan))
        .orElseGet(CallerId.Anonymous::new);
  }

  /// What is written with a `+` is a whole number: `+118` is none, and not the service 118.
  private static CallerId planned(String raw, NumberingPlan plan) {
    CallerId read = plan.parse(raw);
    return read instanceof CallerId.ShortCode && NumberingPlan.digits(raw).isEmpty()
        ? new CallerId.Anonymous()
        : read;
  }

  /// Digits without the prefix are a service number or none: nothing that is mistyped becomes a
  /// paid call.
  private static CallerId outside(String raw, OutgoingProfile profile) {
    String prefix = profile.outsidePrefix().orElseThrow();
    Optional<String> digits = NumberingPlan.digits(raw);
    if (digits.filter(dialled -> Outgoing.isService(dialled, profile)).isPresent()) {
      return new CallerId.ShortCode(digits.get());
    }
    String dialled = digits.orElse(raw);
    if (dialled.startsWith(prefix)) {
      CallerId behind = planned(dialled.substring(prefix.length()), profile.plan());
      if (leadsOutside(behind, profile)) {
        return behind;
      }
    }
    return digits.map(Dialled::nothing).orElseGet(() -> planned(raw, profile.plan()));
  }

  private static boolean leadsOutside(CallerId number, OutgoingProfile profile) {
    return number instanceof CallerId.Number
        || number instanceof CallerId.ShortCode(String digits)
            && Outgoing.isService(digits, profile);
  }

  private static CallerId nothing(String digits) {
    return digits.length() < 2 || digits.length() > LONGEST
        ? new CallerId.Anonymous()
        : new CallerId.ShortCode(digits);
  }
}
