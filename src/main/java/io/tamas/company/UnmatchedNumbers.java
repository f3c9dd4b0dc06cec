package io.tamas.company;

import io.tamas.company.Company.InboundRoute;
import io.tamas.company.Company.OutgoingProfile;
import io.tamas.number.NumberPattern;
import io.tamas.number.NumberingPlan;
import io.tamas.number.PhoneNumber;
import io.tamas.number.WrittenNumbers;
import io.tamas.number.WrittenPattern;
import java.util.List;
import java.util.Optional;

/// Finds numbers and patterns that no call can ever match, since numbers are compared in
/// international form only, and those with a digit too many or too few. What is stored through the
/// API is read by the plans before, so of the former only what is too long or too short is left.
/// Pure.
final class UnmatchedNumbers {
  private static final String NEVER = "can never match: ";
  private static final String NO_NUMBER =
      NEVER + "a number has + and 7 to 15 digits, and 0 is not the first";

  private static final String NO_LENGTH =
      "has a number of digits that no number of its country has";
  private static final String JUST_DIGITS =
      "is no number of its plan: only a call to exactly these digits matches";

  /// Fewer may be a service or an extension.
  private static final int SHORTEST_MISTYPED = 5;

  private final CompanyPlans plans;
  private final Faults warnings;

  UnmatchedNumbers(CompanyPlans plans, Faults warnings) {
    this.plans = plans;
    this.warnings = warnings;
  }

  void inbound(InboundRoute route) {
    List<NumberingPlan> by = plans.ofTrunk(route.trunk().orElse(""));
    WrittenNumbers read = new WrittenNumbers(by);
    for (int i = 0; i < route.numbers().size(); i++) {
      String number = route.numbers().get(i);
      String pointer = "/numbers/" + i;
      read.number(number)
          .filter(found -> !found.e164().equals(number))
          .map(found -> matchedAs(found.e164()))
          .or(() -> mistyped(number, by))
          .ifPresent(rule -> warnings.of(route).breaks(pointer, rule));
    }
    for (int i = 0; i < route.callers().size(); i++) {
      String pointer = "/callers/" + i;
      pattern(route.callers().get(i), by)
          .ifPresent(rule -> warnings.of(route).breaks(pointer, rule));
    }
  }

  void outgoing(OutgoingProfile profile) {
    for (int i = 0; i < profile.rules().size(); i++) {
      List<String> patterns = profile.rules().get(i).numbers();
      for (int j = 0; j < patterns.size(); j++) {
        String pointer = "/rules/" + i + "/numbers/" + j;
        pattern(patterns.get(j), List.of(profile.plan()))
            .ifPresent(rule -> warnings.of(profile).breaks(pointer, rule));
      }
    }
  }

  private static Optional<String> pattern(String text, List<NumberingPlan> by) {
    NumberPattern stored = new NumberPattern(text);
    if (!stored.canMatch()) {
      return Optional.of(NO_NUMBER);
    }
    if (text.startsWith("+")) {
      return mistyped(text, by);
    }
    Optional<NumberPattern> read = WrittenPattern.read(text, by);
    return read.isEmpty()
        ? Optional.of(NEVER + "it " + WrittenPattern.RULE)
        : read.filter(form -> !form.equals(stored))
            .map(form -> matchedAs(form.text()))
            .or(() -> mistyped(text, by));
  }

  private static Optional<String> mistyped(String text, List<NumberingPlan> by) {
    if (PhoneNumber.isValid(text)) {
      return new PhoneNumber(text).isOfPossibleLength() ? Optional.empty() : Optional.of(NO_LENGTH);
    }
    boolean isNational =
        text.length() >= SHORTEST_MISTYPED
            && text.chars().allMatch(c -> c >= '0' && c <= '9')
            && by.stream().anyMatch(plan -> plan.beginning(text).isPresent());
    return Optional.of(JUST_DIGITS).filter(_ -> isNational);
  }

  private static String matchedAs(String form) {
    return NEVER + "the number is matched as " + form;
  }
}
