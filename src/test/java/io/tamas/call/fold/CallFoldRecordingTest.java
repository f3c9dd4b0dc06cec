package io.tamas.call.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.asterisk.journal.RowType.Note;
import io.tamas.call.fold.CallFold.Moment;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.RecordingAction;
import io.tamas.call.record.CallRecord.RecordingState;
import io.tamas.call.record.RecordingId;
import io.tamas.call.record.RecordingPart;
import io.tamas.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Changes of the recording of a call.
class CallFoldRecordingTest {
  private static final String CALL = "main-1795225666.0";
  private static final String ID = "5f0c0f8e-8a52-4b9e-9d57-0d2b6a9f3c11";

  private final List<JournalEvent> rows =
      new ArrayList<>(Story.ringing101(CALL).answers("101").rows());

  @Test
  void recordShowsStateAndChangesOfItsRecording() {
    note("started,," + ID);
    assertEquals(Optional.of(ID), record().recorded().recording());
    assertEquals(Optional.of(RecordingState.RECORDING), record().recorded().state());
    note("paused,101");
    assertEquals(Optional.of(RecordingState.PAUSED), record().recorded().state());
    note("resumed,crm");
    assertEquals(Optional.of(RecordingState.RECORDING), record().recorded().state());
    note("stopped,crm");
    assertEquals(Optional.of(RecordingState.STOPPED), record().recorded().state());
    assertEquals(
        List.of("STARTED", "PAUSED 101", "RESUMED crm", "STOPPED crm"),
        record().recorded().changes().stream()
            .map(change -> change.action() + change.by().map(by -> " " + by).orElse(""))
            .toList());
    rows.addAll(Story.of(CALL).from("trunk-demo", "", "").callerHangsUp().ends().rows());
    assertEquals(Optional.empty(), record().recorded().state());
    assertEquals(record(), Json.read(Json.write(record()), CallRecord.class));
  }

  @Test
  void eachChangeIsPublished() {
    CallFold fold = CallFold.of(rows);
    assertEquals(List.of(Moment.CHANGED), fold.apply(row("paused,101")));
    assertEquals(List.of(), fold.apply(row("key")));
  }

  @Test
  void whatWasSoAlreadyIsNoChange() {
    CallFold fold = CallFold.of(rows);
    note(fold, "started,," + ID, Moment.CHANGED);
    note(fold, "resumed,crm");
    note(fold, "paused,101", Moment.CHANGED);
    note(fold, "paused,102");
    note(fold, "stopped,102", Moment.CHANGED);
    note(fold, "stopped,101");
  }

  private static void note(CallFold fold, String text, Moment... moments) {
    assertEquals(List.of(moments), fold.apply(row(text)), text);
  }

  @Test
  void ofVeryManyChangesTheFirstAndTheLastAreKept() {
    note("started,," + ID);
    for (int i = 0; i < 50; i++) {
      note("resumed," + i);
      note("paused," + i);
    }
    assertEquals(32, record().recorded().changes().size());
    assertEquals(RecordingAction.STARTED, record().recorded().changes().getFirst().action());
    assertEquals(Optional.of("49"), record().recorded().changes().getLast().by());
  }

  @Test
  void recordStoredBeforeChangesExistedIsRead() {
    String stored = Json.write(record()).replace(",\"recordingChanges\":[]", "");
    assertEquals(record(), Json.read(stored, CallRecord.class));
  }

  @Test
  void recordingOfAJoinedCallIsPartOfTheRecording() {
    String other = "0a86d1d5-3f3f-4a8b-8f5c-1f2e6d7c8b90";
    rows.addAll(
        Story.of("main-1795225667.7")
            .from("101", "101", "Zahra")
            .decided("ring", "extension:102", Optional.of(other))
            .rows());
    assertEquals(Optional.of(other), record().recorded().recording());
    assertEquals(List.of(), CallFold.of(rows).recordedParts());

    rows.addAll(
        1,
        Story.of(CALL)
            .from("trunk-demo", "09121234567", "Sara")
            .decided("ring", "extension:101", Optional.of(ID))
            .rows());
    assertEquals(Optional.of(ID), record().recorded().recording());
    assertEquals(List.of(new RecordingPart(id(ID), id(other))), CallFold.of(rows).recordedParts());
  }

  private static RecordingId id(String text) {
    return RecordingId.parse(text).orElseThrow();
  }

  private void note(String text) {
    rows.add(row(text));
  }

  private CallRecord record() {
    return CallFold.fold(rows).orElseThrow();
  }

  private static JournalEvent row(String text) {
    String extra = Json.write(Map.of("extra", text));
    return new JournalEvent(
        Story.BEGIN, Note.RECORDING, "", "", CALL, "", "", "", "", "", "", "", "", extra);
  }
}
