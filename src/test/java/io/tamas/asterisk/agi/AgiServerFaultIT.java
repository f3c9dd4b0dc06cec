package io.tamas.asterisk.agi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tamas.config.Config;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// What a peer may do to the server, and that others do not notice.
class AgiServerFaultIT {
  private static final String CALL = Environments.inboundCall().text();
  private static final String GO = "200 result=1\n";
  private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(AgiLoop.class);

  /// What the peer sends before any command, and how its session must end.
  static final List<Arguments> BEFORE =
      List.of(
          Arguments.of("garbage", "\u0000\u0001\uffff\n", Outcome.BROKEN),
          Arguments.of("an HTTP request", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", Outcome.BROKEN),
          Arguments.of("an endless line", "agi_x: " + "y".repeat(1_000_000), Outcome.BROKEN),
          Arguments.of("a million headers", "agi_x: y\n".repeat(1_000_000), Outcome.BROKEN),
          Arguments.of("an argument far away", "agi_arg_2147483640: x\n", Outcome.BROKEN),
          Arguments.of("a header twice", "agi_channel: x\nagi_channel: y\n" + CALL, Outcome.BROKEN),
          Arguments.of(
              "a header missing",
              Environments.inboundCall().without("agi_uniqueid").text(),
              Outcome.BROKEN),
          Arguments.of(
              "a class for a script",
              Environments.inboundCall()
                  .with("agi_network_script", "io.tamas.asterisk.agi.AgiServerFaultIT")
                  .text(),
              Outcome.NOT_FOUND),
          Arguments.of(
              "a path for a script",
              Environments.inboundCall().with("agi_network_script", "../route").text(),
              Outcome.NOT_FOUND));

  /// What the peer answers to the first command, and how its session must end.
  static final List<Arguments> AFTER =
      List.of(
          Arguments.of("520 in one line", "520 Invalid command syntax.\n", Outcome.FAILED),
          Arguments.of(
              "520 in many lines",
              "520-Invalid command syntax.\nUsage: X\n\n\n520 End of proper usage.\n",
              Outcome.FAILED),
          Arguments.of("511", "511 Command Not Permitted on a dead channel\n", Outcome.FAILED),
          Arguments.of("510", "510 Invalid or unknown command\n", Outcome.FAILED),
          Arguments.of("20,000 hang-ups", "HANGUP\n".repeat(20_000), Outcome.BROKEN),
          Arguments.of("hang-up, then the reply", "HANGUP\n200 result=-1\n", Outcome.HANGUP),
          Arguments.of("the reply, then hang-up", "200 result=-1\nHANGUP\n", Outcome.HANGUP),
          Arguments.of("two replies", GO + GO, Outcome.BROKEN),
          Arguments.of("garbage", "\u0000\u0001\n", Outcome.BROKEN),
          Arguments.of("an endless line", "200 result=1 (" + "x".repeat(500_000), Outcome.BROKEN),
          Arguments.of("an endless usage", "520-x\n" + "x\n".repeat(200_000), Outcome.BROKEN));

  private final CountDownLatch released = new CountDownLatch(1);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    LOGGER.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    LOGGER.detachAppender(log);
    released.countDown();
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("BEFORE")
  void badInputEndsItsSession(String what, String sent, Outcome outcome) {
    try (RunningServer server = server(RunningServer.DEFAULTS);
        Peer peer = server.connect().sendRegardless(sent.getBytes(UTF_8))) {
      assertNull(peer.command(), what);
      endedOnce(server, "none", outcome);
    }
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("AFTER")
  void aBadReplyEndsItsSession(String what, String sent, Outcome outcome) {
    try (RunningServer server = server(RunningServer.DEFAULTS);
        Peer peer = server.connect().send(CALL)) {
      assertEquals("SET VARIABLE A \"one,\"", peer.command(), what);
      peer.sendRegardless(sent.getBytes(UTF_8));
      assertNull(peer.command(), what);
      endedOnce(server, "route", outcome);
    }
  }

  @Test
  void twentyThousandHangupsWhileAScriptWorksEndItsSession() {
    try (RunningServer server = server(RunningServer.DEFAULTS);
        Peer peer = server.connect().send(script("slow"))) {
      peer.sendRegardless("HANGUP\n".repeat(20_000).getBytes(UTF_8));
      assertNull(peer.command());
      server.awaitEnded(1);
      assertEquals(
          1, server.sessions("slow", Outcome.HANGUP) + server.sessions("slow", Outcome.BROKEN));
      honestCall(server);
    }
  }

  @Test
  void aPeerThatVanishesAtAnyByteCostsNothing() {
    byte[] call = CALL.getBytes(UTF_8);
    try (RunningServer server = server(RunningServer.DEFAULTS)) {
      for (int cut = 0; cut < call.length; cut++) {
        try (Peer peer = server.connect()) {
          peer.send(Arrays.copyOf(call, cut));
        }
      }
      server.awaitEnded(call.length);
      assertEquals(call.length, server.sessions("none", Outcome.VANISHED));
      assertTrue(log.list.size() <= 10, "the log is bounded: " + log.list.size());
      honestCall(server);
    }
  }

  @Test
  void aPeerThatVanishesInsteadOfAnsweringEndsItsSession() {
    try (RunningServer server = server(RunningServer.DEFAULTS)) {
      try (Peer peer = server.connect().send(CALL)) {
        peer.command();
      }
      endedOnce(server, "route", Outcome.VANISHED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "agi_network: yes\n", "agi_network"})
  void aPeerThatFallsSilentBeforeTheEndOfItsEnvironmentIsClosed(String beginning) {
    Config.Agi impatient = config(100, Duration.ofMillis(100), Duration.ofSeconds(9));
    try (RunningServer server = server(impatient);
        Peer peer = server.connect().send(beginning)) {
      assertNull(peer.command());
      endedOnce(server, "none", Outcome.TIMEOUT);
    }
  }

  @Test
  void aPeerThatDoesNotAnswerIsClosed() {
    Config.Agi impatient = config(100, Duration.ofMillis(100), Duration.ofSeconds(9));
    try (RunningServer server = server(impatient);
        Peer peer = server.connect().send(CALL)) {
      peer.command();
      assertNull(peer.command());
      endedOnce(server, "route", Outcome.TIMEOUT);
    }
  }

  @Test
  void aPeerThatAnswersSlowlyIsClosedAtTheSessionsDeadline() {
    Config.Agi impatient = config(100, Duration.ofSeconds(9), Duration.ofMillis(200));
    try (RunningServer server = server(impatient);
        Peer peer = server.connect().send(script("endless"))) {
      long start = System.nanoTime();
      peer.obey();
      assertTrue(System.nanoTime() - start < Duration.ofSeconds(5).toNanos());
      server.awaitEnded(1);
      assertEquals(1, server.sessions("endless", Outcome.TIMEOUT));
    }
  }

  @Test
  void aScriptThatDoesNotEndIsInterruptedAndItsSessionClosed() {
    Config.Agi impatient = config(100, Duration.ofSeconds(9), Duration.ofMillis(200));
    try (RunningServer server = server(impatient);
        Peer peer = server.connect().send(script("slow"))) {
      assertNull(peer.command());
      endedOnce(server, "slow", Outcome.TIMEOUT);
    }
  }

  @Test
  void aPeerThatIsNotAllowedIsClosedAtOnce() {
    Config.Agi elsewhere =
        new Config.Agi(
            "127.0.0.1",
            0,
            List.of("10.0.0.0/8"),
            10,
            10,
            Duration.ofSeconds(9),
            Duration.ofSeconds(9),
            Duration.ofSeconds(9));
    try (RunningServer server = server(elsewhere);
        Peer peer = server.connect()) {
      assertNull(peer.command());
      assertEquals(1, server.refused("not-allowed"));
      assertEquals(0, server.ended());
    }
  }

  @Test
  void whoComesWhenAllPlacesAreTakenIsClosedAtOnceAndAPlaceGivenBackIsTaken() {
    try (RunningServer server = server(config(2, Duration.ofSeconds(9), Duration.ofSeconds(9)))) {
      try (Peer first = server.connect().send(CALL);
          Peer second = server.connect().send(CALL);
          Peer third = server.connect().sendRegardless(CALL.getBytes(UTF_8))) {
        first.command();
        second.command();
        assertNull(third.command());
        assertEquals(1, server.refused("full"));
        first.send(GO).obey();
      }
      server.awaitEnded(2);
      honestCall(server);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "O\"Hara",
        "a) b",
        "a&b",
        "${SHELL(id)}",
        "\\",
        "\u202e\u200fعلی",
        "👨‍👩‍👧",
        "\" \"HANGUP"
      })
  void aCallersNameIsOneValueOfOneCommand(String name) {
    try (RunningServer server = server(RunningServer.DEFAULTS);
        Peer peer =
            server
                .connect()
                .send(script("echo", Environments.inboundCall().with("agi_calleridname", name)))) {
      String command = Objects.requireNonNull(peer.command());
      assertEquals(
          "SET VARIABLE CALLERID(name) \""
              + name.replace("\\", "\\\\").replace("\"", "\\\"")
              + "\"",
          command);
      peer.send(GO);
      assertNull(peer.command());
      server.awaitEnded(1);
      assertEquals(1, server.sessions("echo", Outcome.DONE));
    }
  }

  @Test
  void theHeapStaysFlatUnderBrokenSessions() {
    byte[] flood = ("agi_x: " + "y".repeat(100_000)).getBytes(UTF_8);
    try (RunningServer server = server(RunningServer.DEFAULTS)) {
      breakSessions(server, flood, 500);
      server.awaitEnded(500);
      long before = usedHeap();
      breakSessions(server, flood, 2_000);
      server.awaitEnded(2_500);
      long grown = usedHeap() - before;
      assertTrue(grown < 20_000_000, "grown by " + grown);
      assertTrue(log.list.size() <= 20, "the log is bounded: " + log.list.size());
    }
  }

  @Test
  void tenThousandSilentPeersDoNotKeepAnHonestCallWaiting() throws Exception {
    long before = usedHeap();
    try (RunningServer server =
        server(config(20_000, Duration.ofMinutes(5), Duration.ofMinutes(5)))) {
      honestCall(server);
      try (SilentPeers silent = new SilentPeers(server.port(), 10_000)) {
        awaitActive(server, 10_000);
        long[] nanos = new long[200];
        for (int i = 0; i < nanos.length; i++) {
          long start = System.nanoTime();
          honestCall(server);
          nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        assertTrue(
            nanos[nanos.length / 2] < Duration.ofMillis(50).toNanos(),
            "half of the calls took more than " + Duration.ofNanos(nanos[nanos.length / 2]));
        long held = usedHeap() - before;
        assertTrue(held < 300_000_000, "10,000 sessions hold " + held + " bytes");
        System.out.printf(
            "10,000 silent sessions: %d bytes each, honest calls p50 %d us, p99 %d us%n",
            held / 10_000, nanos[nanos.length / 2] / 1000, nanos[nanos.length * 99 / 100] / 1000);
      }
      server.awaitEnded(10_201);
      assertEquals(10_000, server.sessions("none", Outcome.VANISHED));
    }
  }

  private RunningServer server(Config.Agi config) {
    return new RunningServer(
        config,
        Map.of(
            "route",
            (_, _) -> List.of(new Variable("A", "one,"), new Variable("B", "two,")),
            "echo",
            (request, _) ->
                List.of(
                    new Variable(
                        "CALLERID(name)", Objects.requireNonNull(request.getCallerIdName()))),
            "slow",
            (_, _) -> {
              awaitRelease();
              return List.of();
            },
            "endless",
            Script.of((_, channel) -> {
              while (true) {
                channel.setVariable("A", "1");
              }
            })));
  }

  private void awaitRelease() {
    try {
      assertTrue(released.await(10, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void endedOnce(RunningServer server, String script, Outcome outcome) {
    server.awaitEnded(1);
    assertEquals(1, server.ended());
    assertEquals(1, server.sessions(script, outcome));
    assertEquals(outcome == Outcome.HANGUP ? 0 : 1, log.list.size());
    honestCall(server);
  }

  private static void honestCall(RunningServer server) {
    try (Peer peer = server.connect().send(CALL)) {
      assertEquals(List.of("SET VARIABLE A \"one,\"", "SET VARIABLE B \"two,\""), peer.obey());
    }
  }

  private static void breakSessions(RunningServer server, byte[] flood, int count) {
    for (int i = 0; i < count; i++) {
      try (Peer peer = server.connect()) {
        peer.sendRegardless(flood);
      }
    }
  }

  private static void awaitActive(RunningServer server, int count) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (server.active() < count) {
      assertTrue(System.nanoTime() < end, "only " + server.active() + " are open");
      Thread.onSpinWait();
    }
  }

  private static Config.Agi config(int most, Duration step, Duration session) {
    return new Config.Agi("127.0.0.1", 0, List.of("127.0.0.1"), most, most, step, step, session);
  }

  private static String script(String name) {
    return script(name, Environments.inboundCall());
  }

  private static String script(String name, Environments environment) {
    return environment.with("agi_network_script", name).text();
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
