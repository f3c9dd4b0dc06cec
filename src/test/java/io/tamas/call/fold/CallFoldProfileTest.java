package io.tamas.call.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.asterisk.journal.RowType.Note;
import io.tamas.call.fold.CallFold.Moment;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.ProfileNote;
import io.tamas.call.record.ProfileNote.Candidate;
import io.tamas.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A call whose caller is known late: the note may come before, during and after the call.
class CallFoldProfileTest {
  private static final String ID = "main-1.1";
  private static final ProfileNote ALI =
      ProfileNote.found("+989121234567", List.of(new Candidate(7, "Ali"), new Candidate(8, "علی")));

  @Test
  void theLikeliestProfileIsThatOfTheRecordWheneverTheNoteComes() {
    List<JournalEvent> rows = call();
    for (int at = 0; at <= rows.size(); at++) {
      List<JournalEvent> all = new ArrayList<>(rows);
      all.add(at, note(ALI.encode()));
      assertEquals(Optional.of(7L), profile(all), "at " + at);
      assertEquals(Optional.of(ALI), CallFold.of(all).tied());
    }
    assertEquals(Optional.empty(), profile(rows));
  }

  @Test
  void theFirstNoteCounts() {
    List<JournalEvent> rows = call();
    rows.add(note(ALI.encode()));
    rows.add(note(ProfileNote.found("+989121234567", List.of(new Candidate(9, "x"))).encode()));
    assertEquals(Optional.of(7L), profile(rows));
  }

  @Test
  void aProfileThatTheDecisionKnewStays() {
    CallRecord decided = Story.ringing101(ID).record();
    List<JournalEvent> rows = new ArrayList<>(Story.ringing101(ID).rows());
    rows.add(note(ALI.encode()));
    assertEquals(decided.who(), CallFold.fold(rows).orElseThrow().who());
    assertEquals(Optional.empty(), CallFold.of(rows).tied());
  }

  @Test
  void whoSomebodySaysItIsReplacesWhatWasKnownWheneverItIsSaid() {
    for (List<JournalEvent> known : List.of(call(), Story.ringing101(ID).rows())) {
      List<JournalEvent> rows = new ArrayList<>(known);
      for (int at = 1; at <= rows.size(); at++) {
        List<JournalEvent> all = new ArrayList<>(rows);
        all.add(at, note(said(9, "Sara").encode()));
        all.add(note(ALI.encode()));
        CallRecord.Who who = CallFold.fold(all).orElseThrow().who();
        assertEquals(Optional.of(9L), who.profile(), "at " + at);
        assertEquals("Sara", who.callerName(), "at " + at);
      }
    }
  }

  @Test
  void theLastWordCounts() {
    List<JournalEvent> rows = call();
    rows.add(note(said(9, "Sara").encode()));
    rows.add(note(said(10, "Reza").encode()));
    assertEquals(Optional.of(10L), profile(rows));
  }

  @Test
  void nobodyKnownIsWithoutProfileAndNameOfOne() {
    List<JournalEvent> rows =
        new ArrayList<>(
            Story.of(ID)
                .from("trunk-demo", "09121234567", "FROM NETWORK")
                .decided("ring", "extension:101")
                .rows());
    assertTrue(profile(rows).isPresent());
    rows.add(note(ProfileNote.said("+989121234567", Optional.empty(), "console").encode()));
    CallRecord.Who who = CallFold.fold(rows).orElseThrow().who();
    assertEquals(Optional.empty(), who.profile());
    assertEquals("FROM NETWORK", who.callerName());
  }

  @Test
  void aLiveCallChangesByEachNewWord() {
    List<JournalEvent> rows = call();
    CallFold fold = CallFold.of(rows.subList(0, rows.size() - 2));
    assertEquals(List.of(Moment.CHANGED), fold.apply(note(said(9, "Sara").encode())));
    assertEquals(List.of(), fold.apply(note(said(9, "Sara").encode())));
    assertEquals(List.of(Moment.CHANGED), fold.apply(note(said(10, "Reza").encode())));
  }

  private static ProfileNote said(long profile, String name) {
    return ProfileNote.said("+989121234567", Optional.of(new Candidate(profile, name)), "console");
  }

  @Test
  void aLiveCallChangesByIt() {
    List<JournalEvent> rows = call();
    CallFold fold = CallFold.of(rows.subList(0, rows.size() - 2));
    assertEquals(List.of(Moment.CHANGED), fold.apply(note(ALI.encode())));
    assertEquals(List.of(), fold.apply(note(ALI.encode())));
  }

  @Test
  void textThatIsNoNoteIsIgnored() {
    for (String text : List.of("", "x", "e30", "bnVsbA", "W10", "a".repeat(50_000))) {
      assertEquals(Optional.empty(), ProfileNote.decode(text), text);
    }
    ProfileNote nobody = ProfileNote.found("+989121234567", List.of());
    assertEquals(Optional.empty(), ProfileNote.decode(nobody.encode()));
    assertEquals(Optional.of(ALI), ProfileNote.decode(ALI.encode()));
  }

  private static Optional<Long> profile(List<JournalEvent> rows) {
    return CallFold.fold(rows).map(CallRecord::who).flatMap(CallRecord.Who::profile);
  }

  private static List<JournalEvent> call() {
    return new ArrayList<>(
        Story.of(ID)
            .from("trunk-demo", "+989121234567", "")
            .dials("PJSIP/101,20")
            .rings("101")
            .after(1_000)
            .answers("101")
            .after(1_000)
            .callerHangsUp()
            .ends()
            .rows());
  }

  private static JournalEvent note(String text) {
    String extra = Json.write(Map.of("extra", text));
    return new JournalEvent(
        Story.BEGIN, Note.PROFILE, "", "", ID, "", "", "", "", "", "", "", "", extra);
  }
}
