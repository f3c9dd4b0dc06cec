package io.tamas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.asterisk.phones.Phone;
import io.tamas.asterisk.phones.TrunkEndpoint;
import io.tamas.asterisk.phones.TrunkEndpoint.Account;
import io.tamas.company.Company;
import io.tamas.company.Extension;
import io.tamas.company.Yamls;
import io.tamas.config.Secret;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberingPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CompanyPhonesTest {
  private static final ExtensionNumber SARA = new ExtensionNumber("101");
  private static final ExtensionNumber NO_PHONE = new ExtensionNumber("102");
  private static final Secret PASSWORD = new Secret("correct-horse");

  private static final Company COMPANY =
      Company.of(
          1,
          List.of(
              extension(SARA, "Sara"),
              extension(NO_PHONE, "Omid"),
              new Company.PickupGroup("sales", "Sales", List.of(SARA, NO_PHONE)),
              new Company.PickupGroup("back", "Back", List.of(SARA)),
              Company.Trunk.of("demo", new NumberingPlan("IR", "21"), List.of("127.0.0.2"), SARA),
              registering()));

  @Test
  void extensionWithAPasswordIsAPhone() {
    assertEquals(
        List.of(
            new Phone(
                SARA,
                "Sara",
                Optional.of("fa"),
                new TreeSet<>(List.of("sales", "back")),
                Extension.DEFAULT_DEVICES,
                PASSWORD)),
        CompanyPhones.phones(COMPANY, Map.of(SARA, PASSWORD)));
  }

  @Test
  void trunkIsAnEndpointWithItsFallbackAndItsAccount() {
    assertEquals(
        List.of(
            new TrunkEndpoint(
                "demo", List.of("127.0.0.2"), SARA, Optional.empty(), Optional.empty()),
            new TrunkEndpoint(
                "mobile",
                List.of(),
                SARA,
                Optional.of("out.example"),
                Optional.of(new Account("sip.example", "98219", Optional.of(PASSWORD))))),
        CompanyPhones.trunks(COMPANY, Map.of("mobile", PASSWORD)));
  }

  private static Company.Trunk registering() {
    return new Company.Trunk(
        "mobile",
        new NumberingPlan("IR", "21"),
        List.of(),
        SARA,
        Optional.of("out.example"),
        Optional.of(new Company.Registration("sip.example", "98219")),
        Optional.empty(),
        false,
        Optional.empty(),
        0);
  }

  private static Extension extension(ExtensionNumber number, String name) {
    return Yamls.extension("number: '%s', name: %s, language: fa".formatted(number.digits(), name));
  }
}
