package io.tamas.call.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.company.Directory;
import io.tamas.company.Yamls;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.PhoneNumber;
import io.tamas.routing.CallContext;
import io.tamas.routing.CallContext.Origin;
import io.tamas.routing.Circumstances;
import io.tamas.routing.Question;
import io.tamas.routing.Routed;
import io.tamas.routing.Router;
import java.time.Instant;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvolvedGroupsTest {
  private static final Directory COMPANY =
      Directory.of(
          Yamls.company(
              """
              extension-groups:
                - {name: sales, title: Sales}
                - {name: support, title: Support}
              extensions:
                - {number: 101, name: Leila, groups: [sales]}
                - {number: 102, name: Sara, groups: [sales, support]}
                - {number: 103, name: Babak, groups: [support]}
                - {number: 104, name: Omid}
                - {number: 105, name: Reza, groups: [sales], forwards: {always: "extension:103"}}
              trunks:
                - {name: line, plan: {country: IR, areaCode: "21"}, addresses: [127.0.0.2], fallback: 104}
              ring-groups:
                - {name: all, number: 600, strategy: RING_ALL, members: [101, 103], ring: PT20S}
              inbound-routes:
                - {name: main, position: 1, to: "ring-group:all", ring: PT20S}
              """));

  @ParameterizedTest(name = "{0} dials {1}: {2}")
  @CsvSource({
    "104, 104, ''",
    "104, 101, sales=101",
    "101, 104, sales=101",
    "101, 102, 'sales=101 102, support=102'",
    "104, 600, 'sales=101, support=103'",
    "104, 105, 'sales=105, support=103'",
    "104, *8102, 'sales=102, support=102'",
    "104, 199, ''",
    "'', 02191001000, 'sales=101, support=103'",
  })
  void theGroupsOfAllWhomADecisionIsAbout(String caller, String dialled, String groups) {
    CallContext call =
        caller.isEmpty()
            ? call(
                new Origin.FromTrunk("line"),
                new CallerId.Number(new PhoneNumber("+989121234567")),
                new CallerId.Number(new PhoneNumber("+982191001000")),
                dialled)
            : call(
                new Origin.FromPhone(new ExtensionNumber(caller)),
                new CallerId.Internal(new ExtensionNumber(caller)),
                ExtensionNumber.isValid(dialled)
                    ? new CallerId.Internal(new ExtensionNumber(dialled))
                    : new CallerId.Anonymous(),
                dialled);
    Routed routed = Router.route(call, new Question.NewCall(), COMPANY, Circumstances.CALM);
    assertEquals(
        groups,
        InvolvedGroups.of(call, routed, COMPANY).entrySet().stream()
            .map(group -> group.getKey() + "=" + String.join(" ", group.getValue()))
            .collect(Collectors.joining(", ")),
        routed::toString);
  }

  private static CallContext call(Origin origin, CallerId caller, CallerId to, String dialled) {
    return new CallContext("cell-1.1", "cell-1.1", origin, caller, to, dialled, Instant.EPOCH);
  }
}
