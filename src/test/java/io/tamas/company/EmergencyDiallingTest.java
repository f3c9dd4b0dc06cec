package io.tamas.company;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmergencyDiallingTest {
  private static final Directory COMPANY =
      Directory.of(
          Yamls.company(
              """
              extensions: [{number: "101", name: x}, {number: "98115", name: y}]
              trunks:
                - {name: a, plan: {country: IR, areaCode: "21"}, addresses: [10.0.0.1], fallback: "101", server: a.example}
                - {name: b, plan: {country: RU, areaCode: "495"}, addresses: [10.0.0.2], fallback: "101", server: b.example}
              outgoing-profiles:
                - {name: all, title: x, plan: {country: TR, areaCode: "212"}, outsidePrefix: "9", rules: []}
              emergency-numbers:
                - {name: police, number: "110", trunks: [a]}
                - {name: ambulance, number: "115", trunks: [a]}
                - {name: nine, number: "9110", trunks: [a]}
              """));

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "110, police",
    "110#, police",
    "9115#, ambulance",
    "+110, police",
    "9115, ambulance",
    "9110, nine",
    "+98110, police",
    "0098110, police",
    "98110, police",
    "998110, police",
    "90098110, police",
    "9+98110, police",
    "+7110, police",
    "8107110, police",
    "7110, police",
    "+90115, ambulance",
    "90115, ambulance",
    "+98115, ambulance",
    // an extension
    "98115,",
    "+49110,",
    "0110,",
    "1105,",
    "111,",
  })
  void emergencyNumberIsDialledInManyWays(String dialled, String expected) {
    assertEquals(
        Optional.ofNullable(expected),
        COMPANY.emergencyNumber(dialled).map(Company.EmergencyNumber::name));
  }
}
