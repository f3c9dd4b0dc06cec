package io.tamas.call.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.asterisk.journal.RowType;
import io.tamas.call.record.Action;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.Leg;
import io.tamas.call.record.LegResult;
import io.tamas.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What another version of Tamas, Asterisk or the dialplan wrote is kept unchanged and does no
/// harm.
class OtherVersionsTest {
  private static final String ID = "main-1795225666.0";

  static final List<String> CAPTURED = CallFoldTest.CAPTURED;

  @Test
  void aNameInARecordOfBeforeIsReadAsItCanBeSeen() {
    CallRecord call =
        Story.of(ID).from("trunk-demo", "09121234567", "Sara").callerHangsUp().ends().record();
    String before = Json.write(call).replace("\"Sara\"", "\"\u202eSa\u2066ra\uDB40\uDC41\\n!\"");
    assertTrue(before.contains("\u202e"), before);
    assertEquals("Sara !", Json.read(before, CallRecord.class).who().callerName());
  }

  @ParameterizedTest
  @FieldSource("CAPTURED")
  void rowsOfUnknownTypesChangeNothing(String name) {
    List<JournalEvent> rows = CapturedJournals.rows(name);
    List<JournalEvent> strange = new ArrayList<>();
    for (JournalEvent row : rows) {
      strange.add(with(row, RowType.of("CHAN_TELEPORT")));
      strange.add(row);
      strange.add(with(row, RowType.of("TAMAS_FUTURE")));
    }
    assertEquals(CallFold.fold(rows), CallFold.fold(strange));
  }

  @Test
  void decisionsWithAnUnknownActionAreKeptCompletely() {
    CallRecord call =
        Story.of(ID)
            .from("trunk-demo", "09121234567", "Sara")
            .decided("teleport", "planet:mars")
            .callerIsAnswered()
            .after(1_000)
            .decided("ring", "extension:101")
            .dials("PJSIP/101,20")
            .rings("101")
            .after(1_000)
            .answers("101")
            .after(5_000)
            .callerHangsUp()
            .ends()
            .record();

    assertEquals(CallRecord.Status.ANSWERED, call.outcome().status());
    assertEquals(
        List.of("teleport planet:mars", "ring extension:101"),
        call.decisions().stream()
            .map(note -> note.action().text() + " " + note.destination())
            .toList());
    assertEquals(new Action.Unknown("teleport"), call.decisions().getFirst().action());
    assertTrue(Json.write(call).contains("\"action\":\"teleport\""));
    assertEquals(call, Json.read(Json.write(call), CallRecord.class));
  }

  @ParameterizedTest
  @ValueSource(strings = {"beamed", "", "ANSWERED", "no_answer", "بی‌پاسخ"})
  void unknownStoredResultIsWrittenAsItWasRead(String result) {
    String stored =
        Json.write(CallFold.fold(CapturedJournals.rows("answered")).orElseThrow())
            .replace("\"result\":\"answered\"", "\"result\":\"" + result + "\"");
    CallRecord read = Json.read(stored, CallRecord.class);
    assertEquals(
        List.of(new LegResult.Unknown(result)), read.legs().stream().map(Leg::result).toList());
    assertEquals(stored, Json.write(read));
  }

  @Test
  void eachKnownTextIsReadAsItWasWritten() {
    for (LegResult.Known known : LegResult.Known.values()) {
      assertEquals(known, LegResult.of(known.text()));
    }
    for (Action.Known known : Action.Known.values()) {
      assertEquals(known, Action.of(known.text()));
    }
    for (RowType.Cel known : RowType.Cel.values()) {
      assertEquals(known, RowType.of(known.text()));
    }
    for (RowType.Note known : RowType.Note.values()) {
      assertEquals(known, RowType.of(known.text()));
      assertFalse(RowType.of(known.name()) instanceof RowType.Note);
    }
  }

  private static JournalEvent with(JournalEvent row, RowType type) {
    return new JournalEvent(
        row.at(),
        type,
        row.channel(),
        row.uniqueId(),
        row.linkedId(),
        row.callerName(),
        row.callerNumber(),
        row.dialled(),
        row.context(),
        row.application(),
        row.applicationData(),
        row.account(),
        row.peer(),
        row.extra());
  }
}
