package io.tamas.routing;

import io.tamas.company.Company.Extension;
import io.tamas.company.Company.RingGroup;
import io.tamas.company.Directory;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.Decision.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Who of a ring group is rung, and in which stages.
final class RingOrder {
  private RingOrder() {}

  /// The members that want to be disturbed. A busy one is found out by ringing: its phone says so.
  static List<Extension> free(RingGroup group, Directory company, Reasoning reasoning) {
    List<Extension> free = new ArrayList<>();
    for (ExtensionNumber member : group.members()) {
      Optional<Extension> extension = company.extension(member);
      if (extension.isEmpty()) {
        reasoning.saw("extension:" + member, "missing");
      } else if (extension.get().doNotDisturb()) {
        reasoning.saw("extension:" + member, "do-not-disturb");
      } else {
        free.add(extension.get());
      }
    }
    return free;
  }

  static List<Stage> stages(RingGroup group, List<Extension> free) {
    List<ExtensionNumber> numbers = free.stream().map(Extension::number).toList();
    return switch (group.strategy()) {
      case RING_ALL -> List.of(new Stage(numbers, group.ring()));
      case IN_ORDER, ROUND_ROBIN, RANDOM, LONGEST_IDLE ->
          numbers.stream()
              .limit(Decision.MAX_STAGES)
              .map(number -> new Stage(List.of(number), group.ring()))
              .toList();
    };
  }
}
