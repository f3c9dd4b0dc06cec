package io.tamas.routing;

import io.tamas.company.Directory;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberingPlan;
import java.util.Optional;

/// What somebody of the company dialled on a phone.
public final class Dialled {
  private Dialled() {}

  /// An extension where there is one with these digits; else a number by the habits of the first
  /// trunk; else, up to 8 digits, an extension that there is not. Never fails.
  ///
  /// Separators and digits of other scripts count as what they stand for, so that `1-0-1` is `101`
  /// to every rule.
  public static CallerId byPhone(String raw, Directory company) {
    Optional<ExtensionNumber> extension =
        NumberingPlan.digits(raw).filter(ExtensionNumber::isValid).map(ExtensionNumber::new);
    if (extension.flatMap(company::extension).isPresent()) {
      return new CallerId.Internal(extension.get());
    }
    CallerId number =
        company.company().trunks().stream()
            .findFirst()
            .map(trunk -> trunk.plan().parse(raw))
            .orElseGet(CallerId.Anonymous::new);
    return number.phoneNumber().isEmpty() && extension.isPresent()
        ? new CallerId.Internal(extension.get())
        : number;
  }
}
