package io.tamas.routing;

import io.tamas.company.Company.OutgoingProfile;
import io.tamas.company.Company.Trunk;
import io.tamas.company.Directory;
import io.tamas.company.Extension;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberingPlan;
import java.util.Optional;

/// What was dialled on a phone of the company.
public final class Dialled {
  private Dialled() {}

  /// In this order: an existing extension; a service number that the country's plan knows or a rule
  /// of the caller's outgoing profile names; a number by the plan of that profile, or without one
  /// of the first trunk; else, up to 8 digits, an extension that does not exist. Never fails.
  ///
  /// Separators and digits of other scripts count as what they stand for, so that `1-0-1` is `101`
  /// to every rule.
  public static CallerId byPhone(String raw, Extension caller, Directory company) {
    return byPlan(raw, caller.outgoing().map(company::outgoingProfile), company);
  }

  /// The same for a phone that the company does not know.
  public static CallerId byPhone(String raw, Directory company) {
    return byPlan(raw, Optional.empty(), company);
  }

  private static CallerId byPlan(String raw, Optional<OutgoingProfile> profile, Directory company) {
    Optional<ExtensionNumber> extension =
        NumberingPlan.digits(raw).filter(ExtensionNumber::isValid).map(ExtensionNumber::new);
    if (extension.flatMap(company::extension).isPresent()) {
      return new CallerId.Internal(extension.get());
    }
    CallerId number =
        profile
            .map(OutgoingProfile::plan)
            .or(() -> company.company().trunks().stream().findFirst().map(Trunk::plan))
            .map(plan -> plan.parse(raw))
            .orElseGet(CallerId.Anonymous::new);
    boolean leadsOutside =
        number instanceof CallerId.Number
            || number instanceof CallerId.ShortCode(String digits)
                && profile.filter(one -> Outgoing.isService(digits, one)).isPresent();
    return leadsOutside ? number : extension.<CallerId>map(CallerId.Internal::new).orElse(number);
  }
}
