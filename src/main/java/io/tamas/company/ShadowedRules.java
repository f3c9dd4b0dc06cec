package io.tamas.company;

import io.tamas.company.Company.InboundRoute;
import io.tamas.company.Company.OutgoingProfile;
import io.tamas.company.Company.OutgoingRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Finds routes and rules that are stored and work, but that no call can ever reach, because
/// earlier ones take all their calls. A schedule lets no call pass by: outside of it the call goes
/// to where the route itself says. Pure.
final class ShadowedRules {
  private final PatternCover patterns = new PatternCover();
  private final Faults warnings;

  ShadowedRules(Faults warnings) {
    this.warnings = warnings;
  }

  /// What was dialled on one trunk; empty is any.
  private record Line(String trunk, String number) {

    Stream<Line> wider() {
      return Stream.of(this, new Line("", number), new Line(trunk, ""), new Line("", ""))
          .distinct();
    }
  }

  void inbound(Collection<InboundRoute> routes) {
    Map<Line, List<InboundRoute>> earlier = new HashMap<>();
    routes.stream()
        .sorted(Comparator.comparingInt(InboundRoute::position).thenComparing(InboundRoute::name))
        .forEach(route -> {
          inbound(route, earlier);
          lines(route)
              .forEach(line -> earlier.computeIfAbsent(line, l -> new ArrayList<>()).add(route));
        });
  }

  private void inbound(InboundRoute route, Map<Line, List<InboundRoute>> earlier) {
    TreeSet<String> takers = new TreeSet<>();
    boolean shadowed =
        lines(route)
            .allMatch(line ->
                orAny(route.callers()).stream()
                    .allMatch(caller -> isTaken(line, caller, earlier, takers)));
    if (shadowed) {
      warnings.of(route).breaks("", neverMatches(takers));
    }
  }

  private boolean isTaken(
      Line line, String caller, Map<Line, List<InboundRoute>> earlier, Collection<String> takers) {
    return line.wider()
        .flatMap(wider -> earlier.getOrDefault(wider, List.of()).stream())
        .takeWhile(route -> !patterns.isExhausted())
        .filter(route -> patterns.coversAll(orAny(route.callers()), List.of(caller)))
        .findFirst()
        .map(InboundRoute::name)
        .map(name -> takers.add(name) || takers.contains(name))
        .orElse(false);
  }

  private static Stream<Line> lines(InboundRoute route) {
    String trunk = route.trunk().orElse("");
    return route.numbers().isEmpty()
        ? Stream.of(new Line(trunk, ""))
        : route.numbers().stream().map(number -> new Line(trunk, number));
  }

  void outgoing(OutgoingProfile profile) {
    for (int i = 0; i < profile.rules().size(); i++) {
      OutgoingRule rule = profile.rules().get(i);
      TreeSet<String> takers = new TreeSet<>();
      List<OutgoingRule> earlier = profile.rules().subList(0, i);
      if (orAny(rule.numbers()).stream().allMatch(number -> isTaken(number, earlier, takers))) {
        warnings.of(profile).breaks("/rules/" + i, neverMatches(takers));
      }
    }
  }

  private boolean isTaken(String number, List<OutgoingRule> earlier, Collection<String> takers) {
    return earlier.stream()
        .takeWhile(rule -> !patterns.isExhausted())
        .filter(rule -> patterns.coversAll(orAny(rule.numbers()), List.of(number)))
        .findFirst()
        .map(OutgoingRule::name)
        .map(name -> takers.add(name) || takers.contains(name))
        .orElse(false);
  }

  private static List<String> orAny(List<String> patterns) {
    return patterns.isEmpty() ? List.of(PatternCover.ANY) : patterns;
  }

  private static String neverMatches(Collection<String> takers) {
    return "can never match: earlier is " + String.join(", ", takers);
  }
}
