package io.tamas.call.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.asterisk.journal.Extra;
import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.Message;
import io.tamas.call.record.CallRecord.Status;
import io.tamas.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The messages left in mailboxes during a call, beside its recording.
class CallFoldMessagesTest {
  private static final String CALL = "main-1795225666.0";
  private static final String CONVERSATION = "5f0c0f8e-8a52-4b9e-9d57-0d2b6a9f3c11";
  private static final String MESSAGE = "0a86d1d5-3f3f-4a8b-8f5c-1f2e6d7c8b90";
  private static final String CALLER = "+989121234567";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # answered | seconds | became    | recorded      | messages | files not used
          false      | ''      | ABANDONED | false         | 0        | 0
          false      | 1       | ABANDONED | false         | 0        | 1
          false      | 2       | VOICEMAIL | false         | 1        | 0
          true       | ''      | ANSWERED  | true          | 0        | 0
          true       | 1       | ANSWERED  | true          | 0        | 1
          true       | 2       | ANSWERED  | true          | 1        | 0
          """)
  void messageIsNotPartOfTheRecordingOfTheConversation(
      boolean answered,
      String seconds,
      Status became,
      boolean conversation,
      int messages,
      int dropped) {
    Story story = recorded();
    if (answered) {
      story.answers("101").after(5_000);
    }
    CallFold call = CallFold.of(leftBy(story.phoneEnds("101", 0, ""), seconds).rows());
    CallRecord record = call.record().orElseThrow();

    assertEquals(became, record.outcome().status());
    assertEquals(
        Optional.of(CONVERSATION).filter(_ -> conversation), record.recorded().recording());
    assertEquals(messages, record.recorded().messages().size());
    assertEquals(dropped, call.tooShort().size());
    assertEquals(record, Json.read(Json.write(record), CallRecord.class));
  }

  @Test
  void messageShowsWhoLeftItInWhichMailboxAndWhen() {
    CallRecord call = leftBy(recorded().phoneEnds("101", 0, ""), "7").record();

    assertEquals(
        List.of(
            new Message(
                MESSAGE,
                "102",
                CALLER,
                Optional.of(Story.BEGIN.plusSeconds(4)),
                Story.BEGIN.plusSeconds(13),
                Duration.ofSeconds(7))),
        call.recorded().messages());
  }

  /// 101 was called, and the caller has transferred 101.
  @Test
  void partyTransferredByTheCallerHasLeftTheMessage() {
    Story story = recorded().answers("101");
    String callee = "PJSIP/101-00000001";
    String id = CALL + "-101";
    List<JournalEvent> rows = new ArrayList<>(story.rows());
    String transfer = Json.write(Map.of("transferee_channel_uniqueid", id));
    rows.addAll(
        Story.of(CALL, Story.BEGIN.plusSeconds(20))
            .row("BLINDTRANSFER", "PJSIP/trunk-demo-00000000", CALL, "", "", transfer)
            .row("TAMAS_DECISION", callee, id, "", "", extra(decision(MESSAGE)))
            .row("TAMAS_VOICEMAIL", callee, id, "", "", extra("7"))
            .rows());

    assertEquals("101", CallFold.fold(rows).orElseThrow().recorded().messages().getFirst().from());
  }

  /// Asterisk shows the consultation by the Local channels of `tamas-transfer`.
  @ParameterizedTest
  @CsvSource({"attended-mailbox, +989120000041, 1022", "blind-mailbox, +989120000053, 1028"})
  void messageAfterATransferIsTheCallers(String journal, String from, String mailbox) {
    CallRecord call = CallFold.fold(CapturedJournals.rows("moves/" + journal)).orElseThrow();

    assertEquals(Optional.empty(), call.recorded().recording());
    assertEquals(1, call.recorded().messages().size());
    assertEquals(from, call.recorded().messages().getFirst().from());
    assertEquals(mailbox, call.recorded().messages().getFirst().mailbox());
  }

  /// In the journal of an older Tamas the message was the end of the recording of the conversation.
  @Test
  void recordingOfAConversationIsNeverDropped() {
    Story story = recorded().answers("101").phoneEnds("101", 0, "");
    story.decided("message", "voicemail:102", Optional.of(CONVERSATION)).voicemail("1");

    assertEquals(List.of(), CallFold.of(story.rows()).tooShort());
  }

  @Test
  void ofVeryManyMessagesTheFirstAreKept() {
    Story story = recorded();
    for (int i = 0; i < 100; i++) {
      leftBy(story, "7");
    }
    assertEquals(32, story.record().recorded().messages().size());
  }

  @Test
  void recordStoredBeforeMessagesExistedIsRead() {
    CallRecord call = recorded().record();
    String stored = Json.write(call).replace(",\"messages\":[]", "");

    assertEquals(call, Json.read(stored, CallRecord.class));
  }

  private static Story recorded() {
    return Story.of(CALL)
        .from("trunk-demo", "09121234567", "Sara")
        .decided("ring", "extension:101", Optional.of(CONVERSATION))
        .dials("PJSIP/101,20")
        .rings("101")
        .after(4_000);
  }

  private static Story leftBy(Story story, String seconds) {
    return story
        .decided("message", "voicemail:102", Optional.of(MESSAGE))
        .callerIsAnswered()
        .after(9_000)
        .voicemail(seconds)
        .callerHangsUp()
        .ends();
  }

  private static String decision(String recording) {
    List<JournalEvent> rows =
        Story.of(CALL).decided("message", "voicemail:102", Optional.of(recording)).rows();
    return Extra.text(rows.getLast().extra());
  }

  private static String extra(String text) {
    return Json.write(Map.of("extra", text));
  }
}
