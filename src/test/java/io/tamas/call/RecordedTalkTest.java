package io.tamas.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.asterisk.journal.JournalEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
  void consultationIsNobodysBusiness() {
    enters(ALI, "x");
    enters(SARA, "x");
    leaves(SARA, "x");
    enters(ONE, "y");
    enters(SARA, "y");
    assertEquals(Optional.empty(), anchor());
    enters(TWO, "z");
    enters(OMID, "z");
    assertEquals(Optional.empty(), anchor());

    leaves(SARA, "y");
    leaves(ONE, "y");
    enters(ONE, "x");
    assertEquals(Optional.of(ALI), anchor());
    row("CHAN_END", SARA, "");
    assertEquals(Optional.of(ALI), anchor());
  }

  @Test
  void consultationOfTheCallerIsNotRecordedEither() {
    enters(SARA, "x");
    enters(OMID, "x");
    leaves(SARA, "x");
    enters(SARA, "y");
    enters("PJSIP/103-00000004", "y");
    assertEquals(Optional.empty(), anchor());
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

  private Optional<String> anchor() {
    return RecordedTalk.of("call", channels).map(talk -> talk.anchor().name());
  }

  private void enters(String name, String bridge) {
    if (channels.of("call").stream().noneMatch(channel -> channel.name().equals(name))) {
      row("CHAN_START", name, "");
    }
    row("BRIDGE_ENTER", name, "{\"bridge_id\":\"" + bridge + "\"}");
  }

  private void leaves(String name, String bridge) {
    row("BRIDGE_EXIT", name, "{\"bridge_id\":\"" + bridge + "\"}");
  }

  private void row(String type, String name, String extra) {
    channels.apply(
        List.of(
            new JournalEvent(
                Instant.EPOCH, type, name, name, "call", "", "", "", "", "", "", "", "", extra)));
  }
}
