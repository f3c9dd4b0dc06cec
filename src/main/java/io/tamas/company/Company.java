package io.tamas.company;

import io.tamas.calendar.CalendarDay;
import io.tamas.config.SipTransport;
import io.tamas.config.Srtp;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberingPlan;
import io.tamas.number.PhoneNumber;
import io.tamas.web.Role;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
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
/// parts fit together is checked by [CompanyRules].
public record Company(
    long version,
    Settings settings,
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

  /// The company with these parts.
  public static Company of(long version, Collection<? extends Part> parts) {
    return new Company(
        version,
        only(Settings.class, parts).stream().findFirst().orElse(Settings.DEFAULT),
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

  /// The company before anything was stored.
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
      case SETTINGS -> settings.equals(Settings.DEFAULT) ? List.of() : List.of(settings);
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

  /// What is dialled before an external number, by any outgoing profile.
  public List<String> outsidePrefixes() {
    return outgoingProfiles.stream()
        .flatMap(profile -> profile.outsidePrefix().stream())
        .distinct()
        .toList();
  }

  /// The ring groups and menus that may have a number of their own.
  Stream<Numbered> numbered() {
    return Stream.concat(ringGroups.stream(), menus.stream());
  }

  private static <T extends Part> List<T> only(Class<T> type, Collection<? extends Part> parts) {
    return parts.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /// A part of the company: each is stored, versioned and changed individually.
  public sealed interface Part permits Named, Extension, Settings {
    PartKind kind();

    /// Unique among the parts of its kind: the name, or the number of an extension.
    String key();
  }

  /// What holds for the whole company.
  ///
  /// @param zone by whose days and hours its calls are counted
  /// @param callBackWithin how long after a missed call an answered one with the caller counts as
  ///   having called back; by default a day
  /// @param unknownCallers what becomes of callers whom no profile has; by default nothing
  /// @param codesFor the roles of which one-time codes are demanded beside the password
  public record Settings(
      ZoneId zone,
      Optional<Duration> callBackWithin,
      Optional<MadeProfiles> unknownCallers,
      Set<Role> codesFor)
      implements Part {
    static final String KEY = "company";

    /// Before anything was set.
    public static final Settings DEFAULT =
        new Settings(ZoneId.of("UTC"), Optional.empty(), Optional.empty(), Set.of());

    private static final Duration DAY = Duration.ofHours(24);

    public Duration callBack() {
      return callBackWithin.orElse(DAY);
    }

    /// The category of the profiles that unknown callers get; empty: they get none.
    public Optional<String> categoryOfUnknownCallers() {
      return unknownCallers
          .filter(MadeProfiles::makeProfile)
          .map(made -> made.category().orElse(MadeProfiles.UNKNOWN));
    }

    /// The same settings with others for unknown callers.
    Settings withUnknownCallers(MadeProfiles made) {
      return new Settings(zone, callBackWithin, Optional.of(made), codesFor);
    }

    @Override
    public PartKind kind() {
      return PartKind.SETTINGS;
    }

    @Override
    public String key() {
      return KEY;
    }
  }

  /// Whether somebody whom no profile has gets one, with the number as its name.
  ///
  /// @param category of these profiles; by default `unknown`
  public record MadeProfiles(boolean makeProfile, Optional<String> category) {
    static final String UNKNOWN = "unknown";
  }

  /// A part whose name is a slug.
  public sealed interface Named extends Part {
    String name();

    @Override
    default String key() {
      return name();
    }
  }

  /// A part that phones can dial by a number of its own.
  public sealed interface Numbered extends Named {
    Optional<ExtensionNumber> number();
  }

  /// Extensions that belong together, such as a department.
  public record ExtensionGroup(String name, String title) implements Named {
    @Override
    public PartKind kind() {
      return PartKind.EXTENSION_GROUP;
    }
  }

  /// Extensions that may pick up each other's ringing calls.
  public record PickupGroup(String name, String title, List<ExtensionNumber> members)
      implements Named {
    @Override
    public PartKind kind() {
      return PartKind.PICKUP_GROUP;
    }
  }

  /// A connection to a provider. Calls from `addresses` (IPv4 or IPv6, a prefix length allowed) are
  /// calls of this trunk.
  ///
  /// @param fallback rung by the dialplan itself when Tamas does not answer
  /// @param server where outbound calls are sent, `host` or `host:port`; without it, and without a
  ///   registration, the trunk is inbound only
  /// @param registration at the provider
  /// @param proxy to which calls and the registration are sent instead, `host` or `host:port`; the
  ///   server is then the domain in SIP addresses only
  /// @param transport of outbound calls and of the registration; by default UDP
  /// @param srtp whether voice is encrypted; by default off
  /// @param callerId the caller ID sent (E.164) unless an extension sends its own
  /// @param ownCallerIds whether extensions may send their own caller ID
  /// @param shows what is said of an extension that calls; by default the caller ID
  /// @param format how numbers are sent; by default E.164
  /// @param callerFormat how the caller ID is sent; by default E.164
  /// @param calls maximum of simultaneous outbound calls; 0: no limit
  /// @param numberFrom the header that says which number a call is for, such as `To`; by default
  ///   the request line, and `To` where that says the account or nothing. See
  ///   [SipValue#NUMBER_FROM]
  /// @param callerFrom which headers say who calls; by default From
  /// @param site whose emergency services it reaches; absent: those of every site
  /// @param sip of the provider
  public record Trunk(
      String name,
      NumberingPlan plan,
      List<String> addresses,
      ExtensionNumber fallback,
      Optional<String> server,
      Optional<Registration> registration,
      Optional<String> proxy,
      Optional<SipTransport> transport,
      Optional<Srtp> srtp,
      Optional<String> callerId,
      boolean ownCallerIds,
      Optional<Shown> shows,
      Optional<NumberFormat> format,
      Optional<NumberFormat> callerFormat,
      int calls,
      Optional<String> numberFrom,
      Optional<CallerSource> callerFrom,
      Optional<String> site,
      Optional<SipOptions> sip)
      implements Named {

    /// A trunk that is inbound only.
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
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    /// Whether it makes outbound calls.
    public boolean callsOut() {
      return callsTo().isPresent();
    }

    /// Where outbound calls are sent.
    public Optional<String> callsTo() {
      return server.or(() -> registration.map(Registration::server)).map(proxy::orElse);
    }

    /// Whether it is told which extension calls.
    public boolean showsExtensions() {
      return shows.filter(Shown.EXTENSION::equals).isPresent();
    }

    /// @param format by default E.164
    public String written(PhoneNumber number, Optional<NumberFormat> format) {
      return switch (format.orElse(NumberFormat.E164)) {
        case E164 -> number.e164();
        case E164_WITHOUT_PLUS -> number.e164().substring(1);
        case NATIONAL -> plan.dialled(number);
      };
    }

    /// A caller ID (E.164) as it is sent.
    public String writtenCaller(String number) {
      return PhoneNumber.isValid(number) ? written(new PhoneNumber(number), callerFormat) : number;
    }

    /// Whether both are accounts at one provider, whose calls come from the same addresses.
    public boolean sharesProvider(Trunk other) {
      return registration
          .flatMap(mine ->
              other
                  .registration()
                  .filter(theirs -> theirs.server().equalsIgnoreCase(mine.server())))
          .isPresent();
    }

    @Override
    public PartKind kind() {
      return PartKind.TRUNK;
    }
  }

  /// REGISTER (RFC 3261 section 10) at the provider; the password is set separately, by `PUT
  /// /trunks/{name}/password`.
  ///
  /// @param server `host` or `host:port`
  /// @param authUser of the digest; by default the user
  public record Registration(String server, String user, Optional<String> authUser) {}

  /// What a trunk is told of an extension that calls.
  public enum Shown {
    /// A number of the public network.
    CALLER_ID,
    /// Its own number, and its name: for another PBX of the company.
    EXTENSION
  }

  /// Which headers of a trunk's call say who calls.
  public enum CallerSource {
    /// From.
    FROM,
    /// P-Asserted-Identity, else Remote-Party-ID, else From: for a provider that is trusted.
    ASSERTED
  }

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

  /// Which external numbers may be called. The rules are tried in their order against the
  /// normalised number; a number that no rule matches is denied.
  ///
  /// @param plan by which the dialled digits are read
  /// @param outsidePrefix what is dialled before an external number, 1 to 3 digits such as `9`;
  ///   absent: nothing
  public record OutgoingProfile(
      String name,
      String title,
      NumberingPlan plan,
      Optional<String> outsidePrefix,
      List<OutgoingRule> rules,
      Optional<Limits> limits)
      implements Named {
    @Override
    public PartKind kind() {
      return PartKind.OUTGOING_PROFILE;
    }
  }

  /// @param numbers patterns of [io.tamas.number.NumberPattern]; none: every number
  /// @param deny refuses what it matches
  /// @param trunks in the order in which they are tried
  /// @param strip how many leading digits of the number are not sent
  /// @param prefix digits that are then sent before the rest
  public record OutgoingRule(
      String name,
      List<String> numbers,
      boolean deny,
      List<String> trunks,
      int strip,
      Optional<String> prefix) {}

  /// Guards against toll fraud, for each extension that has the profile.
  ///
  /// @param countries ISO 3166; empty: all that the rules allow
  /// @param calls maximum of simultaneous outbound calls; 0: no limit
  /// @param sip of the provider
  /// @param perDay total time of outbound calls in any 24 hours, each from its answer to its end;
  ///   absent: no limit
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

  /// Opening hours in a time zone. Outside them, and on `holidays`, the schedule is closed; unless
  /// it is switched by hand.
  ///
  /// @param switchCode what phones dial behind `*28` to switch it; absent: none can
  /// @param switchGroups the groups whose extensions may dial that; empty: all extensions
  /// @param override how it is switched
  public record Schedule(
      String name,
      ZoneId zone,
      List<Hours> hours,
      List<CalendarDay> holidays,
      Optional<String> switchCode,
      Set<String> switchGroups,
      Optional<Switched> override)
      implements Named {
    /// A schedule that is not switched by hand.
    public static Schedule of(
        String name, ZoneId zone, List<Hours> hours, List<CalendarDay> holidays) {
      return new Schedule(
          name, zone, hours, holidays, Optional.empty(), Set.of(), Optional.empty());
    }

    Schedule withOverride(Optional<Switched> to) {
      return new Schedule(name, zone, hours, holidays, switchCode, switchGroups, to);
    }

    /// How it is switched by hand at a time; empty: its hours count.
    public Optional<Switched> overrideAt(Instant at) {
      return override.filter(switched -> !switched.isOver(at));
    }

    /// Whether it is still written as switched by hand, although the time for that is over.
    boolean isOverrideOver(Instant at) {
      return override.isPresent() && overrideAt(at).isEmpty();
    }

    public boolean isHoliday(LocalDate day) {
      return holidays.stream().anyMatch(holiday -> holiday.isOn(day));
    }

    @Override
    public PartKind kind() {
      return PartKind.SCHEDULE;
    }
  }

  /// What counts instead of the hours of a schedule.
  ///
  /// @param until when its hours count again; absent: when it is switched back
  public record Switched(Opening state, Optional<Instant> until) {
    /// One that was over when it was written switches nothing.
    boolean isOver(Instant at) {
      return !until.stream().allMatch(at::isBefore);
    }
  }

  public enum Opening {
    OPEN,
    CLOSED
  }

  /// One span of a day; `to` is exclusive and `00:00` means midnight at the end of the day. A span
  /// whose end is before its start continues past midnight and belongs to the day on which it
  /// starts.
  public record Hours(Set<DayOfWeek> days, LocalTime from, LocalTime to) {}

  /// What is played to callers: a sound of Asterisk, or by language (ISO 639) a text that is
  /// synthesised or an audio file that was uploaded (its SHA-256). Audio takes precedence over
  /// text.
  public record Prompt(
      String name, Optional<String> sound, Map<String, String> texts, Map<String, String> audio)
      implements Named {
    @Override
    public PartKind kind() {
      return PartKind.PROMPT;
    }
  }

  /// Callers choose by a key, or dial an extension at once.
  ///
  /// @param greeting a prompt, which the first digit interrupts
  /// @param options by key: `0` to `9` or `*`
  /// @param dialExtensions whether the number of an extension may be dialled
  /// @param patience timeout for the first digit after the greeting; by default 5 s
  /// @param tries how often the greeting is played before the call continues; 0: 3 times
  /// @param noInput a prompt played before the next try when nothing was dialled
  /// @param wrongInput a prompt played before the next try when what was dialled is not an option
  /// @param otherwise the destination when nothing was dialled in all tries
  /// @param wrong the destination when the last try was wrong; by default `otherwise`
  /// @param number that phones of the company dial for it
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
      Optional<Destination> wrong,
      Optional<ExtensionNumber> number)
      implements Numbered {
    @Override
    public PartKind kind() {
      return PartKind.MENU;
    }
  }

  public enum Strategy {
    RING_ALL,
    IN_ORDER,
    /// In order, starting after the member with which the last call started.
    ROUND_ROBIN,
    RANDOM,
    /// In order of the time since their last conversation, the longest first.
    LONGEST_IDLE
  }

  /// What becomes of a member of a ring group whose calls are always forwarded.
  public enum MemberForwards {
    /// It does not ring, as one with do not disturb.
    SKIP,
    /// What it forwards to rings in its place: the phone of another extension, or an external
    /// number under the outgoing profile of the extension that forwards to it.
    FOLLOW
  }

  /// By what somebody of the company is responsible for a caller.
  public enum ResponsibleBy {
    /// The owner of the caller's profile.
    OWNER,
    /// Who talked with the caller last.
    LAST_TALK
  }

  /// Rings who is responsible for an external caller first, alone.
  ///
  /// @param by in the order in which they are considered; the first who can ring does
  /// @param within how long ago the last talk may be; by default 30 days
  /// @param ring by default 15 s
  public record ResponsibleFirst(
      List<ResponsibleBy> by, Optional<Duration> within, Optional<Duration> ring) {
    private static final Duration WITHIN = Duration.ofDays(30);
    private static final Duration RING = Duration.ofSeconds(15);

    public Duration longestAgo() {
      return within.orElse(WITHIN);
    }

    public Duration longest() {
      return ring.orElse(RING);
    }
  }

  /// Extensions that are rung for one call: with `RING_ALL` all of them for `ring`, else one after
  /// the other for `ring` each.
  ///
  /// @param delays by extension, how much later it starts to ring; with `RING_ALL` only
  /// @param overflow the destination when nobody answers or no member can ring
  /// @param forwards what becomes of members whose calls are always forwarded; by default they are
  ///   skipped
  /// @param number that phones of the company dial for it
  /// @param responsibleFirst who rings before the group does; by default nobody
  public record RingGroup(
      String name,
      Strategy strategy,
      List<ExtensionNumber> members,
      Map<String, Duration> delays,
      Duration ring,
      Optional<Destination> overflow,
      Optional<MemberForwards> forwards,
      Optional<ExtensionNumber> number,
      Optional<ResponsibleFirst> responsibleFirst)
      implements Numbered {

    /// A group without delays and overflow.
    public static RingGroup of(
        String name, Strategy strategy, List<ExtensionNumber> members, Duration ring) {
      return new RingGroup(
          name,
          strategy,
          members,
          Map.of(),
          ring,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    @Override
    public PartKind kind() {
      return PartKind.RING_GROUP;
    }
  }

  /// What happens to calls to `numbers` (E.164, or a short code as it is dialled; empty: any
  /// number) on `trunk` (or any) from `callers` (patterns of [io.tamas.number.NumberPattern];
  /// empty: any caller).
  ///
  /// Routes are tried in the order of `position`. Outside `schedule` the call is routed to
  /// `closed`.
  ///
  /// @param language of the prompts played to the caller (ISO 639)
  /// @param responsibleFirst who rings before the call is routed to `to`; by default nobody
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
      Optional<String> language,
      Optional<ResponsibleFirst> responsibleFirst)
      implements Named {

    /// A route for all callers.
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
          Optional.empty(),
          Optional.empty());
    }

    @Override
    public PartKind kind() {
      return PartKind.INBOUND_ROUTE;
    }
  }
}
