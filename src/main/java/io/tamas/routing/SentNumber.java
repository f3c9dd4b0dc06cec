package io.tamas.routing;

import io.tamas.company.Company.OutgoingRule;
import io.tamas.company.Company.Trunk;
import io.tamas.number.CallerId;

/// A number as it is sent to a trunk: in the trunk's format, then without the digits that the rule
/// strips, then with the rule's prefix.
final class SentNumber {
  private SentNumber() {}

  static String of(CallerId number, OutgoingRule rule, Trunk trunk) {
    String formatted =
        number.phoneNumber().map(e164 -> trunk.written(e164, trunk.format())).orElse(number.text());
    String digits =
        rule.strip() > 0 && formatted.startsWith("+") ? formatted.substring(1) : formatted;
    String rest = digits.substring(Math.min(rule.strip(), digits.length()));
    return rule.prefix().orElse("") + rest;
  }
}
