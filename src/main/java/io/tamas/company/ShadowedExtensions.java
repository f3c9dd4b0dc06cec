package io.tamas.company;

import static java.util.stream.Collectors.toMap;

import io.tamas.company.Company.EmergencyNumber;
import io.tamas.company.Company.Menu;
import io.tamas.company.Company.OutgoingProfile;
import io.tamas.number.NumberingPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds extensions whose number is also something else that can be dialled, and says which of the
/// two is reached: the order is that of "What is dialled" in `calls.md`. Pure.
final class ShadowedExtensions {
  /// What phones dial to pick up a ringing call.
  private static final String PICK_UP = "0";

  private static final Pattern SLOT = Pattern.compile("7[0-9][1-9]|7[1-9]0");

  private final Company company;
  private final Faults warnings;
  private final Map<String, String> emergencies;
  private final List<NumberingPlan> plans;
  private final List<String> prefixes;

  ShadowedExtensions(Company company, Faults warnings) {
    this.company = company;
    this.warnings = warnings;
    this.emergencies =
        company.emergencyNumbers().stream()
            .collect(toMap(EmergencyNumber::number, EmergencyNumber::name, (one, other) -> one));
    this.plans = company.outgoingProfiles().stream().map(OutgoingProfile::plan).distinct().toList();
    this.prefixes = company.outsidePrefixes();
  }

  void find() {
    company
        .extensions()
        .forEach(extension ->
            shadow(extension.key())
                .ifPresent(rule -> warnings.of(extension).breaks("/number", rule)));
    company
        .numbered()
        .forEach(part ->
            part.number()
                .flatMap(number -> shadow(number.digits()))
                .ifPresent(rule -> warnings.of(part).breaks("/number", rule)));
    company.menus().stream().filter(Menu::dialExtensions).forEach(this::keys);
  }

  /// The first that applies.
  private Optional<String> shadow(String number) {
    return emergency(number)
        .or(() -> pickUp(number))
        .or(() -> slot(number))
        .or(() -> service(number))
        .or(() -> prefix(number));
  }

  private Optional<String> emergency(String number) {
    return Optional.ofNullable(emergencies.get(number))
        .map(name -> "cannot be dialled: it is also emergency-number " + name)
        .or(() ->
            behindPrefix(number)
                .filter(emergencies::containsKey)
                .findFirst()
                .map(rest ->
                    "cannot be dialled: it is also the outside prefix and emergency-number "
                        + emergencies.get(rest)));
  }

  private Optional<String> pickUp(String number) {
    return number.equals(PICK_UP) && !company.pickupGroups().isEmpty()
        ? Optional.of("cannot be dialled from a pickup group: there 0 picks up a ringing call")
        : Optional.empty();
  }

  private static Optional<String> slot(String number) {
    return SLOT.matcher(number).matches()
        ? Optional.of("is reached, and not the call that is parked in slot " + number)
        : Optional.empty();
  }

  private Optional<String> service(String number) {
    return plans.stream()
        .filter(plan -> plan.isService(number))
        .findFirst()
        .map(plan ->
            "is reached, and not the service or emergency number of "
                + plan.country()
                + " with these digits");
  }

  private Optional<String> prefix(String number) {
    return behindPrefix(number)
        .findFirst()
        .map(rest ->
            "is reached, and not what is behind the outside prefix "
                + number.substring(0, number.length() - rest.length()));
  }

  private Stream<String> behindPrefix(String number) {
    return prefixes.stream()
        .filter(number::startsWith)
        .map(prefix -> number.substring(prefix.length()));
  }

  private void keys(Menu menu) {
    for (String key : new TreeSet<>(menu.options().keySet())) {
      Set<String> extensions = extensions(key);
      if (extensions.contains(key)) {
        warnings.of(menu).breaks("/options/" + key, "is reached, and not the extension " + key);
      } else if (!extensions.isEmpty()) {
        warnings
            .of(menu)
            .breaks(
                "/options/" + key,
                "is reached when nothing follows for 2 s: extensions begin with it, such as "
                    + extensions.iterator().next());
      }
    }
  }

  private Set<String> extensions(String beginning) {
    Set<String> numbers = new TreeSet<>();
    company.extensions().stream()
        .map(Extension::key)
        .filter(number -> number.startsWith(beginning))
        .forEach(numbers::add);
    return numbers;
  }
}
