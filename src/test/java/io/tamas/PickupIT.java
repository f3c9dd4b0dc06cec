package io.tamas;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import io.tamas.lab.ReceivedEvents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Calls that ring at one phone and are picked up at another.
@InTheLab
class PickupIT {
  private static final Duration SOON = Duration.ofSeconds(5);

  @Test
  void callThatRingsInTheGroupIsPickedUpAtOnce(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    lab.pickUpForEachOther(zahra, reza);
    Line line = lab.line(zahra);
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra));
    zahra.rings();
    reza.picksUp().talks();
    zahra.callEnds();
    reza.hears(ali);
    ali.hears(reza).hangsUp();
    reza.callEnds();

    lab.callOf(ali)
        .is("ANSWERED")
        .answeredBy(reza)
        .endedBy("CALLER")
        .withParties(
            zahra.number() + " dialled answered-elsewhere", reza.number() + " picked up answered");
    lab.callOf(reza).answeredBy(reza);
  }

  @Test
  void aHashAfterTheZeroEndsTheNumber(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    lab.pickUpForEachOther(zahra, reza);
    Line line = lab.line(zahra);
    String called = line.numberOf(zahra);
    Phone ali = line.caller("Ali").calls(called);
    zahra.rings();
    reza.calls("0#").talks().hears(ali);
    ali.hears(reza).hangsUp();

    lab.callOf(ali)
        .of("INBOUND", ali.number(), called)
        .is("ANSWERED")
        .answeredBy(reza)
        .endedBy("CALLER")
        .withCause(16)
        .rangFor(Duration.ZERO, SOON)
        .talkedFor(Duration.ofMillis(500), SOON.multipliedBy(2))
        .withParties(
            zahra.number() + " dialled answered-elsewhere", reza.number() + " picked up answered");
  }

  @Test
  void phoneInAnotherGroupPicksUpNothing(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone mina = lab.phone("Mina");
    Phone omid = lab.phone("Omid");
    lab.pickUpForEachOther(zahra, reza);
    lab.pickUpForEachOther(mina, omid);
    Line line = lab.line(zahra);
    String called = line.numberOf(zahra);
    Phone ali = line.caller("Ali").calls(called);
    zahra.rings();
    mina.picksUp().isTold(480);
    zahra.answers().hears(ali);
    ali.hangsUp();

    lab.callOf(ali)
        .of("INBOUND", ali.number(), called)
        .is("ANSWERED")
        .withParties(zahra.number() + " dialled answered");
    lab.callOf(mina)
        .of("INTERNAL", mina.number(), "0")
        .is("FAILED")
        .answeredByNobody()
        .endedBy("SYSTEM")
        .withCause(20)
        .withParties();
  }

  @Test
  void callAtAGivenPhoneIsPickedUp(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    lab.pickUpForEachOther(zahra, reza);
    Line line = lab.line(zahra);
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra));
    zahra.rings();
    reza.picksUp(zahra).talks().hears(ali);
    reza.hangsUp();
    ali.callEnds();

    lab.callOf(ali)
        .answeredBy(reza)
        .endedBy("CALLEE")
        .withParties(
            zahra.number() + " dialled answered-elsewhere", reza.number() + " picked up answered");
  }

  /// The picker's own call becomes a part of the call that it picks up.
  @Test
  void keysOfOthersAreNotToldOfIt(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone mina = lab.phone("Mina");
    lab.pickUpForEachOther(zahra, reza);
    ReceivedEvents ofReza = lab.eventsOf(reza);
    ReceivedEvents ofMina = lab.eventsOf(mina);
    Phone sara = lab.phone("Sara").calls(zahra);
    zahra.rings();
    reza.picksUp(zahra).talks().hears(sara);
    reza.hangsUp();
    sara.callEnds();
    ofReza.hears("call.joined");
    // what comes later is what comes to all
    lab.office().says(sara.number(), Map.of("name", "Sara Later"));
    ofReza.hears("company.changed");
    ofMina.hears("company.changed");
    assertEquals(List.of(), ofMina.subjects("call."));
  }

  @Test
  void phoneOutsideTheGroupPicksUpNothing(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone mina = lab.phone("Mina");
    lab.pickUpForEachOther(zahra, reza);
    Line line = lab.line(zahra);
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra));
    zahra.rings();
    mina.picksUp(zahra).callEnds();
    zahra.answers().hears(ali);
    ali.hangsUp();

    lab.callOf(ali).answeredBy(zahra).withParties(zahra.number() + " dialled answered");
    lab.callOf(mina).is("REJECTED").answeredByNobody().withLegs();
  }

  @Test
  void ofTwoPickupsAtOnceOneIsConnectedAndTheOtherIsASeparateCall(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone mina = lab.phone("Mina");
    lab.pickUpForEachOther(zahra, reza, mina);
    Line line = lab.line(zahra);
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra));
    zahra.rings();
    reza.picksUp();
    mina.picksUp();
    ali.talks();
    zahra.callEnds();
    eventually("one is refused", SOON, () -> reza.isRefused() || mina.isRefused());
    Phone loser = reza.isRefused() ? reza : mina;
    Phone winner = loser == reza ? mina : reza;
    ali.hears(winner).hangsUp();

    lab.callOf(ali)
        .answeredBy(winner)
        .withParties(
            zahra.number() + " dialled answered-elsewhere",
            winner.number() + " picked up answered");
    lab.callOf(loser).is("FAILED").answeredByNobody().withLegs();
  }

  @Test
  void forwardedCallIsPickedUp(Lab lab) {
    Phone zahra = lab.phone("Zahra").isBusy();
    Phone reza = lab.phone("Reza");
    Phone mina = lab.phone("Mina");
    lab.pickUpForEachOther(reza, mina);
    Line line = lab.line(zahra);
    lab.office()
        .says(zahra.number(), Map.of("forwards", Map.of("busy", "extension:" + reza.number())));
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra));
    reza.rings();
    mina.picksUp().talks().hears(ali);
    reza.callEnds();
    ali.hears(mina).hangsUp();
    mina.callEnds();

    lab.callOf(ali)
        .is("ANSWERED")
        .answeredBy(mina)
        .lastWith(mina)
        .endedBy("CALLER")
        .withCause(16)
        .neverHeld()
        .withParties(
            zahra.number() + " dialled busy",
            reza.number() + " forwarded by " + zahra.number() + " answered-elsewhere",
            mina.number() + " picked up answered");
    lab.callOf(mina).answeredBy(mina);
  }

  @Test
  void callOfARingGroupIsPickedUpByAPhoneThatIsNotAMember(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone mina = lab.phone("Mina");
    lab.pickUpForEachOther(zahra, mina);
    Line line = lab.line(zahra);
    String sales =
        lab.office().ringAll(List.of(zahra.number(), reza.number()), Duration.ofSeconds(20));
    Phone ali = line.caller("Ali").calls(line.number(sales));
    zahra.rings();
    reza.rings();
    mina.picksUp().talks().hears(ali);
    zahra.callEnds();
    reza.callEnds();
    ali.hears(mina);
    mina.hangsUp();
    ali.callEnds();

    lab.callOf(ali)
        .is("ANSWERED")
        .answeredBy(mina)
        .endedBy("CALLEE")
        .neverHeld()
        .withParties(
            zahra.number() + " dialled answered-elsewhere",
            reza.number() + " dialled answered-elsewhere",
            mina.number() + " picked up answered");
  }
}
