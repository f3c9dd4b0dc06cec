package io.tamas.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.company.Company;
import io.tamas.company.Company.Limits;
import io.tamas.company.CompanyYaml;
import io.tamas.company.CompanyYaml.Read.Valid;
import io.tamas.company.Directory;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberingPlan;
import io.tamas.routing.CallContext.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A day at the office: busy people, members who forward, groups and menus with numbers, and
/// schedules that are switched by hand. Each row is told with what was considered of it.
class OfficeRouterTest {
  /// 12:00 in Tehran, a Saturday.
  private static final Instant NOON = Instant.parse("2026-11-21T08:30:00Z");

  private static final NumberingPlan TEHRAN = new NumberingPlan("IR", "21");

  private static final String OFFICE =
      """
      extension-groups:
        - {name: sales, title: Sales}
        - {name: board, title: Board}
      extensions:
        - {number: 100, name: Reception, groups: [sales]}
        - {number: 101, name: Leila, groups: [sales], callWaiting: false}
        - {number: 102, name: Reza, groups: [sales], callWaiting: false, forwards: {busy: "extension:100"}}
        - {number: 103, name: Sara, groups: [board], mayCall: [sales]}
        - {number: 104, name: Omid, forwards: {always: "number:+989121234567"}, outgoing: national}
        - {number: 105, name: Nima, forwards: {always: "extension:106"}}
        - {number: 106, name: Mina, groups: [sales]}
        - {number: 107, name: Kian, forwards: {always: "voicemail:107"}, mailbox: {}}
        - {number: 108, name: Elham, forwards: {always: "extension:109"}}
        - {number: 109, name: Away, doNotDisturb: true}
        - {number: 110, name: Loud, callWaiting: true}
        - {number: 111, name: Shy, groups: [sales], mayCall: [sales], forwards: {always: "extension:110"}}
        - {number: 112, name: Tied, mayCall: [sales], callWaiting: false, forwards: {busy: "ring-group:board"}}
        - {number: 113, name: Abroad, forwards: {always: "number:+447911123456"}, outgoing: national}
      trunks:
        - {name: out, plan: {country: IR, areaCode: 21}, addresses: [127.0.0.3], fallback: 100, server: 10.0.0.1}
      outgoing-profiles:
        - {name: national, title: Iran, plan: {country: IR, areaCode: 21}, rules: [{name: mobile, numbers: ["+989*"], trunks: [out]}]}
      emergency-numbers:
        - {name: police, number: 115, trunks: [out]}
      prompts:
        - {name: hello, sound: hello}
      schedules:
        - {name: office, zone: Asia/Tehran, hours: [{days: [SATURDAY], from: "08:00", to: "17:00"}], switchCode: 1, switchGroups: [sales]}
        - {name: night, zone: Asia/Tehran, hours: [{days: [SATURDAY], from: "08:00", to: "17:00"}], switchCode: 22, override: {state: CLOSED, until: "2026-11-21T09:00:00Z"}}
        - {name: over, zone: Asia/Tehran, hours: [{days: [SATURDAY], from: "08:00", to: "17:00"}], switchCode: 3, override: {state: CLOSED, until: "2026-11-21T08:30:00Z"}}
        - {name: shut, zone: Asia/Tehran, hours: [{days: [SUNDAY], from: "08:00", to: "17:00"}], switchCode: 4, override: {state: OPEN}}
      menus:
        - {name: main, greeting: hello, options: {"1": "extension:100"}, dialExtensions: true, tries: 1, otherwise: "extension:100", number: 900}
      ring-groups:
        - {name: sales, strategy: RING_ALL, members: [100, 104, 105, 107], ring: PT20S, number: 600}
        - {name: follow, strategy: RING_ALL, members: [100, 104, 105, 106, 107, 108], delays: {"104": PT5S}, ring: PT20S, forwards: FOLLOW, number: 601}
        - {name: turns, strategy: IN_ORDER, members: [105, 104, 100], ring: PT20S, forwards: FOLLOW, number: 602}
        - {name: away, strategy: RING_ALL, members: [104, 105], ring: PT20S, number: 603}
        - {name: people, strategy: RING_ALL, members: [100, 103], ring: PT20S, number: 604}
        - {name: board, strategy: RING_ALL, members: [103, 110], ring: PT20S, number: 605}
        - {name: shy, strategy: RING_ALL, members: [100, 111], ring: PT20S, forwards: FOLLOW, number: 607}
        - {name: abroad, strategy: RING_ALL, members: [113], ring: PT20S, forwards: FOLLOW, number: 608}
        - {name: slot, strategy: RING_ALL, members: [100], ring: PT20S, number: 701}
      inbound-routes:
        - {name: office, position: 1, numbers: ["+982191001001"], schedule: office, to: "extension:100", closed: "announcement:hello", ring: PT20S}
        - {name: night, position: 2, numbers: ["+982191001002"], schedule: night, to: "extension:100", closed: "announcement:hello", ring: PT20S}
        - {name: over, position: 3, numbers: ["+982191001003"], schedule: over, to: "extension:100", closed: "announcement:hello", ring: PT20S}
        - {name: shut, position: 4, numbers: ["+982191001004"], schedule: shut, to: "extension:100", closed: "announcement:hello", ring: PT20S}
      """;

  private static final Directory COMPANY =
      switch (CompanyYaml.read(OFFICE)) {
        case Valid(Company company, var _) -> Directory.of(company);
        case CompanyYaml.Read.Faulty(var faults) -> throw new IllegalArgumentException("" + faults);
      };

  @ParameterizedTest(name = "{0} dials {1}: {2} after {3}")
  @CsvSource({
    "100, 101, ring 101,           extension:101 matched",
    "100, 110, ring 110,           extension:110 matched",
    "103, 102, ring 102,           extension:102 matched",
    "103, 900, menu hello,         menu:main matched",
    "100, 900, menu hello,         menu:main matched",
    "110, 600, ring 100,           extension:104 skipped-forward extension:105 skipped-forward extension:107 skipped-forward ring-group:sales matched",
    "110, 601, ring 100+104 at +989121234567 after 5+106, extension:104 followed extension:105 followed extension:107 skipped-forward extension:108 followed extension:109 skipped-do-not-disturb ring-group:follow matched",
    "110, 602, ring 106 then 104 at +989121234567 then 100, extension:105 followed extension:104 followed ring-group:turns matched",
    "106, 601, ring 100+104 at +989121234567 after 5, extension:104 followed extension:105 followed extension:106 skipped-caller extension:106 skipped-caller extension:107 skipped-forward extension:108 followed extension:109 skipped-do-not-disturb ring-group:follow matched",
    "110, 608, refuse BUSY,        extension:113 skipped-forward ring-group:abroad nobody-free",
    "110, 603, refuse BUSY,        extension:104 skipped-forward extension:105 skipped-forward ring-group:away nobody-free",
    "103, 604, ring 100,           extension:103 skipped-caller ring-group:people matched",
    "103, 605, refuse FORBIDDEN,   ring-group:board other-group",
    "103, 103, refuse BUSY,        extension:103 caller-itself",
    "110, 701, ring 100,           ring-group:slot matched",
    "110, 606, refuse UNALLOCATED, extension:606 missing",
    "100, *72600, change ALWAYS ring-group:sales, code:forward matched",
    "100, *72900, refuse FORBIDDEN, code:forward breaks-rules",
    "100, *72606, refuse UNALLOCATED, code:forward no-such-destination",
    "106, *72105, refuse FORBIDDEN, code:forward breaks-rules",
    "103, *72110, refuse FORBIDDEN, extension:110 other-group",
    "103, *90605, refuse FORBIDDEN, ring-group:board other-group",
    "103, *94100, change UNREACHABLE extension:100, code:forward matched",
    "103, *72900, change ALWAYS menu:main, code:forward matched",
    "100, 111, refuse FORBIDDEN, extension:111 forward-always extension:110 other-group",
    "100, 607, refuse BUSY, extension:100 skipped-caller extension:110 other-group extension:111 skipped-forward ring-group:shy nobody-free",
  })
  void whatIsDialledInsideReaches(String from, String dialled, String decided, String why) {
    told(decided, why, phone(from, dialled), Set.of());
  }

  /// Of the talking extensions each row names one.
  @ParameterizedTest(name = "{2} talks, {0} dials {1}: {3} after {4}")
  @CsvSource({
    "100, 101, 101, refuse BUSY, extension:101 busy-without-call-waiting",
    "100, 110, 110, ring 110,    extension:110 matched",
    "103, 102, 102, ring 100,    extension:102 busy-without-call-waiting extension:100 matched",
    "103, 102, 101, ring 102,    extension:102 matched",
    "100, 112, 112, refuse FORBIDDEN, extension:112 busy-without-call-waiting ring-group:board other-group",
    "110, 601, 106, ring 100+104 at +989121234567 after 5, extension:104 followed extension:105 followed extension:106 skipped-busy extension:106 skipped-busy extension:107 skipped-forward extension:108 followed extension:109 skipped-do-not-disturb ring-group:follow matched",
  })
  void whoTalksIsBusyWithoutCallWaiting(
      String from, String dialled, String talks, String decided, String why) {
    told(decided, why, phone(from, dialled), Set.of(talks));
  }

  @ParameterizedTest(name = "{0} calls: {1} after {2}")
  @CsvSource({
    "+982191001001, ring 100,       route:office matched schedule:office open extension:100 matched",
    "+982191001002, announce hello, route:night matched schedule:night switched-closed announcement:hello matched",
    "+982191001003, ring 100,       route:over matched schedule:over open extension:100 matched",
    "+982191001004, ring 100,       route:shut matched schedule:shut switched-open extension:100 matched",
  })
  void aScheduleIsSwitchedByHand(String number, String decided, String why) {
    CallContext call =
        new CallContext(
            "c",
            "c",
            new Origin.FromTrunk("out"),
            TEHRAN.parse("09121234567"),
            TEHRAN.parse(number),
            number,
            NOON);
    told(decided, why, call, Set.of());
  }

  @ParameterizedTest(name = "{0} dials {1}: {2} after {3}")
  @CsvSource({
    "100, *281,      change office CLOSED, schedule:office switched-closed",
    "100, *281#,     change office CLOSED, schedule:office switched-closed",
    "100, *281*1400, change office CLOSED until 2026-11-21T10:30:00Z, schedule:office switched-closed",
    "100, *281*1200, change office CLOSED until 2026-11-22T08:30:00Z, schedule:office switched-closed",
    "100, *281*0830, change office CLOSED until 2026-11-22T05:00:00Z, schedule:office switched-closed",
    "100, *2822,     change night back,    schedule:night switched-back",
    "100, *2822*1400, change night CLOSED until 2026-11-21T10:30:00Z, schedule:night switched-closed",
    "100, *283,      change over CLOSED,   schedule:over switched-closed",
    "100, *284,      change shut back,     schedule:shut switched-back",
    "110, *281,      refuse FORBIDDEN,     schedule:office other-group",
    "110, *2822,     change night back,    schedule:night switched-back",
    "100, *289,      refuse UNALLOCATED,   code:schedule no-such-code",
    "100, *281*2400, refuse UNALLOCATED,   code:schedule no-such-code",
    "100, *281*1260, refuse UNALLOCATED,   code:schedule no-such-code",
    "100, *281*830,  refuse UNALLOCATED,   code:schedule no-such-code",
    "100, *281*#,    refuse UNALLOCATED,   code:schedule no-such-code",
    "100, *281*08300, refuse UNALLOCATED,  code:schedule no-such-code",
  })
  void aPhoneSwitchesASchedule(String from, String dialled, String decided, String why) {
    told(decided, why, phone(from, dialled), Set.of());
  }

  @ParameterizedTest(name = "in the menu {0} dials {1}: {2}")
  @CsvSource({"103, 106, ring 106", "103, 110, ring 100", "100, 110, ring 110"})
  void whoMayNotCallAnExtensionDoesNotReachItByAMenu(String from, String keys, String decided) {
    Question chosen = new Question.Chosen(Position.parse("-/0/1/menu:main"), Optional.of(keys));
    Routed routed = Router.route(phone(from, "900"), chosen, COMPANY, Circumstances.CALM);
    assertEquals(decided, DecisionWords.of(routed.decision()));
  }

  @Test
  void aCallInAMenuWithANumberOfItsOwnHasTheMenuAsItsRule() {
    Question chosen = new Question.Chosen(Position.parse("-/0/1/menu:main"), Optional.of("1"));
    Routed routed = Router.route(phone("110", "900"), chosen, COMPANY, Circumstances.CALM);
    assertEquals("menu:main", routed.rule());
  }

  @ParameterizedTest(name = "from {0}, which has been deleted: refused")
  @CsvSource({"menu:gone", "ring-group:gone"})
  void aCallWhosePlaceHasBeenDeletedMeanwhileIsRefused(String place) {
    Position at = Position.parse("-/0/1/" + place);
    for (Question question :
        List.of(
            new Question.Chosen(at, Optional.of("1")),
            new Question.Unanswered(at, Question.Outcome.NO_ANSWER))) {
      Routed routed = Router.route(phone("110", "900"), question, COMPANY, Circumstances.CALM);
      assertEquals("refuse UNALLOCATED", DecisionWords.of(routed.decision()));
      assertEquals(place + " missing", steps(routed));
    }
  }

  @ParameterizedTest(name = "a member {0} is followed: {1} after {2}")
  @CsvSource({
    "104, out +989121234567@out, extension:104 forward-always outgoing:national/mobile matched",
    "105, refuse UNALLOCATED,    extension:105 forward-always",
    "100, refuse UNALLOCATED,    extension:100 no-forward",
  })
  void aMemberIsFollowedOutsideUnderItsOwnProfile(String member, String decided, String why) {
    Routed routed =
        Router.route(
            phone(member, member),
            new Question.Followed(new ExtensionNumber(member)),
            COMPANY,
            Circumstances.CALM);
    assertEquals(decided, DecisionWords.of(routed.decision()));
    assertEquals(why, steps(routed));
    assertEquals(Optional.empty(), routed.then());
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "600, ring-group",
    "900, menu",
    "101, extension",
    "701, ring-group",
    "702, parking-slot",
    "*281, feature-code",
    "606, nothing"
  })
  void itIsToldWhichOfTheseWasDialled(String dialled, String kind) {
    CallContext call = phone("110", dialled);
    assertEquals(
        kind,
        DialledKind.of(call, COMPANY.extension(new ExtensionNumber("110")).orElseThrow(), COMPANY)
            .text());
  }

  private static void told(String decided, String why, CallContext call, Set<String> talking) {
    Routed routed = Router.route(call, new Question.NewCall(), COMPANY, new Talking(talking));
    assertEquals(decided, DecisionWords.of(routed.decision()));
    assertEquals(why, steps(routed));
  }

  private static String steps(Routed routed) {
    return routed.trace().steps().stream()
        .map(step -> step.rule() + " " + step.outcome())
        .collect(Collectors.joining(" "));
  }

  private static CallContext phone(String from, String dialled) {
    ExtensionNumber number = new ExtensionNumber(from);
    return new CallContext(
        "c",
        "c",
        new Origin.FromPhone(number),
        new CallerId.Internal(number),
        Dialled.byPhone(dialled, COMPANY.extension(number).orElseThrow(), COMPANY),
        dialled,
        NOON);
  }

  private record Talking(Set<String> extensions) implements Circumstances {
    @Override
    public int passedOn(CallContext call, CallerId number) {
      return 0;
    }

    @Override
    public boolean isBusy(CallContext call, ExtensionNumber extension) {
      return extensions.contains(extension.digits());
    }

    @Override
    public boolean take(CallContext call, ExtensionNumber extension) {
      return !isBusy(call, extension);
    }

    @Override
    public Instant talkedLast(ExtensionNumber extension) {
      return Instant.MIN;
    }

    @Override
    public int turn(String ringGroup) {
      return 0;
    }

    @Override
    public int dice(int bound) {
      return 0;
    }

    @Override
    public Admission admit(CallContext call, ExtensionNumber payer, Limits limits) {
      return new Admission.Admitted(limits.perDay());
    }
  }
}
