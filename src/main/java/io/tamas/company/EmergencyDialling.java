package io.tamas.company;

import io.tamas.company.Company.EmergencyNumber;
import io.tamas.company.Company.OutgoingProfile;
import io.tamas.company.Company.Trunk;
import io.tamas.number.NumberingPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What can be dialled for an emergency number. Pure.
public final class EmergencyDialling {
  /// Some phones and adapters send the key that ends a number.
  private static final String ENDED = "#";

  private EmergencyDialling() {}

  /// By what is dialled, of which the first that is there counts: the numbers themselves, after a
  /// `+` too; behind the outside prefix of whichever profile, since who needs help may be at a
  /// phone with another habit; with the code of the country of a trunk or a profile before them
  /// ([NumberingPlan#withCountryCode]), behind such a prefix too, unless that is an extension.
  public static Map<String, EmergencyNumber> of(Company company) {
    Map<String, EmergencyNumber> all = new HashMap<>();
    List<String> prefixes = company.outsidePrefixes();
    for (EmergencyNumber one : company.emergencyNumbers()) {
      all.put(one.number(), one);
      all.put(one.number() + ENDED, one);
    }
    for (EmergencyNumber one : company.emergencyNumbers()) {
      all.putIfAbsent("+" + one.number(), one);
      prefixes.forEach(prefix -> {
        all.putIfAbsent(prefix + one.number(), one);
        all.putIfAbsent(prefix + one.number() + ENDED, one);
      });
    }
    Set<String> extensions =
        company.extensions().stream().map(Extension::key).collect(Collectors.toSet());
    for (EmergencyNumber one : company.emergencyNumbers()) {
      plans(company)
          .flatMap(plan -> plan.withCountryCode(one.number()).stream())
          .flatMap(form ->
              Stream.concat(Stream.of(form), prefixes.stream().map(prefix -> prefix + form)))
          .filter(form -> !extensions.contains(form))
          .forEach(form -> all.putIfAbsent(form, one));
    }
    return Map.copyOf(all);
  }

  private static Stream<NumberingPlan> plans(Company company) {
    return Stream.concat(
            company.trunks().stream().map(Trunk::plan),
            company.outgoingProfiles().stream().map(OutgoingProfile::plan))
        .distinct();
  }
}
