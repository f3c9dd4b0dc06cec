package io.tamas.company;

import io.tamas.company.Company.EmergencyNumber;
import io.tamas.company.Company.InboundRoute;
import io.tamas.company.Company.Menu;
import io.tamas.company.Company.Numbered;
import io.tamas.company.Company.OutgoingProfile;
import io.tamas.company.Company.PickupGroup;
import io.tamas.company.Company.Prompt;
import io.tamas.company.Company.RingGroup;
import io.tamas.company.Company.Schedule;
import io.tamas.company.Company.Trunk;
import io.tamas.number.ExtensionNumber;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Finds the parts of a company in constant time; built anew for each version.
///
/// The company has passed [CompanyRules]: what a part refers to exists.
public final class Directory {
  private static final Comparator<InboundRoute> IN_ORDER =
      Comparator.comparingInt(InboundRoute::position).thenComparing(InboundRoute::name);

  private final Company company;
  private final Map<ExtensionNumber, Extension> extensions;
  private final Map<ExtensionNumber, Destination> inside;
  private final Map<String, Trunk> trunks;
  private final Map<String, Schedule> schedules;
  private final Map<String, Schedule> schedulesByCode;
  private final Map<String, Prompt> prompts;
  private final Map<String, Menu> menus;
  private final Map<String, OutgoingProfile> outgoingProfiles;
  private final Map<String, EmergencyNumber> emergencyNumbers;
  private final Map<ExtensionNumber, List<PickupGroup>> pickupGroups;
  private final Map<String, RingGroup> ringGroups;
  private final Map<String, InboundRoute> routes;
  private final Map<String, List<InboundRoute>> routesByNumber;
  private final String longestExtensions;
  private final List<String> outsidePrefixes;
  private final List<InboundRoute> routesOfAnyNumber;
  private final boolean responsibleFirst;

  private Directory(Company company) {
    this.company = company;
    this.extensions = index(company.extensions(), Extension::number);
    this.inside = inside(company);
    this.trunks = index(company.trunks(), Trunk::name);
    this.schedules = index(company.schedules(), Schedule::name);
    this.schedulesByCode =
        company.schedules().stream()
            .filter(schedule -> schedule.switchCode().isPresent())
            .collect(
                Collectors.toUnmodifiableMap(
                    schedule -> schedule.switchCode().orElseThrow(), Function.identity()));
    this.prompts = index(company.prompts(), Prompt::name);
    this.menus = index(company.menus(), Menu::name);
    this.outgoingProfiles = index(company.outgoingProfiles(), OutgoingProfile::name);
    this.emergencyNumbers = EmergencyDialling.of(company);
    this.pickupGroups = pickupGroups(company);
    this.ringGroups = index(company.ringGroups(), RingGroup::name);
    this.routes = index(company.inboundRoutes(), InboundRoute::name);
    this.routesByNumber = routesByNumber(company);
    this.longestExtensions = longestExtensions(company);
    this.outsidePrefixes = company.outsidePrefixes();
    this.responsibleFirst =
        company.inboundRoutes().stream().anyMatch(one -> one.responsibleFirst().isPresent())
            || company.ringGroups().stream().anyMatch(one -> one.responsibleFirst().isPresent());
    this.routesOfAnyNumber =
        company.inboundRoutes().stream()
            .filter(route -> route.numbers().isEmpty())
            .sorted(IN_ORDER)
            .toList();
  }

  public static Directory of(Company company) {
    return new Directory(company);
  }

  public Company company() {
    return company;
  }

  public Optional<Extension> extension(ExtensionNumber number) {
    return Optional.ofNullable(extensions.get(number));
  }

  /// What has this number inside the company: an extension, a ring group or a menu.
  public Optional<Destination> inside(ExtensionNumber number) {
    return Optional.ofNullable(inside.get(number));
  }

  public Optional<Trunk> trunk(String name) {
    return Optional.ofNullable(trunks.get(name));
  }

  public Schedule schedule(String name) {
    return part(schedules, name);
  }

  /// The schedule that is switched by this code.
  public Optional<Schedule> scheduleSwitchedBy(String code) {
    return Optional.ofNullable(schedulesByCode.get(code));
  }

  public Prompt prompt(String name) {
    return part(prompts, name);
  }

  public Menu menu(String name) {
    return part(menus, name);
  }

  public OutgoingProfile outgoingProfile(String name) {
    return part(outgoingProfiles, name);
  }

  /// The emergency number that is dialled so, in whichever way ([EmergencyDialling]).
  public Optional<EmergencyNumber> emergencyNumber(String dialled) {
    return Optional.ofNullable(emergencyNumbers.get(dialled));
  }

  /// Whether any extension dials something before an external number.
  public boolean hasOutsidePrefix() {
    return !outsidePrefixes.isEmpty();
  }

  /// Whether any call may ring who is responsible for its caller first.
  public boolean ringsResponsibleFirst() {
    return responsibleFirst;
  }

  /// Whether a route names the number.
  public boolean isNamedByRoute(String number) {
    return routesByNumber.containsKey(number);
  }

  /// The groups in which the extension may pick up, in the order of the company.
  public List<PickupGroup> pickupGroups(ExtensionNumber member) {
    return pickupGroups.getOrDefault(member, List.of());
  }

  public RingGroup ringGroup(String name) {
    return part(ringGroups, name);
  }

  public Optional<InboundRoute> route(String name) {
    return Optional.ofNullable(routes.get(name));
  }

  /// For each first digit from 0 to 9 the length of the longest extension number that starts with
  /// it, at least 1.
  public String longestExtensions() {
    return longestExtensions;
  }

  /// Whether a menu, a ring group or an announcement is there. A call may be on its way to one that
  /// has been deleted since.
  public boolean has(Destination destination) {
    return switch (destination) {
      case Destination.ToRingGroup(String name) -> ringGroups.containsKey(name);
      case Destination.ToMenu(String name) -> menus.containsKey(name);
      case Destination.ToAnnouncement(String name) -> prompts.containsKey(name);
      case Destination.ToExtension _, Destination.ToVoicemail _, Destination.ToNumber _ -> true;
    };
  }

  /// The routes that may match a call to a number, in the order in which they are tried.
  public List<InboundRoute> routesTo(String number) {
    List<InboundRoute> named = routesByNumber.getOrDefault(number, List.of());
    if (named.isEmpty()) {
      return routesOfAnyNumber;
    }
    List<InboundRoute> routes = new ArrayList<>(named);
    routes.addAll(routesOfAnyNumber);
    routes.sort(IN_ORDER);
    return routes;
  }

  private static Map<ExtensionNumber, Destination> inside(Company company) {
    Map<ExtensionNumber, Destination> inside = new HashMap<>();
    company
        .numbered()
        .forEach(part -> part.number().ifPresent(number -> inside.put(number, destination(part))));
    company
        .extensions()
        .forEach(one -> inside.put(one.number(), new Destination.ToExtension(one.number())));
    return Map.copyOf(inside);
  }

  private static Destination destination(Numbered part) {
    return switch (part) {
      case RingGroup group -> new Destination.ToRingGroup(group.name());
      case Menu menu -> new Destination.ToMenu(menu.name());
    };
  }

  private static String longestExtensions(Company company) {
    int[] longest = new int[10];
    Arrays.fill(longest, 1);
    for (Extension extension : company.extensions()) {
      int first = extension.key().charAt(0) - '0';
      longest[first] = Math.max(longest[first], extension.key().length());
    }
    return Arrays.stream(longest).mapToObj(Integer::toString).collect(Collectors.joining());
  }

  private static Map<String, List<InboundRoute>> routesByNumber(Company company) {
    Map<String, List<InboundRoute>> routes = new HashMap<>();
    for (InboundRoute route : company.inboundRoutes()) {
      for (String number : route.numbers()) {
        routes.computeIfAbsent(number, n -> new ArrayList<>()).add(route);
      }
    }
    return Map.copyOf(routes);
  }

  private static Map<ExtensionNumber, List<PickupGroup>> pickupGroups(Company company) {
    Map<ExtensionNumber, List<PickupGroup>> groups = new HashMap<>();
    for (PickupGroup group : company.pickupGroups()) {
      for (ExtensionNumber member : group.members()) {
        groups.computeIfAbsent(member, n -> new ArrayList<>()).add(group);
      }
    }
    return Map.copyOf(groups);
  }

  private static <K, T> Map<K, T> index(List<T> parts, Function<T, K> key) {
    return parts.stream().collect(Collectors.toUnmodifiableMap(key, Function.identity()));
  }

  private static <T> T part(Map<String, T> parts, String name) {
    T part = parts.get(name);
    if (part == null) {
      throw new IllegalStateException("the company refers to a part that does not exist: " + name);
    }
    return part;
  }
}
