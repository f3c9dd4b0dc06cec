package io.tamas.asterisk.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.asterisk.journal.JournalParser.Parsed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalParserTest {
  private static final String SARA = JournalLines.line("CHAN_START", "Sara", "main-1795225666.0");
  private static final String ALI = JournalLines.line("HANGUP", "Ali", "main-1795225666.0");

  @Test
  void columnsAreThoseOfThePlan() {
    String line =
        """
        "T1","1795225666.210112","HANGUP","","Sara","09121234567","101","from-trunk",\
        "PJSIP/trunk-demo-00000000","Dial","PJSIP/101,4","acc","main-1795225666.0",\
        "main-1795225665.9","PJSIP/101-00000001","{""hangupcause"":16}"
        """;

    assertEquals(
        List.of(
            new JournalEvent(
                Instant.parse("2026-11-21T01:47:46.210112Z"),
                RowType.Cel.HANGUP,
                "PJSIP/trunk-demo-00000000",
                "main-1795225666.0",
                "main-1795225665.9",
                "Sara",
                "09121234567",
                "101",
                "from-trunk",
                "Dial",
                "PJSIP/101,4",
                "acc",
                "PJSIP/101-00000001",
                "{\"hangupcause\":16}")),
        parse(line).events());
  }

  @Test
  void userEventHasTheNameThatTheDialplanGave() {
    String line = SARA.replace("\"CHAN_START\",\"\"", "\"USER_DEFINED\",\"TAMAS_DECISION\"");

    assertEquals(RowType.Note.DECISION, parse(line).events().getFirst().type());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\\\",\\\"eventtype\\\":\\\"PICKUP\\\",\\\"z\\\":\\\"",
        "\"",
        "\"\"",
        "\",\"",
        "\"T1\",\"1795225666.000001\",\"PICKUP\"",
        "\n\"T1\",\"1795225666.000001\",\"PICKUP\",\"\"\n",
        "T1",
        "line\nfeed\r\n",
        "${SHELL(reboot)}",
        "\u202Eمریم\u202C 📞",
        ""
      })
  void textOfACallerStaysInItsField(String name) {
    Parsed parsed = parse(JournalLines.line("CHAN_START", name, "main-1795225666.0") + ALI);

    assertEquals(List.of(), parsed.rejects());
    assertEquals(
        List.of(name, "Ali"), parsed.events().stream().map(JournalEvent::callerName).toList());
  }

  @Test
  void nulAndBytesThatAreNoUtf8AreReplaced() {
    byte[] bytes = JournalLines.line("CHAN_START", "a\0bc", "main-1795225666.0").getBytes(UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == 'c' ? (byte) 0xC3 : bytes[i];
    }

    List<JournalEvent> events = JournalParser.parse(bytes, bytes.length, false).events();

    assertEquals("a\uFFFDb\uFFFD", events.getFirst().callerName());
  }

  @Test
  void lineThatIsStillBeingWrittenIsLeftForLater() {
    for (int cut = 0; cut < ALI.length(); cut++) {
      Parsed parsed = parse(SARA + ALI.substring(0, cut));

      assertEquals(1, parsed.events().size());
      assertEquals(List.of(), parsed.rejects());
      assertEquals(SARA.length(), parsed.consumed());
    }
  }

  @Test
  void lineCutInAClosedFileIsRejected() {
    Parsed parsed = parse(SARA + "\"T1\",\"179522", true);

    assertEquals(1, parsed.events().size());
    assertEquals("\"T1\",\"179522", parsed.rejects().getFirst().raw());
    assertEquals(SARA.length(), parsed.rejects().getFirst().position());
  }

  @Test
  void recordCutByACrashCostsNeitherItsFollowersNorTheOneGluedToIt() {
    for (int cut = 1; cut < SARA.length() - 1; cut++) {
      Parsed glued = parse(SARA.substring(0, cut) + ALI + SARA);
      assertEquals(2, glued.events().size(), "glued at " + cut);
      assertEquals(RowType.Cel.HANGUP, glued.events().getFirst().type());
      assertEquals(SARA.substring(0, cut), glued.rejects().getFirst().raw());

      Parsed apart = parse(SARA.substring(0, cut) + "\n" + ALI + SARA);
      assertEquals(2, apart.events().size(), "cut at " + cut);
      assertEquals(1, apart.rejects().size());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage\n",
        "\"T1\"\n",
        "\"T1\",\"1795225666.210112\",\"X\"\n",
        "\"T2\",\"1795225666.210112\",\"X\"\n",
        "\"T1\",unquoted\n"
      })
  void readingGoesOnBehindWhatIsNoRecord(String garbage) {
    Parsed parsed = parse(garbage + SARA);

    assertEquals(1, parsed.events().size());
    assertEquals(garbage, parsed.rejects().getFirst().raw());
    assertEquals((garbage + SARA).length(), parsed.consumed());
  }

  @Test
  void timeThatIsNoneAndMissingLinkedIdAreRejected() {
    assertEquals(1, parse(SARA.replace("1795225666.210112", "soon")).rejects().size());
    assertEquals(1, parse(JournalLines.line("HANGUP", "Ali", "")).rejects().size());
    assertEquals(1, parse(JournalLines.line("", "Ali", "main-1.0")).rejects().size());
  }

  @Test
  void endlessLineIsRejectedInPiecesAndNeverHeld() {
    String endless = "\"T1\",\"" + "x".repeat(5 * JournalParser.MAX_RECORD);
    String rest = endless;
    int pieces = 0;
    while (rest.length() > JournalParser.MAX_RECORD) {
      Parsed parsed = parse(rest.substring(0, Math.min(rest.length(), 100_000)));
      assertTrue(parsed.consumed() > 0);
      assertTrue(parsed.rejects().stream().allMatch(r -> r.raw().length() <= 32 * 1024));
      rest = rest.substring(parsed.consumed());
      pieces++;
    }

    assertTrue(pieces < 10);
    assertEquals(1, parse(rest + "\n" + SARA).events().size());
  }

  @Test
  void piecesMakeWhatTheWholeMakes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    StringBuilder file = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      String line = JournalLines.line("T" + i, "n\"" + i + "\n", "main-1795225666." + i);
      file.append(random.nextInt(10) == 0 ? line.substring(random.nextInt(line.length())) : line);
    }
    byte[] bytes = file.toString().getBytes(UTF_8);
    Parsed whole = JournalParser.parse(bytes, bytes.length, true);

    List<JournalEvent> events = new ArrayList<>();
    int from = 0;
    int to = 0;
    while (to < bytes.length) {
      to = Math.min(bytes.length, to + 1 + random.nextInt(2_000));
      byte[] piece = java.util.Arrays.copyOfRange(bytes, from, to);
      Parsed parsed = JournalParser.parse(piece, piece.length, to == bytes.length);
      events.addAll(parsed.events());
      from += parsed.consumed();
    }

    assertEquals(whole.events(), events, "seed " + seed);
    assertEquals(bytes.length, from, "seed " + seed);
  }

  private static Parsed parse(String text) {
    return parse(text, false);
  }

  private static Parsed parse(String text, boolean closed) {
    byte[] bytes = text.getBytes(UTF_8);
    return JournalParser.parse(bytes, bytes.length, closed);
  }
}
