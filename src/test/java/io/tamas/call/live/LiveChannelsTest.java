package io.tamas.call.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.asterisk.journal.RowType;
import io.tamas.call.live.LiveChannels.Channel;
import io.tamas.number.ExtensionNumber;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveChannelsTest {
  private static final String ALI = "PJSIP/trunk-demo-00000001";
  private static final String SARA = "PJSIP/101-00000002";
  private static final String OMID = "PJSIP/102-00000003";

  private final LiveChannels channels = new LiveChannels();

  @Test
  void channelsOfACallAppearAndEnd() {
    row("CHAN_START", ALI);
    row("CHAN_START", SARA);
    assertEquals(List.of(ALI, SARA), names(channels.of("call")));
    row("CHAN_END", SARA);
    assertEquals(List.of(ALI), names(channels.of("call")));
  }

  @Test
  void channelsInABridgeAreConnected() {
    connect("x", ALI, SARA);
    assertEquals(List.of(SARA), names(channels.othersInBridge(channel(ALI))));
    row("BRIDGE_EXIT", SARA, bridge("x"));
    assertEquals(List.of(), channels.othersInBridge(channel(ALI)));
  }

  @Test
  void partiesAreConnectedThroughLocalChannels() {
    connect("x", ALI, "Local/102@tamas-transfer-00000000;1");
    connect("y", "Local/102@tamas-transfer-00000000;2", OMID);
    assertEquals(List.of(OMID), names(channels.partners(channel(ALI))));
    assertEquals(List.of(ALI), names(channels.partners(channel(OMID))));
    assertEquals(
        List.of("Local/102@tamas-transfer-00000000;1"),
        names(channels.othersInBridge(channel(ALI))));
  }

  @Test
  void channelInAHoldingBridgeIsNotConnected() {
    row("CHAN_START", ALI);
    row("BRIDGE_ENTER", ALI, "{\"bridge_id\":\"p\",\"bridge_technology\":\"holding_bridge\"}");
    assertEquals("", channel(ALI).bridge());
  }

  @Test
  void holdLastsUntilTheChannelEntersABridge() {
    connect("x", ALI, SARA);
    row("BRIDGE_EXIT", ALI, bridge("x"));
    row("TAMAS_HOLD", ALI);
    assertTrue(channel(ALI).held());
    row("BRIDGE_ENTER", ALI, bridge("z"));
    assertEquals(false, channel(ALI).held());
  }

  @Test
  void renamedChannelHasItsNewName() {
    row("CHAN_START", SARA);
    channels.apply(List.of(event("ANSWER", SARA, OMID, "")));
    assertEquals(OMID, channel(SARA).name());
  }

  @Test
  void onlyThePhonesOfTheCompanyHaveAnExtension() {
    row("CHAN_START", SARA);
    row("CHAN_START", ALI);
    assertEquals(Optional.of(new ExtensionNumber("101")), channel(SARA).extension());
    assertEquals(Optional.empty(), channel(ALI).extension());
    assertTrue(channel(ALI).isExternal());
  }

  @Test
  void lostCallLeavesNoChannels() {
    connect("x", ALI, SARA);
    row("TAMAS_LOST", "");
    assertEquals(List.of(), channels.of("call"));
  }

  private void connect(String bridge, String... names) {
    for (String name : names) {
      row("CHAN_START", name);
      row("BRIDGE_ENTER", name, bridge(bridge));
    }
  }

  private void row(String type, String name) {
    row(type, name, "");
  }

  private void row(String type, String name, String extra) {
    channels.apply(List.of(event(type, name, name, extra)));
  }

  /// The unique id is the first name of the channel.
  private static JournalEvent event(String type, String id, String name, String extra) {
    return new JournalEvent(
        Instant.EPOCH, RowType.of(type), name, id, "call", "", "", "", "", "", "", "", "", extra);
  }

  private static String bridge(String id) {
    return "{\"bridge_id\":\"" + id + "\",\"bridge_technology\":\"simple_bridge\"}";
  }

  private Channel channel(String id) {
    return channels.of("call").stream()
        .filter(channel -> channel.uniqueId().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> names(List<Channel> channels) {
    return channels.stream().map(Channel::name).toList();
  }
}
