package io.tamas.company;

import io.tamas.company.Company.RingGroup;
import io.tamas.company.Company.Strategy;
import io.tamas.number.ExtensionNumber;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The rules of ring groups. Pure.
final class RingGroupRules {
  /// One dial string has to fit into one command of FastAGI (2,047 bytes).
  private static final int MAX_RINGING_TOGETHER = 100;

  /// As many as the dialplan has stages.
  private static final int MAX_IN_ORDER = 20;

  private RingGroupRules() {}

  static void check(FieldRules fields, RingGroup group) {
    boolean together = group.strategy() == Strategy.RING_ALL;
    fields.members(group.members(), together ? MAX_RINGING_TOGETHER : MAX_IN_ORDER);
    fields.require(
        together || group.delays().isEmpty(), "/delays", "is allowed with strategy: RING_ALL only");
    Set<String> members =
        group.members().stream().map(ExtensionNumber::digits).collect(Collectors.toSet());
    group
        .delays()
        .forEach((member, delay) -> {
          String pointer = "/delays/" + YamlTree.escaped(member);
          fields.require(
              members.contains(member),
              pointer,
              "must be the number of a member, one of "
                  + String.join(", ", new TreeSet<>(members))
                  + FieldRules.given(member));
          delay(fields, pointer, delay, group.ring());
        });
    fields.ring("/ring", group.ring());
    fields.destination("/overflow", group.overflow());
    fields.responsible(group.responsibleFirst());
  }

  private static void delay(FieldRules fields, String pointer, Duration delay, Duration ring) {
    fields.require(
        delay.isPositive() && delay.getNano() == 0 && delay.compareTo(ring) < 0,
        pointer,
        "must be whole seconds and shorter than the group's ring of %s, such as PT5S"
                .formatted(ring)
            + FieldRules.given(delay.toString()));
  }
}
