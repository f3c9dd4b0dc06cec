package io.tamas.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.config.Config;
import io.tamas.db.TestDatabase;
import io.tamas.lab.Eventually;
import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventHubIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(EventHubIT.class);

  /// So few that what is older has to come from the table.
  private static final EventHub.Limits SMALL =
      new EventHub.Limits(40, 64 << 20, Duration.ofSeconds(20), Duration.ofSeconds(60));

  @Test
  void newClientGetsTheStateAndThenWhatComesAfterIt() throws Exception {
    try (EventNode node = new EventNode(CONFIG, EventHub.Limits.DEFAULT)) {
      node.append("before", 3, "");
      awaitFed(node);
      try (EventStream stream = node.open("")) {
        JsonNode state = stream.next();
        assertEquals("snapshot", state.path("type").asText());
        assertEquals(node.newest(), state.path("lastId").asLong());
        assertTrue(state.path("calls").isArray());
        assertEquals("101", state.path("extensions").path(0).path("number").asText());

        List<String> appended = node.append("after", 3, "x");
        JsonNode event = stream.next();
        assertEquals(appended.getFirst(), event.path("subject").asText());
        assertEquals("test.happened", event.path("type").asText());
        assertEquals("x", event.path("data").asText());
        assertTrue(event.path("id").asLong() > state.path("lastId").asLong());
        Instant.parse(event.path("at").asText());
        assertEquals(appended.subList(1, 3), stream.subjects(2));
      }
    }
  }

  @Test
  void clientThatResumesWhileEventsComeMissesNoneAndSeesNoneTwice() throws Exception {
    // too few for what was missed, and enough for what comes: a slower client is disconnected
    EventHub.Limits some =
        new EventHub.Limits(400, 64 << 20, Duration.ofSeconds(20), Duration.ofSeconds(60));
    try (EventNode node = new EventNode(CONFIG, some);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long start = node.newest();
      List<String> expected = new ArrayList<>(node.append("missed", 700, ""));
      Future<List<String>> more = threads.submit(() -> node.append("meanwhile", 300, ""));

      try (EventStream stream = node.open("?after=" + start)) {
        List<String> seen = stream.subjects(1_000);
        expected.addAll(more.get(10, TimeUnit.SECONDS));
        assertEquals(expected, seen);
      }
      try (EventStream stream = node.open("?after=" + (node.newest() - 1))) {
        assertEquals(List.of("meanwhile:299"), stream.subjects(1));
      }
    }
  }

  @Test
  void clientThatSendsAnythingIsToldWhereItIs() throws Exception {
    try (EventNode node = new EventNode(CONFIG, EventHub.Limits.DEFAULT);
        EventStream stream = node.open("")) {
      String cursor = stream.next().path("cursor").asText();
      stream.asks();
      JsonNode position = stream.next();
      assertEquals("position", position.path("type").asText());
      assertEquals(cursor, position.path("cursor").asText());
      assertEquals(node.append("next", 1, ""), stream.subjects(1));
    }
  }

  @Test
  void whatWasDeletedIsAnnouncedAsAGap() throws Exception {
    try (EventNode node = new EventNode(CONFIG, SMALL)) {
      long start = node.newest();
      node.append("old", 100, "");
      long deletedTo = node.newest();
      new EventRetention(node.database, Duration.ZERO).delete(Instant.now());
      List<String> kept = node.append("kept", 50, "");

      try (EventStream stream = node.open("?after=" + start)) {
        JsonNode gap = stream.next();
        assertEquals("gap", gap.path("type").asText());
        assertEquals(start + 1, gap.path("from").asLong());
        assertEquals(deletedTo, gap.path("to").asLong());
        assertEquals(kept, stream.subjects(50));
      }
    }
  }

  @Test
  void idThatWasNeverGivenIsAGapToo() throws Exception {
    try (EventNode node = new EventNode(CONFIG, SMALL)) {
      long newest = node.newest();
      try (EventStream stream = node.open("?after=" + (newest + 1_000))) {
        JsonNode gap = stream.next();
        assertEquals(newest + 1, gap.path("from").asLong());
        assertEquals(newest + 1_000, gap.path("to").asLong());

        assertEquals(node.append("next", 1, ""), stream.subjects(1));
      }
    }
  }

  @Test
  void clientForWhomNoSnapshotCanBeMadeIsClosed() throws Exception {
    Snapshot broken =
        new Snapshot() {
          @Override
          public Object calls() {
            throw new IllegalStateException("no calls");
          }

          @Override
          public Object extensions() {
            return List.of();
          }
        };
    try (EventNode node = new EventNode(CONFIG, SMALL, broken);
        EventStream stream = node.open("")) {
      assertEquals(1011, stream.closeCode());
    }
  }

  @Test
  void slowClientIsClosedAndMissesNothingWhenItResumes() throws Exception {
    String large = "x".repeat(200_000);
    try (EventNode node = new EventNode(CONFIG, SMALL);
        EventStream slow = node.open("");
        EventStream quick = node.open("")) {
      long start = slow.next().path("lastId").asLong();
      quick.next();
      slow.pause();

      List<String> appended = node.append("large", 120, large);

      assertEquals(appended, quick.subjects(120));
      slow.resume();
      assertEquals(1013, slow.closeCode());
      List<String> seen = new ArrayList<>();
      long last = start;
      for (JsonNode event = slow.poll(); !event.isMissingNode(); event = slow.poll()) {
        seen.add(event.path("subject").asText());
        last = event.path("id").asLong();
      }
      assertTrue(seen.size() < 120);
      try (EventStream again = node.open("?after=" + last)) {
        seen.addAll(again.subjects(120 - seen.size()));
      }
      assertEquals(appended, seen);
      assertTrue(quick.isOpen());
    }
  }

  @Test
  void everyNodeHandsOnTheEventsOfAll() throws Exception {
    try (EventNode one = new EventNode(CONFIG, SMALL);
        EventNode other = new EventNode(CONFIG, SMALL);
        EventStream onOne = one.open("?after=" + one.newest());
        EventStream onOther = other.open("?after=" + other.newest())) {
      List<String> expected = new ArrayList<>(one.append("one", 5, ""));
      expected.addAll(other.append("other", 5, ""));

      assertEquals(expected, onOne.subjects(10));
      assertEquals(expected, onOther.subjects(10));
    }
  }

  @Test
  void listenerInsideTheProcessReceivesNewEventsInOrder() throws Exception {
    Queue<String> heard = new ConcurrentLinkedQueue<>();
    EventListener listener =
        new EventListener() {
          @Override
          public void happened(Event event) {
            heard.add(event.subject());
          }

          @Override
          public void missed() {
            heard.add("missed");
          }
        };
    try (EventNode node = new EventNode(CONFIG, SMALL, listener)) {
      List<String> expected = new ArrayList<>(List.of("missed"));
      expected.addAll(node.append("heard", 5, ""));

      Eventually.eventually(
          "all are heard", Duration.ofSeconds(5), () -> expected.equals(List.copyOf(heard)));
    }
  }

  @Test
  void clientThatIsGoneWithoutAWordIsLetGo() throws Exception {
    EventHub.Limits impatient =
        new EventHub.Limits(20, 1 << 20, Duration.ofMillis(50), Duration.ofMillis(300));
    try (EventNode node = new EventNode(CONFIG, impatient);
        EventStream alive = node.open("?after=0");
        Socket dead = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
      dead.getOutputStream().write(upgrade(13));

      Eventually.eventually("it is in", Duration.ofSeconds(5), () -> node.hub.clients() == 2);
      Eventually.eventually("it is out", Duration.ofSeconds(5), () -> node.hub.clients() == 1);
      assertTrue(alive.isOpen());
    }
  }

  private static byte[] upgrade(int version) {
    return """
    GET /api/v1/events HTTP/1.1
    Host: localhost
    Authorization: Bearer key
    Connection: Upgrade
    Upgrade: websocket
    Sec-WebSocket-Version: %d
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

    """
        .formatted(version)
        .replace("\n", "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /// The beginning of the answer to a client that speaks this version of WebSocket.
  private static String upgraded(EventNode node, int version) throws Exception {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
      client.getOutputStream().write(upgrade(version));
      return new String(
          client.getInputStream().readNBytes("HTTP/1.1 101".length()), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void forbiddenAndInvalidRequestsAreRefused() throws Exception {
    try (EventNode node = new EventNode(CONFIG, SMALL)) {
      assertEquals(401, status(node, "", "Bearer other"));
      assertEquals(426, status(node, "", "Bearer key"));
      assertEquals("HTTP/1.1 426", upgraded(node, 7));
      assertEquals("HTTP/1.1 426", upgraded(node, 8));
      assertEquals("HTTP/1.1 101", upgraded(node, 13));
      for (String wrong : List.of("-1", "x", "1%202", "9999999999999999999", "")) {
        assertEquals(400, status(node, "?after=" + wrong, "Bearer key"), wrong);
      }
      List<EventStream> streams = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        streams.add(node.open(""));
      }
      UpgradeRejectedException full =
          assertThrows(UpgradeRejectedException.class, () -> node.open(""));
      assertEquals(503, full.getStatus());
      for (EventStream stream : streams) {
        stream.close();
      }
    }
  }

  @Test
  void stoppingServerSaysGoodbye() throws Exception {
    Vertx vertx = Vertx.vertx();
    EventNode node = new EventNode(CONFIG, SMALL);
    EventStream stream = EventStream.open(vertx, node.port(), "");
    stream.next();

    node.close();

    assertEquals(1001, stream.closeCode());
    assertFalse(stream.isOpen());
    vertx.close().await(5, TimeUnit.SECONDS);
  }

  private static void awaitFed(EventNode node) {
    long newest = node.newest();
    Eventually.eventually(
        "the hub has read all", Duration.ofSeconds(5), () -> node.hub.feed().newest().id == newest);
  }

  private static int status(EventNode node, String query, String key) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + node.port() + EventSocket.PATH + query);
      HttpRequest request = HttpRequest.newBuilder(uri).header("authorization", key).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }
}
