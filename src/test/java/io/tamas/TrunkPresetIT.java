package io.tamas;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
  void providerByAddress(Lab lab) {
    RawPhone reza = lab.rawDeskPhone("Reza").registers();
    Line line = lab.line(lab.phone("Zahra"));
    RawPhone peer = line.rawCallee("Babak");
    isSetUp(lab, "by-address", line, reza, addresses("198.51.100.20", line, peer));
    comesIn(lab, line, reza, NUMBER, "<sip:+989121110003@p>", "", "+989121110003", NUMBER);
    String invite = goesOut(lab, line, peer, "09121110009");
    assertTrue(invite.startsWith("INVITE sip:+989121110009@"), invite);
    assertTrue(invite.contains("From: <sip:" + NUMBER + "@"), invite);
  }

  @Test
  void providerThatWritesNumbersWithoutPlus(Lab lab) {
    RawPhone reza = lab.rawDeskPhone("Reza").registers();
    Line line = lab.line(lab.phone("Zahra"));
    RawPhone peer = line.rawCallee("Babak");
    isSetUp(lab, "without-plus", line, reza, addresses("198.51.100.20", line, peer));
    String from = "<sip:989121110004@p>";
    comesIn(lab, line, reza, NUMBER.substring(1), from, "", "+989121110004", NUMBER);
    String invite = goesOut(lab, line, peer, "09121110009");
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
    RawPhone reza = lab.rawDeskPhone("Reza").registers();
    Line line = lab.line(lab.phone("Zahra"));
    RawPhone gateway = line.rawCallee("Gateway");
    isSetUp(lab, "gsm-gateway", line, reza, addresses("192.168.1.50", line, gateway));
    comesIn(lab, line, reza, "s1", "<sip:09121110006@p>", "", "+989121110006", "0");
    String invite = goesOut(lab, line, gateway, "09121110009");
    assertTrue(invite.startsWith("INVITE sip:09121110009@"), invite);
  }

  @Test
  void anotherPbx(Lab lab) {
    RawPhone reza = lab.rawDeskPhone("Reza").registers();
    Line line = lab.line(lab.phone("Zahra"));
    RawPhone pbx = line.rawCallee("Mina");
    isSetUp(lab, "pbx", line, reza, addresses("192.168.2.10", line, pbx));
    comesIn(lab, line, reza, reza.number(), "<sip:201@p>", "", "201", reza.number());
    RawPhone zahra = lab.rawDeskPhone("Zahra").registers();
    lab.office().says(zahra.number(), Map.of("outgoing", line.trunk() + "-extensions"));
    zahra.calls("299");
    pbx.rings();
    String invite = pbx.received("INVITE").getFirst();
    assertTrue(invite.startsWith("INVITE sip:299@"), invite);
    pbx.refuses();
    zahra.isTold(BUSY);
  }

  private static Map<String, String> addresses(String example, Line line, RawPhone peer) {
    return Map.of(
        "addresses: [" + example, "addresses: [" + line.address(),
        "server: " + example, "server: " + peer.address());
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
    JsonNode[] found = new JsonNode[1];
    eventually(
        "the call is shown",
        SOON,
        () -> {
          found[0] =
              lab.items("/live-calls")
                  .filter(call -> call.path("trunk").asText().equals(line.trunk()))
                  .filter(call -> !call.path("decisions").isEmpty())
                  .findFirst()
                  .orElse(null);
          return found[0] != null;
        });
    return found[0];
  }

  private static String goesOut(Lab lab, Line line, RawPhone peer, String dialled) {
    RawPhone zahra = callsOut(lab, line, dialled);
    peer.rings();
    String invite = peer.received("INVITE").getFirst();
    peer.refuses();
    zahra.isTold(BUSY);
    return invite;
  }

  private static RawPhone callsOut(Lab lab, Line line, String dialled) {
    RawPhone zahra = lab.rawDeskPhone("Zahra").registers();
    lab.mayCallOver(zahra.number(), Map.of(), line);
    return zahra.calls(dialled);
  }
}
