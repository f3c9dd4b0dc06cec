package io.tamas.company;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.company.Company.OutgoingProfile;
import io.tamas.company.Company.Trunk;
import io.tamas.number.NumberingPlan;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The numbering plans of a company, by which the numbers in its parts are read. Pure.
///
/// @param trunks by name
/// @param profiles of outgoing profiles, by name
public record CompanyPlans(Map<String, NumberingPlan> trunks, Map<String, NumberingPlan> profiles) {

  public static CompanyPlans of(Company company) {
    Map<String, NumberingPlan> trunks = new LinkedHashMap<>();
    company.trunks().forEach((Trunk trunk) -> trunks.put(trunk.name(), trunk.plan()));
    Map<String, NumberingPlan> profiles = new LinkedHashMap<>();
    company
        .outgoingProfiles()
        .forEach((OutgoingProfile profile) -> profiles.put(profile.name(), profile.plan()));
    return new CompanyPlans(trunks, profiles);
  }

  /// Of a document that may have faults; a plan that has one is none.
  static CompanyPlans of(JsonNode document) {
    return new CompanyPlans(
        named(document.path(PartKind.TRUNK.plural())),
        named(document.path(PartKind.OUTGOING_PROFILE.plural())));
  }

  private static Map<String, NumberingPlan> named(JsonNode parts) {
    Map<String, NumberingPlan> plans = new LinkedHashMap<>();
    parts.forEach(
        part -> plan(part).ifPresent(plan -> plans.put(part.path("name").asText(), plan)));
    return plans;
  }

  /// The plan in a part, if it has one without a fault.
  static Optional<NumberingPlan> plan(JsonNode part) {
    JsonNode plan = part.path("plan");
    String country = plan.path("country").asText();
    String areaCode = plan.path("areaCode").asText();
    return NumberingPlan.isValid(country, areaCode)
        ? Optional.of(new NumberingPlan(country, areaCode))
        : Optional.empty();
  }

  /// Of all trunks, each once.
  public List<NumberingPlan> ofTrunks() {
    return distinct(trunks.values());
  }

  /// Of this trunk, or of all if none is named.
  List<NumberingPlan> ofTrunk(String name) {
    return Optional.ofNullable(trunks.get(name)).map(List::of).orElseGet(this::ofTrunks);
  }

  /// Of this outgoing profile, or of all trunks if none is named.
  List<NumberingPlan> ofProfile(String name) {
    return Optional.ofNullable(profiles.get(name)).map(List::of).orElseGet(this::ofTrunks);
  }

  private static List<NumberingPlan> distinct(Collection<NumberingPlan> plans) {
    return plans.stream().distinct().toList();
  }
}
