package io.tamas.company;

import io.tamas.company.Company.InboundRoute;
import io.tamas.company.Company.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What makes a company whole: the bounds of each field, names given once, and no name of a part
/// that is not there. Pure.
public final class CompanyRules {
  private CompanyRules() {}

  /// All faults, part by part; empty for a company that can be stored and routed by.
  public static List<CompanyFault> faults(Company company) {
    Faults faults = new Faults();
    CompanyNames names = CompanyNames.of(company);
    for (PartKind kind : PartKind.values()) {
      counts(kind, company.parts(kind), faults);
    }
    company.parts().forEach(part -> PartRules.check(faults.of(part), part, names));
    AddressRules.sharedByTrunks(company.trunks(), faults);
    return faults.all();
  }

  /// Routes that are stored and work, but that no call can ever reach: an earlier route takes all
  /// their calls.
  public static List<CompanyFault> warnings(Company company) {
    Faults warnings = new Faults();
    Map<Reach, InboundRoute> taken = new HashMap<>();
    company.inboundRoutes().stream()
        .sorted(Comparator.comparingInt(InboundRoute::position).thenComparing(InboundRoute::name))
        .forEach(route -> {
          Set<InboundRoute> takenBy = new HashSet<>();
          if (reachesOf(route).stream().allMatch(reach -> isTaken(reach, taken, takenBy))) {
            warnings.of(route).breaks("", "can never match: earlier is " + names(takenBy));
          }
          reachesOf(route).forEach(reach -> taken.putIfAbsent(reach, route));
        });
    return warnings.all();
  }

  /// The calls that a route takes: one number, or any (empty), on one trunk, or any (empty).
  private record Reach(String trunk, String number) {}

  private static List<Reach> reachesOf(InboundRoute route) {
    String trunk = route.trunk().orElse("");
    List<Reach> reaches = new ArrayList<>();
    route.numbers().forEach(number -> reaches.add(new Reach(trunk, number)));
    return reaches.isEmpty() ? List.of(new Reach(trunk, "")) : reaches;
  }

  private static boolean isTaken(
      Reach reach, Map<Reach, InboundRoute> taken, Set<InboundRoute> takenBy) {
    for (Reach wider :
        List.of(
            reach,
            new Reach("", reach.number()),
            new Reach(reach.trunk(), ""),
            new Reach("", ""))) {
      InboundRoute by = taken.get(wider);
      if (by != null) {
        takenBy.add(by);
        return true;
      }
    }
    return false;
  }

  private static String names(Set<InboundRoute> routes) {
    return String.join(", ", routes.stream().map(InboundRoute::name).sorted().toList());
  }

  private static void counts(PartKind kind, List<? extends Part> parts, Faults faults) {
    if (parts.size() > kind.most()) {
      faults
          .of(parts.get(kind.most()))
          .breaks(
              "", "is one too many: a company has at most " + kind.most() + " " + kind.plural());
    }
    Set<String> seen = new HashSet<>();
    for (Part part : parts) {
      if (!seen.add(part.key())) {
        faults.of(part).breaks("", "is there twice");
      }
    }
  }
}
