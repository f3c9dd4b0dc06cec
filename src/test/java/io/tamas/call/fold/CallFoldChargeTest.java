package io.tamas.call.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.call.record.Action;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.DecisionNote;
import io.tamas.json.Json;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.Charge;
import io.tamas.routing.Routed.Direction;
import io.tamas.routing.Trace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the external legs of a call are charged to, by its record.
public class CallFoldChargeTest {
  private static final String ID = "main-1795225666.0";
  private static final String BABAK = "+989350000001";
  private static final String SARA = "+989350000002";

  @Test
  void forwardingExtensionIsChargedForEachTrunkTried() {
    CallRecord call =
        Story.of(ID)
            .from("trunk-demo", "09121234567", "Ali")
            .decided(out("+989121234567", BABAK, charge("101", ID)))
            .dials("PJSIP/09350000001@trunk-a,120")
            .rings("trunk-a")
            .phoneHangsUp("trunk-a", 34)
            .dialEnds()
            .dials("PJSIP/09350000001@trunk-b,120")
            .rings("trunk-b")
            .answers("trunk-b")
            .record();
    assertEquals(
        List.of(Optional.of(charge("101", ID)), Optional.of(charge("101", ID))), charges(call));
    assertEquals(List.of(BABAK, BABAK), call.legs().stream().map(leg -> leg.party()).toList());
    assertEquals(call, Json.read(Json.write(call), CallRecord.class));
  }

  @Test
  void externalDestinationsOfARouteAndPhonesAreChargedToNobody() {
    CallRecord call =
        Story.of(ID)
            .from("trunk-demo", "09121234567", "Ali")
            .decided("ring", "extension:101")
            .dials("PJSIP/101,20")
            .rings("101")
            .phoneHangsUp("101", 17)
            .dialEnds()
            .decided("out", "number:" + BABAK)
            .dials("PJSIP/09350000001@trunk-a,120")
            .rings("trunk-a")
            .record();
    assertEquals(List.of(Optional.empty(), Optional.empty()), charges(call));
  }

  /// The second number is dialled by the channel of the first.
  @Test
  void bothExternalLegsAreChargedWhenAnExternalPartyIsTransferredToAnExternalNumber() {
    String first = ID + "-trunk-a";
    Story story =
        Story.of(ID)
            .from("101", "101", "Leila")
            .decided(out("101", BABAK, charge("101", ID)))
            .dials("PJSIP/09350000001@trunk-a,120")
            .rings("trunk-a")
            .answers("trunk-a");
    String channel = "PJSIP/trunk-a-00000001";
    String transfer = Json.write(Map.of("transferee_channel_uniqueid", first));
    String note = Json.write(Map.of("extra", out("101", SARA, charge("101", first)).encode()));
    CallRecord call =
        story
            .row("BLINDTRANSFER", "PJSIP/101-00000000", ID, "Dial", "", transfer)
            .row("TAMAS_DECISION", channel, first, "CELGenUserEvent", "", note)
            .row("APP_START", channel, first, "Dial", "PJSIP/09350000002@trunk-b,120", "")
            .rings("trunk-b")
            .record();
    assertEquals(
        List.of(Optional.of(charge("101", ID)), Optional.of(charge("101", first))), charges(call));
    assertEquals(List.of(BABAK, SARA), call.legs().stream().map(leg -> leg.party()).toList());
  }

  private static List<Optional<Charge>> charges(CallRecord call) {
    return call.legs().stream().map(CallRecord.Leg::charge).toList();
  }

  public static Charge charge(String payer, String channel) {
    return new Charge(
        new ExtensionNumber(payer), channel, Story.BEGIN, Optional.of(Duration.ofMinutes(30)));
  }

  public static DecisionNote out(String caller, String number, Charge charge) {
    return new DecisionNote(
        Direction.OUTBOUND,
        caller,
        number,
        "number:" + number,
        "outgoing:national/mobile",
        Action.Known.OUT,
        Optional.empty(),
        Optional.empty(),
        Optional.of(charge),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        new Trace(List.of()));
  }
}
