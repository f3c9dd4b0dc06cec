package io.tamas;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Provider;
import io.tamas.lab.RawCaller;
import io.tamas.lab.RawPhone;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What users of other systems report of their providers.
@InTheLab
class ProviderHabitsIT {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final String CALLED = "09120000001";
  private static final String ANSWERED = "+989120000001 dialled answered";

  /// A phone that calls over one trunk.
  private record Way(RawPhone phone, Line line, Provider provider) {
    static Way of(Lab lab, Map<String, Object> settings) {
      Line line = lab.line(lab.phone("Fallback"));
      RawPhone phone = lab.rawDeskPhone("Zahra");
      Way way = new Way(phone, line, line.provider(settings));
      lab.mayCallOver(phone.number(), Map.of(), line);
      return way;
    }

    void talks(Lab lab) {
      phone.calls(CALLED).talks().hangsUp();
      lab.callsFrom(phone.number(), 1).getFirst().is("ANSWERED").withParties(ANSWERED);
    }
  }

  @Test
  void sessionTimerIsMadeAsLongAsTheProviderWants(Lab lab) {
    Way way = Way.of(lab, Map.of());
    way.provider
        .firstSays("422 Session Interval Too Small", "Min-SE: 1800\n")
        .says("100 Trying", "200 OK");
    way.talks(lab);
    assertTrue(way.provider.latest().contains("Session-Expires: 1800"), way.provider.latest());
  }

  @Test
  void callIsSignedInWithWhatTheProviderAndAsteriskBothKnow(Lab lab) {
    Way way = Way.of(lab, Map.of());
    way.line.isSetUp(
        Map.of("registration", Map.of("server", way.provider.address(), "user", "office-a")));
    lab.office()
        .send("PUT", "/trunks/" + way.line.trunk() + "/password", Map.of("password", "secret"));
    String endpoint = "trunk-" + way.line.trunk();
    lab.awaitsConsole("pjsip show endpoint " + endpoint, "from_user : office-a");
    lab.awaitsConsole("pjsip show endpoint " + endpoint, "outbound_auth : " + endpoint);
    way.provider
        .firstSays(
            "407 Proxy Authentication Required",
            """
            Proxy-Authenticate: Digest realm="p", nonce="n1", algorithm=SHA-512-256, qop="auth"
            Proxy-Authenticate: Digest realm="p", nonce="n2", algorithm=SHA-256, qop="auth"
            Proxy-Authenticate: Digest realm="p", nonce="n3", algorithm=MD5, qop="auth"
            """)
        .says("100 Trying", "200 OK");
    way.talks(lab);
    String invite = way.provider.latest();
    assertTrue(invite.contains("Proxy-Authorization: Digest username=\"office-a\""), invite);
    assertTrue(invite.contains("From: <sip:office-a@"), invite);
  }

  @Test
  void reliableProvisionalResponseIsAcknowledged(Lab lab) {
    Way way = Way.of(lab, Map.of());
    way.provider
        .says("100 Trying")
        .thenSpeaks("Require: 100rel\nRSeq: 1\n")
        .then(Duration.ofSeconds(1), "200 OK");
    way.talks(lab);
    assertTrue(way.provider.latest().contains("100rel"), way.provider.latest());
    assertEquals(1, way.provider.received("PRACK").size());
  }

  @Test
  void progressOfEveryKindIsWaitedFor(Lab lab) {
    Way way = Way.of(lab, Map.of());
    way.provider
        .says("181 Call Is Being Forwarded")
        .then(Duration.ofSeconds(3), "182 Queued")
        .then(Duration.ofSeconds(3), "199 Early Dialog Terminated")
        .then(Duration.ofSeconds(1), "180 Ringing")
        .then(Duration.ofMillis(200), "200 OK");
    way.talks(lab);
    assertEquals(1, way.provider.calls());
  }

  @Test
  void answerOfAnotherDeviceThanTheOneThatSpokeCounts(Lab lab) {
    Way way = Way.of(lab, Map.of());
    way.provider.says("100 Trying").thenSpeaks().then(Duration.ofSeconds(2), "200 OK");
    way.phone.calls(CALLED);
    eventually("it has spoken", SOON, () -> way.provider.hasSaid("183 Session Progress"));
    way.provider.forks();
    way.phone.talks();
    long before = way.phone.heard();
    eventually("it hears the other one", SOON, () -> way.phone.heard() > before + 20);
    way.phone.hangsUp();
    eventually("the call is ended", SOON, way.provider::isLeft);
    lab.callsFrom(way.phone.number(), 1).getFirst().is("ANSWERED").withParties(ANSWERED);
  }

  @Test
  void refusedOptionsMeanThatTheProviderIsThere(Lab lab) {
    for (String answer : List.of("403 Forbidden", "404 Not Found", "501 Not Implemented")) {
      Way way = Way.of(lab, Map.of());
      way.provider.answersOptions(answer).says("200 OK");
      way.line.isReached();
      way.talks(lab);
    }
  }

  @Test
  void callerIdIsWrittenAsTheProviderWritesIt(Lab lab) {
    Map<String, String> formats =
        Map.of("E164_WITHOUT_PLUS", Line.SHOWN.substring(1), "NATIONAL", "02191009999");
    formats.forEach((format, shown) -> {
      Way way = Way.of(lab, Map.of("callerFormat", format));
      way.provider.says("200 OK");
      way.talks(lab);
      String invite = way.provider.latest();
      assertTrue(invite.startsWith("INVITE sip:+989120000001@"), invite);
      assertTrue(invite.contains("From: <sip:" + shown + "@"), invite);
      assertTrue(invite.contains("P-Asserted-Identity: <sip:" + shown + "@"), invite);
    });
  }

  @Test
  void callsComeInHoweverTheProviderWritesThem(Lab lab) {
    RawPhone reza = lab.rawDeskPhone("Reza").registers();
    Line line = lab.line(lab.phone("Fallback"));
    String number = line.number("extension:" + reza.number());
    String from = "<sip:09121234567@provider;user=phone>";
    String softswitch =
        """
        Session-Expires: 300
        Min-SE: 90
        Supported: 100rel, timer
        Diversion: <sip:02188776655@p;user=phone>;reason=unknown;counter=1
        """;
    List<String> dialled =
        List.of(
            number + ";user=phone",
            number.replace("+", "%2B"),
            number.replace("+98", "00%39%38"),
            number.replace("+98", "0") + ";tgrp=tg1;trunk-context=provider",
            number.substring(1));
    for (String user : dialled) {
      try (RawCaller caller = line.rawCaller()) {
        caller.calls(user, from, softswitch);
        isRefusedBy(reza, caller);
      }
    }
    try (RawCaller caller = line.rawCaller()) {
      caller.callsWithoutOffer(number, from);
      isRefusedBy(reza, caller);
    }
    lab.callsFrom("+989121234567", dialled.size() + 1)
        .forEach(call -> call.of("INBOUND", "+989121234567", number));
  }

  private static void isRefusedBy(RawPhone reza, RawCaller caller) {
    reza.rings().refuses();
    caller.isTold(486);
  }

  @Test
  void callGoesOnWhenTheNetworkOffersFax(Lab lab) {
    Line line = lab.line(lab.phone("Fallback"));
    RawPhone phone = lab.rawDeskPhone("Zahra");
    RawPhone callee = line.rawCallee("Babak");
    lab.mayCallOver(phone.number(), Map.of(), line);
    phone.calls(callee.number());
    callee.rings().answers();
    phone.talks();
    callee.offersFax().isTold(488);
    long before = phone.heard();
    eventually("it still hears", SOON, () -> phone.heard() > before + 20);
    phone.hangsUp();
    callee.callEnds();
    lab.callsFrom(phone.number(), 1).getFirst().is("ANSWERED").endedBy("CALLER");
  }

  @Test
  void registrationLastsAsLongAsTheProviderWants(Lab lab) throws IOException {
    Line brief = lab.line(lab.phone("Fallback"));
    Line lasting = lab.line(lab.phone("Fallback"));
    try (var first = provider(lab).grants(13);
        var second = provider(lab).wantsAtLeast(3_600)) {
      registers(lab, brief, first);
      registers(lab, lasting, second);
      eventually("it is registered", SOON, () -> !second.contact().isEmpty());
      eventually("it is renewed", SOON, () -> first.count("REGISTER") >= 4);
    }
  }

  private static io.tamas.asterisk.phones.Provider provider(Lab lab) throws IOException {
    return new io.tamas.asterisk.phones.Provider(lab.asterisk().settings().sipPort(), "secret");
  }

  private static void registers(Lab lab, Line line, io.tamas.asterisk.phones.Provider provider) {
    line.isSetUp(
        Map.of("registration", Map.of("server", provider.server(), "user", "a-" + line.trunk())));
    lab.office().send("PUT", "/trunks/" + line.trunk() + "/password", Map.of("password", "secret"));
  }

  /// Asterisk itself does so where Tamas does not know the addresses.
  @Test
  void nextServerOfTheDomainIsCalledWhereTheFirstOneRefuses(Lab lab) {
    Way way = Way.of(lab, Map.of());
    Provider first = way.provider.says("503 Service Unavailable");
    Line other = lab.line(lab.phone("Fallback"));
    Provider second = other.provider().says("200 OK");
    lab.nameServerOfAsterisk()
        .hasAddress("a.example", way.line.address())
        .hasAddress("b.example", other.address())
        .hasServer("provider.example", 10, "a.example", port(first))
        .hasServer("provider.example", 20, "b.example", port(second));
    way.line.isSetUp(Map.of("server", "provider.example"));
    lab.awaitsConsole("pjsip show aor trunk-" + way.line.trunk(), "sip:provider.example");
    way.talks(lab);
    assertEquals(List.of(1, 1), List.of(first.calls(), second.calls()));
  }

  /// So does Asterisk where Tamas does not know the addresses.
  @Test
  void silentServerAfterOneThatRefusesIsLeftWithItsTrunk(Lab lab) {
    Way way = Way.of(lab, Map.of());
    Provider first = way.provider.says("503 Service Unavailable");
    Line other = lab.line(lab.phone("Fallback"));
    Provider silent = other.provider().isSilent();
    Line next = lab.line(lab.phone("Fallback"));
    next.provider().says("200 OK");
    lab.nameServerOfAsterisk()
        .hasAddress("d.example", way.line.address())
        .hasAddress("e.example", other.address())
        .hasServer("half.example", 10, "d.example", port(first))
        .hasServer("half.example", 20, "e.example", port(silent));
    way.line.isSetUp(Map.of("server", "half.example"));
    lab.awaitsConsole("pjsip show aor trunk-" + way.line.trunk(), "sip:half.example");
    lab.mayCallOver(way.phone.number(), Map.of(), way.line, next);
    way.phone.calls(CALLED);
    eventually("it talks", Duration.ofSeconds(20), () -> way.phone.told().contains(200));
    way.phone.talks().hangsUp();
    lab.callsFrom(way.phone.number(), 1)
        .getFirst()
        .is("ANSWERED")
        .withParties("+989120000001 dialled unreachable", ANSWERED);
    assertEquals(List.of(1, 1), List.of(first.calls(), silent.calls()));
  }

  /// The calls to the one whose name server is silent do not hold up those to the other.
  @Test
  void aSilentNameServerDelaysNoOtherTrunk(Lab lab) {
    Way way = Way.of(lab, Map.of());
    Provider provider = way.provider.says("200 OK");
    Line lost = lab.line(lab.phone("Fallback"));
    lab.nameServer()
        .isSilentOn("silent.example")
        .hasAddress("c.example", way.line.address())
        .hasServer("quick.example", 10, "c.example", port(provider));
    lost.isSetUp(Map.of("server", "silent.example"));
    lab.awaitsConsole("pjsip show aor trunk-" + lost.trunk(), "sip:silent.example");
    way.line.isSetUp(Map.of("server", "quick.example"));
    lab.awaitsConsole("pjsip show aor trunk-" + way.line.trunk(), "sip:quick.example");
    way.talks(lab);
    assertEquals(1, provider.calls());
  }

  private static int port(Provider provider) {
    return Integer.parseInt(provider.address().replaceFirst(".*:", ""));
  }
}
