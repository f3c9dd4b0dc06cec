package io.tamas.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// Right and wrong requests in any order and in any pieces, of clients that read or do not: nothing
/// of it is an error of the server.
class RandomPipelineIT {
  private static final int CONNECTIONS = 400;
  private static final int READ_MILLIS = 20;

  /// It does not fit into the buffers of a connection.
  private static final int LARGE = 8 << 20;

  private static final String[] HEADS = {
    "GET /api/v1/things/1",
    "GET /api/v1/files/0000000a",
    "GET /api/v1/files/0000000a",
    "GET /api/v1/things",
    "GET /api/v1/things?cursor=x",
    "GET /api/v1/beside",
    "GET /nothing",
    "GET /api/v1/%zz",
    "GET *",
    "DELETE /api/v1/things",
    "POST /api/v1/things",
    "POST /api/v1/beside",
    "PUT /api/v1/uploads",
    "CONNECT x:1",
  };
  private static final String[] VERSIONS = {
    "HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/9.9", "SIP/2.0", "",
  };
  private static final String[] FIELDS = {
    "authorization: Bearer reader",
    "authorization: Bearer reader",
    "authorization: Bearer reader",
    "authorization: Bearer writer",
    "authorization: Bearer guess",
    "authorization: Bearer unknowable",
    "authorization: x",
    "host: <",
    "content-type: application/json",
    "content-type: audio/wav",
    "connection: close",
    "connection: upgrade\r\nupgrade: websocket",
    "connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n"
        + "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==",
    "expect: 100-continue",
    "x",
    "accept: text/x",
  };
  private static final String[] BODIES = {
    "\r\n",
    "\r\n",
    "\r\n",
    "content-length: 12\r\n\r\n{\"name\":\"a\"}",
    "content-length: 12\r\n\r\n",
    "content-length: x\r\n\r\n",
    "content-length: 9999999\r\n\r\nx",
    "transfer-encoding: chunked\r\n\r\nc\r\n{\"name\":\"a\"}\r\n0\r\n\r\n",
    "transfer-encoding: chunked\r\n\r\nzz\r\n",
    "transfer-encoding: chunked\r\ncontent-length: 3\r\n\r\n0\r\n\r\n",
  };

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final List<String> sent = new ArrayList<>();
  @TempDir private Path files;

  @Test
  void nothingThatAnybodySendsIsAnError() throws Exception {
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    appender.start();
    root.addAppender(appender);
    Files.write(files.resolve("0000000a"), new byte[LARGE]);
    try (ThingServer server = new ThingServer(files)) {
      for (int i = 0; i < CONNECTIONS && faults(appender).isEmpty(); i++) {
        connect(server.port());
      }
      assertEquals(
          200, server.send(server.request("/api/v1/things")).statusCode(), () -> "seed " + seed);
    } finally {
      root.detachAppender(appender);
    }
    String last = String.join("\n---\n", sent.subList(Math.max(0, sent.size() - 3), sent.size()));
    assertEquals(List.of(), faults(appender), () -> "seed " + seed + ", after\n" + last);
  }

  /// That a key was guessed, or that the database is away, is told in a warning of our own. What
  /// `logback.xml` switches off is no line.
  private static List<String> faults(ListAppender<ILoggingEvent> appender) {
    return List.copyOf(appender.list).stream()
        .filter(line -> line.getLevel().isGreaterOrEqual(Level.WARN))
        .filter(line -> !line.getLoggerName().equals("io.vertx.core.net.impl.VertxConnection"))
        .filter(
            line -> line.getLevel() == Level.ERROR || !line.getLoggerName().startsWith("io.tamas."))
        .map(line -> line + " " + ThrowableProxyUtil.asString(line.getThrowableProxy()))
        .toList();
  }

  private void connect(int port) throws InterruptedException {
    StringBuilder all = new StringBuilder();
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      all.append(request());
    }
    sent.add(all.toString());
    byte[] bytes = all.toString().getBytes(ISO_8859_1);
    try (Socket client = new Socket("127.0.0.1", port)) {
      client.setTcpNoDelay(true);
      client.setSoTimeout(READ_MILLIS);
      OutputStream out = client.getOutputStream();
      for (int at = 0; at < bytes.length; ) {
        int length = random.nextInt(3) == 0 ? 1 + random.nextInt(200) : bytes.length;
        out.write(bytes, at, Math.min(length, bytes.length - at));
        at += length;
        Thread.sleep(random.nextInt(2));
      }
      client.getInputStream().readNBytes(random.nextBoolean() ? random.nextInt(2_000) : 3 * LARGE);
    } catch (IOException over) {
      // the server has closed it, or nothing more comes
    }
  }

  private String request() {
    StringBuilder request = new StringBuilder();
    request.append(any(HEADS)).append(' ').append(any(VERSIONS)).append("\r\nhost: x\r\n");
    for (int i = random.nextInt(4); i > 0; i--) {
      request.append(any(FIELDS)).append("\r\n");
    }
    return request.append(any(BODIES)).toString();
  }

  private String any(String[] some) {
    return some[random.nextInt(some.length)];
  }
}
