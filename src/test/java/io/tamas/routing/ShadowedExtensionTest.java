package io.tamas.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.company.Company;
import io.tamas.company.CompanyWarnings;
import io.tamas.company.CompanyYaml;
import io.tamas.company.CompanyYaml.Read.Valid;
import io.tamas.company.Directory;
import io.tamas.company.Extension;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.CallContext.Origin;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the company is warned of is what happens.
class ShadowedExtensionTest {
  private static final String OFFICE =
      """
      extensions:
        - {number: 501, name: Caller, outgoing: iran}
        - {number: %s, name: Shadow}
      pickup-groups:
        - {name: desk, title: Desk, members: [501]}
      trunks:
        - {name: out, plan: {country: IR, areaCode: 21}, addresses: [127.0.0.3], fallback: 501, server: 10.0.0.1}
      outgoing-profiles:
        - {name: iran, title: x, outsidePrefix: 9, plan: {country: IR, areaCode: 21}, rules: [{name: all, trunks: [out]}]}
      emergency-numbers:
        - {name: police, number: 110, trunks: [out]}
      prompts:
        - {name: hello, sound: hello}
      menus:
        - {name: main, greeting: hello, dialExtensions: true, options: {"4": "announcement:hello"}, otherwise: "extension:501"}
      inbound-routes:
        - {name: menu, position: 1, to: "menu:main", ring: PT20S}
      """;

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          510  | ring 510        | -
          700  | ring 700        | -
          110  | out 110@out     | /number cannot be dialled: it is also emergency-number police
          9110 | out 110@out     | /number cannot be dialled: it is also the outside prefix and emergency-number police
          0    | pickup group    | /number cannot be dialled from a pickup group: there 0 picks up a ringing call
          701  | ring 701        | /number is reached, and not the call that is parked in slot 701
          799  | ring 799        | /number is reached, and not the call that is parked in slot 799
          118  | ring 118        | /number is reached, and not the service or emergency number of IR with these digits
          115  | ring 115        | /number is reached, and not the service or emergency number of IR with these digits
          912  | ring 912        | /number is reached, and not what is behind the outside prefix 9
          9118 | ring 9118       | /number is reached, and not what is behind the outside prefix 9
          4    | ring 4          | /options/4 is reached, and not the extension 4
          410  | ring 410        | /options/4 is reached when nothing follows for 2 s: extensions begin with it, such as 410
          """)
  void warningSaysWhichOfTheTwoIsReached(String number, String decision, String warned) {
    Company company = company(number);
    String told =
        CompanyWarnings.of(company).stream()
            .map(fault -> fault.text().replaceFirst("^[a-z-]+ [a-z0-9-]+: ", ""))
            .reduce((one, other) -> one + "; " + other)
            .orElse("-");
    assertEquals(warned, told);
    assertEquals(decision, dialled(number, Directory.of(company)));
  }

  @ParameterizedTest
  @CsvSource({"4, 4, announce hello", "410, 4, announce hello", "410, 410, ring 410"})
  void keyIsReachedWhenNothingFollows(String extension, String digits, String decision) {
    Question chosen =
        new Question.Chosen(Position.parse("menu/0/0/menu:main"), Optional.of(digits));
    CallContext call =
        new CallContext(
            "c-1",
            "c-1",
            new Origin.FromTrunk("out"),
            new CallerId.Anonymous(),
            new CallerId.ShortCode("1540"),
            "1540",
            Instant.EPOCH);
    Routed routed =
        Router.route(call, chosen, Directory.of(company(extension)), Circumstances.CALM);
    assertEquals(decision, DecisionWords.of(routed.decision()), routed::toString);
  }

  private static String dialled(String digits, Directory company) {
    ExtensionNumber from = new ExtensionNumber("501");
    Extension caller = company.extension(from).orElseThrow();
    CallContext call =
        new CallContext(
            "c-1",
            "c-1",
            new Origin.FromPhone(from),
            new CallerId.Internal(from),
            Dialled.byPhone(digits, caller, company),
            digits,
            Instant.EPOCH);
    return DecisionWords.of(
        Router.route(call, new Question.NewCall(), company, Circumstances.CALM).decision());
  }

  private static Company company(String number) {
    return switch (CompanyYaml.read(OFFICE.formatted(number))) {
      case Valid(Company company, var _) -> company;
      case CompanyYaml.Read.Faulty(var faults) -> throw new IllegalArgumentException("" + faults);
    };
  }
}
