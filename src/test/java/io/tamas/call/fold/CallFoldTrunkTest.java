package io.tamas.call.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.Leg;
import io.tamas.call.record.CallRecord.Party;
import io.tamas.call.record.CallRecord.Status;
import io.tamas.json.Json;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Calls over a trunk that does not connect them.
class CallFoldTrunkTest {
  private static final String CALLED = "+989120000001";

  private static CallRecord call(int cause, String response) {
    return call(cause, response, cause);
  }

  private static CallRecord call(int cause, String response, int told) {
    return Story.of("main-1795225666.0")
        .from("101", "101", "Zahra")
        .decided("out", "number:" + CALLED)
        .announces("PJSIP/" + CALLED + "@trunk-a")
        .dials("PJSIP/" + CALLED + "@trunk-a,120")
        .rings("trunk-a")
        .phoneHangsUp("trunk-a", cause)
        .dialEnds()
        .responds(response)
        .dialplanHangsUp(told)
        .ends()
        .record();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # cause | response | result      | status   | hung up by
          21      | 401      | unreachable | FAILED   | SYSTEM
          21      | 403      | unreachable | FAILED   | SYSTEM
          21      | 407      | unreachable | FAILED   | SYSTEM
          21      | 603      | rejected    | REJECTED | CALLEE
          17      | 486      | busy        | BUSY     | CALLEE
          58      | 606      | rejected    | REJECTED | CALLEE
          127     | 607      | rejected    | REJECTED | CALLEE
          17      | 600      | busy        | BUSY     | CALLEE
          1       | 604      | unreachable | FAILED   | SYSTEM
          127     | 402      | unreachable | FAILED   | SYSTEM
          0       | 100      | unreachable | FAILED   | SYSTEM
          0       | 182      | unreachable | FAILED   | SYSTEM
          0       | 183      | unreachable | FAILED   | SYSTEM
          0       | 199      | unreachable | FAILED   | SYSTEM
          """)
  void refusalOfTheProviderIsNotThatOfTheCalledParty(
      int cause, int response, String result, Status status, Party hungUpBy) {
    CallRecord call = call(cause, String.valueOf(response));
    Leg leg = call.legs().getFirst();
    assertEquals(result, leg.result().text());
    assertEquals(Optional.of(response), leg.sipStatus());
    assertEquals(Optional.of("a"), leg.trunk());
    assertEquals(CALLED, leg.party());
    assertEquals(status, call.outcome().status());
    assertEquals(Optional.of(hungUpBy), call.outcome().hungUpBy());
    assertEquals(call, Json.read(Json.write(call), CallRecord.class));
  }

  /// What the dialplan has told the caller, whatever cause Asterisk has made of the trunk's answer.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # cause | response  | told | result      | status   | SIP
          127     | 487!19    | 19   | no-answer   | MISSED   | 487
          19      | 480!19    | 19   | no-answer   | MISSED   | 480
          18      | 408!19    | 19   | no-answer   | MISSED   | 408
          18      | 408!34    | 34   | unreachable | FAILED   | 408
          58      | 606!21    | 21   | rejected    | REJECTED | 606
          21      | 603!21    | 21   | rejected    | REJECTED | 603
          17      | 486!17    | 17   | busy        | BUSY     | 486
          1       | 404!1     | 1    | unreachable | FAILED   | 404
          127     | 402!34    | 21   | unreachable | FAILED   | 402
          16      | 200!34    | 34   | unreachable | FAILED   | 200
          16      | !34       | 34   | unreachable | FAILED   | 0
          17      | 486!17    | 34   | busy        | FAILED   | 486
          """)
  void resultIsWhatTheDialplanMadeOfTheAnswer(
      int cause, String response, int told, String result, Status status, int sipStatus) {
    CallRecord call = call(cause, response.replace('!', '|'), told);
    Leg leg = call.legs().getFirst();
    assertEquals(result, leg.result().text());
    assertEquals(sipStatus, leg.sipStatus().orElse(0));
    assertEquals(status, call.outcome().status());
    assertEquals(Optional.of(told), call.outcome().cause());
  }

  /// Asterisk keeps no SIP status of a redirection, which leads nowhere.
  @Test
  void aRedirectionIsNotThatTheCalledPartyIsBusy() {
    isOfTheWay(call(23, "100"));
  }

  /// One that names no place, which Asterisk passes on as it came.
  @ParameterizedTest
  @CsvSource({"302, 23", "380, 16"})
  void norIsOneThatLeadsNowhere(int status, int cause) {
    isOfTheWay(call(cause, status + "|34", 34));
  }

  private static void isOfTheWay(CallRecord call) {
    Leg leg = call.legs().getFirst();
    assertEquals("unreachable", leg.result().text());
    assertEquals(Optional.empty(), leg.sipStatus());
    assertEquals(Status.FAILED, call.outcome().status());
    assertEquals(Optional.of(Party.SYSTEM), call.outcome().hungUpBy());
  }

  @Test
  void whoHungUpIsToldByTheLastPartyWhereAnEarlierOneHadHungUp() {
    String first = "PJSIP/trunk-a-00000001";
    Story story =
        Story.of("main-1795225666.0")
            .from("101", "101", "Zahra")
            .dials("PJSIP/112@trunk-a,120")
            .rings("trunk-a")
            .answers("trunk-a")
            .phoneEnds("trunk-a", 16, first)
            .after(1_000)
            .dialEnds()
            .dials("PJSIP/112@trunk-b,120")
            .rings("trunk-b")
            .answers("trunk-b")
            .after(1_000);
    CallRecord call =
        story.phoneEnds("trunk-b", 16, "PJSIP/101-00000000").callerEnds(16, first).ends().record();
    assertEquals(Optional.of(Party.CALLER), call.outcome().hungUpBy());
  }

  private static Story hasHungUpAtOnce(String first) {
    return Story.of("main-1795225666.0")
        .from("101", "101", "Zahra")
        .dials("PJSIP/112@trunk-a,120")
        .rings("trunk-a")
        .answers("trunk-a")
        .phoneEnds("trunk-a", 16, first)
        .after(1_000)
        .dialEnds();
  }

  @Test
  void whoGivesUpAfterAnEarlierOneHadHungUpHasHungUp() {
    String first = "PJSIP/trunk-a-00000001";
    Story story =
        hasHungUpAtOnce(first).dials("PJSIP/112@trunk-b,120").rings("trunk-b").after(1_000);
    CallRecord call = story.phoneEnds("trunk-b", 16, "").callerEnds(16, first).ends().record();
    assertEquals(Optional.of(Party.CALLER), call.outcome().hungUpBy());
  }

  @Test
  void nobodyHasHungUpWhereEveryTrunkHasDoneSoAtOnce() {
    String first = "PJSIP/trunk-a-00000001";
    CallRecord one = hasHungUpAtOnce(first).callerEnds(34, first).ends().record();
    assertEquals(Optional.of(Party.SYSTEM), one.outcome().hungUpBy());
    assertEquals(Optional.of(34), one.outcome().cause());
    CallRecord two =
        hasHungUpAtOnce(first)
            .dials("PJSIP/112@trunk-b,120")
            .rings("trunk-b")
            .answers("trunk-b")
            .phoneEnds("trunk-b", 16, "PJSIP/trunk-b-00000002")
            .dialEnds()
            .callerEnds(34, first)
            .ends()
            .record();
    assertEquals(Optional.of(Party.SYSTEM), two.outcome().hungUpBy());
  }

  @Test
  void textThatIsNoStatusSaysNothing() {
    Leg leg = call(21, "4031 or so|17").legs().getFirst();
    assertEquals(Optional.empty(), leg.sipStatus());
    assertEquals("rejected", leg.result().text());
  }

  @Test
  void phoneIsCalledOverNoTrunk() {
    CallRecord call = CallFold.fold(CapturedJournals.rows("missed")).orElseThrow();
    assertEquals(Optional.empty(), call.legs().getFirst().trunk());
  }
}
