package io.tamas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.lab.CallSeen;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Lamp;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import io.tamas.lab.RawPhone;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Calls that are parked and retrieved.
@InTheLab
class ParkIT {
  private static final Duration A_WHILE = Duration.ofMillis(500);

  /// The slot is announced to the parking party for two to three seconds.
  private static final Duration UNTIL_THE_PLACE_IS_SAID = Duration.ofSeconds(4);

  /// Length of the announcement that nobody is available.
  private static final Duration A_WORD = Duration.ofSeconds(1);

  @Test
  void slotHasALampThatIsLitWhileACallIsParkedThere(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone ali = lab.callerTalkingTo(zahra);
    String place = zahra.parks();
    Lamp lamp = lab.lampOf(place).isLit();
    reza.calls(place).talks().hears(ali);
    lamp.isDark();
    ali.hangsUp();
    reza.callEnds();
  }

  @Test
  void eachCallIsParkedInTheFirstFreeSlot(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone ali = lab.callerTalkingTo(zahra);
    String first = zahra.parks();
    zahra.callEnds();
    zahra.calls(first).talks();
    assertEquals(first, zahra.parks());
    zahra.callEnds();
    ali.hangsUp();
    lab.callOf(ali).is("ANSWERED");
  }

  @Test
  void parkedCallIsRetrievedByAnotherPhone(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone ali = lab.callerTalkingTo(zahra);
    String place = zahra.parks();
    zahra.callEnds();
    reza.calls(place).talks().hears(ali);
    ali.hears(reza).hangsUp();
    reza.callEnds();

    lab.callOf(ali)
        .is("ANSWERED")
        .answeredBy(zahra)
        .lastWith(reza)
        .endedBy("CALLER")
        .heldFor(A_WHILE)
        .withParties(zahra.number() + " dialled answered", reza.number() + " retrieved answered");
    lab.callOf(reza).lastWith(reza);
  }

  @Test
  void whoFindsNobodyInASlotHearsSoBeforeAnAnswer(Lab lab) {
    RawPhone reza = lab.rawDeskPhone("Reza").registers();
    reza.calls("799").isTold(480);
    assertTrue(reza.told().contains(183), () -> "was told " + reza.told());
    assertTrue(reza.heard() > 0, "heard nothing");
    CallSeen call = lab.callsFrom(reza.number(), 1).getFirst();
    call.is("FAILED").answeredByNobody().withCause(20);
  }

  @Test
  void whoIsTransferredIntoAnEmptySlotReturns(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.refersTo("798").callEnds();
    zahra.rings().answers().hears(ali);
    ali.hangsUp();
    zahra.callEnds();
  }

  @Test
  void parkedPartyMayHangUp(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.parks();
    zahra.callEnds();
    ali.hangsUp();

    lab.callOf(ali)
        .is("ANSWERED")
        .endedBy("CALLER")
        .heldFor(A_WHILE)
        .withParties(zahra.number() + " dialled answered");
  }

  @Test
  void callThatNobodyRetrievesReturnsToTheParkingPhone(Lab lab) {
    lab.parksFor(Duration.ofSeconds(3));
    Phone zahra = lab.phone("Zahra");
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.parks();
    zahra.callEnds();
    zahra.rings().answers().hears(ali);
    ali.hears(zahra).hangsUp();
    zahra.callEnds();

    lab.callOf(ali)
        .is("ANSWERED")
        .answeredBy(zahra)
        .lastWith(zahra)
        .endedBy("CALLER")
        .heldFor(Duration.ofSeconds(3))
        .withParties(zahra.number() + " dialled answered", zahra.number() + " returned answered");
  }

  @Test
  void callReturnedToABusyPhoneIsForwarded(Lab lab) {
    lab.parksFor(UNTIL_THE_PLACE_IS_SAID);
    Phone reza = lab.recordedPhone("Reza");
    Phone zahra = lab.phone("Zahra");
    lab.office()
        .says(zahra.number(), Map.of("forwards", Map.of("busy", "extension:" + reza.number())));
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.parks();
    zahra.callEnds().isBusy();
    reza.rings().answers().hears(ali);
    ali.hears(reza).hangsUp();
    reza.callEnds();

    lab.callOf(ali)
        .is("ANSWERED")
        .answeredBy(zahra)
        .lastWith(reza)
        .endedBy("CALLER")
        .heldFor(UNTIL_THE_PLACE_IS_SAID)
        .withParties(
            zahra.number() + " dialled answered",
            zahra.number() + " returned busy",
            reza.number() + " forwarded by " + zahra.number() + " answered");
    lab.recordingOf(ali).holdsTogether(ali, reza).neverHolds(zahra);
  }

  @Test
  void outboundCallReturnedToABusyPhoneIsForwardedToo(Lab lab) {
    lab.parksFor(UNTIL_THE_PLACE_IS_SAID);
    Phone reza = lab.phone("Reza");
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    Phone babak = line.callee("Babak").willAnswer();
    lab.mayCallOver(zahra, Map.of(), line);
    lab.office()
        .says(zahra.number(), Map.of("forwards", Map.of("busy", "extension:" + reza.number())));
    zahra.calls(babak.nationalNumber()).talks().parks();
    zahra.callEnds().isBusy();
    reza.rings().answers().hears(babak);
    babak.hears(reza).hangsUp();
    reza.callEnds();

    lab.callsFrom(zahra.number(), 1)
        .getFirst()
        .is("ANSWERED")
        .of("OUTBOUND", zahra.number(), babak.number())
        .answeredBy(babak)
        .lastWith(reza)
        .withParties(
            babak.number() + " dialled answered",
            zahra.number() + " returned busy",
            reza.number() + " forwarded by " + zahra.number() + " answered");
  }

  @Test
  void callReturnedToAnUnregisteredPhoneReachesItsMailbox(Lab lab) {
    lab.parksFor(UNTIL_THE_PLACE_IS_SAID);
    Phone zahra = lab.phone("Zahra");
    lab.office().says(zahra.number(), Map.of("mailbox", Map.of("longest", "PT3S")));
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.parks();
    zahra.callEnds().signsOut();
    ali.callEnds();

    lab.callOf(ali)
        .is("ANSWERED")
        .answeredBy(zahra)
        .endedBy("SYSTEM")
        .withParties(zahra.number() + " dialled answered", zahra.number() + " returned unreachable")
        .withMessageFor(zahra);
  }

  @ParameterizedTest(name = "the forward leads to somebody who does not want to be disturbed: {0}")
  @ValueSource(booleans = {false, true})
  void returnedPartyHearsThatNobodyIsAvailable(boolean forwarded, Lab lab) {
    lab.parksFor(UNTIL_THE_PLACE_IS_SAID);
    Phone zahra = lab.phone("Zahra");
    if (forwarded) {
      String mina = lab.extensionWithoutPhone("Mina");
      lab.office().says(mina, Map.of("doNotDisturb", true));
      lab.office().says(zahra.number(), Map.of("forwards", Map.of("busy", "extension:" + mina)));
    }
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.parks();
    zahra.callEnds().isBusy();
    ali.callEnds();

    lab.callOf(ali)
        .is("ANSWERED")
        .answeredBy(zahra)
        .endedBy("SYSTEM")
        .withCause(17)
        .withParties(zahra.number() + " dialled answered", zahra.number() + " returned busy")
        .wentOnWithoutPhonesFor(A_WORD);
  }
}
