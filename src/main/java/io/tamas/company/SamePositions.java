package io.tamas.company;

import io.tamas.company.Company.InboundRoute;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Finds inbound routes of one position that one call may match: only their names say which is
/// tried first. Pure.
final class SamePositions {
  private final PatternCover patterns = new PatternCover();
  private final Faults warnings;

  SamePositions(Faults warnings) {
    this.warnings = warnings;
  }

  void find(Collection<InboundRoute> routes) {
    Map<Integer, List<InboundRoute>> byPosition =
        routes.stream()
            .sorted(Comparator.comparing(InboundRoute::name))
            .collect(Collectors.groupingBy(InboundRoute::position));
    byPosition.values().forEach(this::among);
  }

  private void among(List<InboundRoute> routes) {
    for (int i = 1; i < routes.size() && !warnings.isFull(); i++) {
      InboundRoute route = routes.get(i);
      routes.subList(0, i).stream()
          .filter(earlier -> mayMatchOneCall(earlier, route))
          .findFirst()
          .ifPresent(earlier ->
              warnings
                  .of(route)
                  .breaks(
                      "/position",
                      "is that of inbound-route "
                          + earlier.name()
                          + " too, which is tried first because of its name"));
    }
  }

  private boolean mayMatchOneCall(InboundRoute one, InboundRoute other) {
    return isShared(one.trunk(), other.trunk())
        && isShared(one.numbers(), other.numbers())
        && (isShared(one.callers(), other.callers())
            || one.callers().stream()
                .anyMatch(caller -> other.callers().stream().anyMatch(also -> meet(caller, also))));
  }

  private boolean meet(String pattern, String other) {
    return patterns.covers(pattern, other) || patterns.covers(other, pattern);
  }

  private static boolean isShared(Optional<String> one, Optional<String> other) {
    return one.isEmpty() || other.isEmpty() || one.equals(other);
  }

  private static boolean isShared(List<String> some, List<String> others) {
    return some.isEmpty() || others.isEmpty() || some.stream().anyMatch(others::contains);
  }
}
