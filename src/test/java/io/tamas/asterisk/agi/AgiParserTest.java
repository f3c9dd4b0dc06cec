package io.tamas.asterisk.agi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamas.asterisk.agi.ProtocolFault.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgiParserTest {
  private static final String CALL = Environments.inboundCall().text();

  /// What the peer sends, piece by piece, and the fault that it is to be.
  static final List<Arguments> FAULTS =
      List.of(
          fault("garbage", "\u0001\u0002\u0003\n", Reason.NOT_A_HEADER),
          fault("an HTTP request", "GET / HTTP/1.1\r\n\r\n", Reason.NOT_A_HEADER),
          fault("no name", "agi_: yes\n", Reason.NOT_A_HEADER),
          fault("no blank after the colon", "agi_network:yes\n", Reason.NOT_A_HEADER),
          fault("a name with a capital", "agi_Network: yes\n", Reason.NOT_A_HEADER),
          fault("hang-up before the call", "HANGUP\n", Reason.NOT_A_HEADER),
          fault("an endless line", "agi_callerid: " + "1".repeat(9000), Reason.LINE_TOO_LONG),
          fault("a line too long", "agi_x: " + "1".repeat(8186) + "\n", Reason.LINE_TOO_LONG),
          fault(
              "too much in all",
              "agi_a: %1$s\nagi_b: %1$s\nagi_c: %1$s\nagi_d: %1$s\nagi_e: %1$s\n"
                  .formatted("1".repeat(8000)),
              Reason.ENVIRONMENT_TOO_LONG),
          fault("a million headers", millionHeaders(), Reason.ENVIRONMENT_TOO_LONG),
          fault(
              "a header twice", "agi_callerid: 101\nagi_callerid: 102\n", Reason.DUPLICATE_HEADER),
          fault("an argument far away", "agi_arg_2147483640: x\n", Reason.BAD_ARGUMENT),
          fault("an argument left out", "agi_arg_1: x\nagi_arg_3: x\n", Reason.BAD_ARGUMENT),
          fault("an argument of no number", "agi_arg_one: x\n", Reason.BAD_ARGUMENT),
          fault("an argument with a nought", "agi_arg_01: x\n", Reason.BAD_ARGUMENT),
          fault("too many arguments", arguments(33), Reason.BAD_ARGUMENT),
          fault("nothing at all", "\n", Reason.MISSING_HEADER),
          fault("no script", without("agi_network_script"), Reason.MISSING_HEADER),
          fault("no channel", without("agi_channel"), Reason.MISSING_HEADER),
          fault("no unique id", without("agi_uniqueid"), Reason.MISSING_HEADER),
          fault("a reply that was not asked for", CALL + "200 result=1\n", Reason.UNSOLICITED),
          fault("headers after the end", CALL + "agi_arg_3: x\n", Reason.UNSOLICITED),
          fault("an endless line after it", CALL + "x".repeat(9000), Reason.LINE_TOO_LONG));

  @ParameterizedTest(name = "{0}")
  @FieldSource("FAULTS")
  void whatAsteriskNeverSendsIsAFault(String what, String sent, Reason expected) {
    Heard heard = new Heard();
    assertEquals(expected, fault(() -> heard.feed(sent)), what);
  }

  @Test
  void anEnvironmentIsReadHoweverItIsCut() throws ProtocolFault {
    Heard whole = new Heard();
    whole.feed(CALL);
    byte[] bytes = CALL.getBytes(UTF_8);
    for (int cut = 0; cut <= bytes.length; cut++) {
      Heard heard = new Heard();
      heard.feed(Arrays.copyOf(bytes, cut));
      heard.feed(Arrays.copyOfRange(bytes, cut, bytes.length));
      assertEquals(whole.events, heard.events, "cut at byte " + cut);
    }
    assertEquals(1, whole.events.size());
  }

  @Test
  void aSessionIsReadByteByByte() throws ProtocolFault {
    Heard heard = new Heard();
    heard.feedByteByByte(CALL);
    heard.parser.expectReply();
    heard.feedByteByByte("200 result=1 (علی رضا)\nHANGUP\n");
    assertEquals("علی رضا", heard.lastReply().getExtra());
    assertEquals("hangup", heard.events.getLast());
  }

  @Test
  void garbageOfAnySortIsRefusedOrWaitedFor() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      byte[] garbage = new byte[random.nextInt(200)];
      random.nextBytes(garbage);
      Heard heard = new Heard();
      try {
        heard.feed(garbage);
      } catch (ProtocolFault expected) {
        continue;
      }
      assertEquals(List.of(), heard.events, "seed " + seed);
    }
  }

  @Test
  void headersAndArgumentsAreKept() throws ProtocolFault {
    Heard heard = new Heard();
    heard.feed(
        Environments.inboundCall()
            .with("agi_network_script", "route?lang=fa")
            .with("agi_calleridname", "O\"Hara) & ${SHELL(id)}: \u200f\u202eعلی😀")
            .text());
    Environment environment = heard.environment();
    assertEquals("route", environment.script());
    assertEquals("lang=fa", environment.query());
    assertEquals(
        List.of("trunk", "demo", "cell-1700000000.1", "02191001000", "-", "-", "-", "-|"),
        environment.arguments());
    assertEquals(
        "O\"Hara) & ${SHELL(id)}: \u200f\u202eعلی😀", environment.headers().get("calleridname"));
    assertEquals("", environment.headers().get("accountcode"));
  }

  @Test
  void aNewlineInACallersNameCannotBringItsOwnArguments() {
    String forged =
        Environments.inboundCall().with("agi_calleridname", "x\nagi_arg_1: phone").text();
    assertEquals(Reason.DUPLICATE_HEADER, fault(() -> new Heard().feed(forged)));
    String ended = Environments.inboundCall().with("agi_calleridname", "x\n\nagi_x: y").text();
    assertEquals(Reason.UNSOLICITED, fault(() -> new Heard().feed(ended)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "200 result=1\n",
        "200 result=0 (timeout) endpos=160\n",
        "200 result=1 (a)b) c)\n",
        "200 result=1 (first\nsecond)\n",
        "200 result=1 (first\n\nHANGUP\n)\n",
        "200 result=-2\n",
        "100 result=0 Trying...\n200 result=0 Gosub complete\n",
        "510 Invalid or unknown command\n",
        "511 Command Not Permitted on a dead channel or intercept routine\n",
        "520 Invalid command syntax.  Proper usage not available.\n",
        "520-Invalid command syntax.  Proper usage follows:\n"
            + "Usage: SET VARIABLE <n> <v>\n\n\tSets.\n\n520 End of proper usage.\n"
      })
  void aReplyIsReadHoweverItIsCutAndNothingMore(String reply) throws ProtocolFault {
    byte[] bytes = reply.getBytes(UTF_8);
    for (int cut = 0; cut <= bytes.length; cut++) {
      Heard heard = Heard.expectingReply();
      heard.feed(Arrays.copyOf(bytes, cut));
      if (cut < bytes.length) {
        assertEquals(1, heard.events.size(), "complete before its end, at byte " + cut);
      }
      heard.feed(Arrays.copyOfRange(bytes, cut, bytes.length));
      assertEquals(2, heard.events.size(), "cut at byte " + cut);
      assertEquals(Reason.UNSOLICITED, fault(() -> heard.feed("200 result=1\n")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"OK", "200", "20 result=1", "200result=1", "", "٢٠٠ result=1"})
  void whatIsNoReplyIsAFault(String line) throws ProtocolFault {
    Heard heard = Heard.expectingReply();
    assertEquals(Reason.NOT_A_REPLY, fault(() -> heard.feed(line + "\n")));
  }

  @Test
  void anEndlessReplyIsAFault() throws ProtocolFault {
    Heard line = Heard.expectingReply();
    assertEquals(
        Reason.LINE_TOO_LONG, fault(() -> line.feed("200 result=1 (" + "x".repeat(66_000))));
    Heard usage = Heard.expectingReply();
    assertEquals(
        Reason.REPLY_TOO_LONG, fault(() -> usage.feed("520-Usage:\n" + "x\n".repeat(40_000))));
    Heard provisional = Heard.expectingReply();
    assertEquals(
        Reason.REPLY_TOO_LONG, fault(() -> provisional.feed("100 Trying...\n".repeat(10_000))));
  }

  @Test
  void hangupIsReadBetweenBeforeAndAfterReplies() throws ProtocolFault {
    Heard heard = Heard.expectingReply();
    heard.feed("HANGUP\n200 result=-1\nHANGUP\n");
    assertEquals(List.of("hangup", "200 result=-1", "hangup"), heard.eventsAfterEnvironment());
  }

  private static Arguments fault(String what, String sent, Reason expected) {
    return Arguments.of(what, sent, expected);
  }

  private static String without(String header) {
    return Environments.inboundCall().without(header).text();
  }

  private static String arguments(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      text.append("agi_arg_").append(i).append(": x\n");
    }
    return text.toString();
  }

  private static String millionHeaders() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 1_000_000; i++) {
      text.append("agi_x").append(i).append(": 1\n");
    }
    return text.toString();
  }

  private static Reason fault(org.junit.jupiter.api.function.Executable executable) {
    return assertThrows(ProtocolFault.class, executable).reason();
  }

  /// A parser and what it told.
  private static final class Heard implements AgiParser.Events {
    final AgiParser parser = new AgiParser(this);
    final List<Object> events = new ArrayList<>();

    static Heard expectingReply() throws ProtocolFault {
      Heard heard = new Heard();
      heard.feed(CALL);
      heard.parser.expectReply();
      return heard;
    }

    void feed(String text) throws ProtocolFault {
      feed(text.getBytes(UTF_8));
    }

    void feed(byte[] bytes) throws ProtocolFault {
      parser.feed(bytes);
    }

    void feedByteByByte(String text) throws ProtocolFault {
      for (byte b : text.getBytes(UTF_8)) {
        feed(new byte[] {b});
      }
    }

    Environment environment() {
      return (Environment) events.getFirst();
    }

    Reply lastReply() {
      return events.stream()
          .filter(Reply.class::isInstance)
          .map(Reply.class::cast)
          .reduce((_, last) -> last)
          .orElseThrow();
    }

    List<String> eventsAfterEnvironment() {
      return events.stream()
          .skip(1)
          .map(event -> event instanceof Reply reply ? reply.getFirstLine() : event.toString())
          .toList();
    }

    @Override
    public void environment(Environment environment) {
      events.add(environment);
    }

    @Override
    public void reply(Reply reply) {
      events.add(reply);
    }

    @Override
    public void hangup() {
      events.add("hangup");
    }
  }
}
