package io.tamas.web;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.event.EventHub;
import io.tamas.event.EventSocket;
import io.tamas.event.Snapshot;
import io.vertx.core.Vertx;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client of the events sends, frame by frame (RFC 6455).
class FramesIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(FramesIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private static final EventHub HUB =
      new EventHub(
          VERTX, DATABASE, new Nothing(), EventHub.Limits.DEFAULT, new SimpleMeterRegistry());
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final int DEADLINE_MILLIS = 10_000;

  @TempDir private static Path files;
  private static ThingServer server;

  private record Nothing() implements Snapshot {
    @Override
    public Object calls() {
      return List.of();
    }

    @Override
    public Object extensions() {
      return List.of();
    }
  }

  @BeforeAll
  static void start() throws Exception {
    HUB.start().await(10, TimeUnit.SECONDS);
    server = new ThingServer(VERTX, files, ThingServer::holder);
    server.mount(new EventSocket(HUB, 10));
  }

  @AfterAll
  static void close() throws Exception {
    HUB.close().await(5, TimeUnit.SECONDS);
    DATABASE.close().await(5, TimeUnit.SECONDS);
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "81 01 78, 1002", // unmasked
    "83 80 00000000, 1002", // a kind of frame that is none
    "89 fe 007e 00000000, 1002", // a ping that is too long
    "09 80 00000000, 1002", // a ping in parts
    "80 80 00000000, 1002", // the continuation of nothing
    "88 82 00000000 03e7, 1002", // a closing code that is none
    "c1 81 00000000 78, 1002", // a bit of an extension, of which none was agreed on
    "a1 81 00000000 78, 1002",
    "91 81 00000000 78, 1002",
    "c2 81 00000000 78, 1002",
    "c9 80 00000000, 1002",
    "81 81 00000000 ff, 1007", // no UTF-8
    "81 82 00000000 c3a9 81 82 00000000 c0af, 1007", // the second is longer than it may be
    "81 83 00000000 eda080, 1007", // half of a pair
    "81 81 00000000 c3, 1007", // it ends within a character
    "01 81 00000000 c3 80 81 00000000 28, 1007", // over two frames
    "88 84 00000000 03e8ffff, 1007", // the reason of a close
    "82 ff 4000000000000000 00000000, 1009",
    "82 ff 0000000000100000 00000000, 1009",
  })
  void oneThatBreaksTheProtocolIsToldByItsCode(String frame, int code) throws Exception {
    try (Socket client = connected("")) {
      client.getOutputStream().write(bytes(frame));
      String received = rest(client);
      String close = HexFormat.of().toHexDigits((short) code);
      assertTrue(received.matches(".*88[0-7][0-9a-f]" + close + "[0-9a-f]*"), received);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "81 82 00000000 d8aa", // text
        "01 81 00000000 d8 80 81 00000000 aa", // a character over two frames
        "01 81 00000000 d8 89 80 00000000 80 81 00000000 aa", // with a ping between
        "82 81 00000000 ff", // bytes may be anything
        "02 81 00000000 78 80 81 00000000 ff",
      })
  void oneThatDoesNotIsTaken(String frame) throws Exception {
    try (Socket client = connected("")) {
      client.getOutputStream().write(bytes(frame + "88 82 00000000 03e8"));
      String received = rest(client);
      assertTrue(received.matches(".*88[0-7][0-9a-f]03e8[0-9a-f]*"), received);
    }
  }

  @Test
  void noExtensionIsAgreedOn() throws Exception {
    try (Socket client =
        connected("Sec-WebSocket-Extensions: permessage-deflate, x-webkit-deflate-frame\n")) {
      client.getOutputStream().write(bytes("88 82 00000000 03e8"));
      String answer =
          new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertTrue(answer.startsWith("HTTP/1.1 101 "), answer);
      assertFalse(
          answer.toLowerCase(Locale.ROOT).contains("\r\nsec-websocket-extensions:"), answer);
    }
  }

  private static Socket connected(String fields) throws Exception {
    eventually("the one before is gone", SOON, () -> HUB.clients() == 0);
    Socket client = new Socket("127.0.0.1", server.port());
    client.setSoTimeout(DEADLINE_MILLIS);
    client
        .getOutputStream()
        .write(
            """
            GET /api/v1/events HTTP/1.1
            Host: localhost
            Authorization: Bearer reader
            Connection: Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            %s
            """
                .formatted(fields)
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    eventually("it is in", SOON, () -> HUB.clients() == 1);
    return client;
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static String rest(Socket client) throws Exception {
    return HexFormat.of().formatHex(client.getInputStream().readAllBytes());
  }
}
