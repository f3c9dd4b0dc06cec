package io.tamas.web;

import static io.tamas.lab.Eventually.eventually;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many connections that want nothing but to be there.
class CrowdIT {
  private static final Duration SOON = Duration.ofSeconds(15);

  /// So many answers fit into no buffer of a connection.
  private static final int ASKED = 10_000;

  private static final String READS = "GET /api/v1/things HTTP/1.1\r\nhost: x\r\n";
  private static final String AS_READER = READS + "authorization: Bearer reader\r\n\r\n";
  private static final String STALLS =
      "POST /api/v1/things HTTP/1.1\r\nhost: x\r\nauthorization: Bearer writer\r\n"
          + "content-type: application/json\r\ncontent-length: 20\r\n\r\n{";

  @TempDir private Path files;
  private final List<Socket> crowd = new ArrayList<>();
  private ThingServer server;

  @BeforeEach
  void start() throws Exception {
    server = new ThingServer(files);
  }

  @AfterEach
  void stop() throws Exception {
    for (Socket socket : crowd) {
      socket.close();
    }
    server.close();
  }

  @Test
  void strangersWhoSendALineNowAndThenAreClosedWhileAHolderIsServed() throws Exception {
    Socket holder = opened(AS_READER);
    assertEquals("HTTP/1.1 200", line(holder));
    List<Socket> strangers = new ArrayList<>();
    for (int i = 0; i < 3 * ThingServer.MAX_STRANGERS; i++) {
      strangers.add(opened(READS));
      assertTrue(server.strangers() <= ThingServer.MAX_STRANGERS_HERE + 1);
    }
    assertEquals("HTTP/1.1 200", line(opened(AS_READER)));
    eventually(
        "only holders stay",
        SOON,
        () -> {
          strangers.forEach(CrowdIT::aLineMore);
          return server.strangers() == 0;
        });
    assertEquals(2, server.connections());
    assertTrue(server.closed("slow") > 0);
    assertTrue(server.closed("crowded") > ThingServer.MAX_STRANGERS);
    rest(holder);
    write(holder, AS_READER);
    assertEquals("HTTP/1.1 200", line(holder));
  }

  @Test
  void bodiesThatNeverComeTakeNoPlaceOfOthers() throws Exception {
    int waits = 2 * ThingServer.MAX_REQUESTS;
    for (int i = 0; i < waits; i++) {
      opened(STALLS);
    }
    eventually("all wait", SOON, () -> server.waiting() == waits);
    assertEquals("HTTP/1.1 200", line(opened(AS_READER)));
    assertEquals(201, server.post("{\"name\":\"a\"}").statusCode());
    Socket oldest = crowd.getFirst();
    assertEquals("HTTP/1.1 408", line(oldest));
    assertTrue(server.waiting() >= waits - 1);
  }

  /// For the description nobody needs a key.
  @Test
  void aStrangerWhoAsksMuchAndReadsNothingIsClosed() throws Exception {
    Socket stranger = new Socket();
    crowd.add(stranger);
    stranger.setReceiveBufferSize(1 << 12);
    stranger.connect(new InetSocketAddress("127.0.0.1", server.port()));
    String asks = "GET /api/v1/openapi.yaml HTTP/1.1\r\nhost: x\r\n\r\n";
    Thread.ofVirtual().start(() -> writeAll(stranger, asks.repeat(ASKED)));
    eventually("it is closed", SOON, () -> server.closed("slow") == 1);
    assertTrue(server.answered("getOpenApi") < ASKED / 2, () -> "" + server.answered("getOpenApi"));
  }

  private static void writeAll(Socket socket, String text) {
    try {
      write(socket, text);
    } catch (IOException closed) {
      // as it should be
    }
  }

  private Socket opened(String text) throws IOException {
    Socket socket = new Socket("127.0.0.1", server.port());
    socket.setSoTimeout((int) SOON.toMillis());
    crowd.add(socket);
    write(socket, text);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }

  private static void aLineMore(Socket socket) {
    try {
      write(socket, "x-more: 1\r\n");
    } catch (IOException closed) {
      // as it should be
    }
  }

  private static void rest(Socket socket) throws IOException {
    socket.getInputStream().skipNBytes(socket.getInputStream().available());
  }

  private static String line(Socket socket) throws IOException {
    return new String(socket.getInputStream().readNBytes("HTTP/1.1 200".length()), US_ASCII);
  }
}
