package io.tamas.crm;

import io.tamas.text.Folding;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Profiles that may be of the same person or organisation. Pure.
///
/// @param reasons that hold for all of them
/// @param profiles at most [#MOST]
/// @param more whether there are others
record DuplicateGroup(Set<DuplicateReason> reasons, List<Profile> profiles, boolean more) {
  static final int MOST = 10;

  /// Two that somebody said are not the same.
  record Distinct(long one, long other) {
    static Distinct of(long id, long other) {
      return new Distinct(Math.min(id, other), Math.max(id, other));
    }
  }

  /// The group of profiles that were found for a reason; empty if there is none: they are not the
  /// same, or they are found for a surer reason too.
  static Optional<DuplicateGroup> of(
      DuplicateReason reason, List<Profile> found, Set<Distinct> distinct) {
    List<Profile> profiles = without(found, distinct);
    Set<DuplicateReason> reasons = reasons(profiles);
    reasons.add(reason);
    return profiles.size() < 2 || reasons.iterator().next() != reason
        ? Optional.empty()
        : Optional.of(
            new DuplicateGroup(
                reasons,
                profiles.subList(0, Math.min(MOST, profiles.size())),
                profiles.size() > MOST));
  }

  /// Without those that are the same as none of the others.
  private static List<Profile> without(List<Profile> found, Set<Distinct> distinct) {
    return found.stream()
        .filter(one ->
            found.stream()
                .filter(other -> other.id() != one.id())
                .anyMatch(other -> !distinct.contains(Distinct.of(one.id(), other.id()))))
        .toList();
  }

  private static Set<DuplicateReason> reasons(List<Profile> all) {
    Set<DuplicateReason> reasons = EnumSet.noneOf(DuplicateReason.class);
    if (haveInCommon(all, DuplicateGroup::lines)) {
      reasons.add(DuplicateReason.NUMBER);
    }
    if (haveInCommon(all, DuplicateGroup::emails)) {
      reasons.add(DuplicateReason.EMAIL);
    }
    if (haveInCommon(all, one -> Set.of(Folding.fold(one.name())))) {
      reasons.add(DuplicateReason.NAME);
    }
    return reasons;
  }

  private static Set<String> lines(Profile profile) {
    return profile.numbers().stream()
        .map(number -> number.number().e164())
        .collect(Collectors.toSet());
  }

  private static Set<String> emails(Profile profile) {
    return profile.content().emails().stream()
        .map(address -> address.toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  private static boolean haveInCommon(List<Profile> all, Function<Profile, Set<String>> what) {
    List<Profile> rest = new ArrayList<>(all);
    if (rest.isEmpty()) {
      return false;
    }
    Set<String> common = new HashSet<>(what.apply(rest.removeFirst()));
    rest.forEach(one -> common.retainAll(what.apply(one)));
    return !common.isEmpty();
  }
}
