package io.tamas.call.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.asterisk.journal.RowType.Note;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.Party;
import io.tamas.call.record.CallRecord.Status;
import io.tamas.call.record.CallRecord.Tie;
import io.tamas.call.record.ClickNote;
import io.tamas.call.record.LegResult;
import io.tamas.json.Json;
import io.tamas.routing.Routed.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Click to call: the user's own phone rings first.
class CallFoldClickTest {
  private static final String ID = "main-click-101-5f0c0f8e-8a52-4b9e-9d57-0d2b6a9f3c11";

  @Test
  void recordOfAClickWhosePhoneIsNotAnsweredShowsTheNumber() {
    CallRecord call = fold(clicked(), rings().after(30_000).dialplanHangsUp(0).ends().rows());

    assertEquals(Status.ABANDONED, call.outcome().status());
    assertEquals(Direction.OUTBOUND, call.who().direction());
    assertEquals("101", call.who().caller());
    assertEquals("+989120000000", call.who().requested());
    assertEquals(Optional.of(Party.SYSTEM), call.outcome().hungUpBy());
    assertEquals(LegResult.Known.NO_ANSWER, call.legs().getFirst().result());
    assertEquals(Tie.CLICKED, call.legs().getFirst().tie());
    assertEquals(Optional.empty(), call.when().ringingAt());
  }

  @Test
  void orderOfClickAndChannelDoesNotMatter() {
    List<JournalEvent> rows = new ArrayList<>(rings().callerIsAnswered().rows());
    rows.addAll(clicked());
    List<JournalEvent> other = new ArrayList<>(clicked());
    other.addAll(rings().callerIsAnswered().rows());

    assertEquals(CallFold.fold(rows), CallFold.fold(other));
    assertEquals(
        LegResult.Known.ANSWERED, CallFold.fold(rows).orElseThrow().legs().getFirst().result());
  }

  @Test
  void textThatIsNotAClickIsIgnored() {
    for (String text : List.of("", "101", "101,INBOUND,102", "x,INTERNAL,102", "101,INTERNAL,<>")) {
      assertEquals(Optional.empty(), ClickNote.decode(text), text);
    }
    ClickNote click = new ClickNote("101", Direction.INTERNAL, "*8102");
    assertEquals(Optional.of(click), ClickNote.decode(click.encode()));
  }

  private static Story rings() {
    return Story.of(ID).from("101", "", "");
  }

  private static List<JournalEvent> clicked() {
    String extra = Json.write(Map.of("extra", "101,OUTBOUND,+989120000000"));
    return List.of(
        new JournalEvent(
            Story.BEGIN, Note.CLICK, "", "", ID, "", "", "", "", "", "", "", "", extra));
  }

  private static CallRecord fold(List<JournalEvent> first, List<JournalEvent> then) {
    List<JournalEvent> rows = new ArrayList<>(first);
    rows.addAll(then);
    return CallFold.fold(rows).orElseThrow();
  }
}
