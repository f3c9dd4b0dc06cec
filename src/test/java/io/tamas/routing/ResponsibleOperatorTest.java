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
import io.tamas.routing.Acquaintance.Responsible;
import io.tamas.routing.CallContext.Origin;
import io.tamas.routing.Question.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponsibleOperatorTest {
  private static final Instant NOON = Instant.parse("2026-11-21T08:30:00Z");
  private static final NumberingPlan TEHRAN = new NumberingPlan("IR", "21");

  private static final String OFFICE =
      """
      extensions:
        - {number: 100, name: Reception}
        - {number: 101, name: Leila, forwards: {noAnswer: "extension:103"}, mailbox: {}}
        - {number: 102, name: Away, doNotDisturb: true}
        - {number: 103, name: Gone, forwards: {always: "number:+989121234567"}}
        - {number: 104, name: Busy}
        - {number: 105, name: Reza, record: [INBOUND]}
      trunks:
        - {name: in, plan: {country: IR, areaCode: 21}, addresses: [127.0.0.3], fallback: 100}
      prompts:
        - {name: closed, sound: closed}
      schedules:
        - {name: shut, zone: UTC, hours: []}
      ring-groups:
        - {name: sales, strategy: RING_ALL, members: [100, 105], ring: PT20S, responsibleFirst: {by: [LAST_TALK], within: P30D}}
        - {name: all, strategy: RING_ALL, members: [100], ring: PT20S, number: 600, responsibleFirst: {by: [OWNER]}}
      inbound-routes:
        - {name: main, position: 1, numbers: ["+982191001001"], to: "extension:100", ring: PT20S, responsibleFirst: {by: [OWNER, LAST_TALK], within: P2D, ring: PT9S}}
        - {name: group, position: 2, numbers: ["+982191001002"], to: "ring-group:sales", ring: PT20S}
        - {name: both, position: 3, numbers: ["+982191001003"], to: "ring-group:all", ring: PT20S, responsibleFirst: {by: [OWNER]}}
        - {name: shut, position: 4, numbers: ["+982191001004"], schedule: shut, to: "extension:100", closed: "announcement:closed", ring: PT20S, responsibleFirst: {by: [OWNER]}}
      """;

  private static final Directory COMPANY =
      switch (CompanyYaml.read(OFFICE)) {
        case Valid(Company company, var _) -> Directory.of(company);
        case CompanyYaml.Read.Faulty(var faults) -> throw new IllegalArgumentException("" + faults);
      };

  /// @param owner an extension, or why nobody
  /// @param talk an extension and how many days ago they talked, or why nobody
  @ParameterizedTest(name = "{0} of owner {1}, last talk {2}: {3} after {4}")
  @CsvSource({
    "1, 101, 105 1, ring 101, route:main matched owner:101 matched",
    "1, 102, 105 1, ring 105, route:main matched owner:102 skipped-do-not-disturb last-talk:105 matched",
    "1, 103, 105 3, ring 100, route:main matched owner:103 skipped-forward last-talk:105 too-long-ago extension:100 matched",
    "1, 104, no-talk, ring 100, route:main matched owner:104 skipped-busy last-talk no-talk extension:100 matched",
    "1, 109, 105 2, ring 105, route:main matched owner:109 missing last-talk:105 matched",
    "1, no-owner, not-known-in-time, ring 100, route:main matched owner no-owner last-talk not-known-in-time extension:100 matched",
    "2, 101, 105 29, ring 105, route:group matched last-talk:105 matched",
    "2, 101, no-talk, ring 100+105, route:group matched last-talk no-talk ring-group:sales matched",
    "4, 101, no-talk, announce closed, route:shut matched schedule:shut closed responsible-first closed announcement:closed matched",
  })
  void whoIsResponsibleRingsAloneOrTheTraceSaysWhyNot(
      String number, String owner, String talk, String decided, String why) {
    Routed routed = decide(call(number, owner, talk), new Question.NewCall());
    assertEquals(decided, DecisionWords.of(routed.decision()));
    assertEquals(why, steps(routed));
  }

  @ParameterizedTest(name = "{0}: {1} of {2} is followed by {3} after {4}")
  @CsvSource({
    "1, main/0/0/first:101, NO_ANSWER, ring 100, responsible:101 no-answer extension:100 matched",
    "1, main/0/0/first:101, UNREACHABLE, ring 100, responsible:101 unreachable extension:100 matched",
    "1, gone/0/0/first:101, BUSY, refuse UNALLOCATED, responsible:101 busy route:gone missing",
    "2, group/0/0/ring-group:sales/first:105, BUSY, ring 100+105, responsible:105 busy ring-group:sales matched",
    "2, group/0/0/ring-group:gone/first:105, BUSY, refuse UNALLOCATED, responsible:105 busy ring-group:gone missing",
    "3, both/0/0/first:101, NO_ANSWER, ring 100, responsible:101 no-answer owner:101 tried-already ring-group:all matched",
    "4, shut/0/0/first:101, NO_ANSWER, announce closed, responsible:101 no-answer schedule:shut closed announcement:closed matched",
  })
  void whenNobodyAnswersTheCallGoesOnAsTheRouteOrTheGroupSays(
      String number, String at, Outcome outcome, String decided, String why) {
    Question unanswered = new Question.Unanswered(Position.parse(at), outcome);
    Routed routed = decide(call(number, "101", "no-talk"), unanswered);
    assertEquals(decided, DecisionWords.of(routed.decision()));
    assertEquals(why, steps(routed));
  }

  @Test
  void itIsAStepOfTheCall() {
    Routed routed = decide(call("1", "105", "no-talk"), new Question.NewCall());
    assertEquals("route:main", routed.rule());
    assertEquals("extension:105", routed.destination());
    assertEquals(true, routed.record());
    assertEquals(Optional.of("main/0/0/first:105"), routed.then().map(Position::text));
    Decision.Ring ring = (Decision.Ring) routed.decision();
    assertEquals(Duration.ofSeconds(9), ring.stages().getFirst().ring());

    Routed group = decide(call("2", "no-owner", "105 1"), new Question.NewCall());
    assertEquals(
        Optional.of("group/0/0/ring-group:sales/first:105"), group.then().map(Position::text));
    assertEquals("extension:105", group.destination());
    Question unanswered = new Question.Unanswered(group.then().orElseThrow(), Outcome.BUSY);
    Routed next = decide(call("2", "no-owner", "105 1"), unanswered);
    assertEquals("ring-group:sales", next.destination());
  }

  @Test
  void withoutAnOwnerHereTheOneOfTheOtherCrmCounts() {
    CallContext call =
        call("1", "no-owner", "105 1")
            .with(
                new Acquaintance(
                    responsible("no-owner"), responsible("105"), responsible("no-talk")));
    Routed routed = decide(call, new Question.NewCall());
    assertEquals("ring 105", DecisionWords.of(routed.decision()));
    assertEquals("route:main matched owner no-owner owner-outside:105 matched", steps(routed));
  }

  @Test
  void onlyACallerFromOutsideHasSomebodyResponsible() {
    ExtensionNumber from = new ExtensionNumber("105");
    CallContext inside =
        new CallContext(
                "c",
                "c",
                new Origin.FromPhone(from),
                new CallerId.Internal(from),
                new CallerId.Internal(new ExtensionNumber("600")),
                "600",
                NOON)
            .with(new Acquaintance(responsible("101"), responsible("no-talk")));
    Routed routed = decide(inside, new Question.NewCall());
    assertEquals("ring 100", DecisionWords.of(routed.decision()));
    assertEquals("ring-group:all matched", steps(routed));
  }

  private static Routed decide(CallContext call, Question question) {
    return Router.route(call, question, COMPANY, new Talking(Set.of("104")));
  }

  private static CallContext call(String number, String owner, String talk) {
    String dialled = "+98219100100" + number;
    return new CallContext(
            "c",
            "c",
            new Origin.FromTrunk("in"),
            TEHRAN.parse("09121234567"),
            TEHRAN.parse(dialled),
            dialled,
            NOON)
        .with(new Acquaintance(responsible(owner), responsible(talk)));
  }

  private static Responsible responsible(String text) {
    if (!Character.isDigit(text.charAt(0))) {
      return Responsible.none(text);
    }
    String[] parts = text.split(" ");
    ExtensionNumber extension = new ExtensionNumber(parts[0]);
    return parts.length == 1
        ? Responsible.is(extension)
        : Responsible.since(extension, NOON.minus(Duration.ofDays(Long.parseLong(parts[1]))));
  }

  private static String steps(Routed routed) {
    return routed.trace().steps().stream()
        .map(step -> step.rule() + " " + step.outcome())
        .collect(Collectors.joining(" "));
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
