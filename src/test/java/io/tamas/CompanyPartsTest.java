package io.tamas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.asterisk.phones.Habits;
import io.tamas.asterisk.phones.Phone;
import io.tamas.asterisk.phones.Refusals;
import io.tamas.asterisk.phones.SipHabits;
import io.tamas.asterisk.phones.SipHabits.DtmfMode;
import io.tamas.asterisk.phones.TrunkEndpoint;
import io.tamas.asterisk.phones.TrunkEndpoint.Account;
import io.tamas.company.Company;
import io.tamas.company.Extension;
import io.tamas.company.SipOptions;
import io.tamas.company.SipOptions.Dtmf;
import io.tamas.company.Yamls;
import io.tamas.config.Secret;
import io.tamas.config.SipTransport;
import io.tamas.config.Srtp;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberingPlan;
import io.tamas.number.SipValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CompanyPartsTest {
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
                Habits.USUAL,
                PASSWORD)),
        new CompanyParts(Refusals.IGNORED, (_, _) -> false)
            .phones(COMPANY, Map.of(SARA, PASSWORD)));
  }

  @Test
  void trunkIsAnEndpointWithItsFallbackAndItsAccount() {
    assertEquals(
        List.of(
            new TrunkEndpoint(
                "demo",
                List.of("127.0.0.2"),
                SARA,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                SipTransport.UDP,
                Srtp.OFF,
                false,
                Habits.USUAL),
            new TrunkEndpoint(
                "mobile",
                List.of(),
                SARA,
                Optional.of("out.example"),
                Optional.of(new Account("sip.example", "98219", "a@sip", Optional.of(PASSWORD))),
                Optional.of("proxy.example"),
                SipTransport.TLS,
                Srtp.REQUIRED,
                false,
                new SipHabits(DtmfMode.INFO, Duration.ofMinutes(5), false))),
        new CompanyParts(Refusals.IGNORED, (_, _) -> false)
            .trunks(COMPANY, Map.of("mobile", PASSWORD)));
  }

  @Test
  void addressOfTwoAccountsAtOneProviderIsTheFirstOnesInAsterisk() {
    List<Company.Part> parts = new ArrayList<>(COMPANY.extensions());
    for (String name : List.of("b", "a")) {
      parts.add(
          Yamls.part(
              "trunk: {name: %s, plan: {country: IR, areaCode: '21'}, addresses: [127.0.0.3], "
                      .formatted(name)
                  + "fallback: '101', registration: {server: sip.example, user: %s}}"
                      .formatted(name)));
    }
    assertEquals(
        List.of("a [127.0.0.3]", "b []"),
        new CompanyParts(Refusals.IGNORED, (_, _) -> false)
            .trunks(Company.of(1, parts), Map.of()).stream()
                .map(trunk -> trunk.name() + " " + trunk.addresses())
                .toList());
  }

  @Test
  void serverThatWasFoundToIgnoreOptionsIsNotAsked() {
    List<Boolean> asked =
        new CompanyParts(Refusals.IGNORED, (trunk, server) -> (trunk + server).equals("demo"))
            .trunks(COMPANY, Map.of()).stream().map(trunk -> trunk.sip().answersOptions()).toList();
    assertEquals(List.of(false, false), asked);
    List<Boolean> others =
        new CompanyParts(Refusals.IGNORED, (_, server) -> server.equals("sip.example"))
            .trunks(COMPANY, Map.of()).stream().map(trunk -> trunk.sip().answersOptions()).toList();
    assertEquals(List.of(true, false), others);
  }

  @Test
  void partThatCannotBeProvisionedIsReportedAndKeptAndDoesNotStopTheOthers() {
    Map<String, String> refused = new HashMap<>();
    Refusals refusals =
        new Refusals() {
          @Override
          public void refused(String part, String reason) {
            refused.put(part, reason);
          }

          @Override
          public void settled(String part) {}
        };
    CompanyParts parts = new CompanyParts(refusals, (_, _) -> false);
    Secret impossible = new Secret("ünmöglich");
    assertEquals(
        List.of(SARA),
        parts.phones(COMPANY, Map.of(SARA, PASSWORD, NO_PHONE, impossible)).stream()
            .map(Phone::number)
            .toList());
    assertEquals(
        List.of("demo"),
        parts.trunks(COMPANY, Map.of("mobile", impossible)).stream()
            .map(TrunkEndpoint::name)
            .toList());

    assertEquals(
        Map.of(
            "extension:102", "must be " + SipValue.PHONE_PASSWORD.rule(),
            "trunk:mobile", "must be " + SipValue.TRUNK_PASSWORD.rule()),
        refused);
    assertEquals(Set.of("extension:102", "trunk:mobile"), parts.kept());
  }

  private static Company.Trunk registering() {
    return new Company.Trunk(
        "mobile",
        new NumberingPlan("IR", "21"),
        List.of(),
        SARA,
        Optional.of("out.example"),
        Optional.of(new Company.Registration("sip.example", "98219", Optional.of("a@sip"))),
        Optional.of("proxy.example"),
        Optional.of(SipTransport.TLS),
        Optional.of(Srtp.REQUIRED),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(
            new SipOptions(Optional.of(Dtmf.INFO), Optional.of(Duration.ofMinutes(5)), true)));
  }

  private static Extension extension(ExtensionNumber number, String name) {
    return Yamls.extension("number: '%s', name: %s, language: fa".formatted(number.digits(), name));
  }
}
