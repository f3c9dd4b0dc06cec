package io.tamas.call.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.asterisk.journal.Extra;
import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.call.fold.CallFold.Moment;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.Leg;
import io.tamas.call.record.CallRecord.Party;
import io.tamas.call.record.CallRecord.Status;
import io.tamas.call.record.LegResult;
import io.tamas.json.Json;
import io.tamas.routing.Routed.Direction;
import io.tamas.routing.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

public class CallFoldTest {
  private static final String ID = "main-1795225666.0";

  public static final List<String> CAPTURED =
      List.of(
          "announcement",
          "answered",
          "answered-callee-hangs",
          "attack",
          "busy",
          "deadhost",
          "fallback",
          "gives-up",
          "group-all",
          "group-all-gives",
          "group-all-nobody",
          "group-order",
          "internal",
          "missed",
          "recorded",
          "refused",
          "rejected",
          "unregistered");

  /// What a real Asterisk wrote, and the record of the call.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # journal               | caller        | asked for     | sent to            | became       | by  | hung up | cause | rule          | ring | talk | legs
          answered              | +989121234567 | +982191001001 | extension:101      | ANSWERED     | 101 | CALLER  | 16    | route:main    | 1    | 2    | 101 answered
          answered-callee-hangs | +989121234567 | +982191001001 | extension:101      | ANSWERED     | 101 | CALLEE  | 16    | route:main    | 1    | 1.5  | 101 answered
          attack                | +989121234567 | +982191001001 | extension:101      | ANSWERED     | 101 | CALLER  | 16    | route:main    | 1    | 2    | 101 answered
          recorded              | +989121234567 | +982191001002 | extension:102      | ANSWERED     | 102 | CALLER  | 16    | route:two     | 1    | 2    | 102 answered
          internal              | 101           | 102           | extension:102      | ANSWERED     | 102 | CALLER  | 16    | extension:102 | 1    | 2    | 102 answered
          fallback              | 09121234567   | ''            | extension:101      | ANSWERED     | 101 | CALLER  | 16    | fallback      | 1    | 2    | 101 answered
          missed                | +989121234567 | +982191001001 | extension:101      | MISSED       | -   | SYSTEM  | 19    | route:main    | 4    | 0    | 101 no-answer
          deadhost              | +989121234567 | +982191001001 | extension:101      | MISSED       | -   | SYSTEM  | 16    | route:main    | 4    | 0    | 105 no-answer
          gives-up              | +989121234567 | +982191001001 | extension:101      | ABANDONED    | -   | CALLER  | 16    | route:main    | 1.5  | 0    | 101 cancelled
          busy                  | +989121234567 | +982191001001 | extension:101      | BUSY         | -   | CALLEE  | 19    | route:main    | 0.5  | 0    | 101 busy
          rejected              | +989121234567 | +982191001001 | extension:101      | REJECTED     | -   | CALLEE  | 19    | route:main    | 0.5  | 0    | 101 rejected
          unregistered          | +989121234567 | +982191001001 | extension:101      | FAILED       | -   | SYSTEM  | 3     | route:main    | 0    | 0    | 104 unreachable
          refused               | +989121234567 | +982191001021 | refuse:unallocated | FAILED       | -   | SYSTEM  | 1     | none          | 0    | 0    | -
          announcement          | +989121234567 | +982191001020 | announcement:closed| ANNOUNCEMENT | -   | SYSTEM  | 16    | route:main    | 0    | 0    | -
          group-all             | +989121234567 | +982191001010 | ring-group:sales   | ANSWERED     | 102 | CALLER  | 16    | route:sales   | 1    | 2    | 101 answered-elsewhere, 102 answered, 103 answered-elsewhere
          group-all-nobody      | +989121234567 | +982191001010 | ring-group:sales   | MISSED       | -   | SYSTEM  | 19    | route:sales   | 4    | 0    | 101 no-answer, 102 no-answer, 103 busy
          group-all-gives       | +989121234567 | +982191001010 | ring-group:sales   | ABANDONED    | -   | CALLER  | 16    | route:sales   | 1.5  | 0    | 101 cancelled, 102 cancelled, 103 cancelled
          group-order           | +989121234567 | +982191001011 | ring-group:support | ANSWERED     | 102 | CALLER  | 16    | route:support | 3    | 2    | 101 no-answer, 102 answered
          """)
  void capturedJournalBecomesItsRecord(
      String journal,
      String caller,
      String requested,
      String destination,
      Status status,
      String answeredBy,
      Party hungUpBy,
      int cause,
      String rule,
      double ring,
      double talk,
      String legs) {
    CallRecord call = CallFold.fold(CapturedJournals.rows(journal)).orElseThrow();

    assertEquals(caller, call.who().caller());
    assertEquals(requested, call.who().requested());
    assertEquals(Optional.of(destination), call.outcome().destination());
    assertEquals(status, call.outcome().status());
    assertEquals(answeredBy, call.outcome().answeredBy().orElse("-"));
    assertEquals(Optional.of(hungUpBy), call.outcome().hungUpBy());
    assertEquals(Optional.of(cause), call.outcome().cause());
    assertEquals(rule, call.outcome().rule());
    assertEquals(ring, seconds(call.when().ring()), 0.02);
    assertEquals(talk, seconds(call.when().talk()), 0.02);
    assertEquals(legs, legs(call));
    assertTrue(call.when().endedAt().isPresent());
  }

  @ParameterizedTest
  @FieldSource("CAPTURED")
  void everyMomentOccursOnceAndInOrderHoweverRowsAreSplit(String journal) {
    List<JournalEvent> rows = CapturedJournals.rows(journal);
    var fold = new CallFold(rows.getFirst());
    List<Moment> moments = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      moments.addAll(fold.apply(rows.get(i)));
      assertEquals(CallFold.fold(rows.subList(0, i + 1)), fold.record());
    }

    assertEquals(moments.stream().distinct().sorted().toList(), moments);
    assertEquals(Moment.STARTED, moments.getFirst());
    assertEquals(Moment.ENDED, moments.getLast());
    assertEquals(
        fold.record().orElseThrow().when().answeredAt().isPresent(),
        moments.contains(Moment.ANSWERED));
  }

  /// As where a trunk hangs up at once: Asterisk may write of its end after it writes of the next.
  @ParameterizedTest
  @CsvSource({"false, CALLER", "true, CALLEE"})
  void partyThatHadHungUpBeforeTheNextOneRangHasNotEndedTheCall(boolean talks, Party ended) {
    Story story = Story.ringing101(ID).answers("101").after(2).dialEnds();
    story.dials("PJSIP/102,20").rings("102").after(1).phoneHangsUp("101", 16).after(5);
    String first = "PJSIP/101-00000001";
    if (talks) {
      story.answers("102").after(900).phoneHangsUp("102", 16).after(1).callerEnds(16, first);
    } else {
      story.callerEnds(16, first).phoneEnds("102", 16, "");
    }

    CallRecord call = story.ends().record();

    assertEquals(Status.ANSWERED, call.outcome().status());
    assertEquals(Optional.of(ended), call.outcome().hungUpBy());
  }

  @Test
  void legThatAnsweredAndEndedBeforeTheCallerWasConnectedHasAnswered() {
    Story story = Story.ringing101(ID).answersChannel("101").callerIsAnswered().entersAlone("101");
    story.after(5).phoneHangsUp("101", 16).dialEnds();
    story.dials("PJSIP/102,20").rings("102").after(20).callerHangsUp().phoneEnds("102", 16, "");

    CallRecord call = story.ends().record();

    assertEquals(Status.ANSWERED, call.outcome().status());
    assertEquals(Optional.of("101"), call.outcome().answeredBy());
    assertEquals(Optional.of(Party.CALLER), call.outcome().hungUpBy());
    assertEquals("101 answered, 102 cancelled", legs(call));
  }

  @ParameterizedTest
  @FieldSource("CAPTURED")
  void recordIsTheSameAfterItWasStored(String journal) {
    CallRecord call = CallFold.fold(CapturedJournals.rows(journal)).orElseThrow();

    assertEquals(call, Json.read(Json.write(call), CallRecord.class));
  }

  @Test
  void nameFromTheNetworkStaysTheNameOfTheCaller() {
    CallRecord call = CallFold.fold(CapturedJournals.rows("attack")).orElseThrow();

    assertEquals("x\\\",\\\"T1\\\",PICKUP {}", call.who().callerName());
  }

  @Test
  void decisionAndRecordingAreInTheJournal() {
    CallRecord call = CallFold.fold(CapturedJournals.rows("recorded")).orElseThrow();

    assertEquals(Optional.of("5f0c0f8e-8a52-4b9e-9d57-0d2b6a9f3c11"), call.recorded().recording());
    assertEquals("route:two", call.decisions().getFirst().rule());
    assertEquals("matched", call.decisions().getFirst().trace().steps().getFirst().outcome());
  }

  @Test
  void longDecisionIsSplitIntoPartsThatFitIntoALineOfTheJournal() {
    String note = Extra.text(Story.ringing101(ID).rows().get(1).extra());
    Story story = Story.of(ID).from("trunk-demo", "09121234567", "Sara");
    for (int at = 0; at < note.length(); at += 100) {
      assertEquals("undecided", CallFold.fold(story.rows()).orElseThrow().outcome().rule());
      story.noted(note.substring(at, Math.min(note.length(), at + 100)));
    }
    assertEquals("route:main", CallFold.fold(story.rows()).orElseThrow().outcome().rule());
  }

  @Test
  void phonesAreKnownFromTheRowsThatAnnounceThem() {
    List<JournalEvent> rows =
        Story.of(ID)
            .from("trunk-demo", "09121234567", "Sara")
            .decided("ring", "ring-group:sales")
            .announces("PJSIP/101&PJSIP/102")
            .announces("PJSIP/103")
            .dials("")
            .rings("102")
            .phoneHangsUp("102", 17)
            .dialEnds()
            .dialplanHangsUp(17)
            .ends()
            .rows();
    assertEquals(
        List.of("102 busy", "101 unreachable", "103 unreachable"),
        CallFold.fold(rows).orElseThrow().legs().stream()
            .map(leg -> leg.party() + " " + leg.result().text())
            .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # cause that the phone's side gave | result
          0                                  | no-answer
          1                                  | unreachable
          16                                 | busy
          17                                 | busy
          19                                 | no-answer
          20                                 | unreachable
          21                                 | rejected
          23                                 | busy
          26                                 | answered-elsewhere
          34                                 | unreachable
          58                                 | unreachable
          127                                | unreachable
          """)
  void whatAPhoneSaysBeforeItAnswersIsItsResult(int cause, String result) {
    CallRecord call =
        Story.of(ID)
            .from("102", "102", "Reza")
            .decided("ring", "extension:101")
            .announces("PJSIP/101")
            .dials("")
            .rings("101")
            .after(5_000)
            .phoneHangsUp("101", cause)
            .after(5_000)
            .dialEnds()
            .dialplanHangsUp(17)
            .ends()
            .record();
    assertEquals(result, call.legs().getFirst().result().text());
  }

  /// Dial may hang it up before its answer has become a cause: then there is none, as where it rang
  /// in vain.
  @ParameterizedTest
  @CsvSource({"0,busy", "2000,no-answer"})
  void aPhoneThatMovesTheCallAndIsHungUpAtOnceIsBusy(int later, String result) {
    CallRecord call =
        Story.of(ID)
            .from("102", "102", "Reza")
            .decided("ring", "extension:101")
            .announces("PJSIP/101")
            .dials("")
            .rings("101")
            .after(5_000)
            .movesTheCall()
            .after(later)
            .phoneHangsUp("101", 0)
            .dialEnds()
            .dialplanHangsUp(17)
            .ends()
            .record();
    assertEquals(result, call.legs().getFirst().result().text());
  }

  @Test
  void callInProgressHasNoEnd() {
    CallRecord ringing = Story.ringing101(ID).record();
    assertEquals(Status.RINGING, ringing.outcome().status());
    assertEquals(Optional.of(Story.BEGIN), ringing.when().ringingAt());
    assertEquals(
        List.of(LegResult.Known.RINGING), ringing.legs().stream().map(Leg::result).toList());

    CallRecord talking = Story.ringing101(ID).after(2_000).answers("101").record();
    assertEquals(Status.ANSWERED, talking.outcome().status());
    assertEquals(Optional.of("101"), talking.outcome().answeredBy());
    assertEquals(Duration.ofSeconds(2), talking.when().ring());
    assertEquals(Duration.ZERO, talking.when().talk());
    assertEquals(Optional.empty(), talking.when().endedAt());
    assertEquals(Optional.empty(), talking.outcome().hungUpBy());
  }

  @Test
  void ofTwoPhonesAnsweredAtOnceOnlyTheOneInTheBridgeHasAnswered() {
    CallRecord call =
        Story.of(ID)
            .from("trunk-demo", "09121234567", "Sara")
            .decided("ring", "ring-group:sales")
            .dials("PJSIP/101&PJSIP/102,20")
            .rings("101")
            .rings("102")
            .after(1_000)
            .answersChannel("101")
            .answers("102")
            .phoneEnds("101", 26, "")
            .after(5_000)
            .phoneEnds("102", 16, "PJSIP/102-00000001")
            .callerHangsUp()
            .ends()
            .record();

    assertEquals("101 answered-elsewhere, 102 answered", legs(call));
    assertEquals(Optional.of("102"), call.outcome().answeredBy());
  }

  @Test
  void callHungUpBeforeAnyDecisionIsAbandoned() {
    CallRecord call =
        Story.of(ID).from("trunk-demo", "", "").after(300).callerHangsUp().ends().record();

    assertEquals(Status.ABANDONED, call.outcome().status());
    assertEquals("undecided", call.outcome().rule());
    assertEquals("anonymous", call.who().caller());
    assertEquals(Direction.INBOUND, call.who().direction());
  }

  @ParameterizedTest
  @CsvSource({
    "trunk-demo, +98 21 9100-1000;npdi, +982191001000",
    "trunk-demo, tel:+982191001000, +982191001000",
    "trunk-demo, 02191001000, 02191001000",
    "trunk-demo, office-a, ''",
    "102, *78, *78",
    "102, ali, ali",
  })
  void whatWasDialledIsReadAsFarAsItCanBeWithoutADecision(
      String caller, String dialled, String requested) {
    Story story = Story.of(ID).asksFor(dialled).from(caller, "09121234567", "").fallsBack();

    assertEquals(requested, story.record().who().requested());
  }

  @Test
  void callFromAPhoneWithoutADecisionIsInternal() {
    Story story = Story.of(ID).from("102", "102", "Zahra").fallsBack();

    assertEquals(Direction.INTERNAL, story.record().who().direction());
    assertEquals("fallback", story.record().outcome().rule());
  }

  @ParameterizedTest
  @CsvSource({"17, BUSY", "21, REJECTED", "1, FAILED"})
  void statusOfARefusalFollowsFromItsCause(int cause, Status status) {
    CallRecord call =
        Story.of(ID)
            .from("trunk-demo", "09121234567", "Sara")
            .decided("refuse", "refused")
            .dialplanHangsUp(cause)
            .ends()
            .record();

    assertEquals(status, call.outcome().status());
    assertEquals(Optional.of(Party.SYSTEM), call.outcome().hungUpBy());
  }

  @ParameterizedTest
  @CsvSource({"unreadable, 28", "failed, 127"})
  void callThatIsRefusedBecauseOfItselfSaysWhy(String why, int cause) {
    CallRecord call =
        Story.of(ID)
            .from("trunk-demo", "09121234567", "Sara\n\u202E")
            .faults(why)
            .dialplanHangsUp(cause)
            .ends()
            .record();

    assertEquals(Status.FAILED, call.outcome().status());
    assertEquals(Optional.of(cause), call.outcome().cause());
    assertEquals(Optional.of(Party.SYSTEM), call.outcome().hungUpBy());
    assertEquals("fault", call.outcome().rule());
    assertEquals(
        List.of(new Trace.Step("fault", why)), call.decisions().getFirst().trace().steps());
    assertEquals("09121234567", call.who().caller());
    assertEquals("Sara", call.who().callerName());
  }

  @ParameterizedTest
  @CsvSource({"trunk-demo, 101, anonymous", "trunk-demo, +101, anonymous", "101, 101, 101"})
  void externalCallerOfARefusedCallIsNoExtension(String endpoint, String sent, String caller) {
    CallRecord call = Story.of(ID).from(endpoint, sent, "").faults("unreadable").record();

    assertEquals(caller, call.who().caller());
  }

  @Test
  void faultAfterADecisionKeepsWhoCalledWhom() {
    CallRecord call = Story.ringing101(ID).faults("failed").record();

    assertEquals("+989121234567", call.who().caller());
    assertEquals("+982191001000", call.decisions().getLast().requested());
    assertEquals("fault", call.outcome().rule());
  }

  @Test
  void callerWhoHangsUpDuringTheAnnouncementHasHeardIt() {
    Story answered =
        Story.of(ID)
            .from("trunk-demo", "09121234567", "Sara")
            .decided("announce", "announcement:closed")
            .callerIsAnswered()
            .after(800);
    assertEquals(Status.ANNOUNCEMENT, answered.record().outcome().status());

    CallRecord call = answered.callerHangsUp().ends().record();
    assertEquals(Status.ANNOUNCEMENT, call.outcome().status());
    assertEquals(Optional.of(Party.CALLER), call.outcome().hungUpBy());
    assertEquals(Duration.ZERO, call.when().talk());
  }

  @Test
  void memberWithoutAPhoneIsAnUnreachableLeg() {
    CallRecord call =
        Story.of(ID)
            .from("trunk-demo", "09121234567", "Sara")
            .decided("ring", "ring-group:sales")
            .dials("PJSIP/104&PJSIP/101&PJSIP/0912@trunk-out,20,tT")
            .rings("101")
            .after(20_000)
            .dialEnds()
            .phoneEnds("101", 0, "")
            .dialplanHangsUp(19)
            .ends()
            .record();

    assertEquals("101 no-answer, 104 unreachable, 0912 unreachable", legs(call));
    assertEquals(Status.MISSED, call.outcome().status());
  }

  @Test
  void lostCallEndsUnlessAsteriskReportsItsEnd() {
    Story story = Story.ringing101(ID).after(2_000).answers("101").after(60_000).isLost();
    CallRecord lost = story.record();
    assertEquals(Status.ANSWERED, lost.outcome().status());
    assertEquals(Duration.ofSeconds(60), lost.when().talk());
    assertEquals(Optional.of(Party.SYSTEM), lost.outcome().hungUpBy());
    assertEquals("101 answered", legs(lost));

    CallRecord reported = story.after(5_000).callerHangsUp().ends().record();
    assertEquals(Duration.ofSeconds(65), reported.when().talk());
    assertEquals(Optional.of(Party.CALLER), reported.outcome().hungUpBy());

    assertEquals(
        Status.FAILED, Story.ringing101(ID).after(100).isLost().record().outcome().status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%%%", "eyJhIjox", "e30", "bnVsbA", "AAAA"})
  void noteThatCannotBeReadIsIgnored(String note) {
    CallRecord call = Story.of(ID).from("trunk-demo", "09121234567", "Sara").noted(note).record();

    assertEquals("undecided", call.outcome().rule());
    assertEquals("09121234567", call.who().caller());
  }

  @Test
  void rowsOfUnknownTypesAndLocalChannelsChangeNothing() {
    CallRecord plain = Story.ringing101(ID).after(1_000).answers("101").record();
    CallRecord withOthers =
        Story.ringing101(ID)
            .row("CHAN_START", "Local/101@x-00000001;1", "local-1", "", "", "")
            .row("SOMETHING_NEW", "PJSIP/999-00000009", "x", "", "", "{not json")
            .after(1_000)
            .answers("101")
            .record();

    assertEquals(plain, withOthers);
  }

  @Test
  void textMessageIsNotACall() {
    Story story = Story.of(ID).row("CHAN_START", "Message/ast_msg_queue", ID, "", "", "");

    assertEquals(Optional.empty(), CallFold.fold(story.rows()));
    assertEquals(Optional.empty(), CallFold.fold(List.of()));
  }

  @Test
  void legDialledInsteadOfAnExtensionIsForwardedByIt() {
    CallRecord call =
        Story.ringing101(ID)
            .after(4_000)
            .dialEnds()
            .phoneEnds("101", 0, "")
            .decided(
                "ring",
                "extension:102",
                Optional.empty(),
                List.of(
                    new Trace.Step("extension:101", "no-answer"),
                    new Trace.Step("extension:102", "matched")))
            .dials("PJSIP/102,20")
            .rings("102")
            .after(1_000)
            .answers("102")
            .record();

    assertEquals(
        List.of("101 DIALLED by nobody no-answer", "102 FORWARDED by 101 answered"),
        call.legs().stream()
            .map(leg ->
                "%s %s by %s %s"
                    .formatted(
                        leg.party(), leg.tie(), leg.by().orElse("nobody"), leg.result().text()))
            .toList());
    assertEquals(Optional.of("extension:102"), call.outcome().destination());
    assertEquals(2, call.decisions().size());
    assertEquals("+982191001000", call.who().requested());
  }

  @ParameterizedTest
  @CsvSource({"'', ABANDONED", "1, ABANDONED", "2, VOICEMAIL", "7, VOICEMAIL"})
  void callerWhoLeftAMessageHasStatusVoicemail(String seconds, Status status) {
    String recording = "5f0c0f8e-8a52-4b9e-9d57-0d2b6a9f3c11";
    CallRecord call =
        Story.ringing101(ID)
            .after(4_000)
            .dialEnds()
            .phoneEnds("101", 0, "")
            .decided("message", "voicemail:101", Optional.of(recording))
            .callerIsAnswered()
            .after(9_000)
            .voicemail(seconds)
            .callerHangsUp()
            .ends()
            .record();

    assertEquals(status, call.outcome().status());
    assertEquals(Optional.empty(), call.recorded().recording());
    assertEquals(Duration.ZERO, call.when().talk());
    assertEquals(Optional.of(Party.CALLER), call.outcome().hungUpBy());
  }

  @Test
  void ofVeryManyDecisionsTheFirstAndTheLastAreKept() {
    Story story = Story.ringing101(ID);
    for (int i = 0; i < 100; i++) {
      story.decided("menu", "menu:" + i);
    }
    CallRecord call = story.record();

    assertEquals(Decisions.MAX_DECISIONS, call.decisions().size());
    assertEquals("extension:101", call.decisions().getFirst().destination());
    assertEquals(Optional.of("menu:99"), call.outcome().destination());
  }

  @Test
  void tooLongNameIsCutBetweenCharacters() {
    CallRecord call = Story.of(ID).from("trunk-demo", "0912", "a" + "📞".repeat(300)).record();

    assertEquals("a" + "📞".repeat(99), call.who().callerName());
  }

  private static String legs(CallRecord call) {
    String legs =
        call.legs().stream()
            .map(leg -> leg.party() + " " + leg.result().text())
            .collect(Collectors.joining(", "));
    return legs.isEmpty() ? "-" : legs;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
