package io.tamas.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tamas.company.CompanyYaml;
import io.tamas.company.CompanyYaml.Read.Valid;
import io.tamas.company.Directory;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.CallContext.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmergencyRouteTest {
  private static final String COMPANY =
      """
      extensions: [{number: "101", name: x, site: tehran}, {number: "102", name: y}]
      trunks:
        - {name: a, plan: {country: IR, areaCode: "21"}, addresses: [10.0.0.1], fallback: "101", server: a.example, site: moscow}
      emergency-numbers:
        - {name: police, number: "110", trunks: [a]}
      """;

  private static Decision.DialOut call(String from) {
    CallContext call =
        new CallContext(
            "c-1",
            "c-1",
            new Origin.FromPhone(new ExtensionNumber(from)),
            new CallerId.Internal(new ExtensionNumber(from)),
            new CallerId.ShortCode("110"),
            "110",
            Instant.parse("2026-11-21T08:30:00Z"));
    Valid company = assertInstanceOf(Valid.class, CompanyYaml.read(COMPANY));
    Routed routed =
        Router.route(
            call, new Question.NewCall(), Directory.of(company.company()), Circumstances.CALM);
    return assertInstanceOf(Decision.DialOut.class, routed.decision());
  }

  @Test
  void callThatNoTrunkMayTakeIsAnEmergencyCallToo() {
    Decision.DialOut nowhere = call("101");
    assertEquals(List.of(), nowhere.attempts());
    assertEquals(Optional.of(new Decision.Emergency(Optional.of("tehran"))), nowhere.emergency());
    assertEquals(1, call("102").attempts().size());
  }
}
