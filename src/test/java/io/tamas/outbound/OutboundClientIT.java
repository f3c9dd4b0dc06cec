package io.tamas.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.config.Config;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.PfxOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against real servers on loopback, which the guard refuses unless it is told otherwise.
class OutboundClientIT {
  private static final Duration PATIENCE = Duration.ofMillis(1500);

  private final Vertx vertx = Vertx.vertx();
  private final Queue<String> received = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() throws Exception {
    vertx.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void requestIsMadeAndItsAnswerRead() throws Exception {
    int port =
        serve(request -> {
          assertEquals("name.test:" + request.localAddress().port(), request.getHeader("host"));
          request
              .response()
              .setStatusCode(503)
              .putHeader("retry-after", "7")
              .end("wait\u0007a\nbit");
        });
    OutboundClient client = client(resolvesTo("127.0.0.1"), port, "127.0.0.0/8");
    Answer answer = post(client, "http://name.test:" + port + "/hook?a=b");
    assertEquals(new Answer(503, Optional.of("7"), "wait a bit"), answer);
    assertEquals(List.of("POST /hook?a=b body"), List.copyOf(received));
  }

  @Test
  void loopbackIsRefusedUnlessItIsAllowed() throws Exception {
    int port = serve(request -> request.response().end());
    OutboundClient strict = client(resolvesTo("127.0.0.1"), port);
    for (String url : List.of("http://127.0.0.1:", "https://127.0.0.1:", "https://name.test:")) {
      OutboundFault refused =
          assertThrows(OutboundFault.class, () -> post(strict, url + port + "/"));
      assertTrue(refused.reason().contains("not a public address"), refused.reason());
    }
    assertEquals(List.of(), List.copyOf(received));
    post(client(resolvesTo("127.0.0.1"), port, "name.test"), "http://name.test:" + port + "/");
    assertEquals(1, received.size());
  }

  /// A name that leads elsewhere once it was judged.
  @Test
  void changedAnswerOfDnsMattersNot() throws Exception {
    int port = serve(request -> request.response().end());
    AtomicInteger asked = new AtomicInteger();
    Resolver rebinding = _ -> resolved(asked.getAndIncrement() == 0 ? "127.0.0.2" : "127.0.0.1");
    OutboundClient client = client(rebinding, port, "127.0.0.2");
    // nobody listens at 127.0.0.2, and the name is not asked for again
    OutboundFault fault =
        assertThrows(OutboundFault.class, () -> post(client, "http://name.test:" + port + "/"));
    assertEquals("cannot be connected to", fault.reason());
    assertEquals(1, asked.get());
    assertThrows(OutboundFault.class, () -> post(client, "http://name.test:" + port + "/"));
    assertEquals(List.of(), List.copyOf(received));
  }

  @Test
  void nextAddressIsTriedIfOneCannotBeConnectedTo() throws Exception {
    int port = serve(request -> request.response().end());
    OutboundClient client = client(resolvesTo("127.0.0.2", "127.0.0.1"), port, "127.0.0.0/8");
    assertEquals(200, post(client, "http://name.test:" + port + "/").status());
  }

  @Test
  void addressOfIpv6IsReached() throws Exception {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(request -> {
              received.add(String.valueOf(request.getHeader("host")));
              request.response().end();
            });
    int port = server.listen(0, "::1").await(5, TimeUnit.SECONDS).actualPort();
    post(client(resolvesTo(), port, "::1"), "http://[::1]:" + port + "/");
    assertEquals(List.of("[0:0:0:0:0:0:0:1]:" + port), List.copyOf(received));
  }

  @Test
  void redirectIsNotFollowed() throws Exception {
    int inner = serve(request -> request.response().end("secret"));
    int port =
        serve(request ->
            request
                .response()
                .setStatusCode(307)
                .putHeader("location", "http://127.0.0.1:" + inner + "/")
                .end());
    OutboundClient client = client(resolvesTo("127.0.0.1"), port, "name.test");
    assertEquals(307, post(client, "http://name.test:" + port + "/").status());
    assertEquals(1, received.size());
  }

  @ParameterizedTest
  @CsvSource({
    "'HTTP/1.1 200 OK\r\ncontent-length: 9999999\r\n\r\n', z, 500000, 200",
    "'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nfffff\r\n', z, 500000, 200",
    "'HTTP/1.1 200 OK\r\nx: ', h, 100000, 0",
    "'HTTP/1.1 ', l, 100000, 0",
    "'SSH-2.0-OpenSSH_9.2\r\n', s, 10, 0"
  })
  void endlessAnswerIsCut(String start, String more, int count, int status) throws Exception {
    OutboundClient client = client(resolvesTo("127.0.0.1"), 0, "name.test");
    int port = say(start + more.repeat(count));
    OutboundClient allowed = client(resolvesTo("127.0.0.1"), port, "name.test");
    if (status == 0) {
      OutboundFault fault =
          assertThrows(OutboundFault.class, () -> post(allowed, "http://name.test:" + port + "/"));
      assertTrue(fault.reason().length() < 200, fault.reason());
    } else {
      Answer answer = post(allowed, "http://name.test:" + port + "/");
      assertEquals(status, answer.status());
      assertEquals("z".repeat(200), answer.extract());
    }
    client.close();
  }

  @Test
  void slowAnswerIsNotWaitedFor() throws Exception {
    int silent = say("");
    int dripping = serve(request -> request.response().setChunked(true).write("a"));
    for (int port : List.of(silent, dripping)) {
      OutboundClient client = client(resolvesTo("127.0.0.1"), port, "name.test");
      long start = System.nanoTime();
      OutboundFault fault =
          assertThrows(OutboundFault.class, () -> post(client, "http://name.test:" + port + "/"));
      assertEquals("no answer within 1.5 s", fault.reason());
      assertTrue(System.nanoTime() - start < 3_000_000_000L);
    }
  }

  @Test
  void nameThatNobodyAnswersIsNotWaitedFor() throws Exception {
    OutboundClient client = client(_ -> Future.future(_ -> {}), 443);
    OutboundFault fault =
        assertThrows(OutboundFault.class, () -> post(client, "https://name.test/"));
    assertEquals("no answer within 1.5 s", fault.reason());
    OutboundClient unknown =
        client(_ -> Future.failedFuture(new UnknownHostException("name.test")), 443);
    assertEquals(
        "the name of the host is not known",
        assertThrows(OutboundFault.class, () -> post(unknown, "https://name.test/")).reason());
  }

  @Test
  void machineResolvesNames() throws Exception {
    Resolver machine = Resolver.ofMachine(vertx, 2);
    assertTrue(
        machine.resolve("localhost").await(5, TimeUnit.SECONDS).stream()
            .allMatch(InetAddress::isLoopbackAddress));
  }

  @Test
  void certificateIsHeldAgainstTheName(@TempDir Path folder) throws Exception {
    Path store = folder.resolve("name.p12");
    Path pem = folder.resolve("authority.pem");
    keytool(
        "-genkeypair -keyalg EC -alias a -dname CN=name.test -ext san=dns:name.test -validity 2"
            + " -storetype PKCS12 -keystore "
            + store);
    keytool("-exportcert -rfc -alias a -keystore " + store + " -file " + pem);
    Path otherStore = folder.resolve("other.p12");
    Path other = folder.resolve("other.pem");
    keytool(
        "-genkeypair -keyalg EC -alias a -dname CN=other -validity 2 -storetype PKCS12 -keystore "
            + otherStore);
    keytool("-exportcert -rfc -alias a -keystore " + otherStore + " -file " + other);
    HttpServerOptions options =
        new HttpServerOptions()
            .setSsl(true)
            .setKeyCertOptions(new PfxOptions().setPath(store.toString()).setPassword("password"));
    int port = serve(options, request -> request.response().end());
    Resolver loopback = resolvesTo("127.0.0.1");
    OutboundClient trusting = client(loopback, port, Optional.of(pem), "127.0.0.1");
    assertEquals(200, post(trusting, "https://name.test:" + port + "/").status());

    for (Map.Entry<OutboundClient, String> one :
        Map.of(
                trusting,
                "https://other.test:",
                client(loopback, port, Optional.empty(), "127.0.0.1"),
                "https://name.test:")
            .entrySet()) {
      OutboundFault refused =
          assertThrows(OutboundFault.class, () -> post(one.getKey(), one.getValue() + port + "/"));
      assertTrue(refused.reason().startsWith("TLS failed: "), refused.reason());
    }
    assertEquals(1, received.size());
  }

  private static void keytool(String arguments) throws Exception {
    List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/keytool").toString());
    command.addAll(List.of(arguments.split(" ")));
    command.addAll(List.of("-storepass", "password"));
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue());
  }

  private static Answer post(OutboundClient client, String url) throws Exception {
    return client
        .post(Target.parse(url), Map.of("content-type", "text/plain"), Buffer.buffer("body"))
        .await(10, TimeUnit.SECONDS);
  }

  private OutboundClient client(Resolver resolver, int port, String... allow) {
    return client(resolver, port, Optional.empty(), allow);
  }

  private OutboundClient client(
      Resolver resolver, int port, Optional<Path> authorities, String... allow) {
    Config.Outbound config = new Config.Outbound(List.of(allow), List.of(443, port), authorities);
    Duration patience = authorities.isPresent() ? Duration.ofSeconds(20) : PATIENCE;
    return new OutboundClient(vertx, config, resolver, patience, 4);
  }

  private static Resolver resolvesTo(String... addresses) {
    return _ -> resolved(addresses);
  }

  private static Future<List<InetAddress>> resolved(String... addresses) {
    return Future.succeededFuture(List.of(addresses).stream().map(InetAddress::ofLiteral).toList());
  }

  private int serve(java.util.function.Consumer<HttpServerRequest> handler) throws Exception {
    return serve(new HttpServerOptions(), handler);
  }

  private int serve(
      HttpServerOptions options, java.util.function.Consumer<HttpServerRequest> handler)
      throws Exception {
    return vertx
        .createHttpServer(options)
        .requestHandler(request ->
            request.bodyHandler(body -> {
              received.add(request.method() + " " + request.uri() + " " + body);
              handler.accept(request);
            }))
        .listen(0, "127.0.0.1")
        .await(5, TimeUnit.SECONDS)
        .actualPort();
  }

  /// A server that answers every connection with a text, and then says no more.
  private int say(String text) throws Exception {
    NetServer server =
        vertx
            .createNetServer()
            .connectHandler(socket -> {
              if (!text.isEmpty()) {
                socket.write(text);
              }
            });
    return server.listen(0, "127.0.0.1").await(5, TimeUnit.SECONDS).actualPort();
  }
}
