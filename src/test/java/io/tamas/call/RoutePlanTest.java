package io.tamas.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamas.asterisk.agi.Variable;
import io.tamas.crm.Caller;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.PhoneNumber;
import io.tamas.routing.CallContext;
import io.tamas.routing.CallContext.Origin;
import io.tamas.routing.Decision;
import io.tamas.routing.Decision.Announce;
import io.tamas.routing.Decision.Reason;
import io.tamas.routing.Decision.Refuse;
import io.tamas.routing.Decision.Ring;
import io.tamas.routing.Decision.Stage;
import io.tamas.routing.Routed;
import io.tamas.routing.Routed.Direction;
import io.tamas.routing.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutePlanTest {
  private static final UUID RECORDING = new UUID(1, 2);

  static final List<Arguments> PLANS =
      List.of(
          plan(
              "one phone",
              new Ring(List.of(stage(30_000, "101"))),
              "TAMAS_DIAL_1=PJSIP/101",
              "TAMAS_RING_1=30",
              "TAMAS_STAGES=1",
              "TAMAS_ACTION=ring"),
          plan(
              "two phones together",
              new Ring(List.of(stage(20_000, "101", "102"))),
              "TAMAS_DIAL_1=PJSIP/101&PJSIP/102",
              "TAMAS_RING_1=20",
              "TAMAS_STAGES=1",
              "TAMAS_ACTION=ring"),
          plan(
              "one after the other, whole seconds",
              new Ring(List.of(stage(1_200, "101"), stage(0, "102"))),
              "TAMAS_DIAL_1=PJSIP/101",
              "TAMAS_RING_1=2",
              "TAMAS_DIAL_2=PJSIP/102",
              "TAMAS_RING_2=1",
              "TAMAS_STAGES=2",
              "TAMAS_ACTION=ring"),
          plan(
              "a voice",
              new Announce("closed/ss-noservice"),
              "TAMAS_SOUND=closed/ss-noservice",
              "TAMAS_ACTION=announce"),
          plan(
              "no such number",
              new Refuse(Reason.UNALLOCATED),
              "TAMAS_CAUSE=1",
              "TAMAS_ACTION=refuse"),
          plan("busy", new Refuse(Reason.BUSY), "TAMAS_CAUSE=17", "TAMAS_ACTION=refuse"),
          plan("forbidden", new Refuse(Reason.FORBIDDEN), "TAMAS_CAUSE=21", "TAMAS_ACTION=refuse"));

  @ParameterizedTest(name = "{0}")
  @FieldSource("PLANS")
  void aDecisionBecomesVariables(String what, Decision decision, List<String> expected) {
    List<Variable> plan = plan(decision, Caller.unknown(), Optional.empty());
    assertEquals("TAMAS_NOTE", plan.getFirst().name());
    assertEquals(expected, assignments(plan.subList(1, plan.size())), what);
  }

  @Test
  void aKnownCallersNameAndTheRecordingAreTold() {
    List<Variable> plan =
        plan(
            new Ring(List.of(stage(30_000, "101"))),
            new Caller(List.of(new Caller.Candidate(7, "علی"), new Caller.Candidate(8, "x"))),
            Optional.of(RECORDING));
    assertEquals(
        List.of(
            "TAMAS_RECORDING=" + RECORDING,
            "TAMAS_DIAL_1=PJSIP/101",
            "TAMAS_RING_1=30",
            "TAMAS_STAGES=1",
            "TAMAS_ACTION=ring"),
        assignments(plan.subList(2, plan.size())));
    assertEquals(new Variable("CALLERID(name)", "علی"), plan.getFirst());
    DecisionNote note = DecisionNote.decode(plan.get(1).value()).orElseThrow();
    assertEquals(
        new DecisionNote(
            Direction.INBOUND,
            "+989121234567",
            "+982191001000",
            "extension:101",
            "route:main",
            "ring",
            Optional.of(RECORDING.toString()),
            Optional.of(7L),
            new Trace(List.of())),
        note);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "O\"Hara) & ${SHELL(id)}|O\"Hara) & ${SHELL(id)}",
        "علی\u200cرضا|علی\u200cرضا",
        "a\u202eb\u200fc\u2066d\ufeff|abcd",
        "👨\u200d👩\u200d👧 😀|👨\u200d👩\u200d👧 😀",
        "x\u0000\u0007\u2028y|xy"
      })
  void aNameIsAValueAndNeverSyntax(String name, String shown) {
    assertEquals(shown, DisplayName.of(name));
    Caller caller = new Caller(List.of(new Caller.Candidate(1, name)));
    List<Variable> plan = plan(new Refuse(Reason.BUSY), caller, Optional.empty());
    assertEquals(new Variable("CALLERID(name)", shown), plan.getFirst());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n\n", "\u202e", "   "})
  void aNameOfNothingIsNotTold(String name) {
    Caller caller = new Caller(List.of(new Caller.Candidate(1, name)));
    assertEquals(3, plan(new Refuse(Reason.BUSY), caller, Optional.empty()).size());
  }

  @Test
  void aLongNameIsCutBetweenCharacters() {
    assertEquals("😀".repeat(80), DisplayName.of("😀".repeat(500)));
    assertEquals("a\nb".repeat(40).replace("\n", ""), DisplayName.of("a\nb".repeat(400)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a&b", "/etc/x", "../x", "a,b", "${X}", "a/"})
  void aSoundIsOnlyAName(String sound) {
    assertThrows(
        IllegalArgumentException.class,
        () -> plan(new Announce(sound), Caller.unknown(), Optional.empty()));
  }

  @Test
  void aStageThatDoesNotFitIntoACommandFailsTheSession() {
    String[] crowd = IntStream.range(0, 200).mapToObj(n -> "" + (1000 + n)).toArray(String[]::new);
    Ring ring = new Ring(List.of(stage(1_000, crowd)));
    assertThrows(
        IllegalArgumentException.class, () -> plan(ring, Caller.unknown(), Optional.empty()));
  }

  private static Arguments plan(String what, Decision decision, String... assignments) {
    return Arguments.of(what, decision, List.of(assignments));
  }

  private static Stage stage(long millis, String... members) {
    return new Stage(
        Stream.of(members).map(ExtensionNumber::new).toList(), Duration.ofMillis(millis));
  }

  private static List<Variable> plan(Decision decision, Caller caller, Optional<UUID> recording) {
    CallContext call =
        new CallContext(
            "cell-1.1",
            new Origin.FromTrunk("demo"),
            new CallerId.Number(new PhoneNumber("+989121234567")),
            new CallerId.Number(new PhoneNumber("+982191001000")),
            Instant.EPOCH);
    Routed routed =
        new Routed(
            Direction.INBOUND,
            decision,
            "route:main",
            "extension:101",
            recording.isPresent(),
            new Trace(List.of()));
    return RoutePlan.of(call, caller, routed, recording);
  }

  private static List<String> assignments(List<Variable> plan) {
    return plan.stream().map(variable -> variable.name() + "=" + variable.value()).toList();
  }
}
