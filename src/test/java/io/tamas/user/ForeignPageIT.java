package io.tamas.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.tamas.config.Config;
import io.tamas.db.TestDatabase;
import io.tamas.web.Response;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A page of another server in a real browser; skipped where there is no Chromium.
class ForeignPageIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(ForeignPageIT.class);
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final String AUDIO = "/recordings/0b6c4d2e-8f5a-4c1b-9d3e-7a6f5b4c3d2e";

  /// Tells what came of each step, in one line.
  private static final String PAGE =
      """
      <!doctype html><meta charset="utf-8"><script>
      const api = 'ORIGIN/api/v1', key = 'KEY', seen = [];
      const bearer = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' };
      const step = async (name, what) => {
        try { seen.push(name + '=' + await what()); } catch (e) { seen.push(name + '=' + e.name); }
      };
      const ticket = async path => (await (await fetch(api + '/tickets', {
        method: 'POST', headers: bearer, body: JSON.stringify({ path: '/api/v1' + path })
      })).json()).ticket;
      const until = (target, good, bad) => new Promise(done => {
        target.addEventListener(good, () => done(good));
        target.addEventListener(bad, () => done(bad));
      });
      const heard = async shown => {
        const player = new Audio(`${api}AUDIO?ticket=${shown}`);
        return until(player, 'canplaythrough', 'error');
      };
      (async () => {
        await step('read', async () => (await fetch(api + '/users', { headers: bearer })).status);
        await step('cookie', async () => (await fetch(api + '/users', { credentials: 'include', headers: bearer })).status);
        const once = await ticket('AUDIO').catch(e => e.name);
        await step('heard', () => heard(once));
        await step('again', async () => (await fetch(`${api}AUDIO?ticket=${once}`, { cache: 'no-store' })).status);
        await step('events', async () => {
          const socket = new WebSocket(`${api.replace('http', 'ws')}/events?ticket=${await ticket('/events')}`);
          return until(socket, 'message', 'error');
        });
        await fetch('/seen', { method: 'POST', body: seen.join(' ') });
      })();
      </script>
      """;

  private final Vertx vertx = Vertx.vertx();
  private final CompletableFuture<String> seen = new CompletableFuture<>();
  private UserServer server;
  @TempDir private Path folder;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(Files.isExecutable(CHROMIUM), "there is no " + CHROMIUM);
    Path audio = Files.write(folder.resolve("audio.wav"), wav());
    server =
        new UserServer(
            vertx,
            CONFIG,
            SignInLimits.Limits.DEFAULT,
            on -> on.on("getRecording", _ -> new Response.File(audio, "audio/wav", "call.wav")));
  }

  @AfterEach
  void close() throws Exception {
    if (Files.isExecutable(CHROMIUM)) {
      server.close();
    }
    vertx.close().await(5, TimeUnit.SECONDS);
  }

  /// A second of silence.
  private static byte[] wav() {
    int rate = 8_000;
    int bytes = 2 * rate;
    return ByteBuffer.allocate(44 + bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(StandardCharsets.US_ASCII))
        .putInt(36 + bytes)
        .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
        .putInt(16)
        .putShort((short) 1)
        .putShort((short) 1)
        .putInt(rate)
        .putInt(2 * rate)
        .putShort((short) 2)
        .putShort((short) 16)
        .put("data".getBytes(StandardCharsets.US_ASCII))
        .putInt(bytes)
        .array();
  }

  private HttpServer servePage(int port) throws IOException {
    String page =
        PAGE.replace("ORIGIN", server.origin())
            .replace("KEY", UserServer.KEY)
            .replace("AUDIO", AUDIO);
    HttpServer pages =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    pages.createContext(
        "/",
        exchange -> {
          byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("content-type", "text/html");
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    pages.createContext(
        "/seen",
        exchange -> {
          seen.complete(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    pages.start();
    return pages;
  }

  private String visit(int port) throws Exception {
    HttpServer pages = servePage(port);
    Process browser =
        new ProcessBuilder(
                CHROMIUM.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--user-data-dir=" + folder.resolve("browser"),
                "http://localhost:" + pages.getAddress().getPort() + "/")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("browser.log").toFile())
            .start();
    try {
      return seen.get(90, TimeUnit.SECONDS);
    } finally {
      pages.stop(0);
      browser.descendants().forEach(ProcessHandle::destroyForcibly);
      browser.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  /// With a cookie the browser keeps the answer from the page.
  @Test
  void pageThatIsAllowedReadsHearsAndListens() throws Exception {
    assertEquals(
        "read=200 cookie=TypeError heard=canplaythrough again=401 events=message",
        visit(server.pagePort));
  }

  @Test
  void pageThatIsNotAllowedDoesNot() throws Exception {
    assertEquals(
        "read=TypeError cookie=TypeError heard=error again=TypeError events=TypeError", visit(0));
  }
}
