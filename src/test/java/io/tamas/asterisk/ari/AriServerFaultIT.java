package io.tamas.asterisk.ari;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The WebSocket for Asterisk under peers that do not behave. After each fault the next connection
/// works.
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AriServerFaultIT {
  private static final Vertx VERTX = Vertx.vertx();
  private static final Duration REQUEST_TIMEOUT = Duration.ofMillis(400);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final BlockingQueue<String> news = new LinkedBlockingQueue<>();
  private AriServer server = server("127.0.0.1");

  @BeforeEach
  void start() throws Exception {
    server.start().await(5, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() throws Exception {
    server.close().await(5, TimeUnit.SECONDS);
  }

  @AfterAll
  static void close() throws Exception {
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void asteriskIsConnectedOnceItsSetupIsAnswered() throws Exception {
    try (ScriptedAsterisk asterisk = new ScriptedAsterisk(server.port())) {
      assertEquals(101, asterisk.upgrade("/asterisk/ari", "tamas", "right", "ari"));
      assertTrue(
          asterisk.handshake().stream()
              .anyMatch(line -> line.equalsIgnoreCase("sec-websocket-protocol: ari")));
      assertFalse(server.connected());
      asterisk.answerSetup("2026-11-21T01:00:00.000+0000");

      assertNews("online");
      assertTrue(server.connected());
      assertEquals(Instant.parse("2026-11-21T01:00:00Z"), server.peer().orElseThrow().startedAt());
    }
    assertNews("offline");
    assertFalse(server.connected());
  }

  @ParameterizedTest
  @CsvSource({
    "/asterisk/ari, tamas, wrong, ari, 401, credentials",
    "/asterisk/ari, root, right, ari, 401, credentials",
    "/asterisk/ari, tamas, right, chat, 400, protocol",
    "/, tamas, right, ari, 404, path",
  })
  void strangerIsRefused(
      String path, String user, String password, String protocol, int status, String reason)
      throws Exception {
    try (ScriptedAsterisk stranger = new ScriptedAsterisk(server.port())) {
      assertEquals(status, stranger.upgrade(path, user, password, protocol));
    }

    assertEquals(1, registry.counter("tamas.ari.refused", "reason", reason).count());
    nextConnectionWorks();
  }

  @Test
  void peerThatIsNotAllowedIsRefused() throws Exception {
    AriServer elsewhere = server("192.0.2.1");
    elsewhere.start().await(5, TimeUnit.SECONDS);
    try (ScriptedAsterisk stranger = new ScriptedAsterisk(elsewhere.port())) {
      assertEquals(403, stranger.upgrade("/asterisk/ari", "tamas", "right", "ari"));
    } finally {
      elsewhere.close().await(5, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no JSON",
        "{",
        "[]",
        "{}",
        "{\"type\":7}",
        "{\"type\":\"RESTResponse\"}",
        "{\"type\":\"RESTResponse\",\"request_id\":\"1\",\"status_code\":\"200\"}",
        "{\"type\":\"DeviceStateChanged\",\"timestamp\":\"2026-11-21T01:00:01.000+0000\"}",
        "{\"type\":\"DeviceStateChanged\",\"timestamp\":\"yesterday\","
            + "\"device_state\":{\"name\":\"PJSIP/1\",\"state\":\"BUSY\"}}"
      })
  void garbageEndsTheConnection(String garbage) throws Exception {
    try (ScriptedAsterisk asterisk = ScriptedAsterisk.connected(server.port())) {
      assertNews("online");
      asterisk.send(garbage);

      assertEquals(1002, asterisk.awaitClose());
      assertNews("offline");
    }
    assertClosed("garbage");
    nextConnectionWorks();
  }

  @Test
  void deeplyNestedJsonEndsTheConnection() throws Exception {
    try (ScriptedAsterisk asterisk = ScriptedAsterisk.connected(server.port())) {
      assertNews("online");
      asterisk.send("[".repeat(1_000_000));

      assertNews("offline");
    }
    assertClosed("garbage");
    nextConnectionWorks();
  }

  @Test
  void frameBeyondTheBoundEndsTheConnectionBeforeItIsRead() throws Exception {
    try (ScriptedAsterisk asterisk = ScriptedAsterisk.connected(server.port())) {
      assertNews("online");
      asterisk.head(1L << 40);

      assertNews("offline");
    }
    assertClosed("protocol");
    nextConnectionWorks();
  }

  @Test
  void eventsThatNobodyKnowsAreIgnored() throws Exception {
    try (ScriptedAsterisk asterisk = ScriptedAsterisk.connected(server.port())) {
      assertNews("online");
      asterisk.send("{\"type\":\"SomethingOfAsterisk30\"}");
      asterisk.deviceState("PJSIP/101", "INUSE");

      assertNews("PJSIP/101 INUSE");
    }
  }

  @Test
  void frozenPeerIsGivenUp() throws Exception {
    try (ScriptedAsterisk asterisk = ScriptedAsterisk.connected(server.port())) {
      assertNews("online");

      assertNews("offline");
    }
    assertClosed("frozen");
    nextConnectionWorks();
  }

  @Test
  void peerThatAnswersPingsStays() throws Exception {
    try (ScriptedAsterisk asterisk = ScriptedAsterisk.connected(server.port())) {
      assertNews("online");
      Future<AriResponse> answer = server.request(AriRequest.get("asterisk/ping"));
      JsonNode request = asterisk.nextRequest("asterisk/ping");
      asterisk.answerPings(4); // longer than a frozen peer is kept
      asterisk.answer(request, 200, "late");

      assertThrows(AriFault.class, () -> answer.await(5, TimeUnit.SECONDS));
      assertTrue(server.connected());
      assertEquals(List.of(), List.copyOf(news));
    }
  }

  @Test
  void dropFailsTheRequestsUnderWay() throws Exception {
    List<Future<AriResponse>> answers = new ArrayList<>();
    try (ScriptedAsterisk asterisk = ScriptedAsterisk.connected(server.port())) {
      assertNews("online");
      for (int i = 0; i < 200; i++) {
        answers.add(server.request(AriRequest.get("channels")));
      }
      asterisk.nextRequest("channels");
    }
    for (Future<AriResponse> answer : answers) {
      assertEquals(AriFault.Kind.CLOSED, fault(answer).kind());
    }
    assertNews("offline");
    assertEquals(AriFault.Kind.OFFLINE, fault(server.request(AriRequest.get("channels"))).kind());
    nextConnectionWorks();
  }

  @Test
  void requestWithoutAnAnswerTimesOutAndItsLateAnswerIsIgnored() throws Exception {
    try (ScriptedAsterisk asterisk = ScriptedAsterisk.connected(server.port())) {
      assertNews("online");
      Future<AriResponse> slow = server.request(AriRequest.get("channels"));
      JsonNode request = asterisk.nextRequest("channels");
      assertEquals(AriFault.Kind.TIMEOUT, fault(slow).kind());
      asterisk.answer(request, 200, "[]");
      Future<AriResponse> quick = server.request(AriRequest.get("bridges"));
      asterisk.answer(asterisk.nextRequest("bridges"), 404, "{}");

      assertEquals(404, quick.await(5, TimeUnit.SECONDS).status());
      assertEquals(1, registry.counter("tamas.ari.late").count());
    }
  }

  @Test
  void requestsBeyondTheBoundAreRefusedAtOnce() throws Exception {
    try (ScriptedAsterisk asterisk = ScriptedAsterisk.connected(server.port())) {
      assertNews("online");
      int room = RequestWindow.MAX_IN_FLIGHT + RequestWindow.MAX_WAITING;
      List<Future<AriResponse>> open = new ArrayList<>();
      for (int i = 0; i < room; i++) {
        open.add(server.request(AriRequest.get("channels")));
      }
      assertEquals(AriFault.Kind.FULL, fault(server.request(AriRequest.get("channels"))).kind());
      for (int i = 0; i < RequestWindow.MAX_IN_FLIGHT; i++) {
        asterisk.nextRequest("channels");
      }
      for (Future<AriResponse> request : open) {
        assertEquals(AriFault.Kind.TIMEOUT, fault(request).kind());
      }
    }
  }

  @Test
  void requestThatAsteriskWouldChokeOnIsNotSent() throws Exception {
    try (ScriptedAsterisk asterisk = ScriptedAsterisk.connected(server.port())) {
      assertNews("online");
      AriFault fault =
          fault(server.request(AriRequest.put("endpoints/sendMessage", "x".repeat(65_500))));

      assertEquals(AriFault.Kind.TOO_LONG, fault.kind());
      assertFalse(fault.retryable());
      Future<AriResponse> next = server.request(AriRequest.get("channels"));
      asterisk.answer(asterisk.nextRequest("channels"), 200, "[]");
      assertTrue(next.await(5, TimeUnit.SECONDS).ok());
    }
  }

  @Test
  void newConnectionTakesThePlaceOfTheOld() throws Exception {
    try (ScriptedAsterisk old = ScriptedAsterisk.connected(server.port())) {
      assertNews("online");
      Future<AriResponse> lost = server.request(AriRequest.get("channels"));
      old.nextRequest("channels");
      try (ScriptedAsterisk young = ScriptedAsterisk.connected(server.port())) {
        assertNews("offline");
        assertNews("online");
        assertEquals(1001, old.awaitClose());
        assertEquals(AriFault.Kind.CLOSED, fault(lost).kind());
        Future<AriResponse> answer = server.request(AriRequest.get("channels"));
        young.answer(young.nextRequest("channels"), 200, "[]");

        assertEquals("[]", answer.await(5, TimeUnit.SECONDS).body());
        assertTrue(server.connected());
      }
    }
    assertClosed("replaced");
  }

  @Test
  void eventsFromBeforeTheConnectionAreDropped() throws Exception {
    try (ScriptedAsterisk asterisk = new ScriptedAsterisk(server.port())) {
      asterisk.upgrade("/asterisk/ari", "tamas", "right", "ari");
      asterisk.deviceState("PJSIP/101", "RINGING");
      asterisk.send("{\"type\":\"ApplicationRegistered\"}");
      asterisk.answerSetup("2026-11-21T01:00:00.000+0000");
      asterisk.deviceState("PJSIP/102", "BUSY");

      assertNews("online");
      assertNews("PJSIP/102 BUSY");
      assertEquals(1, registry.counter("tamas.ari.replayed").count());
    }
  }

  @Test
  void applicationThatIsRegisteredAgainIsSetUpAgain() throws Exception {
    try (ScriptedAsterisk asterisk = ScriptedAsterisk.connected(server.port())) {
      assertNews("online");
      asterisk.send("{\"type\":\"ApplicationRegistered\"}");
      asterisk.answerSetup("2026-11-21T01:00:00.000+0000");

      assertNews("online");
    }
  }

  @Test
  void anotherStartTimeMeansThatAsteriskRestarted() throws Exception {
    try (ScriptedAsterisk asterisk = ScriptedAsterisk.connected(server.port())) {
      assertNews("online");
    }
    assertNews("offline");
    try (ScriptedAsterisk asterisk = new ScriptedAsterisk(server.port())) {
      asterisk.upgrade("/asterisk/ari", "tamas", "right", "ari");
      asterisk.answerSetup("2026-11-21T02:00:00.000+0000");

      assertNews("online restarted");
    }
  }

  @Test
  void refusedSetupEndsTheConnection() throws Exception {
    try (ScriptedAsterisk asterisk = new ScriptedAsterisk(server.port())) {
      asterisk.upgrade("/asterisk/ari", "tamas", "right", "ari");
      asterisk.answer(asterisk.nextRequest("asterisk/info"), 403, "{}");

      assertEquals(1011, asterisk.awaitClose());
    }
    assertClosed("setup");
    nextConnectionWorks();
  }

  @Test
  void peerThatNeverSaysHelloIsCutOff() throws Exception {
    try (ScriptedAsterisk silent = new ScriptedAsterisk(server.port())) {
      assertThrows(
          java.io.EOFException.class, silent::nextRequest, "the server ended the connection");
    }
    nextConnectionWorks();
  }

  private void nextConnectionWorks() throws Exception {
    news.clear();
    try (ScriptedAsterisk asterisk = ScriptedAsterisk.connected(server.port())) {
      assertNews("online");
      asterisk.deviceState("PJSIP/109", "NOT_INUSE");
      assertNews("PJSIP/109 NOT_INUSE");
    }
    assertNews("offline");
  }

  private void assertNews(String expected) throws InterruptedException {
    assertEquals(expected, String.valueOf(news.poll(6, TimeUnit.SECONDS)));
  }

  private void assertClosed(String reason) {
    assertEquals(1, registry.counter("tamas.ari.closed", "reason", reason).count());
  }

  private static AriFault fault(Future<AriResponse> future) {
    return assertThrows(AriFault.class, () -> future.await(6, TimeUnit.SECONDS));
  }

  private AriServer server(String allowed) {
    Config.Ari config =
        new Config.Ari(
            "127.0.0.1", 0, "tamas", new Secret("right"), REQUEST_TIMEOUT, Duration.ofMillis(700));
    AriServer made = new AriServer(VERTX, config, allowed::equals, registry);
    made.listen(
        new AriListener() {
          @Override
          public void online(AriPeer peer) {
            news.add(peer.restarted() ? "online restarted" : "online");
          }

          @Override
          public void offline() {
            news.add("offline");
          }

          @Override
          public void event(AriEvent event) {
            switch (event) {
              case AriEvent.DeviceState(Instant at, String device, String state) ->
                  news.add(device + " " + state);
            }
          }
        });
    return made;
  }
}
