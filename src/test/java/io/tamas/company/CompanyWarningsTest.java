package io.tamas.company;

import static io.tamas.company.Parts.route;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tamas.company.Company.InboundRoute;
import io.tamas.company.Company.Part;
import io.tamas.number.NumberPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CompanyWarningsTest {
  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource
  void aRouteThatCanNeverMatchIsAWarning(String warned, List<InboundRoute> routes) {
    assertEquals(
        warned,
        String.join(
            " ",
            CompanyWarnings.of(Company.of(1, routes)).stream().map(CompanyFault::key).toList()));
  }

  static Stream<Arguments> aRouteThatCanNeverMatchIsAWarning() {
    Optional<String> any = Optional.empty();
    Optional<String> demo = Optional.of("demo");
    Optional<String> other = Optional.of("other");
    String to = "extension:101";
    return Stream.of(
        arguments("", List.of(route("a", 1, "110"), route("b", 2, "111"))),
        arguments("b", List.of(route("a", 1, "110"), route("b", 2, "110"))),
        arguments("a", List.of(route("a", 2, "110"), route("b", 1, "110"))),
        arguments("b b", List.of(route("b", 1, "110"), route("a", 1, "110"))),
        arguments("b", List.of(route("a", 1), route("b", 2, "110"))),
        arguments("", List.of(route("a", 2), route("b", 1, "110"))),
        arguments("", List.of(route("a", 1, "110"), route("b", 2, "110", "111"))),
        arguments(
            "c", List.of(route("a", 1, "110"), route("b", 2, "111"), route("c", 3, "110", "111"))),
        arguments("b", List.of(route("a", 1, any, to), route("b", 2, demo, to, "110"))),
        arguments("", List.of(route("a", 1, demo, to), route("b", 2, any, to, "110"))),
        arguments("b", List.of(route("a", 1, demo, to), route("b", 2, demo, to, "110"))),
        arguments("", List.of(route("a", 1, demo, to), route("b", 2, other, to))));
  }

  /// Each row: what is told; then the parts, which take the places of those with their names in a
  /// company without a warning.
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          inbound-route late: can never match: it is shadowed by rest | inbound-route: {name: late, position: 20, callers: ["+98912*"], to: "extension:101", ring: PT5S}
          inbound-route late: can never match: it is shadowed by boss | inbound-route: {name: late, position: 6, trunk: provider, numbers: ["110"], callers: ["+989121XXXXXX", "+98912*"], to: "extension:101", ring: PT5S}
          ok | inbound-route: {name: late, position: 6, trunk: provider, numbers: ["110"], callers: ["+98913*"], to: "extension:101", ring: PT5S}
          ok | inbound-route: {name: late, position: 6, trunk: provider, numbers: ["110"], to: "extension:101", ring: PT5S}
          ok | inbound-route: {name: late, position: 6, numbers: ["110"], callers: ["+98912*"], to: "extension:101", ring: PT5S}
          inbound-route rest: can never match: it is shadowed by all | inbound-route: {name: all, position: 6, callers: ["*"], to: "menu:main", ring: PT5S}
          inbound-route rest: can never match: it is shadowed by all | inbound-route: {name: all, position: 6, schedule: office, to: "menu:main", closed: "menu:main", ring: PT5S}
          inbound-route late: /position is that of inbound-route boss too, which is tried first because of its name | inbound-route: {name: late, position: 5, numbers: ["110"], to: "extension:101", ring: PT5S}
          inbound-route late: /position is that of inbound-route boss too, which is tried first because of its name | inbound-route: {name: late, position: 5, numbers: ["110"], callers: ["+98*"], to: "extension:101", ring: PT5S}
          ok | inbound-route: {name: late, position: 5, numbers: ["+982191001009"], to: "extension:101", ring: PT5S}
          ok | inbound-route: {name: late, position: 5, trunk: in-only, numbers: ["110"], to: "extension:101", ring: PT5S}
          ok | inbound-route: {name: late, position: 5, numbers: ["110"], callers: ["+98913*"], to: "extension:101", ring: PT5S}
          menu main: /number is reached, and not what is behind the outside prefix 9 | menu: {name: main, greeting: welcome, options: {"3": "ring-group:sales", "2": "menu:more"}, dialExtensions: true, otherwise: "ring-group:late", number: 900}
          ring-group late: /number cannot be dialled: it is also emergency-number police | ring-group: {name: late, strategy: RANDOM, members: [103], ring: PT5S, number: 110}
          trunk in-only: /addresses/0 covers networks of phones: what they send is the trunk's, and none of them can register | trunk: {name: in-only, plan: {country: IR, areaCode: ""}, addresses: [0.0.0.0/0], fallback: 101}
          trunk in-only: /addresses/1 covers networks of phones: what they send is the trunk's, and none of them can register | trunk: {name: in-only, plan: {country: IR, areaCode: ""}, addresses: [10.0.0.0/24, 192.168.0.0/15], fallback: 101}
          trunk in-only: /addresses/0 covers networks of phones: what they send is the trunk's, and none of them can register | trunk: {name: in-only, plan: {country: IR, areaCode: ""}, addresses: ["::/0"], fallback: 101}
          trunk in-only: /addresses/1 covers networks of phones: what they send is the trunk's, and none of them can register | trunk: {name: in-only, plan: {country: IR, areaCode: ""}, addresses: [192.168.1.0/24, 10.1.0.0/16], fallback: 101}
          trunk in-only: /addresses/0 covers networks of phones: what they send is the trunk's, and none of them can register | trunk: {name: in-only, plan: {country: IR, areaCode: ""}, addresses: ["fd00::/8"], fallback: 101}
          trunk in-only: /addresses/2 covers networks of phones: what they send is the trunk's, and none of them can register | trunk: {name: in-only, plan: {country: IR, areaCode: ""}, addresses: [127.0.0.1, "fd00:1::/64", 127.0.0.0/8], fallback: 101}
          ok | trunk: {name: in-only, plan: {country: IR, areaCode: ""}, addresses: [192.168.1.0/24, 203.0.113.0/24, 192.168.2.7:5060], fallback: 101}
          outgoing-profile national: /rules/1 can never match: it is shadowed by iran | outgoing-profile: {name: national, title: x, plan: {country: IR, areaCode: ""}, rules: [{name: iran, numbers: ["+98*"], trunks: [provider]}, {name: premium, numbers: ["+98909*", "+989XXXXXXXXX"], deny: true}]}
          outgoing-profile national: /rules/2 can never match: it is shadowed by a, b | outgoing-profile: {name: national, title: x, plan: {country: IR, areaCode: ""}, rules: [{name: a, numbers: ["+1*"], trunks: [provider]}, {name: b, numbers: [1XX], trunks: [provider]}, {name: c, numbers: ["+1212*", "110"], deny: true}]}
          outgoing-profile national: /rules/1 can never match: it is shadowed by all | outgoing-profile: {name: national, title: x, plan: {country: IR, areaCode: ""}, rules: [{name: all, trunks: [provider]}, {name: rest, deny: true}]}
          ok | outgoing-profile: {name: national, title: x, plan: {country: IR, areaCode: ""}, rules: [{name: premium, numbers: ["+98909*"], deny: true}, {name: iran, numbers: ["+98*"], trunks: [provider]}, {name: rest, deny: true}]}
          outgoing-profile national: /rules/0/numbers/0 can never match: the number is matched as +98909*; outgoing-profile national: /rules/0/numbers/1 can never match: a number has + and 7 to 15 digits, and 0 is not the first | outgoing-profile: {name: national, title: x, plan: {country: IR, areaCode: "21"}, rules: [{name: premium, numbers: ["0909*", "+98909", "+98909*"], deny: true}, {name: iran, numbers: ["+98*"], trunks: [provider]}]}
          outgoing-profile national: /rules/0/numbers/0 can never match: a number has + and 7 to 15 digits, and 0 is not the first | outgoing-profile: {name: national, title: x, plan: {country: IR, areaCode: "21"}, rules: [{name: premium, numbers: ["+0098909*"], deny: true}, {name: iran, numbers: ["+98*"], trunks: [provider]}]}
          inbound-route late: /numbers/0 can never match: the number is matched as +982191001000; inbound-route late: /callers/0 can never match: the number is matched as +989* | inbound-route: {name: late, position: 6, trunk: provider, numbers: ["02191001000"], callers: ["09*"], to: "extension:101", ring: PT5S}
          inbound-route late: /numbers/0 is no number of its plan: only a call to exactly these digits matches; inbound-route late: /numbers/1 has a number of digits that no number of its country has; inbound-route late: /callers/0 has a number of digits that no number of its country has | inbound-route: {name: late, position: 6, trunk: provider, numbers: ["0219100900", "+98219100900"], callers: ["+9891212345678"], to: "extension:101", ring: PT5S}
          ok | inbound-route: {name: late, position: 6, trunk: provider, numbers: ["+989091234567", "9601", "1234567", "+493090182"], callers: ["+98912XXXX"], to: "extension:101", ring: PT5S}
          outgoing-profile national: /rules/0/numbers/0 is no number of its plan: only a call to exactly these digits matches | outgoing-profile: {name: national, title: x, plan: {country: IR, areaCode: "21"}, rules: [{name: mine, numbers: ["091212", "1540", "+98909*"], trunks: [provider]}]}
          outgoing-profile national: /rules deny every number | outgoing-profile: {name: national, title: x, plan: {country: IR, areaCode: ""}, rules: []}
          outgoing-profile spare: is not used by any extension | outgoing-profile: {name: spare, title: x, plan: {country: IR, areaCode: ""}, rules: [{name: all, trunks: [provider]}]}
          prompt spare: cannot be reached from any route or extension | prompt: {name: spare, sound: beep}
          schedule spare: is not used by any inbound route | schedule: {name: spare, zone: UTC, hours: [{days: [MONDAY], from: 08:00, to: 09:00}]}
          ring-group spare: cannot be reached from any route or extension | ring-group: {name: spare, strategy: RANDOM, members: [101], ring: PT5S}
          menu spare: cannot be reached from any route or extension | menu: {name: spare, greeting: welcome, options: {1: "menu:spare"}, otherwise: "extension:101"}
          ring-group spare: /responsibleFirst has no effect: no inbound route leads to it | ring-group: {name: spare, strategy: RANDOM, members: [103], ring: PT5S, number: 605, responsibleFirst: {by: [OWNER]}}
          ok | extension: {number: 102, name: x, forwards: {unreachable: "extension:103"}}
          extension 110: /number cannot be dialled: it is also emergency-number police | extension: {number: 110, name: x}
          extension 0: /number cannot be dialled from a pickup group: there 0 picks up a ringing call | extension: {number: 0, name: x}
          extension 102: /site has no trunk for emergency calls: all that call out are of other sites | extension: {number: 102, name: x, site: moscow}
          ok | extension: {number: 102, name: x, site: tehran}
          extension 102: /forwards/busy is never called: the extension has no outgoing profile | extension: {number: 102, name: x, forwards: {busy: "number:+989121234567"}}
          extension 102: /forwards/busy is never followed: the extension may not call it by its mayCall | extension: {number: 102, name: x, mayCall: [bosses], forwards: {busy: "extension:103", noAnswer: "extension:101"}}
          extension 102: /mailbox is never reached: the forwards apply to every call before it | extension: {number: 102, name: x, mailbox: {}, forwards: {busy: "extension:103", noAnswer: "extension:103", unreachable: "extension:103"}}
          schedule office: /hours are empty: it is never open | schedule: {name: office, zone: UTC, hours: []}
          """)
  void whatHasNoEffectIsAWarning(String expected, String part) {
    Company company = Yamls.wholeWith(Yamls.part(part));
    assertEquals(List.of(), CompanyRules.faults(company));
    assertEquals(expected, told(company));
  }

  @Test
  void phonesWithOutboundCallsNeedEmergencyNumbers() {
    assertEquals(
        "outgoing-profile national: allows outbound calls, but there is no emergency-number",
        told(Yamls.wholeWithout(PartKind.EMERGENCY_NUMBER, "police")));
  }

  @Test
  void anExternalNumberNeedsATrunkForOutboundCalls() {
    Company company =
        Company.of(1, List.of(route("a", 1, Optional.empty(), "number:+989121234567")));
    assertEquals(
        "inbound-route a: /to is never called: no trunk makes outbound calls", told(company));
  }

  @ParameterizedTest(name = "{0} takes {1}: {2}")
  @CsvSource({
    "*, anonymous, true",
    "*, +98*, true",
    "*, *, true",
    "+*, *, false",
    "+*, +98*, true",
    "+*, 110, false",
    "+98*, +98*, true",
    "+98*, +989, true",
    "+98*, +9*, false",
    "+98*, +98XX, true",
    "+9X*, +98*, true",
    "+98*, +9X1, false",
    "1XX, 110, true",
    "1XX, 1X0, true",
    "1XX, 1100, false",
    "1XX, 11*, false",
    "110, 1XX, false",
    "XXXX, anon, false",
    "anonymous, anonymous, true",
    "anonymous, *, false",
  })
  void patternsCoverPatterns(String wide, String narrow, boolean covers) {
    assertEquals(covers, new PatternCover().covers(wide, narrow));
  }

  @Test
  void aPatternThatCoversAnotherTakesAllItsNumbers() {
    long seed = System.nanoTime();
    System.out.println("patterns: seed " + seed);
    Random random = new Random(seed);
    int covered = 0;
    for (int i = 0; i < 20_000; i++) {
      String wide = pattern(random);
      String narrow = pattern(random);
      if (new PatternCover().covers(wide, narrow)) {
        covered++;
        String number = narrow.replace("X", "" + random.nextInt(10)).replace("*", "7");
        assertTrue(new NumberPattern(wide).matches(number), wide + " " + narrow + " " + number);
      }
    }
    assertTrue(covered > 100);
  }

  @Test
  void aThousandRoutesOfManyCallersAreThroughQuickly() {
    List<Part> parts = new ArrayList<>();
    String callers =
        String.join(
            ", ", IntStream.range(0, 200).mapToObj(n -> "\"+98%04dX*\"".formatted(n)).toList());
    for (int n = 0; n < 1_000; n++) {
      parts.add(
          Yamls.part(
              "inbound-route: {name: r%d, position: %d, callers: [%s], to: \"extension:101\", ring: PT5S}"
                  .formatted(n, n, callers.replace("+98", "+98" + n))));
    }
    long begun = System.nanoTime();
    CompanyWarnings.of(Company.of(1, parts));
    assertTrue(System.nanoTime() - begun < 10_000_000_000L);
  }

  private static String pattern(Random random) {
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "+" : "");
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      text.append("12X".charAt(random.nextInt(3)));
    }
    return text.append(random.nextBoolean() ? "*" : "").toString();
  }

  private static String told(Company company) {
    return CompanyWarnings.of(company).stream()
        .map(CompanyFault::text)
        .reduce((one, other) -> one + "; " + other)
        .orElse("ok");
  }
}
