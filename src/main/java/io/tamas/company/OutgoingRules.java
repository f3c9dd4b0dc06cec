package io.tamas.company;

import io.tamas.company.Company.EmergencyNumber;
import io.tamas.company.Company.Limits;
import io.tamas.company.Company.OutgoingProfile;
import io.tamas.company.Company.OutgoingRule;
import io.tamas.number.SipValue;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The rules of outgoing profiles and emergency numbers. Pure.
final class OutgoingRules {
  private static final int MAX_RULES = 200;
  private static final int MAX_STRIPPED = 15;
  private static final int MAX_CALLS = 1_000;
  private static final int MAX_COUNTRIES = 250;
  private static final Duration DAY = Duration.ofDays(1);

  private static final Pattern PREFIX = Pattern.compile("[0-9]{1,15}");
  private static final Pattern OUTSIDE_PREFIX = Pattern.compile("[0-9]{1,3}");

  private OutgoingRules() {}

  static void check(FieldRules fields, OutgoingProfile profile) {
    fields.title("/title", profile.title());
    fields.country("/plan/country", profile.plan().country());
    fields.require(
        profile.outsidePrefix().stream()
            .allMatch(digits -> FieldRules.matches(OUTSIDE_PREFIX, digits)),
        "/outsidePrefix",
        "must be 1 to 3 digits, such as '9'"
            + profile.outsidePrefix().map(FieldRules::given).orElse(""));
    fields.atMost("/rules", profile.rules(), MAX_RULES);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < profile.rules().size(); i++) {
      OutgoingRule rule = profile.rules().get(i);
      fields.require(seen.add(rule.name()), "/rules/" + i + "/name", "is a duplicate");
      rule(fields, "/rules/" + i, rule);
    }
    profile.limits().ifPresent(limits -> limits(fields, limits));
  }

  static void check(FieldRules fields, EmergencyNumber emergency) {
    fields.holds(SipValue.EMERGENCY_NUMBER, "/number", emergency.number());
    fields.require(
        !emergency.trunks().isEmpty(), "/trunks", "must name a trunk, such as \"provider\"");
    fields.trunksOut("/trunks", emergency.trunks());
  }

  /// Of two with the same number it would be undefined which is called.
  static void sharedNumbers(List<EmergencyNumber> emergencies, Faults faults) {
    Map<String, String> owners = new HashMap<>();
    emergencies.stream()
        .sorted(Comparator.comparing(EmergencyNumber::name))
        .forEach(emergency -> {
          String owner = owners.putIfAbsent(emergency.number(), emergency.name());
          if (owner != null) {
            faults.of(emergency).breaks("/number", "already belongs to emergency-number " + owner);
          }
        });
  }

  private static void rule(FieldRules fields, String pointer, OutgoingRule rule) {
    fields.slug(pointer + "/name", rule.name());
    fields.patterns(pointer + "/numbers", rule.numbers());
    fields.require(
        rule.deny() || !rule.trunks().isEmpty(),
        pointer + "/trunks",
        "must name a trunk, such as \"provider\", or the rule must have deny: true");
    fields.trunksOut(pointer + "/trunks", rule.trunks());
    fields.range(pointer + "/strip", rule.strip(), 0, MAX_STRIPPED);
    fields.require(
        rule.prefix().stream().allMatch(digits -> FieldRules.matches(PREFIX, digits)),
        pointer + "/prefix",
        "must be 1 to 15 digits, such as '0'" + rule.prefix().map(FieldRules::given).orElse(""));
  }

  private static void limits(FieldRules fields, Limits limits) {
    fields.atMost("/limits/countries", limits.countries(), MAX_COUNTRIES);
    limits.countries().forEach(country -> fields.country("/limits/countries", country));
    fields.range("/limits/calls", limits.calls(), 0, MAX_CALLS);
    limits
        .perDay()
        .ifPresent(time ->
            fields.seconds(
                "/limits/perDay", time, DAY, "1 s to 24 h in whole seconds, such as PT2H"));
  }
}
