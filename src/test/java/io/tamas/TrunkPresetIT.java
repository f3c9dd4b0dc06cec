package io.tamas;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tamas.asterisk.phones.Provider;
import io.tamas.company.Presets;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import io.tamas.lab.RawCaller;
import io.tamas.lab.RawPhone;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Each kind of trunk as `./tamas company preset` prints it, against a peer that behaves as such
/// do; only addresses, and the extension that rings, are the lab's.
@InTheLab
class TrunkPresetIT {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final String NUMBER = "+982191001000";
  private static final String ABROAD = "+989121110009";
  private static final int BUSY = 486;
  private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

  @Test
  void registeringProviderHasTheNumberInTo(Lab lab) throws IOException {
    RawPhone reza = lab.rawDeskPhone("Reza").registers();
    Line line = lab.line(lab.phone("Zahra"));
    try (Provider provider = new Provider(lab.asterisk().settings().sipPort(), "secret")) {
      isSetUp(lab, "registering", line, reza, Map.of("sip.provider.example", provider.server()));
      lab.office()
          .send("PUT", "/trunks/" + line.trunk() + "/password", Map.of("password", "secret"));
      isUp(lab, line);
      assertTrue(provider.contact().startsWith("sip:office-a@"), provider.contact());
      provider.calls(provider.contact(), "sip:" + NUMBER + "@provider");
      reza.rings();
      isRecorded(live(lab, line), "+989121234567", NUMBER);
      reza.refuses();
      callsOut(lab, line, "09121110009");
      eventually("it is called", SOON, () -> !provider.latest("INVITE").isEmpty());
      String invite = provider.latest("INVITE");
      assertTrue(invite.startsWith("INVITE sip:+989121110009@"), invite);
      assertTrue(Provider.header("From", invite).contains("<sip:office-a@"), invite);
      assertTrue(Provider.header("P-Asserted-Identity", invite).contains(NUMBER), invite);
    }
  }

  @Test
  void providerBehindAProxyWithAnAuthenticationName(Lab lab) throws IOException {
    RawPhone reza = lab.rawDeskPhone("Reza").registers();
    Line line = lab.line(lab.phone("Zahra"));
    String number = line.number("extension:" + reza.number());
    String domain = "sip.provider.example";
    try (Provider proxy = new Provider(lab.asterisk().settings().sipPort(), "secret")) {
      proxy.challengesCalls();
      line.isSetUp(
          Map.of(
              "registration",
              Map.of("server", domain, "user", "office-a", "authUser", "a1@ims.example"),
              "proxy",
              proxy.server()));
      lab.office()
          .send("PUT", "/trunks/" + line.trunk() + "/password", Map.of("password", "secret"));
      isUp(lab, line);
      proxy.calls(proxy.contact(), "sip:" + number + "@" + domain);
      reza.rings();
      isRecorded(live(lab, line), "+989121234567", number);
      reza.refuses();
      comesIn(lab, line, reza, number, "<sip:+989121110008@p>", "", "+989121110008", number);
      callsOut(lab, line, "09121110009");
      eventually("it is called", SOON, () -> proxy.takenCalls() > 0);
      String invite = proxy.latest("INVITE");
      assertTrue(invite.startsWith("INVITE sip:+989121110009@" + domain), invite);
      assertTrue(Provider.header("From", invite).contains("<sip:office-a@" + domain + ">"), invite);
      assertTrue(invite.contains("username=\"a1@ims.example\""), invite);
    }
  }

  /// A peer that is known by its address, with the extension that its calls ring.
  private record Peer(Lab lab, Line line, RawPhone reza, RawPhone phone) {
    /// @param example its address in the preset
    static Peer of(Lab lab, String preset, String example) {
      Line line = lab.line(lab.phone("Zahra"));
      RawPhone reza = lab.rawDeskPhone("Reza").registers();
      Peer peer = new Peer(lab, line, reza, line.rawCallee("Peer"));
      isSetUp(
          lab,
          preset,
          line,
          reza,
          Map.of(
              "addresses: [" + example, "addresses: [" + line.address(),
              "server: " + example, "server: " + peer.phone.address()));
      return peer;
    }

    void calls(String dialled, String from, String caller, String number) {
      comesIn(lab, line, reza, dialled, from, "", caller, number);
    }

    /// Is called; returns the INVITE.
    String isCalled(String dialled) {
      RawPhone zahra = callsOut(lab, line, dialled);
      return refuses(zahra);
    }

    String isCalled() {
      phone.rings();
      String invite = phone.received("INVITE").getLast();
      phone.refuses();
      return invite;
    }

    String refuses(RawPhone caller) {
      String invite = isCalled();
      caller.isTold(BUSY);
      return invite;
    }
  }

  @Test
  void providerByAddress(Lab lab) {
    Peer peer = Peer.of(lab, "by-address", "198.51.100.20");
    peer.calls(NUMBER, "<sip:+989121110003@p>", "+989121110003", NUMBER);
    String invite = peer.isCalled("09121110009");
    assertTrue(invite.startsWith("INVITE sip:+989121110009@"), invite);
    assertTrue(invite.contains("From: <sip:" + NUMBER + "@"), invite);
  }

  @Test
  void providerThatWritesNumbersWithoutPlus(Lab lab) {
    Peer peer = Peer.of(lab, "without-plus", "198.51.100.20");
    peer.calls(NUMBER.substring(1), "<sip:989121110004@p>", "+989121110004", NUMBER);
    String invite = peer.isCalled("09121110009");
    assertTrue(invite.startsWith("INVITE sip:989121110009@"), invite);
  }

  @Test
  void providerThatShowsItsOwnAccountAndAssertsTheCaller(Lab lab) throws IOException {
    RawPhone reza = lab.rawDeskPhone("Reza").registers();
    Line line = lab.line(lab.phone("Zahra"));
    try (Provider provider = new Provider(lab.asterisk().settings().sipPort(), "secret")) {
      isSetUp(
          lab,
          "own-account",
          line,
          reza,
          Map.of("sip.provider.example", provider.server(), "198.51.100.20", line.address()));
      lab.office()
          .send("PUT", "/trunks/" + line.trunk() + "/password", Map.of("password", "secret"));
      isUp(lab, line);
      String account = "<sip:982191001000@p>";
      String asserted = "P-Asserted-Identity: \"Ali\" <sip:+989121110005@p>\n";
      comesIn(lab, line, reza, "982191001000", account, asserted, "+989121110005", NUMBER);
      comesIn(
          lab,
          line,
          reza,
          "982191001000",
          account,
          asserted + "Privacy: id\n",
          "anonymous",
          NUMBER);
    }
  }

  @Test
  void gsmGatewayInTheNetworkOfThePhones(Lab lab) {
    Peer gateway = Peer.of(lab, "gsm-gateway", "192.168.1.50");
    gateway.calls("s1", "<sip:09121110006@p>", "+989121110006", "");
    String invite = gateway.isCalled("09121110009");
    assertTrue(invite.startsWith("INVITE sip:09121110009@"), invite);
  }

  @Test
  void anotherPbx(Lab lab) {
    Peer pbx = Peer.of(lab, "pbx", "192.168.2.10");
    pbx.calls(pbx.reza.number(), "<sip:201@p>", "201", pbx.reza.number());
    RawPhone zahra = lab.rawDeskPhone("Zahra").registers();
    lab.office().says(zahra.number(), Map.of("outgoing", pbx.line.trunk() + "-extensions"));
    zahra.calls("299");
    String invite = pbx.refuses(zahra);
    assertTrue(invite.startsWith("INVITE sip:299@"), invite);
    assertTrue(invite.contains("From: \"Zahra\" <sip:" + zahra.number() + "@"), invite);
    assertTrue(
        Provider.header("P-Asserted-Identity", invite)
            .startsWith("\"Zahra\" <sip:" + zahra.number() + "@"),
        invite);
  }

  @Test
  void anotherPbxIsToldWhoCallsThroughAForwardAndNothingOfWhoHides(Lab lab) {
    Peer pbx = Peer.of(lab, "pbx", "192.168.2.10");
    RawPhone zahra = lab.rawDeskPhone("Zahra").registers();
    lab.mayCallOver(zahra.number(), Map.of(), pbx.line);
    zahra.calls(zahra.uriOf(ABROAD), "<sip:" + zahra.number() + "@x>", "Privacy: id\n");
    isAnonymous(pbx.refuses(zahra), zahra.number());
    lab.office().says(zahra.number(), Map.of("forwards", Map.of("always", "number:" + ABROAD)));
    pbx.reza.calls(zahra.number());
    String invite = pbx.refuses(pbx.reza);
    assertTrue(invite.contains("From: \"Reza\" <sip:" + pbx.reza.number() + "@"), invite);
    Line line = lab.line(lab.phone("Sara"));
    try (RawCaller ali = line.rawCaller()) {
      ali.calls(line.number("extension:" + zahra.number()), "\"Ali\" <sip:+989121110007@p>", "");
      isAnonymous(pbx.isCalled(), zahra.number());
      ali.isTold(BUSY);
    }
  }

  @Test
  void callerWhoIsTransferredToAnotherPbxIsNoExtension(Lab lab) {
    Peer pbx = Peer.of(lab, "pbx", "192.168.2.10");
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    lab.mayCallOver(zahra, Map.of(), pbx.line);
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra));
    zahra.rings().answers().hears(ali).refersTo(ABROAD);
    isAnonymous(pbx.isCalled(), zahra.number());
    ali.hangsUp();
  }

  @Test
  void anotherPbxIsToldWhoConsultsIt(Lab lab) {
    Peer pbx = Peer.of(lab, "pbx", "192.168.2.10");
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    lab.mayCallOver(zahra, Map.of(), pbx.line);
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra));
    zahra.rings().answers().hears(ali).consults("09121110009");
    String invite = pbx.isCalled();
    assertTrue(invite.contains("From: \"Zahra\" <sip:" + zahra.number() + "@"), invite);
    ali.hangsUp();
  }

  private static void isAnonymous(String invite, String extension) {
    assertTrue(invite.contains("<sip:anonymous@anonymous.invalid>"), invite);
    assertFalse(invite.contains("Zahra") || invite.contains(extension + "@"), invite);
    assertFalse(invite.contains("Ali"), invite);
  }

  /// @param ours by what the preset has as an example
  private static void isSetUp(
      Lab lab, String preset, Line line, RawPhone phone, Map<String, String> ours) {
    String yaml = Presets.trunk(preset, line.trunk());
    for (Map.Entry<String, String> one : ours.entrySet()) {
      yaml = yaml.replace(one.getKey(), one.getValue());
    }
    yaml =
        yaml.replace("\"101\"", "\"" + phone.number() + "\"")
            .replace("extension:101", "extension:" + phone.number());
    try {
      JsonNode company = new YAMLMapper().readTree(yaml);
      for (String kind : new String[] {"trunks", "outgoing-profiles", "inbound-routes"}) {
        for (JsonNode part : company.path(kind)) {
          String path = "/" + kind + "/" + part.path("name").asText();
          lab.office().send("PUT", path, new YAMLMapper().convertValue(part, FIELDS));
        }
      }
    } catch (JsonProcessingException e) {
      throw new AssertionError(preset, e);
    }
    lab.awaitsConsole(
        "pjsip show endpoint trunk-" + line.trunk(), "accountcode : " + phone.number());
  }

  private static void isUp(Lab lab, Line line) {
    eventually(
        line.trunk() + " is up",
        SOON,
        () -> {
          JsonNode state = lab.office().get("/trunk-states/" + line.trunk());
          return state.path("registered").asBoolean() && state.path("state").asText().equals("up");
        });
  }

  private static void comesIn(
      Lab lab,
      Line line,
      RawPhone phone,
      String dialled,
      String from,
      String headers,
      String caller,
      String number) {
    try (RawCaller peer = line.rawCaller()) {
      peer.calls(dialled, from, headers);
      phone.rings();
      isRecorded(live(lab, line), caller, number);
      phone.refuses();
      peer.isTold(BUSY);
    }
  }

  private static void isRecorded(JsonNode call, String caller, String number) {
    assertEquals(caller, call.path("caller").asText());
    assertEquals(number, call.path("requested").asText());
  }

  private static JsonNode live(Lab lab, Line line) {
    return lab.newLiveCall(call ->
        call.path("trunk").asText().equals(line.trunk()) && !call.path("decisions").isEmpty());
  }

  private static RawPhone callsOut(Lab lab, Line line, String dialled) {
    RawPhone zahra = lab.rawDeskPhone("Zahra").registers();
    lab.mayCallOver(zahra.number(), Map.of(), line);
    return zahra.calls(dialled);
  }
}
