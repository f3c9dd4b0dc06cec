package io.tamas.call.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamas.asterisk.agi.Variable;
import io.tamas.call.record.Action;
import io.tamas.call.record.DecisionNote;
import io.tamas.crm.Caller;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.PhoneNumber;
import io.tamas.number.ServerAddresses;
import io.tamas.routing.CallContext;
import io.tamas.routing.CallContext.Origin;
import io.tamas.routing.Charge;
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
import java.util.Map;
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

  private static final Charge CHARGE =
      new Charge(
          new ExtensionNumber("101"), "c-1", Instant.EPOCH, Optional.of(Duration.ofMinutes(30)));

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
              new Announce(List.of("closed/ss-noservice", "/instance/prompts/ab12")),
              "TAMAS_SAY=closed/ss-noservice&/instance/prompts/ab12",
              "TAMAS_ACTION=announce"),
          plan(
              "no such number",
              new Refuse(Reason.UNALLOCATED, Optional.of("pbx-invalid")),
              "TAMAS_CAUSE=1",
              "TAMAS_SAY=pbx-invalid",
              "TAMAS_ACTION=refuse"),
          plan(
              "a member that rings later",
              new Ring(
                  List.of(
                      new Stage(
                          List.of(
                              new Decision.Member(new ExtensionNumber("101"), Duration.ZERO),
                              new Decision.Member(
                                  new ExtensionNumber("102"), Duration.ofSeconds(5))),
                          Duration.ofSeconds(20)))),
              "TAMAS_DIAL_1=PJSIP/101&Local/102-5@tamas-later",
              "TAMAS_RING_1=20",
              "TAMAS_STAGES=1",
              "TAMAS_ACTION=ring"),
          plan(
              "outside, with another trunk in reserve",
              new Decision.DialOut(
                  List.of(
                      new Decision.Attempt(
                          "a",
                          "09121234567",
                          Optional.of("+982191001000"),
                          30,
                          Optional.empty(),
                          Optional.empty()),
                      new Decision.Attempt(
                          "b",
                          "+989121234567",
                          Optional.empty(),
                          0,
                          Optional.of(new ExtensionNumber("101")),
                          Optional.of(
                              new ServerAddresses(
                                  "sip.example:5070",
                                  ServerAddresses.Transport.UDP,
                                  true,
                                  List.of("192.0.2.1:5070", "192.0.2.2:5070"))))),
                  Optional.of(CHARGE)),
              "TAMAS_OUT_1=a/09121234567/+982191001000/30",
              "TAMAS_OUT_2=b/+989121234567//0/101/sip.example:5070|udp|there|192.0.2.1:5070|192.0.2.2:5070",
              "TAMAS_ATTEMPTS=2",
              "TAMAS_LONGEST=1800",
              "TAMAS_ACTION=out"),
          plan(
              "an emergency call of a phone",
              new Decision.DialOut(
                  List.of(
                      new Decision.Attempt(
                          "a",
                          "110",
                          Optional.empty(),
                          0,
                          Optional.empty(),
                          Optional.of(
                              new ServerAddresses(
                                  "sip.example",
                                  ServerAddresses.Transport.TCP,
                                  false,
                                  List.of("[2001:db8::1]:5060", "[2001:db8::2]:5060"))))),
                  Optional.empty(),
                  Optional.of(new Decision.Emergency(Optional.of("tehran"))),
                  List.of("unknown", "busy", "line", "credit")),
              "TAMAS_OUT_1=a/110//0//sip.example|tcp|silent|[2001:db8::1]:5060|[2001:db8::2]:5060",
              "TAMAS_ATTEMPTS=1",
              "TAMAS_EMERGENCY=tehran",
              "TAMAS_OUTCOMES=unknown|busy|line|credit",
              "TAMAS_ACTION=out"),
          plan(
              "a menu",
              new Decision.Menu(List.of("hello"), Duration.ofSeconds(5), "1311111111"),
              "TAMAS_SAY=hello",
              "TAMAS_PATIENCE=5",
              "TAMAS_LENGTHS=1311111111",
              "TAMAS_ACTION=menu"),
          plan(
              "a message",
              new Decision.LeaveMessage(
                  new ExtensionNumber("101"), List.of("vm-intro"), Duration.ofMinutes(3)),
              "TAMAS_SAY=vm-intro",
              "TAMAS_LONGEST=180",
              "TAMAS_MAILBOX=101",
              "TAMAS_ACTION=message"),
          plan(
              "a pickup",
              new Decision.PickUp(Optional.of(new ExtensionNumber("101"))),
              "TAMAS_PICKUP=101",
              "TAMAS_ACTION=pickup"),
          plan(
              "the own group's call", new Decision.PickUp(Optional.empty()), "TAMAS_ACTION=pickup"),
          plan(
              "the own mailbox",
              new Decision.Listen(new ExtensionNumber("101")),
              "TAMAS_ACTION=listen"),
          plan(
              "a parked call",
              new Decision.Retrieve(701),
              "TAMAS_SLOT=701",
              "TAMAS_ACTION=retrieve"),
          plan(
              "do not disturb",
              new Decision.Change(
                  new ExtensionNumber("101"), new Decision.Setting.DoNotDisturb(true)),
              "TAMAS_SAY=activated",
              "TAMAS_ACTION=announce"),
          plan("nothing more", new Decision.End(), "TAMAS_ACTION=end"),
          plan(
              "busy",
              new Refuse(Reason.BUSY, Optional.empty()),
              "TAMAS_CAUSE=17",
              "TAMAS_ACTION=refuse"),
          plan(
              "forbidden",
              new Refuse(Reason.FORBIDDEN, Optional.empty()),
              "TAMAS_CAUSE=21",
              "TAMAS_ACTION=refuse"));

  @ParameterizedTest(name = "{0}")
  @FieldSource("PLANS")
  void aDecisionBecomesVariables(String what, Decision decision, List<String> expected) {
    List<Variable> plan = plan(decision, Caller.unknown(), Optional.empty());
    assertEquals("TAMAS_NOTE", plan.getFirst().name());
    assertEquals(expected, assignments(plan.subList(1, plan.size())), what);
  }

  @Test
  void knownCallersNameAndTheRecordingAreSet() {
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
            Action.Known.RING,
            Optional.of(RECORDING.toString()),
            Optional.of(7L),
            Optional.empty(),
            Optional.of(new DecisionNote.Line("demo", Optional.empty())),
            Optional.empty(),
            Map.of(),
            new Trace(List.of())),
        note);
  }

  @Test
  void messageIsNotPartOfTheRecordingOfTheCall() {
    ExtensionNumber mailbox = new ExtensionNumber("101");
    List<Variable> plan =
        plan(
            new Decision.LeaveMessage(mailbox, List.of("vm-intro"), Duration.ofMinutes(3)),
            Caller.unknown(),
            Optional.of(RECORDING));
    assertEquals(
        List.of(
            "TAMAS_MESSAGE=" + RECORDING,
            "TAMAS_SAY=vm-intro",
            "TAMAS_LONGEST=180",
            "TAMAS_MAILBOX=101",
            "TAMAS_ACTION=message"),
        assignments(plan.subList(1, plan.size())));
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
        "x\u0000\u0007\u2028y|x y"
      })
  void aNameIsAValueAndNeverSyntax(String name, String shown) {
    assertEquals(shown, DisplayName.of(name));
    Caller caller = new Caller(List.of(new Caller.Candidate(1, name)));
    List<Variable> plan = plan(new Refuse(Reason.BUSY, Optional.empty()), caller, Optional.empty());
    assertEquals(new Variable("CALLERID(name)", shown), plan.getFirst());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n\n", "\u202e", "   "})
  void emptyNameIsNotSet(String name) {
    Caller caller = new Caller(List.of(new Caller.Candidate(1, name)));
    assertEquals(
        3, plan(new Refuse(Reason.BUSY, Optional.empty()), caller, Optional.empty()).size());
  }

  @Test
  void aLongNameIsCutBetweenCharacters() {
    assertEquals("😀".repeat(80), DisplayName.of("😀".repeat(500)));
    assertEquals("a " + "ba ".repeat(25) + "ba", DisplayName.of("a\nb".repeat(400)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a&b", "//etc/x", "../x", "a,b", "${X}", "a/"})
  void aSoundIsOnlyAName(String sound) {
    assertThrows(
        IllegalArgumentException.class,
        () -> plan(new Announce(List.of(sound)), Caller.unknown(), Optional.empty()));
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
        Stream.of(members)
            .map(ExtensionNumber::new)
            .map(number -> new Decision.Member(number, Duration.ZERO))
            .toList(),
        Duration.ofMillis(millis));
  }

  /// A company without a trunk has no plan to parse numbers by.
  @Test
  void numberThatNoPlanCanParseStaysAsDialled() {
    List<Variable> plan =
        plan(
            new CallerId.Anonymous(),
            new Refuse(Reason.FORBIDDEN, Optional.empty()),
            Caller.unknown(),
            Optional.empty());
    DecisionNote note = DecisionNote.decode(plan.getFirst().value()).orElseThrow();
    assertEquals("02191001000", note.requested());
  }

  private static List<Variable> plan(Decision decision, Caller caller, Optional<UUID> recording) {
    CallerId dialled = new CallerId.Number(new PhoneNumber("+982191001000"));
    return plan(dialled, decision, caller, recording);
  }

  private static List<Variable> plan(
      CallerId dialled, Decision decision, Caller caller, Optional<UUID> recording) {
    CallContext call =
        new CallContext(
            "cell-1.1",
            "cell-1.1",
            new Origin.FromTrunk("demo"),
            new CallerId.Number(new PhoneNumber("+989121234567")),
            dialled,
            "02191001000",
            Instant.EPOCH);
    Routed routed =
        new Routed(
            Direction.INBOUND,
            decision,
            "route:main",
            "extension:101",
            recording.isPresent(),
            Optional.empty(),
            new Trace(List.of()));
    return RoutePlan.of(call, caller, Optional.empty(), routed, Map.of(), recording);
  }

  private static List<String> assignments(List<Variable> plan) {
    return plan.stream().map(variable -> variable.name() + "=" + variable.value()).toList();
  }
}
