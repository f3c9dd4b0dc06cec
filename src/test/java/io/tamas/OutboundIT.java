package io.tamas;

import io.tamas.lab.Eventually;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Calls to the outside, by real phones over real trunks.
@InTheLab
class OutboundIT {
  @Test
  void aPhoneCallsOutsideByItsProfileAndShowsTheTrunksNumber(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Line line = lab.line(zahra);
    Phone babak = line.callee("Babak");
    lab.mayCallOver(zahra, Map.of(), line);
    zahra.calls(babak.nationalNumber()).hearsRinging();
    babak.rings().showingNumber(Line.SHOWN).answers();
    zahra.hears(babak);
    babak.hears(zahra);
    zahra.hangsUp();
    lab.callOf(zahra)
        .is("ANSWERED")
        .endedBy("CALLER")
        .decidedBy("outgoing:")
        .withLegs("answered")
        .withRecording();
  }

  @Test
  void theFirstTrunkIsDownAndTheSecondTakesTheCall(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line down = lab.line(zahra).leadsNowhere();
    Line up = lab.line(zahra);
    Phone babak = up.callee("Babak").willAnswer();
    lab.mayCallOver(zahra, Map.of(), down, up);
    zahra.calls(babak.nationalNumber()).talks().hangsUp();
    lab.callOf(zahra)
        .is("ANSWERED")
        .answeredBy(babak)
        .withParties(
            "trunk-" + down.trunk() + " dialled unreachable", babak.number() + " dialled answered");
  }

  @Test
  void whoIsBusyIsNotCalledOverAnotherTrunk(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line first = lab.line(zahra);
    Line second = lab.line(zahra);
    Phone babak = first.callee("Babak").isBusy();
    Phone other = second.callee("Other");
    lab.mayCallOver(zahra, Map.of(), first, second);
    zahra.calls(babak.nationalNumber()).isTold(486);
    lab.callOf(zahra).is("BUSY").withLegs("busy");
    other.doesNotRing();
  }

  @Test
  void moreCallsAtOnceThanAreAllowedAreRefused(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    Phone babak = line.callee("Babak").willAnswer();
    lab.mayCallOver(zahra, Map.of("calls", 1), line);
    lab.office()
        .says(zahra.number(), Map.of("forwards", Map.of("always", "number:" + babak.number())));
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra)).talks();
    Phone sara = line.caller("Sara").calls(line.numberOf(zahra)).isTold(403);
    ali.hangsUp();
    lab.callOf(ali).is("ANSWERED");
    lab.callOf(sara).is("REJECTED").answeredByNobody();
    Phone omid = line.caller("Omid").calls(line.numberOf(zahra)).talks().hangsUp();
    lab.callOf(omid).is("ANSWERED");
  }

  @Test
  void whatNoRuleAllowsIsSpokenAndRefused(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    Phone babak = line.callee("Babak").willAnswer();
    lab.mayCallOver(zahra, Map.of(), line);
    zahra.calls("00447911123456").isTold(403);
    lab.callOf(zahra).is("REJECTED").answeredByNobody().withLegs().decidedBy("outgoing:");
    babak.doesNotRing();
  }

  @Test
  void everyPhoneCallsEmergencyNumbers(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    Phone police = line.callee("Police").willAnswer();
    String number = "1" + zahra.number();
    lab.office()
        .part("emergency-numbers", Map.of("number", number, "trunks", List.of(line.trunk())));
    zahra.calls(number).talks().hangsUp();
    police.callEnds();
    lab.callOf(zahra).is("ANSWERED").decidedBy("emergency:");
  }

  @Test
  void anEmergencyIsCalledAlsoWhileTamasIsDead(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    Phone police = line.callee("Police").willAnswer();
    String number = "1" + zahra.number();
    lab.office()
        .part("emergency-numbers", Map.of("number", number, "trunks", List.of(line.trunk())));
    Eventually.eventually(
        "Asterisk knows the emergency number",
        Duration.ofSeconds(10),
        () -> lab.asterisk().console("database show tamas-emergency").contains("/" + number));
    lab.office().dies();
    zahra.calls(number).talks().hangsUp();
    police.callEnds();
    lab.office().recovers();
    lab.callOf(zahra).is("ANSWERED").decidedBy("fallback").withLegs("answered");
  }

  @Test
  void aCallFromOutsideIsForwardedOutside(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line in = lab.line(zahra);
    Line out = lab.line(zahra);
    Phone babak = out.callee("Babak").willAnswer();
    lab.mayCallOver(zahra, Map.of(), out);
    lab.office()
        .says(zahra.number(), Map.of("forwards", Map.of("always", "number:" + babak.number())));
    Phone ali = in.caller("Ali").calls(in.numberOf(zahra)).talks();
    ali.hears(babak);
    ali.hangsUp();
    lab.callOf(ali)
        .is("ANSWERED")
        .answeredBy(babak)
        .withParties(babak.number() + " forwarded by " + zahra.number() + " answered");
    zahra.doesNotRing();
  }
}
