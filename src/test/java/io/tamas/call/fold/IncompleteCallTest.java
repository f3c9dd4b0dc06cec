package io.tamas.call.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.asterisk.journal.RowType;
import io.tamas.asterisk.journal.RowType.Cel;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.Status;
import io.tamas.call.record.LegResult;
import io.tamas.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Calls of which Asterisk could not write all rows.
class IncompleteCallTest {
  private static final Path CAPTURED = Path.of("src/test/resources/calls");

  private static final Set<RowType> ANSWER =
      Set.of(Cel.ANSWER, Cel.BRIDGE_ENTER, Cel.BRIDGE_EXIT, Cel.STREAM_BEGIN, Cel.STREAM_END);

  @ParameterizedTest
  @MethodSource("captured")
  void aCallOfWhichAllRowsAreThereIsNotIncomplete(String journal) {
    CallFold.fold(CapturedJournals.rows(journal))
        .ifPresent(call -> assertFalse(call.outcome().incomplete()));
  }

  private static Stream<String> captured() throws IOException {
    try (Stream<Path> files = Files.walk(CAPTURED)) {
      return files
          .map(file -> CAPTURED.relativize(file).toString())
          .filter(name -> name.endsWith(".csv"))
          .map(name -> name.substring(0, name.length() - ".csv".length()))
          .toList()
          .stream();
    }
  }

  /// Nothing tells whether it was answered.
  @Test
  void aCallWhoseEndIsMissingSaysSo() {
    CallRecord ringing = Story.ringing101("main-1.1").after(1_000).isLost().record();
    assertEquals(Status.FAILED, ringing.outcome().status());
    assertTrue(ringing.outcome().incomplete());
    CallRecord talking = Story.ringing101("main-1.1").answers("101").after(1_000).isLost().record();
    assertEquals(Status.ANSWERED, talking.outcome().status());
    assertTrue(talking.outcome().incomplete());
  }

  @Test
  void anEndThatAsteriskReportsAfterAllMakesItWhole() {
    CallRecord call =
        Story.ringing101("main-1.1")
            .answers("101")
            .after(1_000)
            .isLost()
            .phoneHangsUp("101", 16)
            .callerHangsUp()
            .ends()
            .record();
    assertFalse(call.outcome().incomplete());
  }

  @ParameterizedTest
  @MethodSource("answered")
  void anAnswerOfWhichOnlyTheEndTellsIsOne(String journal) {
    List<JournalEvent> rows =
        CapturedJournals.rows(journal).stream()
            .filter(row -> !ANSWER.contains(row.type()))
            .toList();
    CallRecord call = CallFold.fold(rows).orElseThrow();
    assertEquals(Status.ANSWERED, call.outcome().status());
    assertEquals(Optional.empty(), call.outcome().answeredBy());
    assertEquals(Duration.ZERO, call.when().talk());
    assertTrue(call.outcome().incomplete());
  }

  private static Stream<String> answered() {
    return Stream.of(
        "dialplan/answered-caller-hangs-up",
        "dialplan/answered-callee-hangs-up",
        "dialplan/extension-to-extension");
  }

  /// The `CANCEL` of the caller and the 200 of one of two phones crossed.
  @Test
  void anAnswerInTheMomentInWhichTheCallerHangsUpIsNone() {
    String hangup =
        Json.write(
            Map.of(
                "hangupcause",
                127,
                "hangupsource",
                "PJSIP/trunk-demo-00000000",
                "dialstatus",
                "ANSWER"));
    CallRecord call =
        Story.ringing101("main-1.1")
            .rings("102")
            .after(1_000)
            .answersChannel("101")
            .phoneEnds("102", 26, "")
            .phoneEnds("101", 16, "")
            .row("HANGUP", "PJSIP/trunk-demo-00000000", "main-1.1", "Dial", "", hangup)
            .ends()
            .record();
    assertEquals(Status.ABANDONED, call.outcome().status());
    assertEquals(Optional.of(CallRecord.Party.CALLER), call.outcome().hungUpBy());
    assertFalse(call.outcome().incomplete());
    assertEquals(
        List.of(LegResult.Known.CANCELLED, LegResult.Known.ANSWERED_ELSEWHERE),
        call.legs().stream().map(CallRecord.Leg::result).toList());
  }

  @Test
  void theRecordSaysOnlyIfItIsSoAndIsReadAgain() {
    CallRecord whole = CallFold.fold(CapturedJournals.rows("missed")).orElseThrow();
    CallRecord lost = Story.ringing101("main-1.1").after(1_000).isLost().record();
    assertFalse(Json.tree(whole).has("incomplete"));
    assertTrue(Json.tree(lost).path("incomplete").asBoolean());
    assertEquals(whole, Json.read(Json.write(whole), CallRecord.class));
    assertEquals(lost, Json.read(Json.write(lost), CallRecord.class));
  }
}
