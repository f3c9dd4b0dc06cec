package io.tamas.call.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.routing.Routed.Direction;
import io.tamas.routing.Trace;
import io.tamas.routing.Trace.Step;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionNoteTest {
  @Test
  void aNoteIsReadAsItWasWritten() {
    DecisionNote note =
        note("بانک ملی \"x\\\n😀", List.of(new Step("route:main", "matched")), Optional.of(42L));
    String text = note.encode();
    assertTrue(text.matches("[A-Za-z0-9_-]+"), text);
    assertEquals(Optional.of(note), DecisionNote.decode(text));
  }

  @Test
  void whatIsAbsentStaysAbsent() {
    DecisionNote note = note("anonymous", List.of(), Optional.empty());
    assertEquals(Optional.of(note), DecisionNote.decode(note.encode()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 20, 25, 49, 50, 51, 2_000})
  void aLongTraceIsShortenedToItsLastSteps(int count) {
    List<Step> steps =
        IntStream.range(0, count).mapToObj(n -> new Step("route:" + n, "other-number")).toList();
    String text = note("+989121234567", steps, Optional.empty()).encode();
    assertTrue(text.length() <= 1_800);
    List<Step> read = DecisionNote.decode(text).orElseThrow().trace().steps();
    if (read.size() < count) {
      assertEquals(new Step("trace", "shortened"), read.getFirst());
      List<Step> last = read.subList(1, read.size());
      assertEquals(steps.subList(count - last.size(), count), last);
      assertTrue(last.size() >= 15, "only " + last.size() + " kept");
    } else {
      assertEquals(steps, read);
    }
  }

  /// Groups of 30 extensions fit beside the last steps of the trace, those of 300 do not.
  @ParameterizedTest
  @CsvSource({"30, 30", "300, 0"})
  void groupsAreOmittedIfTheyLeaveTooLittleForTheTrace(int extensions, int noted) {
    List<String> members =
        IntStream.range(100, 100 + extensions).mapToObj("%d"::formatted).toList();
    List<Step> steps =
        IntStream.range(0, 40).mapToObj(n -> new Step("extension:" + n, "skipped-busy")).toList();
    DecisionNote read =
        DecisionNote.decode(note("101", steps, Optional.empty(), Map.of("sales", members)).encode())
            .orElseThrow();
    assertEquals(noted, read.groups().getOrDefault("sales", List.of()).size());
    List<Step> kept = read.trace().steps();
    assertEquals(steps.subList(35, 40), kept.subList(kept.size() - 5, kept.size()));
  }

  @Test
  void aNoteOfBeforeGroupsWereNotedHasNone() {
    DecisionNote note = note("101", List.of(), Optional.empty());
    String json = new String(Base64.getUrlDecoder().decode(note.encode()), UTF_8);
    assertFalse(json.contains("groups"), json);
    assertEquals(Map.of(), DecisionNote.decode(note.encode()).orElseThrow().groups());
  }

  @Test
  void aNoteThatCannotFitIsABrokenAssumption() {
    DecisionNote note = note("x".repeat(2_000), List.of(), Optional.empty());
    assertThrows(IllegalStateException.class, note::encode);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "!",
        "bnVsbA",
        "e30",
        "eyJ4IjoxfQ",
        "W10",
        "TAMAS",
        "eyJkaXJlY3Rpb24iOiJJTkJPVU5EIn0"
      })
  void textThatIsNotANoteIsIgnored(String text) {
    assertEquals(Optional.empty(), DecisionNote.decode(text));
  }

  @ParameterizedTest
  @CsvSource({
    "extension:101, forward-always, 101",
    "extension:101, no-answer, 101",
    "extension:101, skipped-busy, nobody",
    "extension:101, skipped-do-not-disturb, nobody",
    "route:main, matched, nobody"
  })
  void onlyTheExtensionThatForwardedTheCallIsShown(String rule, String outcome, String by) {
    List<Step> steps = List.of(new Step(rule, outcome), new Step("ring-group:sales", "matched"));
    assertEquals(by, note("anonymous", steps, Optional.empty()).forwardedBy().orElse("nobody"));
  }

  @ParameterizedTest
  @CsvSource({
    "out, none, 112, 112",
    "out, number:+989121234567, +982191001000, +989121234567",
    "ring, extension:101, +982191001000, nobody",
    "out, none, '', nobody"
  })
  void externalNumberIsTheDestinationElseTheNumberDialled(
      String action, String destination, String requested, String number) {
    DecisionNote note =
        new DecisionNote(
            Direction.OUTBOUND,
            "101",
            requested,
            destination,
            "outgoing:all/mobile",
            Action.of(action),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            new Trace(List.of()));
    assertEquals(number, note.externalNumber().orElse("nobody"));
  }

  private static DecisionNote note(String caller, List<Step> steps, Optional<Long> profile) {
    return note(caller, steps, profile, Map.of());
  }

  private static DecisionNote note(
      String caller, List<Step> steps, Optional<Long> profile, Map<String, List<String>> groups) {
    return new DecisionNote(
        Direction.INBOUND,
        caller,
        "+982191001000",
        "extension:101",
        "route:main",
        Action.Known.RING,
        Optional.empty(),
        profile,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        groups,
        new Trace(steps));
  }
}
