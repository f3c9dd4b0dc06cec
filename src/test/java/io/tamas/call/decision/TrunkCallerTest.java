package io.tamas.call.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.company.Directory;
import io.tamas.company.Yamls;
import io.tamas.number.CallerId;
import io.tamas.number.NumberingPlan;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrunkCallerTest {
  private static final NumberingPlan TEHRAN = new NumberingPlan("IR", "21");

  private static final Directory COMPANY =
      Directory.of(
          Yamls.company(
              """
              extensions: [{number: "101", name: Zahra}]
              trunks:
                - {name: a, plan: {country: IR, areaCode: "21"}, addresses: [10.0.0.1], fallback: "101", server: a.example}
              outgoing-profiles:
                - {name: all, title: x, plan: {country: IR, areaCode: "21"}, outsidePrefix: "9", rules: []}
              emergency-numbers:
                - {name: help, number: "112", trunks: [a]}
              """));

  @ParameterizedTest
  @CsvSource({
    "101, anonymous",
    "+101, anonymous",
    "1-0-1, anonymous",
    "109, 109",
    "112, anonymous",
    "+112, anonymous",
    "+98112, anonymous",
    "9112, anonymous",
    "113, 113",
    "88776655, +982188776655",
    "+989121234567, +989121234567",
  })
  void numberOfAnExtensionOrOfTheEmergencyServicesIsNotItsCaller(String number, String caller) {
    CallerId read = TrunkCaller.read(number, TEHRAN, COMPANY);
    assertEquals(caller, read instanceof CallerId.Anonymous ? "anonymous" : read.line());
  }
}
