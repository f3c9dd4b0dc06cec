package io.tamas;

import io.tamas.asterisk.journal.RowType.Cel;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Calls that are transferred, by key and by the phones' own buttons: who hears whom, and the one
/// record that shows it.
@InTheLab
class TransferIT {
  private static final Duration A_WHILE = Duration.ofMillis(500);

  /// Until nobody has answered.
  private static final Duration SHORT = Duration.ofSeconds(3);

  /// Where somebody answers.
  private static final Duration LONG = Duration.ofSeconds(20);

  @Test
  void attendedTransferIsCompleted(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.consults(reza);
    reza.rings().showingNumber(zahra.number()).answers().hears(zahra);
    zahra.hears(reza).hangsUp();
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
  void consultingPartyMayCancel(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.consults(reza);
    reza.rings().answers().hears(zahra);
    zahra.cancels();
    reza.callEnds();
    ali.hangsUp();
    zahra.callEnds();

    lab.callOf(ali)
        .is("ANSWERED")
        .lastWith(zahra)
        .endedBy("CALLER")
        .decidedBy("route:")
        .withParties(
            zahra.number() + " dialled answered",
            reza.number() + " consultation by " + zahra.number() + " answered");
  }

  @Test
  void hangingUpWhileTheTargetRingsTransfersTheCall(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.consults(reza);
    reza.rings();
    zahra.hangsUp();
    reza.answers().hears(ali);
    ali.hears(reza);
    reza.hangsUp();
    ali.callEnds();

    lab.callOf(ali)
        .lastWith(reza)
        .endedBy("CALLEE")
        .withParties(
            zahra.number() + " dialled answered",
            reza.number() + " transferred attended by " + zahra.number() + " answered");
  }

  @Test
  void transferToABusyPhoneReturnsTheCall(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").isBusy();
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.transfersTo(reza).callEnds();
    zahra.rings().answers();
    ali.hangsUp();
    zahra.callEnds();

    lab.callOf(ali)
        .is("ANSWERED")
        .lastWith(zahra)
        .withParties(
            zahra.number() + " dialled answered",
            reza.number() + " transferred blind by " + zahra.number() + " busy",
            zahra.number() + " returned answered");
  }

  @Test
  void transferToADeniedNumberReturnsTheCallToo(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.transfersTo("09120000000").callEnds();
    zahra.rings().answers();
    ali.hangsUp();
    zahra.callEnds();

    lab.callOf(ali)
        .withParties(zahra.number() + " dialled answered", zahra.number() + " returned answered");
  }

  @Test
  void callerMayTransferToo(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Phone mina = lab.phone("Mina").willAnswer();
    zahra.calls(reza).talks();
    zahra.transfersTo(mina).callEnds();
    mina.talks().hears(reza);
    mina.hangsUp();
    reza.callEnds();

    lab.callOf(zahra)
        .is("ANSWERED")
        .answeredBy(reza)
        .lastWith(mina)
        .endedBy("CALLEE")
        .withParties(
            reza.number() + " dialled answered",
            mina.number() + " transferred blind by " + zahra.number() + " answered");
  }

  @Test
  void outboundCallMayBeTransferredToo(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Line line = lab.line(zahra);
    Phone babak = line.callee("Babak").willAnswer();
    lab.mayCallOver(zahra, Map.of(), line);
    zahra.calls(babak.nationalNumber()).talks().hears(babak);
    babak.hears(zahra);
    zahra.transfersTo(reza).callEnds();
    reza.talks().hears(babak);
    babak.hears(reza).hangsUp();
    reza.callEnds();

    lab.callOf(zahra)
        .is("ANSWERED")
        .answeredBy(babak)
        .lastWith(reza)
        .withParties(
            babak.number() + " dialled answered",
            reza.number() + " transferred blind by " + zahra.number() + " answered");
    lab.recordingOf(zahra)
        .holdsTogether(zahra, babak)
        .holdsTogether(babak, reza)
        .holdsOnly(zahra, babak, reza);
  }

  @Test
  void transferButtonOfThePhoneTransfers(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.refersTo(reza);
    reza.rings().answers().hears(ali);
    ali.hears(reza).hangsUp();

    lab.callOf(ali)
        .lastWith(reza)
        .withParties(
            zahra.number() + " dialled answered",
            reza.number() + " transferred blind by " + zahra.number() + " answered");
  }

  @Test
  void transferButtonOfThePhoneConnectsItsTwoCalls(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.calls(reza);
    reza.rings().answers().hears(zahra);
    zahra.connectsItsCalls();
    reza.hears(ali);
    ali.hears(reza).hangsUp();
    reza.callEnds();

    lab.callOf(ali)
        .answeredBy(zahra)
        .lastWith(reza)
        .heldFor(A_WHILE)
        .withParties(
            zahra.number() + " dialled answered",
            reza.number() + " transferred attended by " + zahra.number() + " answered");
    lab.callOf(reza).lastWith(reza);
  }

  @Test
  void heldPartyHearsMusic(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.holds();
    lab.journal().tells(ali.number(), Cel.STREAM_BEGIN);
    zahra.resumes();
    lab.journal().tells(ali.number(), Cel.STREAM_END);
    ali.hangsUp();
    zahra.callEnds();

    lab.callOf(ali).heldFor(Duration.ofNanos(1)).withParties(zahra.number() + " dialled answered");
  }

  @Test
  void externalPartyCannotTransfer(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone ali = lab.callerTalkingTo(zahra);
    ali.transfersTo(reza);
    ali.consults(reza);
    zahra.hears(ali).hangsUp();
    ali.callEnds();

    reza.doesNotRing();
    lab.callOf(ali).neverHeld().withParties(zahra.number() + " dialled answered");
  }

  @Test
  void unansweredBlindTransferIsReturned(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    lab.office().says(reza.number(), Map.of("forwards", Map.of("noAnswerAfter", SHORT)));
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.transfersTo(reza).callEnds();
    reza.rings().callEnds();
    zahra.rings().answers().hears(ali);
    ali.hears(zahra).hangsUp();
    zahra.callEnds();

    lab.callOf(ali)
        .is("ANSWERED")
        .answeredBy(zahra)
        .lastWith(zahra)
        .endedBy("CALLER")
        .heldFor(SHORT)
        .withParties(
            zahra.number() + " dialled answered",
            reza.number() + " transferred blind by " + zahra.number() + " no-answer",
            zahra.number() + " returned answered");
  }

  @Test
  void transferredCallIsTransferredAgain(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone mina = lab.phone("Mina");
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.transfersTo(reza).callEnds();
    reza.rings().answers().hears(ali);
    reza.transfersTo(mina).callEnds();
    mina.rings().answers().hears(ali);
    ali.hears(mina).hangsUp();
    mina.callEnds();

    lab.callOf(ali)
        .is("ANSWERED")
        .answeredBy(zahra)
        .lastWith(mina)
        .endedBy("CALLER")
        .heldFor(A_WHILE)
        .withParties(
            zahra.number() + " dialled answered",
            reza.number() + " transferred blind by " + zahra.number() + " answered",
            mina.number() + " transferred blind by " + reza.number() + " answered");
  }

  @Test
  void callIsTransferredToAGroupByAnExtensionThatForwardsToIt(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone mina = lab.phone("Mina");
    String sales = lab.office().ringAll(List.of(reza.number(), mina.number()), LONG);
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.transfersTo(leadingTo(lab, sales)).callEnds();
    reza.rings();
    mina.rings().answers().hears(ali);
    ali.hears(mina);
    mina.hangsUp();
    ali.callEnds();

    lab.callOf(ali)
        .is("ANSWERED")
        .answeredBy(zahra)
        .lastWith(mina)
        .endedBy("CALLEE")
        .withParties(
            zahra.number() + " dialled answered",
            reza.number() + " transferred blind by " + zahra.number() + " answered-elsewhere",
            mina.number() + " transferred blind by " + zahra.number() + " answered");
  }

  @Test
  void callIsTransferredToAMenuByAnExtensionThatForwardsToIt(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    String menu =
        lab.menu(Map.of("1", "extension:" + reza.number()), "extension:" + zahra.number());
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.transfersTo(leadingTo(lab, menu)).callEnds();
    ali.sends("1");
    reza.rings().answers().hears(ali);
    ali.hears(reza).hangsUp();
    reza.callEnds();

    lab.callOf(ali)
        .is("ANSWERED")
        .answeredBy(zahra)
        .lastWith(reza)
        .endedBy("CALLER")
        .withParties(
            zahra.number() + " dialled answered",
            reza.number() + " transferred blind by " + zahra.number() + " answered");
  }

  @Test
  void transferToAnExternalNumberFollowsTheRulesOfTheTransferringExtension(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Line out = lab.line(zahra);
    Phone babak = out.callee("Babak");
    lab.mayCallOver(zahra, Map.of(), out);
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.transfersTo(babak.nationalNumber()).callEnds();
    babak.rings().showingNumber(Line.SHOWN).answers().hears(ali);
    ali.hears(babak);
    babak.hangsUp();
    ali.callEnds();

    lab.callOf(ali)
        .is("ANSWERED")
        .answeredBy(zahra)
        .lastWith(babak)
        .endedBy("CALLEE")
        .decidedBy("outgoing:")
        .withParties(
            zahra.number() + " dialled answered",
            babak.number() + " transferred blind by " + zahra.number() + " answered")
        .withRecording();
  }

  @Test
  void unansweredTransferReachesTheMailboxOfTheTarget(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    lab.office()
        .says(
            reza.number(),
            Map.of(
                "mailbox", Map.of("longest", "PT4S"), "forwards", Map.of("noAnswerAfter", SHORT)));
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.transfersTo(reza).callEnds();
    reza.rings().callEnds();
    ali.callEnds();

    lab.callOf(ali)
        .is("ANSWERED")
        .answeredBy(zahra)
        .lastWith(zahra)
        .withParties(
            zahra.number() + " dialled answered",
            reza.number() + " transferred blind by " + zahra.number() + " no-answer")
        .withoutRecording()
        .withMessageFor(reza);
  }

  /// An extension without a phone that forwards to a destination.
  private static String leadingTo(Lab lab, String destination) {
    String number = lab.extensionWithoutPhone("Sales");
    lab.office().says(number, Map.of("forwards", Map.of("always", destination)));
    return number;
  }
}
