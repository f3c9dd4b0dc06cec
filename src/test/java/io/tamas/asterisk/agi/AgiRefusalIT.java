package io.tamas.asterisk.agi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tamas.config.Config;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A session that fails because of its call says so; one that fails otherwise is closed, so that
/// the dialplan does without Tamas.
class AgiRefusalIT {
  private static final String REFUSAL = "SET VARIABLE REFUSED \"yes\"";

  private static final Config.Agi IMPATIENT =
      new Config.Agi(
          "127.0.0.1",
          0,
          List.of("127.0.0.1"),
          100,
          100,
          Duration.ofSeconds(9),
          Duration.ofMillis(200),
          Duration.ofSeconds(9));

  /// A text of the call, as it would stand in the environment if nobody had filtered it.
  static final List<Arguments> HOSTILE =
      List.of(
          Arguments.of("a line that is no header", "101\nHANGUP"),
          Arguments.of("a line of another call", "101\n200 result=1"),
          Arguments.of("a second channel", "101\nagi_channel: PJSIP/102-00000001"),
          Arguments.of("another argument", "101\nagi_arg_9: 102"),
          Arguments.of("the end of the environment", "101\n\nagi_arg_1: phone"));

  private final CountDownLatch released = new CountDownLatch(1);
  private final RunningServer server =
      new RunningServer(
          IMPATIENT,
          Map.of(
              "route", (_, _) -> List.of(new Variable("A", "1")),
              "failing",
                  (_, _) -> {
                    throw new IllegalStateException("a broken assumption");
                  },
              "sick",
                  (_, _) -> {
                    throw new AssertionError("a broken machine");
                  },
              "slow",
                  (_, _) -> {
                    await(released);
                    return List.of(new Variable("A", "1"));
                  }),
          Optional.of(new Variable("REFUSED", "yes")));

  @AfterEach
  void stop() {
    released.countDown();
    server.close();
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("HOSTILE")
  void callWhoseTextBreaksTheEnvironmentIsRefused(String what, String callerId) {
    String environment =
        Environments.inboundCall()
            .with("agi_network_script", "slow")
            .with("agi_callerid", callerId)
            .text();
    try (Peer peer = server.connect().send(environment)) {
      assertEquals(REFUSAL, peer.command(), what);
      peer.send("200 result=1\n");
      assertNull(peer.command(), what);
    }
    server.awaitEnded(1);
    assertEquals(
        1, server.sessions("none", Outcome.BROKEN) + server.sessions("slow", Outcome.BROKEN));
    isFineForTheNextCall();
  }

  @ParameterizedTest
  @ValueSource(strings = {"failing", "sick"})
  void callAtWhichAScriptFailsIsRefused(String script) {
    try (Peer peer = server.connect().send(script(script))) {
      assertEquals(List.of(REFUSAL), peer.obey());
    }
    server.awaitEnded(1);
    assertEquals(1, server.sessions(script, Outcome.FAILED));
    isFineForTheNextCall();
  }

  @Test
  void callWhoseAnswerAsteriskDoesNotTakeIsRefused() {
    try (Peer peer = server.connect().send(script("route"))) {
      assertEquals("EXEC MSet \"A=1\"", peer.command());
      peer.send("520 Invalid command syntax.\n");
      assertEquals(REFUSAL, peer.command());
      peer.send("200 result=1\n");
      assertNull(peer.command());
    }
    server.awaitEnded(1);
    assertEquals(1, server.sessions("route", Outcome.FAILED));
  }

  @Test
  void peerThatDoesNotReplyToItsRefusalIsClosed() {
    try (Peer peer = server.connect().send(script("failing"))) {
      assertEquals(REFUSAL, peer.command());
      assertNull(peer.command());
    }
    server.awaitEnded(1);
    assertEquals(1, server.sessions("failing", Outcome.FAILED));
  }

  @Test
  void scriptThatIsTooSlowIsNoFaultOfTheCall() {
    Config.Agi slow =
        new Config.Agi(
            "127.0.0.1",
            0,
            List.of("127.0.0.1"),
            9,
            9,
            Duration.ofSeconds(9),
            Duration.ofSeconds(9),
            Duration.ofMillis(200));
    try (RunningServer late =
            new RunningServer(
                slow,
                Map.of(
                    "slow",
                    (_, _) -> {
                      await(released);
                      return List.of();
                    }),
                Optional.of(new Variable("REFUSED", "yes")));
        Peer peer = late.connect().send(script("slow"))) {
      assertNull(peer.command());
      late.awaitEnded(1);
      assertEquals(1, late.sessions("slow", Outcome.TIMEOUT));
    }
  }

  @Test
  void callThatHasEndedIsNotRefused() {
    try (Peer peer = server.connect().send(script("slow") + "HANGUP\n")) {
      assertNull(peer.command());
    }
    server.awaitEnded(1);
    assertEquals(1, server.sessions("slow", Outcome.HANGUP));
  }

  private void isFineForTheNextCall() {
    try (Peer peer = server.connect().send(script("route"))) {
      assertEquals(List.of("EXEC MSet \"A=1\""), peer.obey());
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static String script(String name) {
    return Environments.inboundCall().with("agi_network_script", name).text();
  }
}
