package io.tamas.call.decision;

import io.tamas.company.Directory;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberingPlan;
import java.util.Optional;

/// Who calls over a trunk, by the number that the caller's side sends. Pure.
final class TrunkCaller {
  private TrunkCaller() {}

  static CallerId read(String number, NumberingPlan plan, Directory company) {
    return isOurs(number, company)
        ? new CallerId.Anonymous()
        : unlessOurs(plan.parse(number), company);
  }

  static CallerId unlessOurs(CallerId caller, Directory company) {
    return isOurs(caller.text(), company) ? new CallerId.Anonymous() : caller;
  }

  /// An external caller that sends the number of an extension or a group is not that, and must not
  /// appear as it on the called phone, in whatever way it is written: `+101` is read as `101`. Nor
  /// does anybody call from an emergency number: that would be obeyed.
  static boolean isOurs(String number, Directory company) {
    Optional<String> digits = NumberingPlan.digits(number);
    return digits
            .filter(ExtensionNumber::isValid)
            .map(ExtensionNumber::new)
            .flatMap(company::inside)
            .isPresent()
        || digits.flatMap(company::emergencyNumber).isPresent();
  }
}
