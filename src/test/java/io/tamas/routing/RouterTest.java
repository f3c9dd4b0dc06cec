package io.tamas.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.calendar.CalendarDay;
import io.tamas.company.Company;
import io.tamas.company.Company.Hours;
import io.tamas.company.Company.InboundRoute;
import io.tamas.company.Company.Part;
import io.tamas.company.Company.Prompt;
import io.tamas.company.Company.RingGroup;
import io.tamas.company.Company.Schedule;
import io.tamas.company.Company.Strategy;
import io.tamas.company.Company.Trunk;
import io.tamas.company.Destination;
import io.tamas.company.Directory;
import io.tamas.company.Extension;
import io.tamas.company.Yamls;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberingPlan;
import io.tamas.routing.CallContext.Origin;
import io.tamas.routing.Routed.Direction;
import io.tamas.routing.Trace.Step;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {
  private static final NumberingPlan TEHRAN = new NumberingPlan("IR", "21");

  /// A Saturday, 10:00 in Tehran.
  private static final Instant SATURDAY_MORNING = Instant.parse("2026-11-21T06:30:00Z");

  private static final Directory COMPANY =
      Directory.of(
          companyOf(
              1,
              List.of(
                  extension("100", false, false),
                  extension("101", false, false),
                  extension("102", true, false),
                  extension("103", false, true)),
              List.of(
                  Trunk.of("demo", TEHRAN, List.of("127.0.0.2/32"), number("100")),
                  Trunk.of("other", TEHRAN, List.of("127.0.0.3/32"), number("100"))),
              List.of(office()),
              List.of(new Prompt("closed", Optional.of("ss-noservice"), Map.of(), Map.of())),
              List.of(
                  group("sales", Strategy.RING_ALL, "101", "102", "103"),
                  group("support", Strategy.IN_ORDER, "102", "103", "101"),
                  group("asleep", Strategy.RING_ALL, "103")),
              List.of(
                  route(1, "desk", "+982191001000", "extension:101"),
                  route(2, "sales", "+982191001001", "ring-group:sales"),
                  route(3, "support", "+982191001002", "ring-group:support"),
                  route(4, "lines", "+982191001003", "announcement:closed"),
                  hours(5, "office", "+982191001004", "extension:101", "announcement:closed"),
                  route(6, "nobody", "+982191001005", "ring-group:asleep"),
                  route(7, "dnd", "+982191001006", "extension:103"),
                  onTrunk(8, "only-other", "other", "+982191001007", "extension:101"),
                  recorded(9, "recorded", "+982191001008", "extension:101"))));

  @ParameterizedTest(name = "{0} from {1} → {2} by {3}, recorded {4}")
  @CsvSource({
    "02191001000,  trunk, ring 101,             route:desk,     false",
    "+982191001000,trunk, ring 101,             route:desk,     false",
    "02191001001,  trunk, ring 101+102,         route:sales,    true",
    "02191001002,  trunk, ring 102 then 101,    route:support,  true",
    "02191001003,  trunk, announce ss-noservice,route:lines,    false",
    "02191001004,  trunk, ring 101,             route:office,   false",
    "02191001005,  trunk, refuse BUSY,          route:nobody,   false",
    "02191001006,  trunk, refuse BUSY,          route:dnd,      false",
    "02191001007,  trunk, refuse UNALLOCATED,   no-route,       false",
    "02191001008,  trunk, ring 101,             route:recorded, true",
    "02199999999,  trunk, refuse UNALLOCATED,   no-route,       false",
    "101,          100,   ring 101,             extension:101,  false",
    "102,          100,   ring 102,             extension:102,  true",
    "101,          102,   ring 101,             extension:101,  true",
    "103,          100,   refuse BUSY,          extension:103,  false",
    "199,          100,   refuse UNALLOCATED,   extension:199,  false",
    "101,          999,   refuse FORBIDDEN,     extension:999,  false",
    "100,          100,   refuse BUSY,          extension:100,  false",
    "09121234567,  100,   refuse FORBIDDEN,     extension:100,  false"
  })
  void callsAreRouted(String dialled, String from, String decision, String rule, boolean recorded) {
    Routed routed =
        Router.route(
            call(dialled, from, SATURDAY_MORNING),
            new Question.NewCall(),
            COMPANY,
            Circumstances.CALM);
    assertEquals(decision, DecisionWords.of(routed.decision()));
    assertEquals(rule, routed.rule());
    assertEquals(recorded, routed.record());
    assertEquals(direction(from, dialled), routed.direction());
  }

  private static Direction direction(String from, String dialled) {
    if (from.equals("trunk")) {
      return Direction.INBOUND;
    }
    return dialled.length() > 3 ? Direction.OUTBOUND : Direction.INTERNAL;
  }

  @ParameterizedTest(name = "{0} is open: {1}")
  @CsvSource({
    "2026-11-21T04:29:59Z, false",
    "2026-11-21T04:30:00Z, true",
    "2026-11-21T13:29:59Z, true",
    "2026-11-21T13:30:00Z, false",
    "2026-11-20T08:00:00Z, false",
    "2026-11-26T18:30:00Z, true",
    "2026-11-26T22:29:59Z, true",
    "2026-11-26T22:30:00Z, false",
    "2026-11-22T08:00:00Z, false"
  })
  void theClockOfTheScheduleDecides(Instant at, boolean open) {
    Routed routed =
        Router.route(
            call("02191001004", "trunk", at), new Question.NewCall(), COMPANY, Circumstances.CALM);
    assertEquals(open ? "extension:101" : "announcement:closed", routed.destination());
    assertTrue(
        routed.trace().steps().contains(new Step("schedule:office", open ? "open" : "closed")));
  }

  @ParameterizedTest(name = "{0} is open: {1}")
  @CsvSource({
    // clocks go back at 01:00Z on 2026-10-25 in Berlin: 02:30 is twice, and open both times
    "2026-10-25T00:30:00Z, true",
    "2026-10-25T01:30:00Z, true",
    "2026-10-25T02:00:00Z, false",
    // and forward at 01:00Z on 2026-03-29: the span from 02:00 to 03:00 does not exist
    "2026-03-29T00:59:59Z, false",
    "2026-03-29T01:00:00Z, false"
  })
  void spansFollowTheChangeOfClocks(Instant at, boolean open) {
    Hours night = new Hours(EnumSet.allOf(DayOfWeek.class), LocalTime.of(2, 0), LocalTime.of(3, 0));
    Schedule schedule = Schedule.of("night", ZoneId.of("Europe/Berlin"), List.of(night), List.of());
    assertEquals(open, OpeningHours.isOpen(schedule, at));
  }

  @Test
  void theTraceShowsWhichMembersWereSkipped() {
    Routed routed =
        Router.route(
            call("02191001001", "trunk", SATURDAY_MORNING),
            new Question.NewCall(),
            COMPANY,
            Circumstances.CALM);
    assertEquals(
        List.of(
            new Step("route:sales", "matched"),
            new Step("extension:103", "skipped-do-not-disturb"),
            new Step("ring-group:sales", "matched")),
        routed.trace().steps());
  }

  @Test
  void theTraceIsBounded() {
    List<InboundRoute> many =
        IntStream.range(0, 2_000)
            .mapToObj(n -> onTrunk(n, "r" + n, "other", "+982191001000", "extension:101"))
            .toList();
    Company company = COMPANY.company();
    Directory directory =
        Directory.of(
            companyOf(
                1,
                company.groups(),
                company.extensions(),
                company.trunks(),
                company.schedules(),
                company.prompts(),
                company.ringGroups(),
                many));
    Routed routed =
        Router.route(
            call("02191001000", "trunk", SATURDAY_MORNING),
            new Question.NewCall(),
            directory,
            Circumstances.CALM);
    assertEquals(TraceBuilder.MAX_STEPS, routed.trace().steps().size());
    assertEquals(new Step("route:r0", "other-trunk"), routed.trace().steps().getFirst());
    assertEquals(new Step("number:+982191001000", "no-route"), routed.trace().steps().getLast());
  }

  private static CallContext call(String dialled, String from, Instant at) {
    if (from.equals("trunk")) {
      return new CallContext(
          "c-1",
          "c-1",
          new Origin.FromTrunk("demo"),
          TEHRAN.parse("09121234567"),
          TEHRAN.parse(dialled),
          dialled,
          at);
    }
    CallerId requested =
        ExtensionNumber.isValid(dialled)
            ? new CallerId.Internal(number(dialled))
            : TEHRAN.parse(dialled);
    return new CallContext(
        "c-1",
        "c-1",
        new Origin.FromPhone(number(from)),
        new CallerId.Internal(number(from)),
        requested,
        dialled,
        at);
  }

  private static ExtensionNumber number(String digits) {
    return new ExtensionNumber(digits);
  }

  private static Extension extension(String digits, boolean record, boolean doNotDisturb) {
    return Yamls.extension(
        "number: '%s', name: Extension, record: [%s], doNotDisturb: %s"
            .formatted(digits, record ? "INBOUND, OUTBOUND, INTERNAL" : "", doNotDisturb));
  }

  private static RingGroup group(String name, Strategy strategy, String... members) {
    return RingGroup.of(
        name,
        strategy,
        List.of(members).stream().map(RouterTest::number).toList(),
        Duration.ofSeconds(20));
  }

  /// Saturday to Wednesday by day, Thursday evening until two in the night; one Sunday is a
  /// holiday.
  private static Schedule office() {
    return Schedule.of(
        "office",
        ZoneId.of("Asia/Tehran"),
        List.of(
            new Hours(
                EnumSet.of(
                    DayOfWeek.SATURDAY,
                    DayOfWeek.SUNDAY,
                    DayOfWeek.MONDAY,
                    DayOfWeek.TUESDAY,
                    DayOfWeek.WEDNESDAY),
                LocalTime.of(8, 0),
                LocalTime.of(17, 0)),
            new Hours(EnumSet.of(DayOfWeek.THURSDAY), LocalTime.of(22, 0), LocalTime.of(2, 0))),
        List.of(new CalendarDay.OnDate(LocalDate.of(2026, 11, 22))));
  }

  private static InboundRoute route(int position, String name, String number, String to) {
    return inbound(
        position, name, Optional.empty(), number, Optional.empty(), to, Optional.empty(), false);
  }

  private static InboundRoute recorded(int position, String name, String number, String to) {
    return inbound(
        position, name, Optional.empty(), number, Optional.empty(), to, Optional.empty(), true);
  }

  private static InboundRoute onTrunk(
      int position, String name, String trunk, String number, String to) {
    return inbound(
        position, name, Optional.of(trunk), number, Optional.empty(), to, Optional.empty(), false);
  }

  private static InboundRoute hours(
      int position, String name, String number, String open, String closed) {
    return inbound(
        position,
        name,
        Optional.empty(),
        number,
        Optional.of("office"),
        open,
        Optional.of(closed),
        false);
  }

  private static InboundRoute inbound(
      int position,
      String name,
      Optional<String> trunk,
      String number,
      Optional<String> schedule,
      String to,
      Optional<String> closed,
      boolean record) {
    return InboundRoute.of(
        name,
        position,
        trunk,
        List.of(number),
        schedule,
        Destination.parse(to),
        closed.map(Destination::parse),
        Duration.ofSeconds(20),
        record);
  }

  @SafeVarargs
  private static Company companyOf(long version, List<? extends Part>... kinds) {
    return Company.of(version, Arrays.stream(kinds).flatMap(List::stream).toList());
  }
}
