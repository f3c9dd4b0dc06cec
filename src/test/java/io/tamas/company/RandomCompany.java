package io.tamas.company;

import io.tamas.calendar.CalendarDay;
import io.tamas.company.Company.CallerSource;
import io.tamas.company.Company.EmergencyNumber;
import io.tamas.company.Company.ExtensionGroup;
import io.tamas.company.Company.Hours;
import io.tamas.company.Company.InboundRoute;
import io.tamas.company.Company.Limits;
import io.tamas.company.Company.Menu;
import io.tamas.company.Company.NumberFormat;
import io.tamas.company.Company.OutgoingProfile;
import io.tamas.company.Company.OutgoingRule;
import io.tamas.company.Company.Part;
import io.tamas.company.Company.PickupGroup;
import io.tamas.company.Company.Prompt;
import io.tamas.company.Company.Registration;
import io.tamas.company.Company.RingGroup;
import io.tamas.company.Company.Schedule;
import io.tamas.company.Company.Shown;
import io.tamas.company.Company.Strategy;
import io.tamas.company.Company.Trunk;
import io.tamas.company.Extension.Forwards;
import io.tamas.company.Extension.Mailbox;
import io.tamas.company.Extension.Recorded;
import io.tamas.config.SipTransport;
import io.tamas.config.Srtp;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberingPlan;
import io.tamas.text.Printable;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Companies without a fault that nobody would think of.
final class RandomCompany {
  private static final int NAMED = 3;

  /// What YAML, JSON or people could take for something else.
  private static final List<String> WORDS =
      List.of(
          "null",
          "~",
          "yes",
          "No",
          "on",
          "0x1F",
          "1_000",
          "1e3",
          ".inf",
          "08:00",
          "2026-03-21",
          "- a",
          "a: b",
          "#c",
          "'",
          "\"",
          "\\",
          "{}",
          "[",
          "&a",
          "*a",
          "!t",
          "%",
          "@",
          "`",
          "|",
          ">",
          "?",
          "a\u0301",
          "لیلا",
          "Ёж",
          "İı",
          "\u00a0",
          "👋",
          "  x  ",
          "x".repeat(70));

  private final Random random;
  private final List<Part> parts = new ArrayList<>();

  private RandomCompany(Random random) {
    this.random = random;
  }

  static Company of(Random random) {
    return new RandomCompany(random).make();
  }

  private Company make() {
    for (int n = 0; n < NAMED; n++) {
      String name = name(n);
      parts.add(new ExtensionGroup(name, title()));
      parts.add(extension(n));
      parts.add(new PickupGroup(name, title(), List.of(number(n))));
      parts.add(trunk(n));
      parts.add(profile(name));
      parts.add(new EmergencyNumber(name, "11" + n, List.of(name())));
      parts.add(schedule(name));
      parts.add(prompt(name));
      parts.add(menu(name));
      parts.add(ringGroup(name));
      parts.add(route(name));
    }
    return Company.of(random.nextInt(1000), parts);
  }

  private Extension extension(int n) {
    Optional<String> email = maybe(() -> "a" + random.nextInt(100) + "@b.ir");
    Optional<String> mobile = maybe(this::phone);
    return new Extension(
        number(n),
        title(),
        some(() -> name()),
        some(() -> name()),
        maybe(() -> name()),
        maybe(this::phone),
        some(() -> any(Recorded.values())),
        maybe(() -> 1 + random.nextInt(10)),
        random.nextBoolean(),
        maybe(random::nextBoolean),
        maybe(() -> any(Extension.TransferKey.values())),
        maybe(() ->
            new Forwards(
                Optional.empty(),
                maybe(this::ending),
                maybe(this::ending),
                maybe(this::ending),
                maybe(() -> seconds(600)))),
        Optional.of(
            new Mailbox(
                maybe(() -> name()),
                maybe(() -> seconds(600)),
                email.isPresent() && random.nextBoolean(),
                mobile.isPresent() && random.nextBoolean())),
        maybe(this::language),
        email,
        mobile,
        maybe(() -> name()),
        maybe(this::sip));
  }

  private Trunk trunk(int n) {
    return new Trunk(
        name(n),
        plan(),
        List.of("10.0." + n + ".0/24"),
        number(),
        Optional.of("sip" + random.nextInt(9) + ".example:5060"),
        maybe(() ->
            new Registration(
                "[::1]:" + (1 + random.nextInt(65535)), "00" + n, maybe(() -> "auth-" + n + "@b"))),
        maybe(() -> "proxy" + random.nextInt(9) + ".example"),
        maybe(() -> any(SipTransport.values())),
        maybe(() -> any(Srtp.values())),
        maybe(this::phone),
        random.nextBoolean(),
        maybe(() -> any(Shown.values())),
        maybe(() -> any(NumberFormat.values())),
        maybe(() -> any(NumberFormat.values())),
        random.nextInt(3),
        maybe(() -> "P-Called-" + random.nextInt(9)),
        maybe(() -> any(CallerSource.values())),
        maybe(() -> name()),
        maybe(this::sip));
  }

  private SipOptions sip() {
    return new SipOptions(
        maybe(() -> any(SipOptions.Dtmf.values())),
        maybe(() -> seconds(80_000)),
        random.nextBoolean());
  }

  private OutgoingProfile profile(String name) {
    return new OutgoingProfile(
        name,
        title(),
        plan(),
        maybe(() -> any("0", "9", "123")),
        IntStream.range(0, random.nextInt(3)).mapToObj(this::rule).toList(),
        maybe(() ->
            new Limits(
                some(() -> any("IR", "NO", "RU")),
                random.nextInt(3),
                maybe(() -> seconds(80_000)))));
  }

  private OutgoingRule rule(int n) {
    boolean deny = random.nextBoolean();
    return new OutgoingRule(
        name(n),
        List.copyOf(some(() -> any("+98*", "1XX", "*", "110"))),
        deny,
        deny ? List.of() : List.of(name()),
        random.nextInt(3),
        maybe(() -> "0" + random.nextInt(9)));
  }

  private Schedule schedule(String name) {
    return new Schedule(
        name,
        ZoneId.of(any("Asia/Tehran", "UTC", "Europe/Istanbul")),
        List.of(
            new Hours(
                EnumSet.of(any(DayOfWeek.values()), DayOfWeek.FRIDAY),
                LocalTime.of(random.nextInt(12), random.nextInt(60), random.nextInt(60)),
                LocalTime.of(12 + random.nextInt(12), random.nextInt(60)))),
        some(() -> any("2026-03-21", "*-03-21", "1405-01-01", "jalali:*-12-30")).stream()
            .map(CalendarDay::parse)
            .toList(),
        Optional.of("" + name.length()),
        some(() -> name()),
        maybe(() ->
            new Company.Switched(
                any(Company.Opening.values()),
                maybe(() -> Instant.ofEpochSecond(random.nextInt())))));
  }

  private Prompt prompt(String name) {
    return new Prompt(
        name,
        Optional.of("beep"),
        some(this::language).stream()
            .collect(Collectors.toMap(language -> language, language -> title())),
        some(this::language).stream()
            .collect(
                Collectors.toMap(
                    language -> language, language -> PromptFiles.nameOf(language, name))));
  }

  private Menu menu(String name) {
    return new Menu(
        name,
        name(),
        some(() -> any("0", "1", "9", "*")).stream()
            .collect(
                Collectors.toMap(
                    key -> key, key -> any(ending(), Destination.parse("menu:" + name)))),
        true,
        maybe(() -> seconds(60)),
        random.nextInt(11),
        maybe(() -> name()),
        maybe(() -> name()),
        ending(),
        maybe(this::ending),
        maybe(() -> new ExtensionNumber("70" + name.length())));
  }

  private RingGroup ringGroup(String name) {
    Strategy strategy = any(Strategy.values());
    return new RingGroup(
        name,
        strategy,
        IntStream.range(0, NAMED).mapToObj(this::number).toList(),
        strategy == Strategy.RING_ALL ? Map.of(number(1).digits(), seconds(9)) : Map.of(),
        Duration.ofSeconds(10L + random.nextInt(590)),
        maybe(this::ending),
        maybe(() -> any(Company.MemberForwards.values())),
        maybe(() -> new ExtensionNumber("60" + name.length())),
        maybe(this::responsibleFirst));
  }

  private InboundRoute route(String name) {
    Optional<String> schedule = maybe(() -> name());
    return new InboundRoute(
        name,
        random.nextInt(1_000_000),
        maybe(() -> name()),
        List.copyOf(some(() -> any("+982191001000", "110", "0012"))),
        List.copyOf(some(() -> any("anonymous", "+*", "1XX"))),
        schedule,
        ending(),
        schedule.map(_ -> ending()),
        seconds(600),
        random.nextBoolean(),
        maybe(this::language),
        maybe(this::responsibleFirst));
  }

  private Company.ResponsibleFirst responsibleFirst() {
    List<Company.ResponsibleBy> by =
        random.nextBoolean()
            ? List.of(Company.ResponsibleBy.LAST_TALK)
            : List.of(Company.ResponsibleBy.values());
    return new Company.ResponsibleFirst(by, maybe(() -> seconds(86_400)), maybe(() -> seconds(60)));
  }

  /// Where a call ends: nothing that could make a loop.
  private Destination ending() {
    return Destination.parse(
        any("voicemail:" + number(), "announcement:" + name(), "number:" + phone()));
  }

  private NumberingPlan plan() {
    return new NumberingPlan(any("IR", "NO", "TR"), any("", "21", "021", "0"));
  }

  private String title() {
    String title =
        Stream.generate(() -> any(WORDS.toArray(String[]::new)))
            .limit(1 + random.nextInt(3))
            .collect(Collectors.joining(any("", " ", "  ")));
    String cut = title.length() > 80 ? title.substring(0, 80) : title;
    return !Printable.isSeen(cut) || Character.isHighSurrogate(cut.charAt(cut.length() - 1))
        ? "x"
        : cut;
  }

  private String phone() {
    return "+98912" + (1_000_000 + random.nextInt(8_999_999));
  }

  private String language() {
    return any("fa", "en", "no", "ckb");
  }

  private Duration seconds(int most) {
    return Duration.ofSeconds(1L + random.nextInt(most));
  }

  private String name() {
    return name(random.nextInt(NAMED));
  }

  private static String name(int n) {
    return List.of("a", "on", "null").get(n);
  }

  private ExtensionNumber number() {
    return number(random.nextInt(NAMED));
  }

  private ExtensionNumber number(int n) {
    return new ExtensionNumber(List.of("0", "08", "100").get(n));
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  private <T> Set<T> some(Supplier<T> value) {
    return Stream.generate(value).limit(random.nextInt(4)).collect(Collectors.toSet());
  }

  @SafeVarargs
  private <T> T any(T... values) {
    return Arrays.asList(values).get(random.nextInt(values.length));
  }
}
