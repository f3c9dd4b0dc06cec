package io.tamas;

import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Phone;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Calls that are put aside and taken back.
@InTheLab
class ParkIT {
  private static final Duration A_WHILE = Duration.ofMillis(500);

  @Test
  void aParkedCallIsTakenBackByAnother(Lab lab) {
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
  void whoIsParkedMayGiveUp(Lab lab) {
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
  void whomNobodyTakesBackRingsAtWhoParked(Lab lab) {
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
}
