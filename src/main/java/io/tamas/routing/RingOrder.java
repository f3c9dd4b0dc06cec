package io.tamas.routing;

import io.tamas.company.Company.MemberForwards;
import io.tamas.company.Company.RingGroup;
import io.tamas.company.Company.Strategy;
import io.tamas.company.Destination;
import io.tamas.company.Extension;
import io.tamas.company.Extension.Forwards;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.PhoneNumber;
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

  /// What rings for a member of a group.
  ///
  /// @param at the extension whose phone rings: the member, or the one to which it forwards; or
  ///   that forwards to `outside`
  /// @param outside the external number that rings
  record Ringing(ExtensionNumber member, Extension at, Optional<PhoneNumber> outside) {}

  /// What can ring now, each once.
  static List<Ringing> free(RingGroup group, Routing routing) {
    List<Ringing> free = new ArrayList<>();
    for (ExtensionNumber member : group.members()) {
      if (routing.isCaller(member)) {
        routing.considered("extension:" + member, "skipped-caller");
      } else {
        ringing(member, group, routing)
            .filter(one -> free.stream().noneMatch(other -> rings(other).equals(rings(one))))
            .ifPresent(free::add);
      }
    }
    return free;
  }

  private static String rings(Ringing one) {
    return one.outside().map(PhoneNumber::e164).orElseGet(() -> one.at().key());
  }

  /// Of the forwards of a member only `always` counts; for all else there is the group's overflow.
  /// A forward to anything but a phone is not followed: it would take the call from the others; nor
  /// is one to a phone or a number that the member may not call.
  private static Optional<Ringing> ringing(
      ExtensionNumber member, RingGroup group, Routing routing) {
    Optional<Extension> at = routing.company.extension(member);
    for (int hops = 0; hops < Position.MAX_PATH; hops++) {
      Optional<Destination> always = at.flatMap(Extension::forwards).flatMap(Forwards::always);
      if (always.isEmpty() || at.isEmpty()) {
        return available(at, at.map(Extension::number).orElse(member), routing)
            .map(extension -> new Ringing(member, extension, Optional.empty()));
      }
      if (group.forwards().orElse(MemberForwards.SKIP) == MemberForwards.SKIP) {
        break;
      }
      ExtensionNumber number = at.get().number();
      if (always.get() instanceof Destination.ToNumber(PhoneNumber outside)) {
        if (isRefusedOutside(number, routing)) {
          break;
        }
        routing.considered("extension:" + number, "followed");
        return Optional.of(new Ringing(member, at.get(), Optional.of(outside)));
      }
      if (!(always.get() instanceof Destination.ToExtension(ExtensionNumber next))
          || !routing.mayCall(at.get(), always.get())) {
        break;
      }
      routing.considered("extension:" + number, "followed");
      at = routing.company.extension(next);
    }
    routing.considered("extension:" + member, "skipped-forward");
    return Optional.empty();
  }

  /// Whether its rules or limits refuse the number now to which it forwards.
  private static boolean isRefusedOutside(ExtensionNumber member, Routing routing) {
    Position there = Position.at(new Destination.ToExtension(member));
    Routing alone = new Routing(routing.call, routing.company, routing.now, there);
    return Outgoing.followed(member, alone).decision() instanceof Decision.Refuse;
  }

  /// The words differ from those of an extension that forwards its own call.
  private static Optional<Extension> available(
      Optional<Extension> extension, ExtensionNumber number, Routing routing) {
    String why =
        extension.isEmpty()
            ? "missing"
            : routing.isCaller(number)
                ? "skipped-caller"
                : extension.get().doNotDisturb()
                    ? "skipped-do-not-disturb"
                    : routing.now.isBusy(routing.call, number) ? "skipped-busy" : "";
    if (!why.isEmpty()) {
      routing.considered("extension:" + number, why);
    }
    return extension.filter(_ -> why.isEmpty());
  }

  /// What rings at once is taken: of what another call has taken meanwhile nothing is left. None
  /// are left if nobody is free.
  static List<Stage> stages(RingGroup group, List<Ringing> free, Routing routing) {
    if (group.strategy() == Strategy.RING_ALL) {
      List<Member> members =
          free.stream()
              .filter(one -> !delay(group, one.member()).isZero() || take(one, routing))
              .map(one -> member(one, delay(group, one.member())))
              .toList();
      return members.isEmpty() ? List.of() : List.of(new Stage(members, group.ring()));
    }
    return ordered(group, free, routing.now).stream()
        .dropWhile(one -> !take(one, routing))
        .limit(Decision.MAX_STAGES)
        .map(one -> new Stage(List.of(member(one, Duration.ZERO)), group.ring()))
        .toList();
  }

  private static boolean take(Ringing one, Routing routing) {
    boolean isFree = one.outside().isPresent() || routing.now.take(routing.call, one.at().number());
    if (!isFree) {
      routing.considered("extension:" + one.at().number(), "skipped-busy");
    }
    return isFree;
  }

  private static Member member(Ringing one, Duration delay) {
    return new Member(one.at().number(), delay, one.outside());
  }

  private static Duration delay(RingGroup group, ExtensionNumber number) {
    return group.delays().getOrDefault(number.digits(), Duration.ZERO);
  }

  private static List<Ringing> ordered(RingGroup group, List<Ringing> free, Circumstances now) {
    return switch (group.strategy()) {
      case RING_ALL, IN_ORDER -> free;
      case ROUND_ROBIN -> rotated(group, free, now.turn(group.name()));
      case RANDOM -> shuffled(free, now);
      case LONGEST_IDLE ->
          free.stream()
              .sorted(Comparator.comparing(one -> now.talkedLast(one.at().number())))
              .toList();
    };
  }

  /// The turn is counted over all members, so that an unavailable member does not shift the others.
  private static List<Ringing> rotated(RingGroup group, List<Ringing> free, int turn) {
    List<ExtensionNumber> all = new ArrayList<>(group.members());
    Collections.rotate(all, -Math.floorMod(turn, all.size()));
    return free.stream().sorted(Comparator.comparing(one -> all.indexOf(one.member()))).toList();
  }

  private static List<Ringing> shuffled(List<Ringing> free, Circumstances now) {
    List<Ringing> shuffled = new ArrayList<>(free);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      Collections.swap(shuffled, i, now.dice(i + 1));
    }
    return shuffled;
  }
}
