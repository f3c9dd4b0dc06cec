package io.tamas.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.company.Company;
import io.tamas.company.CompanyYaml;
import io.tamas.company.CompanyYaml.Read.Valid;
import io.tamas.company.Directory;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberingPlan;
import io.tamas.routing.CallContext.Origin;
import io.tamas.routing.Question.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Forwards, menus, ring groups, dial rules and codes, by tables over one company.
class PbxRouterTest {
  private static final Instant NOON = Instant.parse("2026-11-21T08:30:00Z");
  private static final NumberingPlan TEHRAN = new NumberingPlan("IR", "21");

  private static final String OFFICE =
      """
      extension-groups:
        - {name: sales, title: Sales}
        - {name: board, title: Board}
      extensions:
        - {number: 100, name: Reception}
        - {number: 101, name: Leila, groups: [sales], outgoing: national, callerId: "+982191001001"}
        - {number: 102, name: Reza, groups: [sales], mayCall: [sales], forwards: {busy: "extension:101", noAnswer: "voicemail:102", noAnswerAfter: PT9S}, mailbox: {}}
        - {number: 103, name: Sara, groups: [board], doNotDisturb: true, forwards: {busy: "number:+989121234567"}, outgoing: national}
        - {number: 104, name: Omid, forwards: {always: "extension:105"}}
        - {number: 105, name: Nima, forwards: {always: "ring-group:night"}}
        - {number: 106, name: Mina, forwards: {always: "number:+989121234567"}}
        - {number: 107, name: Kian, mailbox: {}}
        - {number: 1088, name: Long}
      pickup-groups:
        - {name: desk, title: Desk, members: [101, 102]}
      trunks:
        - {name: in-only, plan: {country: IR, areaCode: 21}, addresses: [127.0.0.2], fallback: 100}
        - {name: first, plan: {country: IR, areaCode: 21}, addresses: [127.0.0.3], fallback: 100, server: 10.0.0.1, callerId: "+982191001000", ownCallerIds: true, format: NATIONAL, calls: 30}
        - {name: second, plan: {country: IR, areaCode: 21}, addresses: [127.0.0.4], fallback: 100, server: 10.0.0.2, callerId: "+982191002000", format: E164_WITHOUT_PLUS}
      outgoing-profiles:
        - name: national
          title: Iran
          plan: {country: IR, areaCode: 21}
          rules:
            - {name: premium, numbers: ["+98912999*", "+989351112233"], deny: true}
            - {name: tehran, numbers: ["+9821*"], trunks: [second], strip: 4, prefix: 9}
            - {name: mobile, numbers: ["+989*"], trunks: [first, second]}
            - {name: service, numbers: ["118"], trunks: [first]}
            - {name: abroad, numbers: ["+*"], trunks: [first]}
          limits: {countries: [IR, TR], calls: 2, perDay: PT1H}
      emergency-numbers:
        - {name: police, number: 110, trunks: [first, second]}
      prompts:
        - {name: hello, sound: hello}
        - {name: nothing, sound: nothing}
        - {name: wrong, sound: wrong}
        - {name: closed, sound: closed}
      menus:
        - {name: main, greeting: hello, options: {"1": "ring-group:sales", "2": "menu:languages", "*": "announcement:closed"}, dialExtensions: true, tries: 2, noInput: nothing, wrongInput: wrong, otherwise: "extension:100", wrong: "announcement:closed"}
        - {name: languages, greeting: hello, options: {"9": "menu:main"}, otherwise: "menu:main"}
      ring-groups:
        - {name: sales, strategy: RING_ALL, members: [101, 102, 103], delays: {"102": PT5S}, ring: PT20S, overflow: "voicemail:107"}
        - {name: turns, strategy: ROUND_ROBIN, members: [100, 101, 103, 107], ring: PT20S}
        - {name: idle, strategy: LONGEST_IDLE, members: [100, 101, 107], ring: PT20S}
        - {name: dice, strategy: RANDOM, members: [100, 101, 107], ring: PT20S}
        - {name: night, strategy: RING_ALL, members: [103], ring: PT20S}
      inbound-routes:
        - {name: boss, position: 1, callers: ["+98912*"], numbers: ["+982191001000"], to: "extension:101", ring: PT20S}
        - {name: main, position: 2, numbers: ["+982191001000"], to: "menu:main", ring: PT20S}
        - {name: mobile, position: 3, numbers: ["+982191001001"], to: "number:+989121234567", ring: PT20S}
      """;

  private static final Directory COMPANY = company();

  private static Directory company() {
    return switch (CompanyYaml.read(OFFICE)) {
      case Valid(Company company, var _) -> Directory.of(company);
      case CompanyYaml.Read.Faulty(var faults) -> throw new IllegalArgumentException("" + faults);
    };
  }

  @ParameterizedTest(name = "{0} dials {1}: {2} by {3}")
  @CsvSource({
    "100, 102,            ring 102,                        extension:102",
    "100, 103,            out 09121234567@first as +982191001000 else 989121234567@second as +982191002000, outgoing:national/mobile",
    "101, 103,            out 09121234567@first as +982191001000 else 989121234567@second as +982191002000, outgoing:national/mobile",
    "102, 103,            refuse FORBIDDEN,                extension:103",
    "102, 101,            ring 101,                        extension:101",
    "100, 104,            refuse BUSY,                     extension:104",
    "100, 106,            refuse FORBIDDEN,                extension:106",
    "100, 09121234567,    refuse FORBIDDEN,                extension:100",
    "101, 09121234567,    out 09121234567@first as +982191001001 else 989121234567@second as +982191002000, outgoing:national/mobile",
    "101, 0912-123 45.67, out 09121234567@first as +982191001001 else 989121234567@second as +982191002000, outgoing:national/mobile",
    "101, ۰۹۱۲۱۲۳۴۵۶۷,    out 09121234567@first as +982191001001 else 989121234567@second as +982191002000, outgoing:national/mobile",
    "101, 09129991234,    refuse FORBIDDEN,                outgoing:national/premium",
    "101, +0098912 9991234, refuse FORBIDDEN,              outgoing:national/premium",
    "101, 0912-999-1234,  refuse FORBIDDEN,                outgoing:national/premium",
    "101, 0912.999.1234,  refuse FORBIDDEN,                outgoing:national/premium",
    "101, ۰۹۱۲۹۹۹۱۲۳۴,    refuse FORBIDDEN,                outgoing:national/premium",
    "101, ٠٩١٢٩٩٩١٢٣٤,    refuse FORBIDDEN,                outgoing:national/premium",
    "101, ०९१२९९९१२३४,    refuse FORBIDDEN,                outgoing:national/premium",
    "101, +989129991234,  refuse FORBIDDEN,                outgoing:national/premium",
    "101, +00989129991234, refuse FORBIDDEN,               outgoing:national/premium",
    "101, 00989129991234, refuse FORBIDDEN,                outgoing:national/premium",
    "101, 989129991234,   refuse FORBIDDEN,                outgoing:national/premium",
    "101, 091299912341,   refuse FORBIDDEN,                outgoing:national/premium",
    "101, 093511122334,   refuse FORBIDDEN,                outgoing:national/premium",
    "101, +9893511122334, refuse FORBIDDEN,                outgoing:national/premium",
    "101, 0098935111223344, refuse FORBIDDEN,              outgoing:national/premium",
    "101, 9129991234,     refuse FORBIDDEN,                outgoing:national/premium",
    "101, tel:+989129991234, refuse FORBIDDEN,             outgoing:national/premium",
    "101, sip:09129991234@example.org, refuse FORBIDDEN,   outgoing:national/premium",
    "101, O9129991234,    refuse FORBIDDEN,                outgoing:national",
    "101, 09129991234;x,  refuse FORBIDDEN,                outgoing:national/premium",
    "101, '09129991234,1', refuse FORBIDDEN,               outgoing:national/premium",
    "101, 09129991234&1,  refuse FORBIDDEN,                outgoing:national/premium",
    "101, 09129991234@x,  refuse FORBIDDEN,                outgoing:national/premium",
    "101, 0912X991234,    refuse FORBIDDEN,                outgoing:national",
    "101, NXXXXXXXXXX,    refuse FORBIDDEN,                outgoing:national",
    "101, 0Z,             refuse FORBIDDEN,                outgoing:national",
    "101, _0.,            refuse FORBIDDEN,                outgoing:national",
    "101, 0912!,          refuse FORBIDDEN,                outgoing:national",
    "101, *09129991234,   refuse FORBIDDEN,                outgoing:national",
    "101, 0912#9991234,   refuse FORBIDDEN,                outgoing:national",
    "101, 88881234,       out 988881234@second as +982191002000, outgoing:national/tehran",
    "101, 118,            out 118@first as +982191001001,  outgoing:national/service",
    "101, 119,            refuse UNALLOCATED,              extension:119",
    "101, 2039,           refuse UNALLOCATED,              extension:2039",
    "101, *722039,        refuse UNALLOCATED,              code:forward",
    "101, 123456789012,   refuse UNALLOCATED,              outgoing:national",
    "101, 00905321234567, out 00905321234567@first as +982191001001, outgoing:national/abroad",
    "101, 00447911123456, refuse FORBIDDEN,                outgoing:national/abroad",
    "100, 110,            out 110@first as +982191001000 else 110@second as +982191002000, emergency:police",
    "103, 110,            out 110@first as +982191001000 else 110@second as +982191002000, emergency:police",
    "101, 0,              pickup group,                    code:pickup",
    "101, 0#,             pickup group,                    code:pickup",
    "107, *97,            listen 107,                      code:voicemail",
    "100, *97,            refuse UNALLOCATED,              code:voicemail",
    "101, *8102,          pickup 102,                      code:pickup",
    "101, *8103,          refuse FORBIDDEN,                code:pickup",
    "100, *8102,          refuse FORBIDDEN,                code:pickup",
    "100, *8,             refuse FORBIDDEN,                code:pickup",
    "100, *78,            change dnd on,                   code:do-not-disturb",
    "100, *79,            change dnd off,                  code:do-not-disturb",
    "100, *72102,         change ALWAYS extension:102,     code:forward",
    "100, *72100,         refuse UNALLOCATED,              code:forward",
    "101, *9009121234567, change BUSY number:+989121234567, code:forward",
    "100, *92199,         refuse UNALLOCATED,              code:forward",
    "100, *7209121234567, refuse FORBIDDEN,                code:forward",
    "101, *7209129991234, refuse FORBIDDEN,                code:forward",
    "101, *7200447911123456, refuse FORBIDDEN,             code:forward",
    "101, *72101,         refuse UNALLOCATED,              code:forward",
    "100, *73,            change ALWAYS off,               code:forward",
    "100, *95,            change UNREACHABLE off,          code:forward",
    "100, 701,            retrieve 701,                    code:parked",
  })
  void aPhoneDials(String from, String digits, String decision, String rule) {
    Routed routed = route(phone(from, digits), new Question.NewCall(), Circumstances.CALM);
    assertEquals(decision, DecisionWords.of(routed.decision()), routed::toString);
    assertEquals(rule, routed.rule());
  }

  @ParameterizedTest(name = "{0} from {1}: {2}")
  @CsvSource({
    "02191001000, 09121234567, ring 101",
    "02191001000, 09351234567, menu hello",
    "02191001001, 09351234567, out 09121234567@first as +982191001000 else 989121234567@second as +982191002000",
    "02191001000, anonymous,   menu hello",
  })
  void theCallerDecidesWhichRouteTakesACall(String dialled, String from, String decision) {
    CallContext call = trunk(dialled, from);
    assertEquals(
        decision,
        DecisionWords.of(route(call, new Question.NewCall(), Circumstances.CALM).decision()));
  }

  @Test
  void aDestinationOutsideIsCalledOverTheTrunkOfTheCall() {
    CallContext call = trunk("second", "02191001001", "09351234567");
    assertEquals(
        "out 989121234567@second as +982191002000 else 09121234567@first as +982191001000",
        DecisionWords.of(route(call, new Question.NewCall(), Circumstances.CALM).decision()));
  }

  @ParameterizedTest(name = "at {0}, {1}: {2}")
  @CsvSource({
    "-/0/0/extension:102,        BUSY,        ring 101,    true",
    "-/0/0/extension:102,        NO_ANSWER,   message 102, false",
    "-/0/0/extension:102,        UNREACHABLE, message 102, false",
    "-/0/0/extension:107,        BUSY,        message 107, false",
    "-/0/0/extension:100,        BUSY,        end,         false",
    "-/0/0/extension:101/extension:102, BUSY, refuse LOOP, false",
    "main/0/0/ring-group:sales,  NO_ANSWER,   message 107, false",
    "main/0/0/ring-group:turns,  NO_ANSWER,   end,         false",
    "main/0/0/menu:main,         NO_ANSWER,   end,         false",
  })
  void afterRingingTheForwardsDecide(String at, Outcome outcome, String next, boolean unused) {
    Question question = new Question.Unanswered(Position.parse(at), outcome);
    Routed routed = route(phone("100", "102"), question, Circumstances.CALM);
    assertEquals(next, DecisionWords.of(routed.decision()), routed::toString);
  }

  @ParameterizedTest(name = "at {0}, {1}: {2}")
  @CsvSource({
    "main/0/0/menu:main, 1,    ring 101+102 after 5, -",
    "main/0/0/menu:main, *,    announce closed,      -",
    "main/0/0/menu:main, 2,    menu hello,           main/0/1/menu:languages",
    "main/0/0/menu:main, 102,  ring 102,             main/0/1/extension:102",
    "main/0/0/menu:main, 1088, ring 1088,            -",
    "main/0/0/menu:main, 109,  menu wrong+hello,     main/1/1/menu:main",
    "main/1/1/menu:main, 109,  announce closed,      -",
    "main/0/0/menu:main, -,    menu nothing+hello,   main/1/1/menu:main",
    "main/1/1/menu:main, -,    ring 100,             -",
    "main/0/4/menu:languages, 9, menu hello,         main/0/5/menu:main",
    "main/0/4/menu:languages, 102, menu hello,       main/1/5/menu:languages",
    "main/0/4/menu:languages, 91, ring 101+102 after 5, -",
    "main/0/4/menu:languages, 92, menu hello,        main/0/6/menu:languages",
    "main/0/4/menu:languages, 9102, ring 102,        main/0/6/extension:102",
    "main/0/4/menu:languages, 95, menu wrong+hello,  main/1/6/menu:main",
    "main/0/49/menu:languages, 9, refuse LOOP,       -",
  })
  void aMenuLeadsOn(String at, String digits, String decision, String then) {
    Optional<String> dialled = Optional.of(digits).filter(text -> !text.equals("-"));
    Question question = new Question.Chosen(Position.parse(at), dialled);
    Routed routed = route(trunk("02191001000", "09351234567"), question, Circumstances.CALM);
    assertEquals(decision, DecisionWords.of(routed.decision()), routed::toString);
    if (!then.equals("-")) {
      assertEquals(then, routed.then().orElseThrow().text());
    }
  }

  @Test
  void aMenuContainsHowManyDigitsMayFollow() {
    Routed routed =
        route(trunk("02191001000", "09351234567"), new Question.NewCall(), Circumstances.CALM);
    assertEquals("1411111111", ((Decision.Menu) routed.decision()).lengths());
  }

  @Test
  void busyMembersAreSkippedAndWithoutFreeMembersTheGroupOverflows() {
    Scripted now = new Scripted();
    now.busy = List.of("101");
    assertEquals("ring 102 after 5", chosen("1", now));
    now.busy = List.of("101", "102");
    assertEquals("message 107", chosen("1", now));
  }

  @Test
  void membersTakeTurns() {
    Scripted now = new Scripted();
    assertEquals("ring 100 then 101 then 107", group("turns", now));
    assertEquals("ring 101 then 107 then 100", group("turns", now));
    // 103 does not want to be disturbed: its turn is the next one's
    assertEquals("ring 107 then 100 then 101", group("turns", now));
    assertEquals("ring 107 then 100 then 101", group("turns", now));
    assertEquals("ring 100 then 101 then 107", group("turns", now));
  }

  @Test
  void whoWasIdleForTheLongestTimeIsFirst() {
    assertEquals("ring 107 then 101 then 100", group("idle", new Scripted()));
  }

  @Test
  void diceDecide() {
    assertEquals("ring 101 then 107 then 100", group("dice", new Scripted()));
  }

  @ParameterizedTest
  @CsvSource({"9, out", "10, refuse LOOP", "11, refuse LOOP"})
  void whatANetworkBringsBackIsPassedOnTenTimes(int before, String decision) {
    Scripted now = new Scripted();
    now.passedOn = before;
    CallContext call = trunk("first", "+982191001001", "+989351234567");
    Routed routed = route(call, new Question.NewCall(), now);
    assertTrue(DecisionWords.of(routed.decision()).startsWith(decision), routed::toString);
    // a phone of the company is never brought back
    routed = route(phone("101", "09121234567"), new Question.NewCall(), now);
    assertTrue(DecisionWords.of(routed.decision()).startsWith("out"), routed::toString);
  }

  @Test
  void whatIsNotAdmittedIsRefusedWithItsReason() {
    Scripted now = new Scripted();
    now.admission = new Admission.TooManyCalls();
    Routed routed = route(phone("101", "09121234567"), new Question.NewCall(), now);
    assertEquals("refuse LIMIT", DecisionWords.of(routed.decision()));
    assertEquals("too-many-calls", routed.trace().steps().getLast().outcome());
    now.admission = new Admission.DaySpent();
    routed = route(phone("101", "09121234567"), new Question.NewCall(), now);
    assertEquals("day-spent", routed.trace().steps().getLast().outcome());
    assertEquals(
        "out 110@first as +982191001001 else 110@second as +982191002000",
        DecisionWords.of(route(phone("101", "110"), new Question.NewCall(), now).decision()));
  }

  @ParameterizedTest
  @CsvSource({
    "main/0/0/menu:main",
    "-/2/17/extension:101/ring-group:sales/number:+989121234567",
  })
  void aPositionIsPassedBackUnchanged(String text) {
    assertEquals(text, Position.parse(text).text());
  }

  @ParameterizedTest
  @CsvSource({"''", "main/0/0", "main/0/0/nowhere:x", "main/x/0/menu:main", "main/0/-1/menu:main"})
  void anythingElseIsNoPosition(String text) {
    boolean read;
    try {
      Position.parse(text);
      read = true;
    } catch (IllegalArgumentException e) {
      read = false;
    }
    assertFalse(read);
  }

  private static String chosen(String digits, Circumstances now) {
    Question question =
        new Question.Chosen(Position.parse("main/0/0/menu:main"), Optional.of(digits));
    return DecisionWords.of(route(trunk("02191001000", "09351234567"), question, now).decision());
  }

  private static String group(String name, Circumstances now) {
    Routing routing =
        new Routing(phone("1088", "1"), COMPANY, now, Position.start(Optional.empty()));
    return DecisionWords.of(
        Destinations.reach(io.tamas.company.Destination.parse("ring-group:" + name), routing)
            .decision());
  }

  private static Routed route(CallContext call, Question question, Circumstances now) {
    return Router.route(call, question, COMPANY, now);
  }

  private static CallContext phone(String from, String digits) {
    ExtensionNumber number = new ExtensionNumber(from);
    return new CallContext(
        "c-1",
        "c-1",
        new Origin.FromPhone(number),
        new CallerId.Internal(number),
        COMPANY
            .extension(number)
            .map(caller -> Dialled.byPhone(digits, caller, COMPANY))
            .orElseThrow(),
        digits,
        NOON);
  }

  private static CallContext trunk(String dialled, String from) {
    return trunk("first", dialled, from);
  }

  private static CallContext trunk(String trunk, String dialled, String from) {
    return new CallContext(
        "c-1",
        "c-1",
        new Origin.FromTrunk(trunk),
        TEHRAN.parse(from),
        TEHRAN.parse(dialled),
        dialled,
        NOON);
  }

  /// Circumstances that a test sets.
  private static final class Scripted implements Circumstances {
    List<String> busy = List.of();
    Admission admission = new Admission.Admitted(Optional.empty());
    int passedOn;
    private int turn;

    @Override
    public int passedOn(CallContext call, CallerId number) {
      return passedOn;
    }

    @Override
    public boolean isBusy(CallContext call, ExtensionNumber extension) {
      return busy.contains(extension.digits());
    }

    @Override
    public boolean take(CallContext call, ExtensionNumber extension) {
      return !isBusy(call, extension);
    }

    @Override
    public Instant talkedLast(ExtensionNumber extension) {
      return switch (extension.digits()) {
        case "107" -> Instant.MIN;
        case "101" -> NOON.minusSeconds(60);
        default -> NOON;
      };
    }

    @Override
    public int turn(String ringGroup) {
      return turn++;
    }

    @Override
    public int dice(int bound) {
      return 0;
    }

    @Override
    public Admission admit(
        CallContext call, ExtensionNumber payer, io.tamas.company.Company.Limits limits) {
      return admission;
    }
  }
}
