package io.tamas.asterisk.phones;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.config.SipTransport;
import io.tamas.config.Srtp;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.ServerAddresses;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrunkAddressesTest {
  private static final String ONE = "192.0.2.1:5060";
  private static final String TWO = "192.0.2.2:5060";

  private final List<String> asked = new ArrayList<>();
  private Future<List<SipServer>> answer =
      Future.succeededFuture(List.of(new SipServer(0, 0, List.of(ONE, TWO))));
  private Instant now = Instant.EPOCH;
  private final TrunkAddresses addresses =
      new TrunkAddresses(
          (server, transport) -> {
            asked.add(server + " " + transport);
            return answer;
          },
          () -> now,
          new Random(1));

  private static TrunkEndpoint trunk(
      String server, SipTransport transport, Optional<String> proxy) {
    return new TrunkEndpoint(
        "a",
        List.of(),
        new ExtensionNumber("101"),
        Optional.of(server),
        Optional.empty(),
        proxy,
        transport,
        Srtp.OFF,
        false,
        Habits.USUAL);
  }

  private void watch(String server, SipTransport transport) {
    addresses.watch(List.of(trunk(server, transport, Optional.empty())));
    addresses.look();
  }

  private List<String> found() {
    return addresses.of("a").map(ServerAddresses::addresses).orElse(List.of());
  }

  private void afterSeconds(int seconds) {
    now = Instant.EPOCH.plusSeconds(seconds);
    addresses.look();
  }

  @Test
  void namesAreLookedUpOnceAMinute() {
    watch("sip.example:5070", SipTransport.UDP);
    assertEquals(List.of(ONE, TWO), found());
    afterSeconds(59);
    assertEquals(List.of("sip.example:5070 UDP"), asked);
    afterSeconds(60);
    assertEquals(List.of("sip.example:5070 UDP", "sip.example:5070 UDP"), asked);
  }

  @Test
  void lastAddressesRemainWhileTheNameServerIsAway() {
    watch("sip.example", SipTransport.TCP);
    answer = Future.failedFuture("no answer");
    afterSeconds(60);
    afterSeconds(65);
    assertEquals(List.of(ONE, TWO), found());
    assertEquals(3, asked.size());
  }

  @Test
  void whatIsCalledByItsNameIsNotLookedUp() {
    for (String server : List.of("192.0.2.9", "192.0.2.9:5070", "[2001:db8::1]:5060")) {
      watch(server, SipTransport.UDP);
    }
    watch("sip.example", SipTransport.TLS);
    addresses.watch(List.of(trunk("sip.example", SipTransport.UDP, Optional.of("proxy.example"))));
    addresses.look();
    assertEquals(List.of(), asked);
    assertEquals(Optional.empty(), addresses.of("a"));
  }

  @Test
  void oneAddressIsCalledByItsName() {
    answer = Future.succeededFuture(List.of(new SipServer(0, 0, List.of(ONE))));
    watch("sip.example", SipTransport.UDP);
    assertEquals(Optional.empty(), addresses.of("a"));
  }

  @Test
  void silentAddressIsCalledLastForFiveMinutes() {
    watch("sip.example", SipTransport.UDP);
    addresses.silent(ONE);
    assertEquals(List.of(TWO, ONE), found());
    now = now.plus(Duration.ofMinutes(5));
    assertEquals(List.of(ONE, TWO), found());
  }

  @Test
  void dialplanIsToldWhetherAllAreSilent() {
    watch("sip.example", SipTransport.UDP);
    addresses.silent(TWO);
    assertEquals("sip.example|udp|there|" + ONE + "|" + TWO, text());
    addresses.silent(ONE);
    assertEquals("sip.example|udp|silent|" + ONE + "|" + TWO, text());
  }

  private String text() {
    return addresses.of("a").map(ServerAddresses::text).orElse("");
  }

  @Test
  void changedServerIsLookedUpAnew() {
    watch("sip.example", SipTransport.UDP);
    answer = Future.failedFuture("no answer");
    watch("other.example", SipTransport.UDP);
    assertEquals(List.of(), found());
  }
}
