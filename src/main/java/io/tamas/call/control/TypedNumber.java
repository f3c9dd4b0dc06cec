package io.tamas.call.control;

import io.tamas.company.Company.EmergencyNumber;
import io.tamas.company.Company.OutgoingProfile;
import io.tamas.company.CompanyPlans;
import io.tamas.company.Directory;
import io.tamas.company.Extension;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberingPlan;
import io.tamas.number.PhoneNumber;
import io.tamas.number.WrittenNumbers;
import io.tamas.number.WrittenNumbers.Read;
import io.tamas.web.Problem;
import io.tamas.web.Problem.Fault;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a phone dials for a number as people write it: an extension, a feature code, an emergency
/// number, a number of the public network. Pure.
final class TypedNumber {
  private static final Pattern CODE = Pattern.compile("[*#][*#+0-9]{0,39}");
  private static final Pattern KEYS = Pattern.compile("[*0-9][0-9]{0,19}");

  /// Shorter ones are dialled as they are, whatever they are.
  private static final int LONGEST_EXTENSION = 8;

  private final List<NumberingPlan> plans;
  private final Optional<String> outsidePrefix;
  private final Directory company;

  private TypedNumber(Optional<OutgoingProfile> profile, Directory company) {
    this.plans =
        profile
            .map(OutgoingProfile::plan)
            .map(List::of)
            .orElseGet(() -> CompanyPlans.of(company.company()).ofTrunks());
    this.outsidePrefix = profile.flatMap(OutgoingProfile::outsidePrefix);
    this.company = company;
  }

  /// @param by who dials; without an outgoing profile the plans of all trunks count
  static TypedNumber on(ExtensionNumber by, Directory company) {
    return new TypedNumber(
        company.extension(by).flatMap(Extension::outgoing).map(company::outgoingProfile), company);
  }

  /// Digits, perhaps with a `+` in front, or a feature code. People and CRMs write numbers without
  /// the outside prefix: with one, the number has its `+`, as the digits alone would lead nowhere
  /// or be taken for the prefix and another number.
  ///
  /// @throws Problem 422 for what is no number
  String dialled(String text) {
    Optional<String> code = code(text);
    if (code.isPresent()) {
      return code.get();
    }
    Optional<String> emergency =
        WrittenNumbers.digits(text).flatMap(company::emergencyNumber).map(EmergencyNumber::number);
    if (emergency.isPresent()) {
      return emergency.get();
    }
    return switch (new WrittenNumbers(plans).read(text)) {
      case Read.Short(String digits) -> digits;
      case Read.Wrong(String rule) -> throw refused(rule);
      case Read.Number(PhoneNumber number) ->
          WrittenNumbers.digits(text)
              .filter(digits -> !digits.startsWith("+"))
              .filter(digits -> outsidePrefix.isEmpty() || isExtension(digits))
              .filter(digits -> digits.length() <= LONGEST_EXTENSION || isReadAs(number, digits))
              .orElse(number.e164());
    };
  }

  /// The same with keys only, which is all that Asterisk takes for a consultation.
  ///
  /// @throws Problem 422 for what is no number, or has no digits that lead to it
  String keys(String text) {
    String dialled = dialled(text);
    if (!dialled.startsWith("+")) {
      return Optional.of(dialled)
          .filter(keys -> KEYS.matcher(keys).matches())
          .orElseThrow(() -> refused(WrittenNumbers.RULE));
    }
    PhoneNumber number = new PhoneNumber(dialled);
    return plans.stream()
        .map(plan -> plan.dialled(number))
        .filter(digits -> !digits.startsWith("+"))
        .findFirst()
        .map(digits -> outsidePrefix.orElse("") + digits)
        .orElseThrow(() -> refused("must be dialled as on a phone: no prefix leads there"));
  }

  private static Optional<String> code(String text) {
    String bare = text.replaceAll("[\\s\\p{Z}\\p{Cf}]", "");
    return Optional.of(bare).filter(code -> CODE.matcher(code).matches());
  }

  private boolean isExtension(String digits) {
    return ExtensionNumber.isValid(digits)
        && company.inside(new ExtensionNumber(digits)).isPresent();
  }

  private boolean isReadAs(PhoneNumber number, String digits) {
    return plans.stream()
        .allMatch(plan -> plan.parse(digits).phoneNumber().equals(Optional.of(number)));
  }

  private static Problem refused(String rule) {
    return Problem.invalid(List.of(new Fault("/to", rule)));
  }
}
