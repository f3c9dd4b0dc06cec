package io.tamas;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.asterisk.phones.Provider;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import io.tamas.lab.RawPhone;
import io.tamas.lab.ReceivedEvents;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What is told of trunks, with providers that take registrations, refuse them, or are silent.
@InTheLab
class TrunkStateIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String PASSWORD = "of-the-provider";

  @Test
  void trunkIsUpOnceItIsRegisteredAndSaysWhyWhenItIsNot(Lab lab) throws IOException {
    Line line = lab.line(lab.phone("Zahra"));
    try (Provider provider = provider(lab).refuses("403 Forbidden");
        ReceivedEvents events = lab.events()) {
      account(lab, line, provider, PASSWORD);
      isSoon(lab, line, "not-registered", "SIP 403");
      assertFalse(state(lab, line).path("registered").asBoolean(true));
      provider.refuses("");
      long refused = provider.count("REGISTER");
      password(lab, line, "another");
      eventually("it tried again", SOON, () -> provider.count("REGISTER") > refused);
      password(lab, line, PASSWORD);
      isSoon(lab, line, "up", "");
      assertTrue(state(lab, line).path("registered").asBoolean());
      assertEquals("", state(lab, line).path("calls").path("most").asText());
      isMeasured(lab, "tamas_trunk_registered{trunk=\"" + line.trunk() + "\"} 1.0");
      isMeasured(lab, "tamas_trunk_up{trunk=\"" + line.trunk() + "\"} 1.0");
      eventually(
          "both are published",
          SOON,
          () -> published(events, line, "not-registered") && published(events, line, "up"));
    }
  }

  @Test
  void changedPasswordOrServerCountsAtOnceAndForThatTrunkAlone(Lab lab) throws IOException {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    Line other = lab.line(zahra);
    try (Provider first = provider(lab);
        Provider second = provider(lab);
        Provider others = provider(lab)) {
      account(lab, other, others, PASSWORD);
      account(lab, line, first, PASSWORD);
      isSoon(lab, line, "up", "");
      eventually("the other one is registered", SOON, () -> !others.contact().isEmpty());
      isSoon(lab, other, "up", "");
      long registrations = others.count("REGISTER");
      Phone ali = line.caller("Ali").calls(line.numberOf(zahra));
      zahra.rings().answers();
      ali.talks();
      eventually(
          "the call is counted",
          SOON,
          () -> state(lab, line).path("calls").path("inbound").asInt() == 1);

      password(lab, line, "wrong");
      isSoon(lab, line, "not-registered", "SIP 401");
      password(lab, line, PASSWORD);
      isSoon(lab, line, "up", "");

      server(lab, line, second);
      eventually(
          "it has left the first one", SOON, () -> first.latest("REGISTER").contains("Expires: 0"));
      eventually("it is registered at the second one", SOON, () -> !second.contact().isEmpty());
      isSoon(lab, line, "up", "");
      assertEquals(registrations, others.count("REGISTER"));
      isSoon(lab, other, "up", "");
      zahra.hears(ali);
      ali.hangsUp();
      zahra.callEnds();
    }
  }

  @Test
  void providerThatDropsOptionsIsNotAway(Lab lab) throws IOException {
    RawPhone zahra = lab.rawDeskPhone("Zahra").registers();
    Line line = lab.line(lab.phone("Reza"));
    try (Provider provider = provider(lab).ignoresOptions()) {
      account(lab, line, provider, PASSWORD);
      isSoon(lab, line, "up", "never answers OPTIONS, and is not asked any more");
      assertTrue(provider.count("OPTIONS") > 0);
      lab.awaitsConsole("pjsip show aor trunk-" + line.trunk(), "qualify_frequency : 0");
      lab.mayCallOver(zahra.number(), Map.of(), line);
      zahra.calls("09121234567");
      eventually("the provider is called", SOON, () -> !provider.latest("INVITE").isEmpty());
      zahra.isRefused();
    }
  }

  @Test
  void providerThatWasAwayAtFirstIsAskedAgainOnceItIsBack(Lab lab) throws IOException {
    Line line = lab.line(lab.phone("Zahra"));
    try (Provider provider = provider(lab).ignoresOptions().refuses("503 Service Unavailable")) {
      account(lab, line, provider, PASSWORD);
      isSoon(lab, line, "not-registered", "SIP 503");
      eventually("it is silent", SOON, () -> !state(lab, line).path("reachable").asBoolean(true));
      provider.answersOptions().refuses("");
      lab.asterisk().console("pjsip send register trunk-" + line.trunk());
      isSoon(lab, line, "up", "");
      assertTrue(state(lab, line).path("reachable").asBoolean());
      lab.awaitsConsole("pjsip show aor trunk-" + line.trunk(), "qualify_frequency : 30");
    }
  }

  @Test
  void providerThatAnsweredOptionsAndIsSilentNowIsUnreachable(Lab lab) throws IOException {
    Line line = lab.line(lab.phone("Zahra"));
    Provider provider = provider(lab);
    try (provider) {
      line.isSetUp(Map.of("server", provider.server(), "calls", 7));
      eventually("it answers", SOON, () -> state(lab, line).path("reachable").asBoolean(false));
      isSoon(lab, line, "up", "");
      assertEquals(7, state(lab, line).path("calls").path("most").asInt());
      provider.ignoresOptions();
      lab.asterisk().console("pjsip qualify trunk-" + line.trunk());
      isSoon(lab, line, "unreachable", "no answer to OPTIONS");
    }
  }

  @Test
  void statesAreRightAgainAfterARestart(Lab lab) throws IOException {
    Line line = lab.line(lab.phone("Zahra"));
    Line refused = lab.line(lab.phone("Reza"));
    try (Provider provider = provider(lab);
        Provider refusing = provider(lab).refuses("403 Forbidden");
        ReceivedEvents events = lab.events()) {
      account(lab, line, provider, PASSWORD);
      account(lab, refused, refusing, PASSWORD);
      isSoon(lab, line, "up", "");
      isSoon(lab, refused, "not-registered", "SIP 403");
      eventually(
          "both are kept",
          SOON,
          () -> published(events, line, "up") && published(events, refused, "not-registered"));
      List<String> since = since(lab, line, refused);
      lab.office().dies();
      lab.office().recovers();
      isSoon(lab, line, "up", "");
      isSoon(lab, refused, "not-registered", "SIP 403");
      assertEquals(since, since(lab, line, refused));
      lab.asterisk().restart();
      isSoon(lab, line, "up", "");
      isSoon(lab, refused, "not-registered", "SIP 403");
      provider.refuses("503 Service Unavailable");
      lab.asterisk().console("pjsip send register trunk-" + line.trunk());
      isSoon(lab, line, "not-registered", "SIP 503");
    }
  }

  @Test
  void trunkThatHasNeverAnsweredIsCalledNevertheless(Lab lab) throws IOException {
    RawPhone zahra = lab.rawDeskPhone("Zahra").registers();
    Line line = lab.line(lab.phone("Reza"));
    try (Provider silent = provider(lab).ignoresOptions()) {
      line.isSetUp(Map.of("server", silent.server()));
      lab.mayCallOver(zahra.number(), Map.of(), line);
      isSoon(lab, line, "unknown", "no answer to OPTIONS so far");
      isMeasured(lab, "tamas_trunk_up{trunk=\"" + line.trunk() + "\"} 0.0");
      zahra.calls("09121234567").isTold(403);
      assertEquals(1, silent.count("INVITE"));
      lab.callsFrom(zahra.number(), 1).getFirst().withParties("+989121234567 dialled rejected");
      isSoon(lab, line, "up", "never answers OPTIONS, and is not asked any more");
    }
  }

  @Test
  void serverThatIsNotAskedIsUnknownUntilItAnswersACall(Lab lab) throws IOException {
    RawPhone zahra = lab.rawDeskPhone("Zahra").registers();
    Line line = lab.line(lab.phone("Reza"));
    try (Provider silent = provider(lab).ignoresOptions()) {
      line.isSetUp(Map.of("server", silent.server(), "sip", Map.of("ignoresOptions", true)));
      lab.mayCallOver(zahra.number(), Map.of(), line);
      isSoon(lab, line, "unknown", "is not asked by OPTIONS, and no call has shown it so far");
      zahra.calls("09121234567").isTold(403);
      isSoon(lab, line, "up", "");
      assertEquals(0, silent.count("OPTIONS"));
      lab.office().dies();
      lab.office().recovers();
      isSoon(lab, line, "up", "");
    }
  }

  @Test
  void reasonOfAFormerPasswordIsNotShownAndEachRefusalIsToldOnce(Lab lab) throws IOException {
    Line line = lab.line(lab.phone("Zahra"));
    try (Provider provider = provider(lab);
        ReceivedEvents events = lab.events()) {
      account(lab, line, provider, "wrong");
      isSoon(lab, line, "not-registered", "SIP 401");
      password(lab, line, PASSWORD);
      eventually(
          "the refusal is over",
          Duration.ofSeconds(1),
          () -> !state(lab, line).path("state").asText().equals("not-registered"));
      isSoon(lab, line, "up", "");
      password(lab, line, "wrong again");
      isSoon(lab, line, "not-registered", "SIP 401");
      String refused = "not-registered SIP 401";
      eventually(
          "the last refusal is told",
          SOON,
          () -> told(events, line).reversed().indexOf("up ") == 2);
      List<String> told = told(events, line);
      assertEquals(
          List.of(refused, "unknown ", "up ", "unknown ", refused),
          told.subList(told.size() - 5, told.size()));
      assertTrue(Set.of("up ", "unknown ", refused).containsAll(told), told.toString());
    }
  }

  private static List<String> told(ReceivedEvents events, Line line) {
    return events.of("trunk.state", "trunk:" + line.trunk()).stream()
        .map(data -> data.path("state").asText() + " " + data.path("reason").asText())
        .toList();
  }

  @Test
  void nameThatCannotBeResolvedIsToldApart(Lab lab) {
    lab.nameServer();
    Phone fallback = lab.phone("Zahra");
    Line account = lab.line(fallback);
    Line peer = lab.line(fallback);
    ReceivedEvents events = lab.events();
    account.isSetUp(Map.of("registration", Map.of("server", "sip.invalid", "user", "office")));
    peer.isSetUp(Map.of("server", "peer.invalid:5070"));
    String reason = "the name of its server cannot be resolved";
    isSoon(lab, account, "not-registered", reason);
    isSoon(lab, peer, "unreachable", reason);
    eventually(
        "it is published",
        SOON,
        () ->
            events.of("trunk.state", "trunk:" + peer.trunk()).stream()
                .anyMatch(data -> data.path("reason").asText().equals(reason)));
    isMeasured(lab, "tamas_trunk_up{trunk=\"" + peer.trunk() + "\"} 0.0");
  }

  @Test
  void trunkIsReachedByTheNameOfItsServer(Lab lab) throws IOException {
    Phone fallback = lab.phone("Zahra");
    Line account = lab.line(fallback);
    Line domain = lab.line(fallback);
    try (Provider provider = provider(lab)) {
      int port = Integer.parseInt(provider.server().replaceFirst(".*:", ""));
      lab.nameServer()
          .hasAddress("sip.provider.example", "127.0.0.1")
          .hasServer("provider.example", 10, "sip.provider.example", port);
      account.isSetUp(
          Map.of(
              "registration",
              Map.of("server", "sip.provider.example:" + port, "user", "acc-" + account.trunk())));
      password(lab, account, PASSWORD);
      domain.isSetUp(Map.of("server", "provider.example"));
      isSoon(lab, account, "up", "");
      eventually("it answers", SOON, () -> state(lab, domain).path("reachable").asBoolean(false));
      isSoon(lab, domain, "up", "");
    }
  }

  private static List<String> since(Lab lab, Line... lines) {
    return Stream.of(lines).map(line -> state(lab, line).path("since").asText()).toList();
  }

  private static Provider provider(Lab lab) throws IOException {
    return new Provider(lab.asterisk().settings().sipPort(), PASSWORD);
  }

  private static void account(Lab lab, Line line, Provider provider, String password) {
    server(lab, line, provider);
    password(lab, line, password);
  }

  private static void server(Lab lab, Line line, Provider provider) {
    line.isSetUp(
        Map.of("registration", Map.of("server", provider.server(), "user", "acc-" + line.trunk())));
  }

  private static void password(Lab lab, Line line, String password) {
    lab.office().send("PUT", "/trunks/" + line.trunk() + "/password", Map.of("password", password));
  }

  private static JsonNode state(Lab lab, Line line) {
    return lab.office().get("/trunk-states/" + line.trunk());
  }

  private static void isSoon(Lab lab, Line line, String state, String reason) {
    eventually(
        line.trunk() + " is " + state,
        SOON,
        () -> {
          JsonNode now = state(lab, line);
          return now.path("state").asText().equals(state)
              && now.path("reason").asText().equals(reason);
        });
  }

  private static boolean published(ReceivedEvents events, Line line, String state) {
    return events.of("trunk.state", "trunk:" + line.trunk()).stream()
        .anyMatch(data -> data.path("state").asText().equals(state));
  }

  private static void isMeasured(Lab lab, String line) {
    eventually(line, SOON, () -> lab.office().manage("/metrics").body().contains(line));
  }
}
