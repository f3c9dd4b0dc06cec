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
/// earlier ones match all their calls. A schedule lets no call pass to the next route: outside it
/// the call is routed to the `closed` of the route itself. Pure.
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
    TreeSet<String> shadowing = new TreeSet<>();
    boolean shadowed =
        lines(route)
            .allMatch(line ->
                orAny(route.callers()).stream()
                    .allMatch(caller -> isCovered(line, caller, earlier, shadowing)));
    if (shadowed) {
      warnings.of(route).breaks("", neverMatches(shadowing));
    }
  }

  private boolean isCovered(
      Line line,
      String caller,
      Map<Line, List<InboundRoute>> earlier,
      Collection<String> shadowing) {
    return line.wider()
        .flatMap(wider -> earlier.getOrDefault(wider, List.of()).stream())
        .takeWhile(route -> !patterns.isExhausted())
        .filter(route -> patterns.coversAll(orAny(route.callers()), List.of(caller)))
        .findFirst()
        .map(InboundRoute::name)
        .map(name -> shadowing.add(name) || shadowing.contains(name))
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
      TreeSet<String> shadowing = new TreeSet<>();
      List<OutgoingRule> earlier = profile.rules().subList(0, i);
      if (orAny(rule.numbers()).stream()
          .allMatch(number -> isCovered(number, earlier, shadowing))) {
        warnings.of(profile).breaks("/rules/" + i, neverMatches(shadowing));
      }
    }
  }

  private boolean isCovered(
      String number, List<OutgoingRule> earlier, Collection<String> shadowing) {
    return earlier.stream()
        .takeWhile(rule -> !patterns.isExhausted())
        .filter(rule -> patterns.coversAll(orAny(rule.numbers()), List.of(number)))
        .findFirst()
        .map(OutgoingRule::name)
        .map(name -> shadowing.add(name) || shadowing.contains(name))
        .orElse(false);
  }

  private static List<String> orAny(List<String> patterns) {
    return patterns.isEmpty() ? List.of(PatternCover.ANY) : patterns;
  }

  private static String neverMatches(Collection<String> shadowing) {
    return "can never match: it is shadowed by " + String.join(", ", shadowing);
  }
}
