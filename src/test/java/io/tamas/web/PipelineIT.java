package io.tamas.web;

import static io.tamas.lab.Eventually.eventually;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// Many requests at once on one connection.
class PipelineIT {
  private static final int MEGABYTE = 1 << 20;
  private static final int REQUESTS = 3_000;
  private static final String ASKS =
      "GET /api/v1/company HTTP/1.1\r\nhost: x\r\nauthorization: Bearer test\r\n\r\n";

  private static final String NOTHING = "GET / HTTP/1.1\r\nhost: x\r\n\r\n";

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger made = new AtomicInteger();
  private final String large = "x".repeat(MEGABYTE);
  private RouteServer server;

  @BeforeEach
  void start() throws Exception {
    server = RouteServer.start(vertx, on -> on.on("getCompany", _ -> answer()));
  }

  private Response answer() {
    made.incrementAndGet();
    return new Response.Text(Map.of(), "application/yaml", large);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void allAreAnsweredInTheirOrder() throws Exception {
    try (Socket client = connected(1 << 16)) {
      client.getOutputStream().write(ASKS.repeat(20).getBytes(US_ASCII));
      InputStream in = client.getInputStream();
      assertEquals(20 << 20, in.readNBytes(20 << 20).length);
      assertTrue(made.get() >= 20 - 1);
    }
  }

  @Test
  void whoDoesNotReadCostsOneAnswer() throws Exception {
    try (Socket client = connected(1 << 12)) {
      sendAll(client);
      eventually("the first is answered", Duration.ofSeconds(5), () -> made.get() >= 1);
      for (int i = 0; i < 20; i++) {
        assertEquals(501, server.get("/keys").statusCode());
      }
      // what the kernel holds for the client is taken, as far as the server knows
      assertTrue(made.get() <= 8, () -> made + " answers of a megabyte were made");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /nothing HTTP/1.1\r\nhost: x\r\n\r\n",
        "GET /api/v1/%zz HTTP/1.1\r\nhost: x\r\n\r\n",
        "GET /nothing HTTP/1.1\r\nhost: <\r\n\r\n",
        "GET /nothing HTTP/9.9\r\nhost: x\r\n\r\n",
        "GET /api/v1/calls HTTP/1.1\r\nhost: x\r\n\r\n",
        "GET /api/v1/beside HTTP/1.1\r\nhost: x\r\n\r\n",
        "POST /api/v1/company HTTP/1.1\r\nhost: x\r\n\r\n",
        "POST /nothing HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\n",
        "POST /nothing HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\n12345",
        "POST /nothing HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        "POST /nothing HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 5\r\n\r\n",
        "POST /nothing HTTP/1.1\r\nhost: x\r\nexpect: magic\r\ncontent-length: 5\r\n\r\n12345",
        "GET /api/v1/events HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n",
        "GET * HTTP/1.1\r\nhost: x\r\n\r\n",
        "GET /a?%zz=%zz HTTP/1.1\r\nhost: x\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: x\r\nhost: y\r\n\r\n",
        "GET / HTTP/1.1\r\n: x\r\n\r\n",
        "CONNECT x:1 HTTP/1.1\r\nhost: x\r\n\r\n",
        "NONSENSE\r\n\r\n",
      })
  void whatIsRefusedAmongOthersIsNoErrorOfTheServer(String refused) throws Exception {
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    appender.start();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    try {
      for (String before : List.of("", NOTHING, ASKS)) {
        for (String after : List.of("", NOTHING, ASKS, refused)) {
          sendAndClose(before + refused + after, 0);
          sendAndClose(before + refused + after, 1);
          sendAndClose(before + refused + after, 1 << 22);
        }
      }
      assertEquals(200, server.get("/company").statusCode());
    } finally {
      root.detachAppender(appender);
    }
    assertEquals(
        List.of(),
        appender.list.stream()
            .filter(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
            .map(line -> line + " " + ThrowableProxyUtil.asString(line.getThrowableProxy()))
            .toList());
  }

  /// Reads no more than that, or until half a second is over.
  private void sendAndClose(String requests, int read) throws IOException {
    try (Socket client = connected(1 << 16)) {
      client.setSoTimeout(100);
      client.getOutputStream().write(requests.getBytes(US_ASCII));
      client.getInputStream().readNBytes(read);
    } catch (SocketTimeoutException open) {
      // it may go on
    }
  }

  private Socket connected(int window) throws IOException {
    Socket client = new Socket();
    client.setReceiveBufferSize(window);
    client.connect(new InetSocketAddress("127.0.0.1", server.port()));
    return client;
  }

  /// As far as the server takes them.
  private static void sendAll(Socket client) {
    Thread.ofVirtual()
        .start(() -> {
          try {
            client.getOutputStream().write(ASKS.repeat(REQUESTS).getBytes(US_ASCII));
          } catch (IOException closed) {
            // at the end of the test
          }
        });
  }
}
