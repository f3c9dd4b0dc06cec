package io.tamas.company;

import io.tamas.calendar.CalendarDay;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberingPlan;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The company as one immutable snapshot; `version` grows by one with each change.
///
/// Names of parts are slugs: 1 to 40 of `a-z`, `0-9`, `-`, starting with a letter. Whether the
/// parts fit together is told by [CompanyRules].
public record Company(
    long version,
    List<ExtensionGroup> groups,
    List<Extension> extensions,
    List<PickupGroup> pickupGroups,
    List<Trunk> trunks,
    List<OutgoingProfile> outgoingProfiles,
    List<EmergencyNumber> emergencyNumbers,
    List<Schedule> schedules,
    List<Prompt> prompts,
    List<Menu> menus,
    List<RingGroup> ringGroups,
    List<InboundRoute> inboundRoutes) {

  /// The company that these parts make.
  public static Company of(long version, Collection<? extends Part> parts) {
    return new Company(
        version,
        only(ExtensionGroup.class, parts),
        only(Extension.class, parts),
        only(PickupGroup.class, parts),
        only(Trunk.class, parts),
        only(OutgoingProfile.class, parts),
        only(EmergencyNumber.class, parts),
        only(Schedule.class, parts),
        only(Prompt.class, parts),
        only(Menu.class, parts),
        only(RingGroup.class, parts),
        only(InboundRoute.class, parts));
  }

  /// The company before anybody has said anything about it.
  public static Company empty() {
    return of(0, List.of());
  }

  /// All parts, kind by kind.
  public Stream<Part> parts() {
    return Stream.of(PartKind.values()).flatMap(kind -> parts(kind).stream());
  }

  /// The parts of one kind.
  public List<? extends Part> parts(PartKind kind) {
    return switch (kind) {
      case EXTENSION_GROUP -> groups;
      case EXTENSION -> extensions;
      case PICKUP_GROUP -> pickupGroups;
      case TRUNK -> trunks;
      case OUTGOING_PROFILE -> outgoingProfiles;
      case EMERGENCY_NUMBER -> emergencyNumbers;
      case SCHEDULE -> schedules;
      case PROMPT -> prompts;
      case MENU -> menus;
      case RING_GROUP -> ringGroups;
      case INBOUND_ROUTE -> inboundRoutes;
    };
  }

  private static <T extends Part> List<T> only(Class<T> type, Collection<? extends Part> parts) {
    return parts.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /// What the company is made of: each part is stored, versioned and changed by itself.
  public sealed interface Part permits Named, Extension {
    PartKind kind();

    /// What no other part of its kind has: the name, or the number of an extension.
    String key();
  }

  /// A part that is called by a slug.
  public sealed interface Named extends Part {
    String name();

    @Override
    default String key() {
      return name();
    }
  }

  /// Extensions that belong together, such as a department.
  public record ExtensionGroup(String name, String title) implements Named {
    @Override
    public PartKind kind() {
      return PartKind.EXTENSION_GROUP;
    }
  }

  /// Extensions that may take each other's ringing calls.
  public record PickupGroup(String name, String title, List<ExtensionNumber> members)
      implements Named {
    @Override
    public PartKind kind() {
      return PartKind.PICKUP_GROUP;
    }
  }

  /// A line to the outside. Calls from `addresses` (IPv4 or IPv6, a prefix length allowed) are
  /// calls of this trunk.
  ///
  /// @param fallback rung by the dialplan itself while Tamas does not answer
  /// @param server where calls to the outside go, `host` or `host:port`; without it, and without a
  ///   registration, the trunk takes calls only
  /// @param registration by which the trunk makes itself known to its provider
  /// @param callerId what is shown outside (E.164) where an extension shows nothing of its own
  /// @param ownCallerIds whether extensions may show a number of their own
  /// @param format how numbers are sent; E.164 when it is not said
  /// @param calls most calls to the outside at once; 0: as many as there are
  public record Trunk(
      String name,
      NumberingPlan plan,
      List<String> addresses,
      ExtensionNumber fallback,
      Optional<String> server,
      Optional<Registration> registration,
      Optional<String> callerId,
      boolean ownCallerIds,
      Optional<NumberFormat> format,
      int calls)
      implements Named {

    /// A trunk that only takes calls.
    public static Trunk of(
        String name, NumberingPlan plan, List<String> addresses, ExtensionNumber fallback) {
      return new Trunk(
          name,
          plan,
          addresses,
          fallback,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty(),
          0);
    }

    /// Whether calls to the outside can be made on it.
    public boolean callsOut() {
      return server.isPresent() || registration.isPresent();
    }

    @Override
    public PartKind kind() {
      return PartKind.TRUNK;
    }
  }

  /// REGISTER (RFC 3261 section 10) at the provider; the password is set apart, by `PUT
  /// /trunks/{name}/password`.
  ///
  /// @param server `host` or `host:port`
  public record Registration(String server, String user) {}

  /// How a number is sent to a trunk, with `+989121234567` as the example.
  public enum NumberFormat {
    /// `+989121234567`
    E164,
    /// `989121234567`
    E164_WITHOUT_PLUS,
    /// `09121234567`: as it is dialled inside the country of the trunk, abroad with the prefix of
    /// that country
    NATIONAL
  }

  /// What somebody may call outside. The rules are tried in their order against the normalised
  /// number; what no rule takes is denied.
  ///
  /// @param plan by which the digits that were dialled are read
  public record OutgoingProfile(
      String name,
      String title,
      NumberingPlan plan,
      List<OutgoingRule> rules,
      Optional<Limits> limits)
      implements Named {
    @Override
    public PartKind kind() {
      return PartKind.OUTGOING_PROFILE;
    }
  }

  /// @param numbers patterns of [io.tamas.number.NumberPattern]; none: every number
  /// @param deny refuses what it takes
  /// @param trunks in the order in which they are tried
  /// @param strip digits that are left out at the beginning of the number as it is sent
  /// @param prefix digits that are put before it after that
  public record OutgoingRule(
      String name,
      List<String> numbers,
      boolean deny,
      List<String> trunks,
      int strip,
      Optional<String> prefix) {}

  /// Guards against toll fraud, for each extension that has the profile.
  ///
  /// @param countries ISO 3166; none: all that the rules allow
  /// @param calls most calls to the outside at once; 0: no limit
  /// @param perDay time of all calls to the outside in any 24 hours, each from its answer to its
  ///   end; none: no limit
  public record Limits(Set<String> countries, int calls, Optional<Duration> perDay) {}

  /// A number that every phone may always call, as it is dialled, such as `110`.
  ///
  /// @param trunks in the order in which they are tried
  public record EmergencyNumber(String name, String number, List<String> trunks) implements Named {
    @Override
    public PartKind kind() {
      return PartKind.EMERGENCY_NUMBER;
    }
  }

  /// Opening hours in a time zone. Outside them, and on `holidays`, the schedule is closed.
  public record Schedule(String name, ZoneId zone, List<Hours> hours, List<CalendarDay> holidays)
      implements Named {
    public boolean isHoliday(LocalDate day) {
      return holidays.stream().anyMatch(holiday -> holiday.isOn(day));
    }

    @Override
    public PartKind kind() {
      return PartKind.SCHEDULE;
    }
  }

  /// One span of a day; `to` is exclusive and `00:00` means midnight at the end of the day. A span
  /// whose end is before its beginning goes on over midnight and belongs to the day it begins on.
  public record Hours(Set<DayOfWeek> days, LocalTime from, LocalTime to) {}

  /// Something that is said to callers: a sound of Asterisk, or by language (ISO 639) a text that
  /// is spoken or an audio file that was uploaded (its SHA-256). Audio goes before text.
  public record Prompt(
      String name, Optional<String> sound, Map<String, String> texts, Map<String, String> audio)
      implements Named {
    @Override
    public PartKind kind() {
      return PartKind.PROMPT;
    }
  }

  /// Callers choose by a key, or dial an extension straight away.
  ///
  /// @param greeting a prompt, which the first digit interrupts
  /// @param options by key: `0` to `9` or `*`
  /// @param dialExtensions whether the number of an extension may be dialled
  /// @param patience for the first digit after the greeting; 5 s when it is not said
  /// @param tries how often the greeting is heard before the call goes on; 3 when it is 0
  /// @param noInput a prompt that is said before the next try when nothing was dialled
  /// @param wrongInput a prompt that is said before the next try when what was dialled is no option
  /// @param otherwise where the call goes when nothing was dialled in all tries
  /// @param wrong where the call goes when the last try was wrong; else as `otherwise`
  public record Menu(
      String name,
      String greeting,
      Map<String, Destination> options,
      boolean dialExtensions,
      Optional<Duration> patience,
      int tries,
      Optional<String> noInput,
      Optional<String> wrongInput,
      Destination otherwise,
      Optional<Destination> wrong)
      implements Named {
    @Override
    public PartKind kind() {
      return PartKind.MENU;
    }
  }

  public enum Strategy {
    RING_ALL,
    IN_ORDER,
    /// In order, beginning after the member with which the last call began.
    ROUND_ROBIN,
    RANDOM,
    /// In order, beginning with who has not talked for the longest time.
    LONGEST_IDLE
  }

  /// Extensions that are rung for one call: with `RING_ALL` all of them for `ring`, else one after
  /// the other for `ring` each.
  ///
  /// @param delays by extension, how much later it begins to ring; with `RING_ALL` only
  /// @param overflow where the call goes when nobody answers or nobody can be rung
  public record RingGroup(
      String name,
      Strategy strategy,
      List<ExtensionNumber> members,
      Map<String, Duration> delays,
      Duration ring,
      Optional<Destination> overflow)
      implements Named {

    /// A group without delays and overflow.
    public static RingGroup of(
        String name, Strategy strategy, List<ExtensionNumber> members, Duration ring) {
      return new RingGroup(name, strategy, members, Map.of(), ring, Optional.empty());
    }

    @Override
    public PartKind kind() {
      return PartKind.RING_GROUP;
    }
  }

  /// What happens to calls to `numbers` (E.164, or a short code as it is dialled; none: any number)
  /// on `trunk` (or any) from `callers` (patterns of [io.tamas.number.NumberPattern]; none:
  /// anybody).
  ///
  /// Routes are tried in the order of `position`. Outside `schedule` the call goes to `closed`.
  ///
  /// @param language of what is said to the caller (ISO 639)
  public record InboundRoute(
      String name,
      int position,
      Optional<String> trunk,
      List<String> numbers,
      List<String> callers,
      Optional<String> schedule,
      Destination to,
      Optional<Destination> closed,
      Duration ring,
      boolean record,
      Optional<String> language)
      implements Named {

    /// A route for whoever calls.
    public static InboundRoute of(
        String name,
        int position,
        Optional<String> trunk,
        List<String> numbers,
        Optional<String> schedule,
        Destination to,
        Optional<Destination> closed,
        Duration ring,
        boolean record) {
      return new InboundRoute(
          name,
          position,
          trunk,
          numbers,
          List.of(),
          schedule,
          to,
          closed,
          ring,
          record,
          Optional.empty());
    }

    @Override
    public PartKind kind() {
      return PartKind.INBOUND_ROUTE;
    }
  }
}
