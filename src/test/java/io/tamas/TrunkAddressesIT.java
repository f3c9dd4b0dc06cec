package io.tamas;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.lab.CallSeen;
import io.tamas.lab.FreePorts;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.NameServer;
import io.tamas.lab.Provider;
import io.tamas.lab.RawPhone;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A trunk whose server is a name with two addresses.
@InTheLab
class TrunkAddressesIT {
  private static final String CALLED = "09120000001";
  private static final String NUMBER = "+989120000001";
  private static final String LEFT = NUMBER + " dialled unreachable";
  private static final String ANSWERED = NUMBER + " dialled answered";
  private static final Duration SOON = Duration.ofSeconds(10);

  /// A silent address is left after 4 s; a busy machine gets more.
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  /// SIP's timer B is 32 s.
  private static final Duration TIMER_B = Duration.ofSeconds(45);

  /// A phone that calls over one trunk with two servers, of which the second answers.
  private record Way(
      Lab lab, RawPhone phone, Line line, String server, Provider first, Provider second) {

    /// The first one goes first, by its priority.
    static Way byServers(Lab lab, Map<String, Object> settings) {
      Line line = lab.line(lab.phone("Fallback"));
      Line other = lab.line(lab.phone("Fallback"));
      String server = line.trunk() + ".example";
      Provider first = line.provider();
      Provider second = other.provider();
      NameServer names =
          lab.nameServer()
              .hasAddress("one." + server, line.address())
              .hasAddress("two." + server, other.address())
              .hasServer(server, 20, "two." + server, port(second.address()))
              .hasServer(server, 10, "one." + server, port(first.address()));
      Way way = new Way(lab, lab.rawDeskPhone("Zahra"), line, server, first, second);
      way.isSetUp(settings);
      eventually(
          "Tamas knows the addresses",
          SOON,
          () -> names.hasToldTamas("one." + server, "two." + server));
      return way;
    }

    /// Both at the same port; the first one goes first, as the name server says.
    static Way byAddresses(Lab lab) {
      Line line = lab.line(lab.phone("Fallback"));
      Line other = lab.line(lab.phone("Fallback"));
      Provider first = line.provider();
      Provider second = other.providerAt(port(first.address()));
      String host = line.trunk() + ".example";
      NameServer names =
          lab.nameServer().hasAddress(host, line.address()).hasAddress(host, other.address());
      String server = host + ":" + port(first.address());
      Way way = new Way(lab, lab.rawDeskPhone("Zahra"), line, server, first, second);
      way.isSetUp(Map.of());
      eventually("Tamas knows the addresses", SOON, () -> names.hasToldTamas(host));
      return way;
    }

    private void isSetUp(Map<String, Object> settings) {
      second.says("200 OK");
      Map<String, Object> all = new HashMap<>(settings);
      all.put("server", server);
      line.isSetUp(all);
      lab.mayCallOver(phone.number(), Map.of(), line);
      lab.awaitsConsole("pjsip show aor trunk-" + line.trunk(), "sip:" + server);
    }

    /// Calls, talks and hangs up.
    ///
    /// @return the time until it is answered
    Duration talks(String number, Duration patience) {
      long began = System.nanoTime();
      phone.calls(number);
      eventually("it is answered", patience, () -> phone.told().contains(200));
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      phone.talks().hangsUp();
      return took;
    }

    CallSeen onlyCall() {
      return lab.callsFrom(phone.number(), 1).getFirst();
    }
  }

  private static int port(String address) {
    return Integer.parseInt(address.replaceFirst(".*:", ""));
  }

  private static void isLeftOnce(Way way) {
    way.first.isSilent();
    Duration first = way.talks(CALLED, PATIENCE);
    assertTrue(first.compareTo(Duration.ofSeconds(4)) >= 0, "answered after " + first);
    for (int i = 2; i <= 4; i++) {
      way.talks(CALLED, AT_ONCE);
      assertEquals(i, way.second.calls());
    }
    assertEquals(1, way.first.calls());
    List<CallSeen> calls = way.lab.callsFrom(way.phone.number(), 4);
    String trunk = way.line.trunk();
    calls.getFirst().is("ANSWERED").withParties(LEFT, ANSWERED).overTrunks(trunk, trunk);
    calls.subList(1, 4).forEach(call -> call.is("ANSWERED").withParties(ANSWERED));
  }

  @Test
  void silentAddressIsLeftForTheNextOneAndCalledLastFromThenOn(Lab lab) {
    isLeftOnce(Way.byAddresses(lab));
  }

  @Test
  void silentServerOfTheFirstPriorityIsLeftForTheNextOne(Lab lab) {
    Way way = Way.byServers(lab, Map.of());
    isLeftOnce(way);
    String invite = way.second.latest();
    assertTrue(invite.startsWith("INVITE sip:" + NUMBER + "@" + way.server + " SIP/2.0"), invite);
    assertTrue(invite.contains("To: <sip:" + NUMBER + "@" + way.server + ">"), invite);
    assertFalse(invite.contains("Route:"), invite);
  }

  /// Those about the called party end the call, all others fail the trunk with all its servers.
  @Test
  void answersAreNotAskedForOnceMoreAtTheOtherServer(Lab lab) {
    Way way = Way.byServers(lab, Map.of());
    Map<String, Integer> told =
        Map.of(
            "486 Busy Here",
            486,
            "404 Not Found",
            404,
            "302 Moved Temporarily",
            503,
            "403 Forbidden",
            503,
            "500 Server Internal Error",
            503,
            "408 Request Timeout",
            503);
    told.forEach((answer, status) -> {
      way.first.says(answer);
      way.phone.calls(CALLED).isTold(status);
    });
    assertEquals(told.size(), way.first.calls());
    assertEquals(0, way.second.calls());
  }

  @Test
  void serverThatRefusesWith503IsLeftForTheNextOneAtOnce(Lab lab) {
    Way way = Way.byServers(lab, Map.of());
    way.first.says("100 Trying", "503 Service Unavailable");
    way.talks(CALLED, AT_ONCE);
    way.onlyCall().is("ANSWERED").withParties(LEFT, ANSWERED).withStatuses("503", "");
  }

  @Test
  void clockOfSilenceCountsForEachServer(Lab lab) {
    Way way = Way.byServers(lab, Map.of());
    way.first.isSilent();
    way.second.isSilent();
    long began = System.nanoTime();
    way.phone.calls(CALLED);
    eventually("it is told", SOON.plusSeconds(5), () -> way.phone.told().contains(503));
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    assertTrue(took.compareTo(Duration.ofSeconds(8)) >= 0, "told after " + took);
    way.onlyCall().is("FAILED").withParties(LEFT, LEFT);
  }

  @Test
  void trunkThatIsFullIsNotCalledAtItsOtherServer(Lab lab) {
    Way way = Way.byServers(lab, Map.of("calls", 1));
    way.first.says("200 OK");
    RawPhone other = lab.rawDeskPhone("Reza");
    lab.mayCallOver(other.number(), Map.of(), way.line);
    way.phone.calls(CALLED).talks();
    other.calls(CALLED).isTold(503);
    way.phone.hangsUp();
    lab.callsFrom(other.number(), 1).getFirst().is("FAILED").withLegs("unreachable");
    assertEquals(0, way.second.calls());
  }

  @Test
  void emergencyCallWaitsThreeSecondsForASilentServer(Lab lab) {
    Way way = Way.byServers(lab, Map.of());
    String number = EmergencyIT.number(lab, way.phone.number(), way.line);
    way.first.isSilent();
    Duration took = way.talks(number, PATIENCE.minusSeconds(1));
    assertTrue(took.compareTo(Duration.ofSeconds(3)) >= 0, "answered after " + took);
    way.talks(number, AT_ONCE);
    assertEquals(1, way.first.calls());
  }

  @Test
  void callGoesOnToTheNextServerWhenTamasHasDied(Lab lab) {
    Way way = Way.byServers(lab, Map.of());
    way.first.isSilent();
    way.phone.calls(CALLED);
    eventually("the first one is called", SOON, () -> way.first.calls() == 1);
    lab.office().dies();
    eventually("it is answered", TIMER_B, () -> way.phone.told().contains(200));
    way.phone.talks().hangsUp();
    lab.office().recovers();
    way.onlyCall().is("ANSWERED").withParties(LEFT, ANSWERED);
  }

  @Test
  void challengeIsAnsweredAtTheServerThatSentIt(Lab lab) {
    Way way = Way.byServers(lab, Map.of());
    way.first.isSilent();
    way.line.isSetUp(Map.of("registration", Map.of("server", way.server, "user", "office-a")));
    String trunk = way.line.trunk();
    lab.office().send("PUT", "/trunks/" + trunk + "/password", Map.of("password", "secret"));
    lab.awaitsConsole("pjsip show endpoint trunk-" + trunk, "outbound_auth : trunk-" + trunk);
    way.second.firstSays(
        "401 Unauthorized",
        "WWW-Authenticate: Digest realm=\"p\", nonce=\"n1\", algorithm=MD5, qop=\"auth\"\n");
    way.talks(CALLED, PATIENCE);
    assertEquals(1, way.first.calls());
    assertEquals(2, way.second.calls());
    String invite = way.second.latest();
    assertTrue(invite.contains("Authorization: Digest username=\"office-a\""), invite);
    assertTrue(invite.contains("uri=\"sip:" + NUMBER + "@" + way.server + "\""), invite);
    way.onlyCall().is("ANSWERED").withParties(LEFT, ANSWERED);
  }

  @Test
  void connectionThatIsRefusedIsLeftForTheNextOneAtOnce(Lab lab) throws Exception {
    Line line = lab.line(lab.phone("Fallback"));
    RawPhone phone = lab.rawDeskPhone("Zahra");
    String server = line.trunk() + ".example";
    Vertx vertx = Vertx.vertx();
    try (io.tamas.asterisk.phones.Provider provider =
        io.tamas.asterisk.phones.Provider.byTcp(vertx, "password")) {
      NameServer names =
          lab.nameServer()
              .hasAddress("one." + server, line.address())
              .hasAddress("two." + server, "127.0.0.1")
              .hasServer(server, "_sip._tcp", 10, "one." + server, FreePorts.take())
              .hasServer(server, "_sip._tcp", 20, "two." + server, port(provider.server()));
      line.isSetUp(Map.of("server", server, "transport", "TCP"));
      lab.mayCallOver(phone.number(), Map.of(), line);
      lab.awaitsConsole("pjsip show aor trunk-" + line.trunk(), "sip:" + server);
      eventually("Tamas knows the addresses", SOON, () -> names.hasToldTamas("two." + server));
      phone.calls(CALLED).isRefused();
      String invite = provider.latest("INVITE");
      String uri = "sip:" + NUMBER + "@" + server + ";transport=tcp SIP/2.0";
      assertTrue(invite.startsWith("INVITE " + uri), invite);
      assertEquals(1, provider.count("INVITE"));
    }
    lab.callsFrom(phone.number(), 1).getFirst().withStatuses("", "603");
    vertx.close().await(5, TimeUnit.SECONDS);
  }
}
