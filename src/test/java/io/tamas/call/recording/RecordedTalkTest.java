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

/// Whose conversation is recorded, as a call changes.
class RecordedTalkTest {
  private static final String ALI = "PJSIP/trunk-demo-00000001";
  private static final String SARA = "PJSIP/101-00000002";
  private static final String OMID = "PJSIP/102-00000003";
  private static final String ONE = "Local/102@tamas-transfer-00000000;1";
  private static final String TWO = "Local/102@tamas-transfer-00000000;2";

  private final LiveChannels channels = new LiveChannels();

  @Test
  void partyOutsideIsRecordedWhoeverCalled() {
    enters(SARA, "x");
    assertEquals(Optional.empty(), anchor());
    enters(ALI, "x");
    assertEquals(Optional.of(ALI), anchor());
  }

  @Test
  void insideTheOneWhoCalledIs() {
    enters(SARA, "x");
    enters(OMID, "x");
    assertEquals(Optional.of(SARA), anchor());
  }

  @Test
  void consultationIsAsideOnTheOneWhoAsks() {
    enters(ALI, "x");
    enters(SARA, "x");
    assertTalk(ALI, false, "101");
    waits(ALI);
    leaves(SARA, "x");
    enters(ONE, "y");
    enters(SARA, "y");
    assertEquals(Optional.empty(), anchor());
    enters(TWO, "z");
    enters(OMID, "z");
    assertTalk(SARA, true, "101", "102");

    leaves(SARA, "y");
    leaves(ONE, "y");
    enters(ONE, "x");
    waitsNoMore(ALI);
    assertTalk(ALI, false, "102");
    row("CHAN_END", SARA, "");
    assertTalk(ALI, false, "102");
  }

  @Test
  void whoGoesBackAndForthTalksToTheCallerOrAside() {
    enters(ALI, "x");
    enters(SARA, "x");
    waits(ALI);
    leaves(SARA, "x");
    enters(OMID, "y");
    enters(SARA, "y");
    assertTalk(SARA, true, "101", "102");
    leaves(SARA, "y");
    enters(SARA, "x");
    waitsNoMore(ALI);
    assertTalk(ALI, false, "101");
  }

  @Test
  void consultationOfTheCallerIsAsideToo() {
    enters(SARA, "x");
    enters(OMID, "x");
    waits(OMID);
    leaves(SARA, "x");
    enters("PJSIP/103-00000004", "y");
    enters(SARA, "y");
    assertTalk(SARA, true, "101", "103");
  }

  @Test
  void whoIsLeftWithTheOneWhoWasAskedTalksNotAside() {
    enters(ALI, "x");
    enters(SARA, "x");
    waits(ALI);
    leaves(SARA, "x");
    enters(OMID, "y");
    enters(SARA, "y");
    row("HANGUP", ALI, "");
    row("CHAN_END", ALI, "");
    assertTalk(SARA, false, "101", "102");
  }

  @Test
  void whoHasParkedAndHearsThePlaceDoesNotWait() {
    enters(ALI, "x");
    enters(SARA, "x");
    leaves(ALI, "x");
    enters(ALI, "q");
    enters(OMID, "q");
    assertTalk(ALI, false, "102");
  }

  @Test
  void whoHearsMusicIsNotRecorded() {
    enters(ALI, "x");
    enters(SARA, "x");
    waits(ALI);
    assertEquals(Optional.empty(), anchor());
    waitsNoMore(ALI);
    assertTalk(ALI, false, "101");
  }

  @Test
  void whoIsParkedIsNotRecordedUntilTakenBack() {
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

  private void assertTalk(String anchor, boolean aside, String... extensions) {
    RecordedTalk talk = RecordedTalk.of("call", channels).orElseThrow();
    assertEquals(anchor, talk.anchor().name());
    assertEquals(aside, talk.aside());
    Set<String> who =
        talk.extensions().stream().map(ExtensionNumber::digits).collect(Collectors.toSet());
    assertEquals(Set.of(extensions), who);
  }

  private Optional<String> anchor() {
    return RecordedTalk.of("call", channels).map(talk -> talk.anchor().name());
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

  private void waitsNoMore(String name) {
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
