package io.tamas.asterisk.agi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.asteriskjava.fastagi.AgiException;
import org.asteriskjava.fastagi.AgiScript;
import org.asteriskjava.fastagi.command.VerboseCommand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgiServerIT {
  private static final String CALL = Environments.inboundCall().text();
  private static final AgiScript GREETING =
      (request, channel) -> {
        channel.setVariable("GREETING", "hello " + channel.getVariable("WHO"));
        channel.exec("NoOp", request.getArguments());
      };

  private final CompletableFuture<Throwable> thrown = new CompletableFuture<>();
  private final RunningServer server =
      new RunningServer(
          RunningServer.DEFAULTS,
          Map.of(
              "route",
              (_, _) -> List.of(new Variable("A", "1"), new Variable("B", "two \"words\"")),
              "greeting",
              Script.of(GREETING),
              "silent",
              (_, _) -> List.of(),
              "careless",
              (_, channel) -> {
                try {
                  channel.sendCommand(new VerboseCommand("x".repeat(2047), 1));
                } catch (AgiException e) {
                  thrown.complete(e);
                }
                return List.of();
              },
              "failing",
              (_, _) -> {
                throw new IllegalStateException("a broken assumption");
              },
              "sick",
              (_, _) -> {
                throw new AssertionError("a broken machine");
              }));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aScriptsAnswerIsSetInOrderAndTheSessionEnds() {
    try (Peer peer = server.connect().send(CALL)) {
      assertEquals(
          List.of("EXEC MSet \"A=1\"", "SET VARIABLE B \"two \\\"words\\\"\""), peer.obey());
    }
    server.awaitEnded(1);
    assertEquals(1, server.sessions("route", Outcome.DONE));
  }

  @Test
  void theNextCommandWaitsForTheReplyToTheOneBefore() {
    try (Peer peer = server.connect().send(CALL)) {
      assertEquals("EXEC MSet \"A=1\"", peer.command());
      peer.send("200 resu").send("lt=1\n");
      assertEquals("SET VARIABLE B \"two \\\"words\\\"\"", peer.command());
      peer.send("200 result=1\n");
      assertNull(peer.command());
    }
  }

  @Test
  void aScriptOfAsteriskJavaTalksOverItsChannel() {
    try (Peer peer = server.connect().send(script("greeting"))) {
      assertEquals("GET VARIABLE \"WHO\"", peer.command());
      peer.send("200 result=1 (a) b)\n");
      assertEquals("SET VARIABLE \"GREETING\" \"hello a) b\"", peer.command());
      peer.send("200 result=1\n");
      assertEquals(
          "EXEC \"NoOp\" \"trunk,demo,cell-1700000000.1,02191001000,-,-,-,-|\"", peer.command());
      peer.send("200 result=0\n");
      assertNull(peer.command());
    }
    server.awaitEnded(1);
    assertEquals(1, server.sessions("greeting", Outcome.DONE));
  }

  @Test
  void aScriptWithoutAnAnswerEndsItsSession() {
    try (Peer peer = server.connect().send(script("silent"))) {
      assertEquals(List.of(), peer.obey());
    }
    server.awaitEnded(1);
    assertEquals(1, server.sessions("silent", Outcome.DONE));
  }

  @Test
  void aCommandThatAsteriskWouldCutIsNotSent() throws Exception {
    try (Peer peer = server.connect().send(script("careless"))) {
      assertEquals(List.of(), peer.obey());
    }
    assertEquals(AgiException.class, thrown.get(10, TimeUnit.SECONDS).getClass());
  }

  @Test
  void aScriptThatFailsEndsItsSessionOnly() {
    for (String name : List.of("failing", "sick")) {
      try (Peer peer = server.connect().send(script(name))) {
        assertEquals(List.of(), peer.obey());
      }
    }
    server.awaitEnded(2);
    assertEquals(1, server.sessions("failing", Outcome.FAILED));
    assertEquals(1, server.sessions("sick", Outcome.FAILED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"520 Invalid command syntax.  Proper usage not available.", "200 result=-2"})
  void aCommandThatAsteriskRefusesEndsTheAnswer(String refusal) {
    try (Peer peer = server.connect().send(CALL)) {
      peer.command();
      peer.send(refusal + "\n");
      assertNull(peer.command());
    }
    server.awaitEnded(1);
    assertEquals(1, server.sessions("route", Outcome.FAILED));
  }

  @Test
  void closingTheServerClosesItsSessions() {
    CountDownLatch connected = new CountDownLatch(1);
    try (Peer peer = server.connect().send(CALL)) {
      peer.command();
      connected.countDown();
      server.stop();
      assertNull(peer.command());
    }
    assertEquals(1, server.sessions("route", Outcome.CLOSED));
  }

  private static String script(String name) {
    return Environments.inboundCall().with("agi_network_script", name).text();
  }
}
