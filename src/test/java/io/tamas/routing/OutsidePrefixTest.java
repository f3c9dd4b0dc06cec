package io.tamas.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.company.Company;
import io.tamas.company.Company.Trunk;
import io.tamas.company.CompanyYaml;
import io.tamas.company.CompanyYaml.Read.Valid;
import io.tamas.company.Directory;
import io.tamas.company.Extension;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.CallContext.Origin;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is dialled in a company whose extensions dial 9, 0 or nothing before an external number;
/// and what a trunk's call is for.
class OutsidePrefixTest {
  private static final Instant NOON = Instant.parse("2026-11-21T08:30:00Z");

  private static final Directory COMPANY =
      company(
          """
          extensions:
            - {number: 101, name: Nine, outgoing: nine}
            - {number: 102, name: Zero, outgoing: zero}
            - {number: 103, name: Plain, outgoing: plain}
            - {number: 104, name: Inside}
            - {number: 912, name: Looks like a number}
          pickup-groups:
            - {name: desk, title: Desk, members: [102]}
          trunks:
            - {name: out, plan: {country: IR, areaCode: 21}, addresses: [127.0.0.3], fallback: 101, server: 10.0.0.1}
          outgoing-profiles:
            - {name: nine, title: x, outsidePrefix: 9, plan: {country: IR, areaCode: 21}, rules: [{name: premium, numbers: ["+98909*"], deny: true}, {name: all, trunks: [out]}]}
            - {name: zero, title: x, outsidePrefix: 0, plan: {country: IR, areaCode: 21}, rules: [{name: all, trunks: [out]}]}
            - {name: plain, title: x, plan: {country: IR, areaCode: 21}, rules: [{name: all, trunks: [out]}]}
          emergency-numbers:
            - {name: police, number: 110, trunks: [out]}
            - {name: emergency, number: 112, trunks: [out]}
          inbound-routes:
            - {name: call-centre, position: 1, numbers: ["1540"], to: "extension:101", ring: PT20S}
            - {name: ministry, position: 2, numbers: ["021091"], to: "extension:102", ring: PT20S}
            - {name: main, position: 3, numbers: ["+982191001000"], to: "extension:103", ring: PT20S}
          """);

  @ParameterizedTest(name = "{0} dials {1}: {2}, {3}")
  @CsvSource({
    // with the prefix 9
    "101, 110,             emergency-number, out 110@out as +982191001000",
    "101, 9110,            emergency-number, out 110@out as +982191001000",
    "101, 9112,            emergency-number, out 112@out as +982191001000",
    "101, 0112,            emergency-number, out 112@out as +982191001000",
    "101, *78,             feature-code,     change dnd on",
    "101, 701,             parking-slot,     retrieve 701",
    "101, 102,             extension,        ring 102",
    "101, 912,             extension,        ring 912",
    "101, 118,             service-number,   out 118@out",
    "101, 9118,            service-number,   out 118@out",
    "101, 91540,           service-number,   out 1540@out",
    "101, 991001000,       number,           out +982191001000@out",
    "101, 990001234,       number,           out +982190001234@out",
    "101, 909121234567,    number,           out +989121234567@out",
    "101, 902191001000,    number,           out +982191001000@out",
    "101, 900491711234567, number,           out +491711234567@out",
    "101, 9+491711234567,  number,           out +491711234567@out",
    "101, +491711234567,   number,           out +491711234567@out",
    "101, 909091234567,    number,           refuse FORBIDDEN",
    "101, 2039,            nothing,          refuse UNALLOCATED",
    "101, 92039,           nothing,          refuse UNALLOCATED",
    "101, 91001000,        nothing,          refuse UNALLOCATED",
    "101, 09121234567,     nothing,          refuse UNALLOCATED",
    "101, 00491711234567,  nothing,          refuse UNALLOCATED",
    "101, 02191001000,     nothing,          refuse UNALLOCATED",
    "101, 9,               nothing,          refuse UNALLOCATED",
    "101, *72909121234567, feature-code,     change ALWAYS number:+989121234567",
    "101, *7209121234567,  feature-code,     refuse UNALLOCATED",
    "101, *72102,          feature-code,     change ALWAYS extension:102",
    "101, *729110,         feature-code,     refuse UNALLOCATED",
    // with the prefix 0, which is also that of national numbers
    "102, 0110,            emergency-number, out 110@out as +982191001000",
    "102, 9110,            emergency-number, out 110@out as +982191001000",
    "102, 0,               feature-code,     pickup group",
    "102, 0118,            service-number,   out 118@out",
    "102, 091001000,       number,           out +982191001000@out",
    "102, 009121234567,    number,           out +989121234567@out",
    "102, 09121234567,     number,           out +989121234567@out",
    "102, 000491711234567, number,           out +491711234567@out",
    "102, 91001000,        nothing,          refuse UNALLOCATED",
    "102, 9121234567,      nothing,          refuse UNALLOCATED",
    // without a prefix
    "103, 9110,            emergency-number, out 110@out as +982191001000",
    "103, 91001000,        number,           out +982191001000@out",
    "103, 90001234,        number,           out +982190001234@out",
    "103, 09121234567,     number,           out +989121234567@out",
    "103, 1540,            service-number,   out 1540@out",
    "103, 2039,            nothing,          refuse UNALLOCATED",
    "103, +118,            nothing,          refuse UNALLOCATED",
    "103, +1540,           nothing,          refuse UNALLOCATED",
    "103, +110,            emergency-number, out 110@out as +982191001000",
    "101, +118,            nothing,          refuse UNALLOCATED",
    "101, 9+118,           nothing,          refuse UNALLOCATED",
    "104, 110,             emergency-number, out 110@out as +982191001000",
    "104, 9110,            emergency-number, out 110@out as +982191001000",
    "104, 09121234567,     number,           refuse FORBIDDEN",
  })
  void whatIsDialledIsTheFirstThatItCanBe(
      String from, String digits, String kind, String decision) {
    CallContext call = call(from, digits);
    Routed routed = Router.route(call, new Question.NewCall(), COMPANY, Circumstances.CALM);
    assertEquals(
        kind + ": " + decision,
        DialledKind.of(call, extension(from), COMPANY).text()
            + ": "
            + DecisionWords.of(routed.decision()),
        routed::toString);
  }

  @ParameterizedTest(name = "a trunk''s call to {0} is for {1}: {2}")
  @CsvSource({
    "1540,           1540,          ring 101",
    "+981540,        1540,          ring 101",
    "00981540,       1540,          ring 101",
    "981540,         1540,          ring 101",
    "01540,          1540,          ring 101",
    "0211540,        1540,          ring 101",
    "211540,         1540,          ring 101",
    "+98211540,      1540,          ring 101",
    "0098211540,     1540,          ring 101",
    "021091,         021091,        ring 102",
    "02191001000,    +982191001000, ring 103",
    "91001000,       +982191001000, ring 103",
    "1541,           1541,          refuse UNALLOCATED",
    "+98211541,      +98211541,     refuse UNALLOCATED",
  })
  void routeOfAShortNumberTakesWhatATrunkDelivers(String sent, String read, String decision) {
    Trunk trunk = COMPANY.trunk("out").orElseThrow();
    CallerId dialled = Dialled.byTrunk(sent, trunk, COMPANY);
    CallContext call =
        new CallContext(
            "c-1",
            "c-1",
            new Origin.FromTrunk("out"),
            new CallerId.Anonymous(),
            dialled,
            sent,
            NOON);
    Routed routed = Router.route(call, new Question.NewCall(), COMPANY, Circumstances.CALM);
    assertEquals(read, dialled.text());
    assertEquals(decision, DecisionWords.of(routed.decision()), routed::toString);
  }

  private static CallContext call(String from, String digits) {
    ExtensionNumber number = new ExtensionNumber(from);
    return new CallContext(
        "c-1",
        "c-1",
        new Origin.FromPhone(number),
        new CallerId.Internal(number),
        Dialled.byPhone(digits, extension(from), COMPANY),
        digits,
        NOON);
  }

  private static Extension extension(String number) {
    return COMPANY.extension(new ExtensionNumber(number)).orElseThrow();
  }

  private static Directory company(String yaml) {
    return switch (CompanyYaml.read(yaml)) {
      case Valid(Company company, var _) -> Directory.of(company);
      case CompanyYaml.Read.Faulty(var faults) -> throw new IllegalArgumentException("" + faults);
    };
  }
}
