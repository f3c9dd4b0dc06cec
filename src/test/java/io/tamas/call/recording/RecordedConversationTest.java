package io.tamas.call.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.asterisk.journal.RowType;
import io.tamas.call.live.LiveChannels;
import io.tamas.number.ExtensionNumber;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Which conversation of a call is recorded, as the call changes.
class RecordedConversationTest {
  private static final String ALI = "PJSIP/trunk-demo-00000001";
  private static final String SARA = "PJSIP/101-00000002";
  private static final String OMID = "PJSIP/102-00000003";
  private static final String ONE = "Local/102@tamas-transfer-00000000;1";
  private static final String TWO = "Local/102@tamas-transfer-00000000;2";

  private final LiveChannels channels = new LiveChannels();

  @Test
  void externalPartyIsTheAnchorWhoeverCalled() {
    enters(SARA, "x");
    assertEquals(Optional.empty(), anchor());
    enters(ALI, "x");
    assertEquals(Optional.of(ALI), anchor());
  }

  @Test
  void callerIsTheAnchorOfAnInternalCall() {
    enters(SARA, "x");
    enters(OMID, "x");
    assertEquals(Optional.of(SARA), anchor());
  }

  @Test
  void consultingPhoneIsTheAnchorOfAConsultation() {
    enters(ALI, "x");
    enters(SARA, "x");
    assertConversation(ALI, false, "101");
    waits(ALI);
    leaves(SARA, "x");
    enters(ONE, "y");
    enters(SARA, "y");
    assertEquals(Optional.empty(), anchor());
    enters(TWO, "z");
    enters(OMID, "z");
    assertConversation(SARA, true, "101", "102");

    leaves(SARA, "y");
    leaves(ONE, "y");
    enters(ONE, "x");
    stopsWaiting(ALI);
    assertConversation(ALI, false, "102");
    row("CHAN_END", SARA, "");
    assertConversation(ALI, false, "102");
  }

  @Test
  void swappingAlternatesBetweenCallerAndConsultation() {
    enters(ALI, "x");
    enters(SARA, "x");
    waits(ALI);
    leaves(SARA, "x");
    enters(OMID, "y");
    enters(SARA, "y");
    assertConversation(SARA, true, "101", "102");
    leaves(SARA, "y");
    enters(SARA, "x");
    stopsWaiting(ALI);
    assertConversation(ALI, false, "101");
  }

  @Test
  void callerCanConsultToo() {
    enters(SARA, "x");
    enters(OMID, "x");
    waits(OMID);
    leaves(SARA, "x");
    enters("PJSIP/103-00000004", "y");
    enters(SARA, "y");
    assertConversation(SARA, true, "101", "103");
  }

  @Test
  void consultationEndsWhenTheWaitingPartyHangsUp() {
    enters(ALI, "x");
    enters(SARA, "x");
    waits(ALI);
    leaves(SARA, "x");
    enters(OMID, "y");
    enters(SARA, "y");
    row("HANGUP", ALI, "");
    row("CHAN_END", ALI, "");
    assertConversation(SARA, false, "101", "102");
  }

  @Test
  void parkingPartyThatHearsTheSlotDoesNotWait() {
    enters(ALI, "x");
    enters(SARA, "x");
    leaves(ALI, "x");
    enters(ALI, "q");
    enters(OMID, "q");
    assertConversation(ALI, false, "102");
  }

  @Test
  void partyThatHearsMusicIsNotRecorded() {
    enters(ALI, "x");
    enters(SARA, "x");
    waits(ALI);
    assertEquals(Optional.empty(), anchor());
    stopsWaiting(ALI);
    assertConversation(ALI, false, "101");
  }

  @Test
  void parkedPartyIsNotRecordedUntilRetrieved() {
    enters(ALI, "x");
    enters(SARA, "x");
    leaves(ALI, "x");
    leaves(SARA, "x");
    row("BRIDGE_ENTER", ALI, "{\"bridge_id\":\"p\",\"bridge_technology\":\"holding_bridge\"}");
    assertEquals(Optional.empty(), anchor());
    leaves(ALI, "p");
    enters(OMID, "q");
    enters(ALI, "q");
    assertEquals(Optional.of(ALI), anchor());
  }

  private void assertConversation(String anchor, boolean consultation, String... extensions) {
    RecordedConversation conversation = RecordedConversation.of("call", channels).orElseThrow();
    assertEquals(anchor, conversation.anchor().name());
    assertEquals(consultation, conversation.consultation());
    Set<String> who =
        conversation.extensions().stream().map(ExtensionNumber::digits).collect(Collectors.toSet());
    assertEquals(Set.of(extensions), who);
  }

  private Optional<String> anchor() {
    return RecordedConversation.of("call", channels)
        .map(conversation -> conversation.anchor().name());
  }

  private void enters(String name, String bridge) {
    if (channels.of("call").stream().noneMatch(channel -> channel.name().equals(name))) {
      row("CHAN_START", name, "");
    }
    row("BRIDGE_ENTER", name, "{\"bridge_id\":\"" + bridge + "\"}");
  }

  private void waits(String name) {
    row("STREAM_BEGIN", name, "{\"class\":\"default\"}");
  }

  private void stopsWaiting(String name) {
    row("STREAM_END", name, "");
  }

  private void leaves(String name, String bridge) {
    row("BRIDGE_EXIT", name, "{\"bridge_id\":\"" + bridge + "\"}");
  }

  private void row(String type, String name, String extra) {
    channels.apply(
        List.of(
            new JournalEvent(
                Instant.EPOCH,
                RowType.of(type),
                name,
                name,
                "call",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                extra)));
  }
}
