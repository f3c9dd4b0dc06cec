package io.tamas;

import io.tamas.lab.CallSeen;
import io.tamas.lab.DecliningPhone;
import io.tamas.lab.Eventually;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Outbound calls, by real phones over real trunks.
@InTheLab
class OutboundIT {
  @Test
  void outboundCallFollowsTheProfileAndSendsTheTrunksCallerId(Lab lab) {
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
  void callGoesOverTheSecondTrunkWhenTheFirstIsDown(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line down = lab.line(zahra).leadsNowhere();
    Line up = lab.line(zahra);
    Phone babak = up.callee("Babak").willAnswer();
    lab.mayCallOver(zahra, Map.of(), down, up);
    zahra.calls(babak.nationalNumber()).talks().hangsUp();
    lab.callOf(zahra)
        .is("ANSWERED")
        .answeredBy(babak)
        .withParties(babak.number() + " dialled answered");
  }

  @Test
  void busyNumberIsNotCalledOverAnotherTrunk(Lab lab) {
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
  void callsBeyondTheLimitAreRefused(Lab lab) {
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
  void deniedNumberIsAnnouncedAndRefused(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    Phone babak = line.callee("Babak").willAnswer();
    lab.mayCallOver(zahra, Map.of(), line);
    zahra.calls("00447911123456").hearsAVoice(Duration.ofSeconds(1)).isTold(403);
    lab.callOf(zahra)
        .is("REJECTED")
        .of("OUTBOUND", zahra.number(), "+447911123456")
        .answeredByNobody()
        .endedBy("SYSTEM")
        .withLegs()
        .decidedBy("outgoing:")
        .because("no-rule");
    babak.doesNotRing();
  }

  @Test
  void callerHangsUpBeforeTheExternalPartyAnswers(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    Phone babak = line.callee("Babak");
    lab.mayCallOver(zahra, Map.of(), line);
    zahra.calls(babak.nationalNumber()).hearsRinging();
    babak.rings();
    zahra.hangsUp();
    babak.callEnds();
    lab.callOf(zahra)
        .is("ABANDONED")
        .of("OUTBOUND", zahra.number(), babak.number())
        .answeredByNobody()
        .endedBy("CALLER")
        .withParties(babak.number() + " dialled cancelled")
        .chargedTo(zahra.number());
  }

  @Test
  void externalPartyDeclines(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line first = lab.line(zahra);
    Line second = lab.line(zahra);
    DecliningPhone babak = first.decliningCallee();
    Phone other = second.callee("Other");
    lab.mayCallOver(zahra, Map.of(), first, second);
    zahra.calls(babak.number()).isTold(403);
    lab.callOf(zahra)
        .is("REJECTED")
        .of("OUTBOUND", zahra.number(), babak.number())
        .endedBy("CALLEE")
        .withCause(21)
        .withParties(babak.number() + " dialled rejected");
    other.doesNotRing();
  }

  @Test
  void noTrunkIsAvailable(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line one = lab.line(zahra).leadsNowhere();
    Line two = lab.line(zahra).leadsNowhere();
    lab.mayCallOver(zahra, Map.of(), one, two);
    zahra.calls("09120000000").isTold(503);
    lab.callOf(zahra)
        .is("FAILED")
        .of("OUTBOUND", zahra.number(), "+989120000000")
        .answeredByNobody()
        .endedBy("SYSTEM")
        .withParties("+989120000000 dialled unreachable", "+989120000000 dialled unreachable");
  }

  @Test
  void fullTrunkIsSkipped(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Line first = lab.line(zahra).takesCalls(1);
    Line second = lab.line(zahra).takesCalls(1);
    Phone babak = first.callee("Babak").willAnswer();
    Phone sara = second.callee("Sara").willAnswer();
    lab.mayCallOver(zahra, Map.of(), first);
    lab.mayCallOver(reza, Map.of(), first, second);
    zahra.calls(babak.nationalNumber()).talks();
    reza.calls(sara.nationalNumber()).talks().hears(sara);
    Phone mina = lab.phone("Mina");
    lab.mayCallOver(mina, Map.of(), first);
    mina.calls(babak.nationalNumber()).isTold(503);
    zahra.hangsUp();
    reza.hangsUp();
    babak.callEnds();
    lab.callOf(zahra).is("ANSWERED").answeredBy(babak);
    lab.callOf(reza)
        .is("ANSWERED")
        .withParties(sara.number() + " dialled unreachable", sara.number() + " dialled answered");
    lab.callOf(mina).is("FAILED").withCause(34).withLegs("unreachable");
    Phone omid = lab.phone("Omid");
    lab.mayCallOver(omid, Map.of(), first);
    omid.calls(babak.nationalNumber()).talks().hangsUp();
    lab.callOf(omid).is("ANSWERED");
  }

  @Test
  void withoutACallerIdNothingOfTheCompanyIsDisclosed(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra).showsNothing();
    Phone babak = line.callee("Babak");
    lab.mayCallOver(zahra, Map.of(), line);
    zahra.calls(babak.nationalNumber());
    babak.rings().showingNumber("anonymous").answers();
    zahra.hears(babak).hangsUp();
    lab.callOf(zahra).is("ANSWERED").of("OUTBOUND", zahra.number(), babak.number());
  }

  @Test
  void forwardedCallCountsAfterTamasWasDown(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    Phone babak = line.callee("Babak").willAnswer();
    lab.mayCallOver(zahra, Map.of("calls", 1), line);
    lab.office()
        .says(zahra.number(), Map.of("forwards", Map.of("always", "number:" + babak.number())));
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra)).talks();
    lab.office().dies();
    lab.office().recovers();
    Phone sara = line.caller("Sara").calls(line.numberOf(zahra)).isTold(403);
    ali.hangsUp();
    babak.callEnds();
    lab.callOf(ali).is("ANSWERED").chargedTo(zahra.number());
    lab.callOf(sara).is("REJECTED").because("too-many-calls");
  }

  @Test
  void timeOfForwardedCallsCountsAfterTamasWasDown(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    Phone babak = line.callee("Babak").willAnswer();
    lab.mayCallOver(zahra, Map.of("calls", 1, "perDay", "PT2S"), line);
    lab.office()
        .says(zahra.number(), Map.of("forwards", Map.of("always", "number:" + babak.number())));
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra)).talks().callEnds();
    lab.callOf(ali).is("ANSWERED").chargedTo(zahra.number());
    lab.office().dies();
    lab.office().recovers();
    Phone omid = line.caller("Omid").calls(line.numberOf(zahra)).isTold(403);
    lab.callOf(omid).is("REJECTED").because("day-spent");
  }

  @Test
  void transferToAnExternalNumberIsASecondCall(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line first = lab.line(zahra);
    Line second = lab.line(zahra);
    Phone babak = first.callee("Babak").willAnswer();
    Phone sara = second.callee("Sara").willAnswer();
    lab.mayCallEach(zahra, Map.of("calls", 2), Map.of(babak, first, sara, second));
    zahra.calls(babak.nationalNumber()).talks();
    zahra.transfersTo(sara.nationalNumber()).callEnds();
    babak.hears(sara);
    zahra.calls(babak.nationalNumber()).isTold(403);
    babak.hangsUp();
    sara.callEnds();
    List<CallSeen> calls = lab.callsFrom(zahra.number(), 2);
    calls
        .getFirst()
        .is("ANSWERED")
        .withParties(
            babak.number() + " dialled answered",
            sara.number() + " transferred blind by " + zahra.number() + " answered")
        .chargedTo(zahra.number(), zahra.number());
    calls.getLast().is("REJECTED").because("too-many-calls");
  }

  @Test
  void internallyTransferredCallKeepsItsRemainingTime(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Line line = lab.line(zahra);
    Phone babak = line.callee("Babak").willAnswer();
    lab.mayCallOver(zahra, Map.of("calls", 1, "perDay", "PT8S"), line);
    zahra.calls(babak.nationalNumber()).talks();
    zahra.transfersTo(reza).callEnds();
    reza.hears(babak);
    reza.callEnds();
    lab.callOf(zahra).is("ANSWERED").lastWith(reza).chargedTo(zahra.number(), "-");
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
  void emergencyNumberIsCalledAlsoWhileTamasIsDead(Lab lab) {
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
    line.isReached();
    lab.office().dies();
    zahra.calls(number).talks();
    police.showingNumber(Line.SHOWN);
    zahra.hangsUp();
    police.callEnds();
    lab.office().recovers();
    lab.callOf(zahra).is("ANSWERED").decidedBy("fallback").withLegs("answered");
  }

  @Test
  void inboundCallIsForwardedToAnExternalNumber(Lab lab) {
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
