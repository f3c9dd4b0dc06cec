package io.tamas.routing;

import io.tamas.company.Company.RingGroup;
import io.tamas.company.Company.Strategy;
import io.tamas.company.Extension;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.Decision.Member;
import io.tamas.routing.Decision.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Which members of a ring group ring, and in which stages.
final class RingOrder {
  private RingOrder() {}

  /// The members that can ring now.
  static List<Extension> free(RingGroup group, Routing routing) {
    List<Extension> free = new ArrayList<>();
    for (ExtensionNumber member : group.members()) {
      Optional<Extension> extension = routing.company.extension(member);
      Optional<String> reason = unavailability(extension, routing.now);
      reason.ifPresentOrElse(
          why -> routing.considered("extension:" + member, why),
          () -> free.add(extension.orElseThrow()));
    }
    return free;
  }

  /// The words differ from those of an extension that forwards its own call.
  private static Optional<String> unavailability(Optional<Extension> extension, Circumstances now) {
    if (extension.isEmpty()) {
      return Optional.of("missing");
    }
    if (extension.get().doNotDisturb()) {
      return Optional.of("skipped-do-not-disturb");
    }
    return now.isBusy(extension.get().number()) ? Optional.of("skipped-busy") : Optional.empty();
  }

  static List<Stage> stages(RingGroup group, List<Extension> free, Circumstances now) {
    List<ExtensionNumber> numbers = free.stream().map(Extension::number).toList();
    if (group.strategy() == Strategy.RING_ALL) {
      return List.of(
          new Stage(
              numbers.stream().map(number -> new Member(number, delay(group, number))).toList(),
              group.ring()));
    }
    return ordered(group, numbers, now).stream()
        .limit(Decision.MAX_STAGES)
        .map(number -> Stage.of(number, group.ring()))
        .toList();
  }

  private static Duration delay(RingGroup group, ExtensionNumber number) {
    return group.delays().getOrDefault(number.digits(), Duration.ZERO);
  }

  private static List<ExtensionNumber> ordered(
      RingGroup group, List<ExtensionNumber> numbers, Circumstances now) {
    return switch (group.strategy()) {
      case RING_ALL, IN_ORDER -> numbers;
      case ROUND_ROBIN -> rotated(group, numbers, now.turn(group.name()));
      case RANDOM -> shuffled(numbers, now);
      case LONGEST_IDLE ->
          numbers.stream().sorted(Comparator.comparing(number -> now.talkedLast(number))).toList();
    };
  }

  /// The turn is counted over all members, so that an unavailable member does not shift the others.
  private static List<ExtensionNumber> rotated(
      RingGroup group, List<ExtensionNumber> numbers, int turn) {
    List<ExtensionNumber> all = new ArrayList<>(group.members());
    Collections.rotate(all, -Math.floorMod(turn, all.size()));
    all.retainAll(numbers);
    return all;
  }

  private static List<ExtensionNumber> shuffled(List<ExtensionNumber> numbers, Circumstances now) {
    List<ExtensionNumber> shuffled = new ArrayList<>(numbers);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      Collections.swap(shuffled, i, now.dice(i + 1));
    }
    return shuffled;
  }
}
