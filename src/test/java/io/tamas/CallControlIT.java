package io.tamas;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.lab.CallSeen;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Calls made and controlled by REST.
@InTheLab
class CallControlIT {
  private static final Duration SOON = Duration.ofSeconds(10);

  /// Longer than the own phone rings.
  private static final Duration RINGING = Duration.ofSeconds(45);

  @Test
  void aCallIsHungUp(Lab lab) {
    Phone desk = lab.phone("Zahra");
    Phone ali = lab.callerTalkingTo(desk);
    act(lab, ali, "hangup");
    ali.callEnds();
    desk.callEnds();
    lab.callOf(ali).is("ANSWERED").answeredBy(desk);
  }

  @Test
  void heldPartyIsResumed(Lab lab) {
    Phone desk = lab.phone("Zahra");
    Phone ali = lab.callerTalkingTo(desk);
    act(lab, ali, "hold");
    eventually("Ali hears music", SOON, () -> channels(lab).contains("MusicOnHold"));
    act(lab, ali, "resume");
    ali.hears(desk);
    desk.hears(ali);
    ali.hangsUp();
    desk.callEnds();
    lab.callOf(ali).is("ANSWERED").answeredBy(desk).endedBy("CALLER");
  }

  @Test
  void partyThatHangsUpOnHoldEndsTheCall(Lab lab) {
    Phone desk = lab.phone("Zahra");
    Phone ali = lab.callerTalkingTo(desk);
    act(lab, ali, "hold");
    eventually("Ali hears music", SOON, () -> channels(lab).contains("MusicOnHold"));
    ali.hangsUp();
    desk.callEnds();
    lab.callOf(ali).is("ANSWERED").endedBy("CALLER");
  }

  @Test
  void attendedTransferIsCompleted(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone ali = lab.callerTalkingTo(zahra);
    transfer(lab, ali, reza, "ATTENDED");
    reza.rings().answers().hears(zahra);
    act(lab, ali, "transfer/complete?by=" + zahra.number());
    zahra.callEnds();
    reza.hears(ali);
    ali.hears(reza).hangsUp();
    lab.callOf(ali)
        .lastWith(reza)
        .withParties(
            zahra.number() + " dialled answered",
            reza.number() + " transferred attended by " + zahra.number() + " answered");
  }

  @Test
  void cancelledTransferStopsTheRingingOfTheTarget(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone ali = lab.callerTalkingTo(zahra);
    transfer(lab, ali, reza, "ATTENDED");
    reza.rings();
    assertRefused("already in progress", () -> transfer(lab, ali, reza, "BLIND"));
    act(lab, ali, "transfer/cancel");
    reza.callEnds();
    zahra.hears(ali).hangsUp();
    lab.callOf(ali)
        .lastWith(zahra)
        .withParties(
            zahra.number() + " dialled answered",
            reza.number() + " consultation by " + zahra.number() + " cancelled");
  }

  @Test
  void callIsTransferredBlind(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Phone ali = lab.callerTalkingTo(zahra);
    transfer(lab, ali, reza, "BLIND");
    zahra.callEnds();
    reza.talks().hears(ali);
    reza.hangsUp();
    lab.callOf(ali)
        .lastWith(reza)
        .withParties(
            zahra.number() + " dialled answered",
            reza.number() + " transferred blind by " + zahra.number() + " answered");
  }

  @Test
  void parkedCallIsRetrievedByAnotherPhone(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone ali = lab.callerTalkingTo(zahra);
    String call = lab.liveCall(ali).id();
    JsonNode parked = lab.office().send("POST", "/calls/" + call + "/park", Map.of());
    String place = zahra.parkedCall();
    assertEquals(place, parked.path("slot").asText());
    reza.calls(place).talks().hears(ali);
    ali.hears(reza).hangsUp();
    lab.callOf(ali).lastWith(reza);
  }

  @Test
  void impossibleActionIsRefusedWithItsReason(Lab lab) {
    Phone desk = lab.phone("Zahra");
    Line line = lab.line(desk);
    Phone ali = line.caller("Ali").calls(line.numberOf(desk)).hearsRinging();
    assertRefused("no extension is connected", () -> act(lab, ali, "RINGING", "hold"));
    assertRefused("nobody is on hold", () -> act(lab, ali, "RINGING", "resume"));
    desk.rings().answers();
    assertRefused("no transfer is in progress", () -> act(lab, ali, "transfer/complete"));
    assertRefused("999 is not connected", () -> act(lab, ali, "hold?by=999"));
    ali.hangsUp();
    lab.callOf(ali).is("ANSWERED");
    assertRefused(
        "in progress does not exist",
        () -> lab.office().send("POST", "/calls/lab-1.1/hangup", Map.of()));
  }

  @Test
  void clickRingsTheOwnPhoneAndThenTheOther(Lab lab) {
    Phone sara = lab.phone("Sara");
    Phone omid = lab.phone("Omid");
    String call = click(lab, sara.number(), omid.number());
    sara.rings().showingNumber(omid.number()).answers();
    omid.rings().showing("Sara").showingNumber(sara.number()).answers();
    sara.hears(omid);
    omid.hears(sara);
    omid.hangsUp();
    sara.callEnds();
    clicked(lab, call, sara, omid)
        .is("ANSWERED")
        .answeredBy(omid)
        .endedBy("CALLEE")
        .withParties(sara.number() + " clicked answered", omid.number() + " dialled answered");
  }

  @Test
  void clickToABusyPhone(Lab lab) {
    Phone sara = lab.phone("Sara");
    Phone omid = lab.phone("Omid").isBusy();
    String call = click(lab, sara.number(), omid.number());
    sara.rings().answers();
    omid.rings();
    sara.callEnds();
    clicked(lab, call, sara, omid)
        .is("BUSY")
        .answeredByNobody()
        .endedBy("CALLEE")
        .withParties(sara.number() + " clicked answered", omid.number() + " dialled busy");
  }

  @Test
  void clickingUserHangsUpBeforeTheOtherAnswers(Lab lab) {
    Phone sara = lab.phone("Sara");
    Phone omid = lab.phone("Omid");
    String call = click(lab, sara.number(), omid.number());
    sara.rings().answers();
    omid.rings();
    sara.hangsUp();
    omid.callEnds();
    clicked(lab, call, sara, omid)
        .is("ABANDONED")
        .answeredByNobody()
        .endedBy("CALLER")
        .withParties(sara.number() + " clicked answered", omid.number() + " dialled cancelled");
  }

  @Test
  void clickThatTheOwnPhoneRefusesHasARecord(Lab lab) {
    Phone sara = lab.phone("Sara");
    Line line = lab.line(sara);
    line.callee("Babak");
    lab.mayCallOver(sara, Map.of(), line);
    String call = click(lab, sara.number(), "09120000000");
    sara.rings().refuses();
    CallSeen record = lab.endedCall(call);
    record
        .is("ABANDONED")
        .of("OUTBOUND", sara.number(), "+989120000000")
        .answeredByNobody()
        .endedBy("CALLER")
        .withParties(sara.number() + " clicked busy");
  }

  @Test
  void clickThatTheOwnPhoneDoesNotAnswerHasARecord(Lab lab) {
    Phone sara = lab.phone("Sara");
    Phone omid = lab.phone("Omid");
    String call = click(lab, sara.number(), omid.number());
    sara.rings();
    eventually("it rings no more", RINGING, sara::isRefused);
    clicked(lab, call, sara, omid)
        .is("ABANDONED")
        .answeredByNobody()
        .withParties(sara.number() + " clicked no-answer");
    omid.doesNotRing();
  }

  @Test
  void clickIsCancelledWhileTheOwnPhoneRings(Lab lab) {
    Phone sara = lab.phone("Sara");
    Phone omid = lab.phone("Omid");
    String call = click(lab, sara.number(), omid.number());
    sara.rings();
    eventually("the call is known", SOON, () -> isLive(lab, call));
    lab.office().send("POST", "/calls/" + call + "/hangup", Map.of());
    sara.callEnds();
    clicked(lab, call, sara, omid).is("ABANDONED").answeredByNobody();
    omid.doesNotRing();
  }

  @Test
  void clickToAnExternalNumberFollowsTheRulesOfTheExtension(Lab lab) {
    Phone sara = lab.phone("Sara");
    Line line = lab.line(sara);
    Phone babak = line.callee("Babak");
    lab.mayCallOver(sara, Map.of(), line);
    String call = click(lab, sara.number(), "tel:" + babak.number() + ";ext=5");
    sara.rings().answers();
    babak.rings().showingNumber(Line.SHOWN).answers();
    sara.hears(babak);
    babak.hears(sara);
    sara.hangsUp();
    babak.callEnds();
    assertEquals(call, lab.callOf(sara).id());
    lab.endedCall(call)
        .of("OUTBOUND", sara.number(), babak.number())
        .is("ANSWERED")
        .answeredBy(babak)
        .endedBy("CALLER")
        .decidedBy("outgoing:")
        .withParties(sara.number() + " clicked answered", babak.number() + " dialled answered")
        .chargedTo("-", sara.number());
  }

  @Test
  void deniedNumberIsNotCalledByClickEither(Lab lab) {
    Phone sara = lab.phone("Sara");
    Line line = lab.line(sara);
    Phone babak = line.callee("Babak");
    lab.mayCallMobilesBut(babak.number(), sara.number(), line);
    String unknown = "8" + sara.number() + "9";
    for (String to : List.of(babak.number(), babak.nationalNumber())) {
      assertRefused("may call: refused by outgoing:", () -> click(lab, sara.number(), to));
    }
    assertRefused("or a number that exists", () -> click(lab, sara.number(), unknown));
    sara.doesNotRing();
    babak.doesNotRing();
  }

  @Test
  void deniedNumberIsNotReachedByATransferEither(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    Phone babak = line.callee("Babak");
    lab.mayCallMobilesBut(babak.number(), zahra.number(), line);
    Phone ali = lab.callerTalkingTo(zahra);
    String denied = babak.number().replace("+98", "+98 (0) ");
    assertRefused("may call: refused by outgoing:", () -> transferTo(lab, ali, denied));
    zahra.hears(ali);
    assertRefused("/to", () -> transferTo(lab, ali, babak.nationalNumber() + "@trunk-x"));
    assertRefused("/to", () -> transferTo(lab, ali, babak.nationalNumber() + "&101"));
    ali.hangsUp();
    babak.doesNotRing();
    lab.callOf(ali).is("ANSWERED").lastWith(zahra);
  }

  private static boolean isLive(Lab lab, String call) {
    return lab.items("/live-calls").anyMatch(one -> one.path("id").asText().equals(call));
  }

  /// Its record, of which there must be exactly one.
  private static CallSeen clicked(Lab lab, String call, Phone by, Phone to) {
    assertEquals(call, lab.callOf(by).id());
    return lab.endedCall(call).of("INTERNAL", by.number(), to.number());
  }

  @Test
  void aCallThatIsPickedUpByAClickStaysThatOfItsCaller(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    lab.pickUpForEachOther(zahra, reza);
    Line line = lab.line(zahra);
    String called = line.numberOf(zahra);
    Phone ali = line.caller("Ali").calls(called);
    zahra.rings();
    click(lab, reza.number(), "*8");
    reza.talks().hears(ali);
    zahra.callEnds();
    ali.hears(reza).hangsUp();
    reza.callEnds();
    lab.callOf(ali)
        .of("INBOUND", ali.number(), called)
        .is("ANSWERED")
        .answeredBy(reza)
        .withParties(
            zahra.number() + " dialled answered-elsewhere", reza.number() + " picked up answered");
    assertEquals(List.of(), lab.office().recordsUnlikeTheJournal());
  }

  @Test
  void soDoesOneThatIsRetrievedByAClick(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Phone ali = lab.callerTalkingTo(zahra);
    String slot = zahra.parks();
    zahra.callEnds();
    click(lab, reza.number(), slot);
    reza.talks().hears(ali);
    ali.hears(reza).hangsUp();
    reza.callEnds();
    lab.callOf(ali)
        .is("ANSWERED")
        .answeredBy(zahra)
        .withParties(zahra.number() + " dialled answered", reza.number() + " retrieved answered");
    assertEquals(List.of(), lab.office().recordsUnlikeTheJournal());
  }

  @Test
  void aClickedCallThatSomebodyElsePicksUpKeepsItsId(Lab lab) {
    Phone sara = lab.phone("Sara").willAnswer();
    Phone omid = lab.phone("Omid");
    Phone reza = lab.phone("Reza");
    lab.pickUpForEachOther(omid, reza);
    String call = click(lab, sara.number(), omid.number());
    omid.rings();
    reza.picksUp().talks().hears(sara);
    lab.office().send("POST", "/calls/" + call + "/hangup", Map.of());
    reza.callEnds();
    clicked(lab, call, sara, omid).is("ANSWERED").answeredBy(reza);
    assertEquals(List.of(), lab.office().recordsUnlikeTheJournal());
  }

  @Test
  void clickOfAnUnreachablePhoneOrUnknownExtensionIsRefused(Lab lab) {
    String off = lab.extensionWithoutPhone("Off");
    String other = lab.extensionWithoutPhone("Other");
    assertRefused("is unreachable", () -> click(lab, off, other));
    assertRefused("extension 98765 does not exist", () -> click(lab, "98765", "101"));
    assertRefused("/to", () -> click(lab, off, "101@evil"));
  }

  private static void transfer(Lab lab, Phone caller, Phone to, String kind) {
    lab.liveCall(caller).transfers(to, kind);
  }

  private static void transferTo(Lab lab, Phone caller, String to) {
    post(lab, caller, "ANSWERED", "transfer", Map.of("to", to, "kind", "BLIND"));
  }

  private static String click(Lab lab, String extension, String to) {
    return lab.office()
        .send("POST", "/calls", Map.of("extension", extension, "to", to))
        .path("id")
        .asText();
  }

  private static void act(Lab lab, Phone caller, String action) {
    act(lab, caller, "ANSWERED", action);
  }

  private static void act(Lab lab, Phone caller, String status, String action) {
    post(lab, caller, status, action, Map.of());
  }

  private static void post(
      Lab lab, Phone caller, String status, String action, Map<String, Object> body) {
    lab.liveCall(caller).posts(status, action, body);
  }

  private static void assertRefused(String reason, Runnable act) {
    String error = String.valueOf(assertThrows(AssertionError.class, act::run).getMessage());
    assertTrue(error.contains(reason), error);
  }

  private static String channels(Lab lab) {
    return lab.asterisk().console("core show channels concise");
  }
}
