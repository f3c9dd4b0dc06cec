package io.tamas.asterisk.phones;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.lab.FreePorts;
import io.tamas.lab.NameServer;
import io.tamas.number.ServerAddresses.Transport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a name server says of names, as servers of a trunk.
class SipServerLookupIT {
  private static final Vertx VERTX = Vertx.vertx();
  private static NameServer names;
  private static SipServerLookup lookup;

  @BeforeAll
  static void start() {
    InetSocketAddress place = new InetSocketAddress("127.0.0.1", FreePorts.take());
    names =
        new NameServer(place)
            .hasAddress("one.example", "192.0.2.1")
            .hasAddress("two.example", "192.0.2.2")
            .hasAddress("two.example", "192.0.2.3")
            .hasServer("srv.example", 20, "two.example", 5070)
            .hasServer("srv.example", 10, "one.example", 5080)
            .hasServer("srv.example", 5, "nowhere.example", 5090)
            .hasServer("srv.example", "_sip._tcp", 10, "two.example", 5062)
            .hasServer("streams.example", "_sip._tcp", 10, "one.example", 5060)
            .hasAddress("streams.example", "192.0.2.4")
            .hasAddress("silent.example", "192.0.2.5")
            .isSilentOn("_udp.silent.example");
    lookup = new SipServerLookup(new NameServers(VERTX, "127.0.0.1:" + place.getPort()), false);
  }

  @AfterAll
  static void stop() throws TimeoutException {
    names.close();
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  private static List<SipServer> found(String server, Transport transport) {
    try {
      return lookup.find(server, transport).await(9, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private static SipServer server(int priority, String... addresses) {
    return new SipServer(priority, 0, List.of(addresses));
  }

  @Test
  void nameWithServersIsCalledByThem() {
    assertEquals(
        List.of(
            server(5),
            server(10, "192.0.2.1:5080"),
            server(20, "192.0.2.2:5070", "192.0.2.3:5070")),
        found("srv.example", Transport.UDP));
    assertEquals(
        List.of(server(10, "192.0.2.2:5062", "192.0.2.3:5062")),
        found("srv.example", Transport.TCP));
  }

  @Test
  void nameWithoutServersIsCalledByItsAddresses() {
    assertEquals(
        List.of(server(0, "192.0.2.2:5060", "192.0.2.3:5060")),
        found("two.example", Transport.UDP));
  }

  @Test
  void nameWithAPortIsCalledByItsAddresses() {
    assertEquals(
        List.of(server(0, "192.0.2.4:5075")), found("streams.example:5075", Transport.UDP));
  }

  @Test
  void nameWithServersOfOtherTransportsIsLeftToAsterisk() {
    assertEquals(List.of(), found("streams.example", Transport.UDP));
  }

  @Test
  void whatIsNotAnsweredIsNotKnown() {
    Future<List<SipServer>> silent = lookup.find("silent.example", Transport.UDP);
    Future<List<SipServer>> none = lookup.find("nowhere.example", Transport.UDP);
    assertTrue(fails(silent), "without an answer about its servers");
    assertTrue(fails(none), "without an address");
  }

  private static boolean fails(Future<List<SipServer>> lookup) {
    try {
      return lookup.map(false).otherwise(true).await(9, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
