package io.tamas.web;

import static io.tamas.lab.Eventually.eventually;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.event.EventHub;
import io.tamas.event.EventSocket;
import io.tamas.event.Snapshot;
import io.tamas.number.ExtensionNumber;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whoever loses a right in the middle of something long: a stream of events, a download, an
/// upload.
class LostRightIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(LostRightIT.class);
  private static final Vertx VERTX = Vertx.vertx();

  /// One that nothing refers to any more closes its connections.
  private static final WebSocketClient CLIENT = VERTX.createWebSocketClient();

  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private static final ApiKeys KEYS = new ApiKeys(DATABASE);

  /// A second node with the same database.
  private static final ApiKeys ELSEWHERE = new ApiKeys(DATABASE);

  private static final EventHub HUB =
      new EventHub(
          VERTX, DATABASE, new Nothing(), EventHub.Limits.DEFAULT, new SimpleMeterRegistry());

  /// It does not fit into the buffers of a connection.
  private static final long FILE_BYTES = 64L << 20;

  /// Twice a second on an idle machine.
  private static final Duration SOON = Duration.ofSeconds(3);

  @TempDir private static Path files;
  private static ThingServer server;
  private String key = "";

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
  static void startAll() throws Exception {
    HUB.start().await(10, TimeUnit.SECONDS);
    server = new ThingServer(VERTX, files, KEYS);
    server.mount(new EventSocket(HUB, 10));
    try (RandomAccessFile file = new RandomAccessFile(files.resolve("0000000a").toFile(), "rw")) {
      file.setLength(FILE_BYTES);
    }
  }

  @AfterAll
  static void close() throws Exception {
    HUB.close().await(5, TimeUnit.SECONDS);
    DATABASE.close().await(5, TimeUnit.SECONDS);
    server.close();
  }

  @BeforeEach
  void start() throws Exception {
    run("delete from api_key");
    run("delete from company_item");
    TestDatabase.extensions(DATABASE, Instant.now(), "101", "102");
    Set<Scope> scopes = Set.of(Scope.READ, Scope.WRITE);
    key = KEYS.create("long", scopes, Optional.of(new ExtensionNumber("101"))).reveal();
    eventually("nobody is connected", SOON, () -> server.connections() == 0);
  }

  @ParameterizedTest
  @CsvSource({"here,401", "elsewhere,401", "scopes,403", "owner,401"})
  void streamDownloadAndUploadEndWithTheRightToThem(String how, int status) throws Exception {
    CompletableFuture<Short> stream = stream();
    try (Socket download = request("GET /api/v1/files/0000000a HTTP/1.1\r\n", "");
        Socket upload =
            request(
                "PUT /api/v1/uploads HTTP/1.1\r\n",
                "content-type: audio/wav\r\ncontent-length: 100000\r\n")) {
      assertEquals("HTTP/1.1 200", line(download));
      eventually("all three have come", SOON, () -> server.connections() == 3);
      lose(how);
      assertEquals("HTTP/1.1 " + status, line(upload));
      assertEquals((short) 1008, stream.get(SOON.toSeconds(), TimeUnit.SECONDS));
      eventually("the download is cut off", SOON, () -> server.connections() <= 1);
      assertTrue(rest(download) < FILE_BYTES);
    }
  }

  @Test
  void whoKeepsTheRightGoesOn() throws Exception {
    CompletableFuture<Short> stream = stream();
    try (Socket download = request("GET /api/v1/files/0000000a HTTP/1.1\r\n", "");
        Socket upload =
            request(
                "PUT /api/v1/uploads HTTP/1.1\r\n",
                "content-type: audio/wav\r\ncontent-length: 5\r\nconnection: close\r\n")) {
      assertEquals("HTTP/1.1 200", line(download));
      String other = KEYS.create("other", Set.of(Scope.READ), Optional.empty()).reveal();
      CompletableFuture<Short> ofOther = stream(other);
      KEYS.delete("other");
      assertEquals((short) 1008, ofOther.get(SOON.toSeconds(), TimeUnit.SECONDS));
      upload.getOutputStream().write("12345".getBytes(US_ASCII));
      assertEquals("HTTP/1.1 200", line(upload));
      assertTrue(rest(download) >= FILE_BYTES);
      assertFalse(stream.isDone());
    }
    KEYS.delete("long");
    stream.get(SOON.toSeconds(), TimeUnit.SECONDS);
  }

  /// A close frame is answered by one (RFC 6455 section 5.5.1); this client never does.
  @Test
  void whoDoesNotAnswerTheEndOfItsStreamIsCutOff() throws Exception {
    String upgrade =
        """
        connection: upgrade
        upgrade: websocket
        sec-websocket-version: 13
        sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==
        """;
    try (Socket stream =
        request("GET /api/v1/events HTTP/1.1\r\n", upgrade.replace("\n", "\r\n"))) {
      assertEquals("HTTP/1.1 101", line(stream));
      lose("here");
      stream.setSoTimeout((int) SOON.toMillis());
      assertTrue(rest(stream) > 0);
    }
  }

  private static void lose(String how) {
    switch (how) {
      case "here" -> KEYS.delete("long");
      case "elsewhere" -> ELSEWHERE.delete("long");
      case "scopes" -> run("update api_key set scopes = array['call'] where name = 'long'");
      default -> run("update api_key set extension = '102' where name = 'long'");
    }
  }

  private static void run(String sql) {
    DATABASE.await(DATABASE.pool().query(sql).execute());
  }

  private CompletableFuture<Short> stream() throws Exception {
    return stream(key);
  }

  /// Completes with the code with which the server closes it.
  private CompletableFuture<Short> stream(String key) throws Exception {
    CompletableFuture<Short> closed = new CompletableFuture<>();
    ClientWebSocket socket = CLIENT.webSocket();
    socket.closeHandler(_ -> closed.complete(socket.closeStatusCode()));
    socket
        .connect(
            new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(server.port())
                .setURI(EventSocket.PATH)
                .addHeader("authorization", "Bearer " + key))
        .await(5, TimeUnit.SECONDS);
    return closed;
  }

  private Socket request(String start, String headers) throws IOException {
    Socket socket = new Socket("127.0.0.1", server.port());
    socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
    String head = start + "host: x\r\nauthorization: Bearer " + key + "\r\n" + headers + "\r\n";
    socket.getOutputStream().write(head.getBytes(US_ASCII));
    return socket;
  }

  private static String line(Socket socket) throws IOException {
    return new String(socket.getInputStream().readNBytes("HTTP/1.1 200".length()), US_ASCII);
  }

  /// How much is received before the connection ends, in bytes.
  private static long rest(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[1 << 16];
    long all = 0;
    try {
      while (all < FILE_BYTES) {
        int read = in.read(buffer);
        if (read < 0) {
          return all;
        }
        all += read;
      }
    } catch (java.net.SocketException reset) {
      return all;
    }
    return all;
  }
}
