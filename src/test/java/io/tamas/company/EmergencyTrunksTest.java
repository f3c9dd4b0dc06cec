package io.tamas.company;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmergencyTrunksTest {
  private static final String PLAN =
      "plan: {country: IR, areaCode: \"21\"}, fallback: \"101\", server: a.example";
  private static final Company COMPANY =
      Yamls.company(
          """
          extensions: [{number: "101", name: x}]
          trunks:
            - {name: any, addresses: [10.0.0.1], %1$s}
            - {name: moscow, addresses: [10.0.0.2], site: moscow, %1$s}
            - {name: named, addresses: [10.0.0.3], callerId: "+982191000003", %1$s}
            - {name: tehran, addresses: [10.0.0.4], site: tehran, %1$s}
          emergency-numbers: [{name: police, number: "110", trunks: [named, moscow]}]
          inbound-routes:
            - {name: a, position: 1, ring: PT20S, numbers: ["1540"], to: "extension:101"}
            - {name: b, position: 2, ring: PT20S, numbers: ["+982191000009"], to: "extension:101"}
            - {name: c, position: 3, ring: PT20S, trunk: any, numbers: ["+982191000001"], to: "extension:101"}
          """
              .formatted(PLAN));

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    ", named moscow any tehran",
    "moscow, moscow named any",
    "tehran, tehran named any",
    "berlin, named any"
  })
  void theNamedOnesComeFirstAndThoseOfAnotherSiteNever(String site, String expected) {
    assertEquals(
        expected,
        String.join(
            " ",
            EmergencyTrunks.of(
                    COMPANY.emergencyNumbers().getFirst(), Optional.ofNullable(site), COMPANY)
                .stream()
                .map(Company.Trunk::name)
                .toList()));
  }

  @Test
  void aNumberThatLeadsToTheCompanyIsShown() {
    assertEquals(
        "any=+982191000001 moscow=+982191000009 named=+982191000003 tehran=+982191000009",
        String.join(
            " ",
            COMPANY.trunks().stream()
                .map(
                    trunk -> trunk.name() + "=" + EmergencyTrunks.shown(trunk, COMPANY).orElse("-"))
                .toList()));
  }
}
