package io.tamas.company;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.tamas.company.Company.OutgoingProfile;
import io.tamas.company.Company.Part;
import io.tamas.company.Company.Schedule;
import io.tamas.company.Company.Trunk;
import io.tamas.company.CompanyStored.Key;
import io.tamas.company.Extension.Forwards;
import io.tamas.number.ExtensionNumber;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Warnings: what is stored and works, but has no effect or not the intended one. Only what is
/// certain is reported. Pure.
public final class CompanyWarnings {
  private final Faults warnings = new Faults();
  private final Company company;

  private CompanyWarnings(Company company) {
    this.company = company;
  }

  /// All of them, bounded like faults.
  ///
  /// @param company without a fault
  public static List<CompanyFault> of(Company company) {
    CompanyWarnings all = new CompanyWarnings(company);
    ShadowedRules shadowed = new ShadowedRules(all.warnings);
    shadowed.inbound(company.inboundRoutes());
    new SamePositions(all.warnings).find(company.inboundRoutes());
    company.outgoingProfiles().forEach(shadowed::outgoing);
    UnmatchedNumbers unmatched = new UnmatchedNumbers(CompanyPlans.of(company), all.warnings);
    company.inboundRoutes().forEach(unmatched::inbound);
    company.outgoingProfiles().forEach(unmatched::outgoing);
    company.outgoingProfiles().forEach(all::denyingProfile);
    all.missingEmergencyNumbers();
    new ShadowedExtensions(company, all.warnings).find();
    company.trunks().forEach(trunk -> AddressRules.coveringPhones(trunk, all.warnings));
    all.sitesWithoutTrunk();
    all.externalNumbers();
    all.forbiddenForwards();
    all.mailboxes();
    company.schedules().forEach(all::neverOpen);
    all.unreached();
    all.responsibleOfNobody();
    return all.warnings.all();
  }

  private void denyingProfile(OutgoingProfile profile) {
    if (profile.rules().stream().allMatch(Company.OutgoingRule::deny)) {
      warnings.of(profile).breaks("/rules", "deny every number");
    }
  }

  private void missingEmergencyNumbers() {
    if (company.emergencyNumbers().isEmpty()) {
      company.outgoingProfiles().stream()
          .findFirst()
          .ifPresent(profile ->
              warnings
                  .of(profile)
                  .breaks("", "allows outbound calls, but there is no emergency-number"));
    }
  }

  private void sitesWithoutTrunk() {
    company.extensions().stream()
        .filter(extension -> extension.site().isPresent())
        .filter(extension ->
            company.emergencyNumbers().stream()
                .anyMatch(
                    number -> EmergencyTrunks.of(number, extension.site(), company).isEmpty()))
        .forEach(extension ->
            warnings
                .of(extension)
                .breaks(
                    "/site",
                    "has no trunk for emergency calls: all that call out are of other sites"));
  }

  private void externalNumbers() {
    boolean callsOut = company.trunks().stream().anyMatch(Trunk::callsOut);
    company
        .parts()
        .forEach(part -> {
          boolean profiled = !(part instanceof Extension e) || e.outgoing().isPresent();
          if (!callsOut || !profiled) {
            PartNames.destinations(part)
                .forEach((pointer, to) -> {
                  if (to instanceof Destination.ToNumber) {
                    warnings
                        .of(part)
                        .breaks(
                            pointer,
                            profiled
                                ? "is never called: no trunk makes outbound calls"
                                : "is never called: the extension has no outgoing profile");
                  }
                });
          }
        });
  }

  private void forbiddenForwards() {
    Directory directory = Directory.of(company);
    company.extensions().stream()
        .filter(extension -> !extension.mayCall().isEmpty())
        .forEach(extension ->
            PartNames.destinations(extension)
                .forEach((pointer, to) -> {
                  if (!CallRights.mayCall(extension, to, directory)) {
                    warnings
                        .of(extension)
                        .breaks(
                            pointer,
                            "is never followed: the extension may not call it by its mayCall");
                  }
                }));
  }

  private void mailboxes() {
    Set<ExtensionNumber> named =
        company
            .parts()
            .flatMap(part -> PartNames.destinations(part).values().stream())
            .flatMap(CompanyWarnings::voicemail)
            .collect(toSet());
    company.extensions().stream()
        .filter(extension -> extension.mailbox().isPresent())
        .filter(extension -> !named.contains(extension.number()))
        .filter(extension -> extension.forwards().filter(CompanyWarnings::forwardsAll).isPresent())
        .forEach(extension ->
            warnings
                .of(extension)
                .breaks(
                    "/mailbox", "is never reached: the forwards apply to every call before it"));
  }

  private static Stream<ExtensionNumber> voicemail(Destination destination) {
    return destination instanceof Destination.ToVoicemail(ExtensionNumber number)
        ? Stream.of(number)
        : Stream.empty();
  }

  private static boolean forwardsAll(Forwards forwards) {
    return Stream.of(forwards.busy(), forwards.noAnswer(), forwards.unreachable())
        .allMatch(Optional::isPresent);
  }

  private void neverOpen(Schedule schedule) {
    if (schedule.hours().isEmpty()) {
      warnings.of(schedule).breaks("/hours", "are empty: it is never open");
    }
  }

  private void unreached() {
    Set<Key> reached = reached();
    company
        .parts()
        .filter(part -> !reached.contains(Key.of(part)))
        .forEach(part ->
            unreachedText(part.kind()).ifPresent(rule -> warnings.of(part).breaks("", rule)));
  }

  /// Phones, trunks and routes have their own calls; all other parts have those that are routed to
  /// them.
  private Set<Key> reached() {
    Set<Key> numbered =
        company.numbered().filter(part -> part.number().isPresent()).map(Key::of).collect(toSet());
    return reached(
        part -> unreachedText(part.kind()).isEmpty() || numbered.contains(Key.of(part)), numbered);
  }

  /// Only callers from outside have somebody who is responsible for them.
  private void responsibleOfNobody() {
    boolean dialled = company.menus().stream().anyMatch(Company.Menu::dialExtensions);
    Set<Key> fromOutside =
        reached(
            part ->
                part.kind() == PartKind.INBOUND_ROUTE
                    || dialled && part.kind() == PartKind.EXTENSION,
            Set.of());
    company.ringGroups().stream()
        .filter(group -> group.responsibleFirst().isPresent())
        .filter(group -> !fromOutside.contains(Key.of(group)))
        .forEach(group ->
            warnings
                .of(group)
                .breaks("/responsibleFirst", "has no effect: no inbound route leads to it"));
  }

  /// @param starts what has calls of its own
  /// @param own those of them that count as reached
  private Set<Key> reached(Predicate<Part> starts, Set<Key> own) {
    Map<Key, Part> parts = company.parts().collect(toMap(Key::of, part -> part, (a, b) -> a));
    Deque<Part> next = new ArrayDeque<>();
    Set<Key> reached = new HashSet<>(own);
    company.parts().filter(starts).forEach(next::add);
    while (!next.isEmpty()) {
      PartNames.of(next.remove())
          .filter(reached::add)
          .map(parts::get)
          .filter(part -> part != null)
          .forEach(next::add);
    }
    return reached;
  }

  private static Optional<String> unreachedText(PartKind kind) {
    return switch (kind) {
      case OUTGOING_PROFILE -> Optional.of("is not used by any extension");
      case SCHEDULE -> Optional.of("is not used by any inbound route");
      case PROMPT, MENU, RING_GROUP -> Optional.of("cannot be reached from any route or extension");
      case SETTINGS, EXTENSION_GROUP, EXTENSION, PICKUP_GROUP -> Optional.empty();
      case TRUNK, EMERGENCY_NUMBER, INBOUND_ROUTE -> Optional.empty();
    };
  }
}
