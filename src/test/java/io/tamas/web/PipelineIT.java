package io.tamas.web;

import static io.tamas.lab.Eventually.eventually;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Many requests at once on one connection.
class PipelineIT {
  private static final int MEGABYTE = 1 << 20;
  private static final int REQUESTS = 3_000;
  private static final String ASKS =
      "GET /api/v1/company HTTP/1.1\r\nhost: x\r\nauthorization: Bearer test\r\n\r\n";

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
