package io.tamas;

import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Consultations before a transfer: their outcomes, and the one record that shows them.
@InTheLab
class ConsultationIT {
  private static final Duration A_WHILE = Duration.ofMillis(500);

  /// Until nobody has answered.
  private static final Duration SHORT = Duration.ofSeconds(3);

  @Test
  void swappingConnectsEachInTurn(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.consults(reza);
    reza.rings().answers().hears(zahra);
    zahra.swaps().hears(ali);
    ali.hears(zahra);
    zahra.swaps().hears(reza);
    zahra.swaps().hears(ali);
    zahra.completes().callEnds();
    reza.hears(ali);
    ali.hears(reza).hangsUp();
    reza.callEnds();

    lab.callOf(ali)
        .is("ANSWERED")
        .answeredBy(zahra)
        .lastWith(reza)
        .endedBy("CALLER")
        .heldFor(A_WHILE)
        .withParties(
            zahra.number() + " dialled answered",
            reza.number() + " transferred attended by " + zahra.number() + " answered");
  }

  @Test
  void transferredCallIsTransferredAgain(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone mina = lab.phone("Mina");
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.consults(reza);
    reza.rings().answers().hears(zahra);
    zahra.hangsUp();
    reza.hears(ali);
    reza.consults(mina);
    mina.rings().showingNumber(reza.number()).answers().hears(reza);
    reza.hears(mina).hangsUp();
    mina.hears(ali);
    ali.hears(mina);
    mina.hangsUp();
    ali.callEnds();

    lab.callOf(ali)
        .is("ANSWERED")
        .answeredBy(zahra)
        .lastWith(mina)
        .endedBy("CALLEE")
        .heldFor(A_WHILE)
        .withParties(
            zahra.number() + " dialled answered",
            reza.number() + " transferred attended by " + zahra.number() + " answered",
            mina.number() + " transferred attended by " + reza.number() + " answered");
  }

  @Test
  void consultedPartyThatHangsUpReturnsTheCall(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.consults(reza);
    reza.rings().answers().hears(zahra).hangsUp();
    zahra.hears(ali);
    ali.hears(zahra).hangsUp();
    zahra.callEnds();

    lab.callOf(ali)
        .is("ANSWERED")
        .answeredBy(zahra)
        .lastWith(zahra)
        .endedBy("CALLER")
        .heldFor(A_WHILE)
        .withParties(
            zahra.number() + " dialled answered",
            reza.number() + " consultation by " + zahra.number() + " answered");
  }

  @Test
  void waitingPartyMayHangUpDuringTheConsultation(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.consults(reza);
    reza.rings().answers().hears(zahra);
    ali.hangsUp();
    reza.hears(zahra);
    zahra.hears(reza).hangsUp();
    reza.callEnds();

    lab.callOf(ali)
        .is("ANSWERED")
        .answeredBy(zahra)
        .lastWith(zahra)
        .endedBy("CALLER")
        .heldFor(A_WHILE)
        .withParties(
            zahra.number() + " dialled answered",
            reza.number() + " consultation by " + zahra.number() + " answered");
  }

  @Test
  void waitingPartyMayHangUpWhileTheConsultedPhoneRings(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.consults(reza);
    reza.rings();
    ali.hangsUp();
    reza.callEnds();
    zahra.callEnds();

    lab.callOf(ali)
        .is("ANSWERED")
        .answeredBy(zahra)
        .lastWith(zahra)
        .endedBy("CALLER")
        .withParties(
            zahra.number() + " dialled answered",
            reza.number() + " consultation by " + zahra.number() + " cancelled");
  }

  @Test
  void internalCallerMayConsultAndTransferToo(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Phone mina = lab.phone("Mina");
    zahra.calls(reza).talks().hears(reza);
    zahra.consults(mina);
    mina.rings().answers().hears(zahra);
    zahra.hears(mina).hangsUp();
    mina.hears(reza);
    reza.hears(mina).hangsUp();
    mina.callEnds();

    lab.callOf(zahra)
        .is("ANSWERED")
        .answeredBy(reza)
        .lastWith(mina)
        .heldFor(A_WHILE)
        .withParties(
            reza.number() + " dialled answered",
            mina.number() + " transferred attended by " + zahra.number() + " answered");
  }

  @Test
  void busyTransferTargetReturnsTheCall(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").isBusy();
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.consults(reza);
    reza.rings().callEnds();
    zahra.hears(ali);
    ali.hears(zahra);
    zahra.hangsUp();
    ali.callEnds();

    lab.callOf(ali)
        .is("ANSWERED")
        .lastWith(zahra)
        .endedBy("CALLEE")
        .heldFor(A_WHILE)
        .withParties(
            zahra.number() + " dialled answered",
            reza.number() + " consultation by " + zahra.number() + " busy");
  }

  @Test
  void unansweredConsultationReturnsTheCall(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.waitsForColleagues(SHORT).consults(reza);
    reza.rings().callEnds();
    zahra.hears(ali);
    ali.hears(zahra).hangsUp();
    zahra.callEnds();

    lab.callOf(ali)
        .is("ANSWERED")
        .lastWith(zahra)
        .endedBy("CALLER")
        .heldFor(SHORT)
        .withParties(
            zahra.number() + " dialled answered",
            reza.number() + " consultation by " + zahra.number() + " cancelled");
  }

  @Test
  void unansweredTransferIsReturned(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    ringsBriefly(lab, reza);
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.consults(reza);
    reza.rings();
    zahra.hangsUp().callEnds();
    reza.callEnds();
    zahra.rings().answers().hears(ali);
    ali.hears(zahra).hangsUp();
    zahra.callEnds();

    lab.callOf(ali)
        .is("ANSWERED")
        .answeredBy(zahra)
        .lastWith(zahra)
        .endedBy("CALLER")
        .heldFor(A_WHILE)
        .withParties(
            zahra.number() + " dialled answered",
            reza.number() + " transferred attended by " + zahra.number() + " no-answer",
            zahra.number() + " returned answered");
  }

  @Test
  void externalPartyIsConsultedAndTransferredTo(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Line out = lab.line(zahra);
    Phone babak = out.callee("Babak");
    lab.mayCallOver(zahra, Map.of(), out);
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.consults(babak.nationalNumber());
    babak.rings().showingNumber(Line.SHOWN).answers().hears(zahra);
    zahra.hears(babak).hangsUp();
    babak.hears(ali);
    ali.hears(babak).hangsUp();
    babak.callEnds();

    lab.callOf(ali)
        .is("ANSWERED")
        .answeredBy(zahra)
        .lastWith(babak)
        .endedBy("CALLER")
        .heldFor(A_WHILE)
        .decidedBy("outgoing:")
        .withParties(
            zahra.number() + " dialled answered",
            babak.number() + " transferred attended by " + zahra.number() + " answered")
        .withRecording();
  }

  @Test
  void threeWayCallLastsUntilOneHangsUp(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.consults(reza);
    reza.rings().answers().hears(zahra);
    zahra.joinsAll().hears(ali).hears(reza);
    ali.hears(reza).hears(zahra);
    zahra.hangsUp();
    reza.hears(ali);
    ali.hears(reza).hangsUp();
    reza.callEnds();

    lab.callOf(ali)
        .is("ANSWERED")
        .answeredBy(zahra)
        .lastWith(reza)
        .endedBy("CALLER")
        .heldFor(A_WHILE)
        .withParties(
            zahra.number() + " dialled answered",
            reza.number() + " transferred attended by " + zahra.number() + " answered");
  }

  @Test
  void transferReachesTheMailboxOfTheTarget(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    lab.office()
        .says(
            reza.number(),
            Map.of(
                "mailbox", Map.of("longest", "PT4S"), "forwards", Map.of("noAnswerAfter", SHORT)));
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.consults(reza);
    reza.rings().callEnds();
    zahra.hangsUp();
    ali.callEnds();

    lab.callOf(ali)
        .is("ANSWERED")
        .answeredBy(zahra)
        .lastWith(zahra)
        .heldFor(SHORT)
        .withParties(
            zahra.number() + " dialled answered",
            reza.number() + " transferred attended by " + zahra.number() + " no-answer")
        .withoutRecording()
        .withMessageFor(reza);
  }

  /// Its phone rings for a short time only.
  private static void ringsBriefly(Lab lab, Phone phone) {
    lab.office().says(phone.number(), Map.of("forwards", Map.of("noAnswerAfter", SHORT)));
  }
}
