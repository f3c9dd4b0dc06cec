package io.tamas;

import io.tamas.lab.CallSeen;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// One recording of calls that are transferred by the phone's own button, also if it connects two
/// of its calls: the parties heard in it, by the tone of each phone.
@InTheLab
class RecordedSecondCallIT {
  /// In tenths of a second, while a party waits.
  private static final int A_MOMENT = 5;

  @Test
  void recordingContinuesAfterATransfer(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone ali = lab.callerHeardBy(zahra);
    zahra.refersTo(reza);
    reza.rings().answers().hears(ali);
    ali.hears(reza).hangsUp();

    lab.recordingOf(ali)
        .holdsTogether(ali, zahra)
        .holdsTogether(ali, reza)
        .holdsInOrder(zahra, reza)
        .holdsOnly(ali, zahra, reza);
  }

  @Test
  void secondCallIsPartOfTheRecording(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone ali = lab.callerHeardBy(zahra);
    consultsInASecondCall(zahra, reza, ali);

    lab.recordingOf(ali)
        .holdsTogether(ali, zahra)
        .holdsTogether(zahra, reza)
        .hasAGapOf(ali, A_MOMENT)
        .holdsTogether(ali, reza)
        .holdsOnly(ali, zahra, reza);
  }

  @Test
  void secondCallMayBeTransferredWhileItStillRings(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone ali = lab.callerHeardBy(zahra);
    zahra.calls(reza);
    reza.rings();
    zahra.connectsItsCalls();
    reza.answers().hears(ali);
    ali.hears(reza).hangsUp();

    CallSeen call =
        lab.callOf(ali)
            .withParties(
                zahra.number() + " dialled answered",
                reza.number() + " transferred attended by " + zahra.number() + " answered");
    lab.recording(call.withRecording().recording())
        .holdsTogether(ali, zahra)
        .holdsTogether(ali, reza)
        .holdsInOrder(zahra, reza)
        .holdsOnly(ali, zahra, reza)
        .holdsNothingTwice(call.talk());
  }

  @Test
  void secondCallIsPrivateIfInternalCallsAreNotRecorded(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    lab.office().says(zahra.number(), Map.of("record", List.of("INBOUND")));
    Phone reza = lab.phone("Reza");
    Phone ali = lab.callerHeardBy(zahra);
    consultsInASecondCall(zahra, reza, ali);

    lab.recordingOf(ali)
        .holdsTogether(ali, zahra)
        .neverHoldsTogether(zahra, reza)
        .holdsTogether(ali, reza)
        .holdsOnly(ali, zahra, reza);
  }

  @Test
  void recordingOfTheSecondCallAloneContinues(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    lab.office().says(zahra.number(), Map.of("record", List.of("INTERNAL")));
    Phone reza = lab.phone("Reza");
    Phone ali = lab.callerHeardBy(zahra);
    consultsInASecondCall(zahra, reza, ali);

    lab.recordingOf(ali)
        .neverHoldsTogether(ali, zahra)
        .holdsTogether(zahra, reza)
        .holdsTogether(ali, reza)
        .holdsOnly(ali, zahra, reza);
  }

  @Test
  void twoInboundCallsThatAreConnectedHaveOneRecording(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone ali = lab.callerHeardBy(zahra);
    Line line = lab.line(zahra);
    Phone babak = line.caller("Babak").calls(line.numberOf(zahra));
    zahra.rings().answers().hears(babak);
    babak.hears(zahra);
    zahra.connectsItsCalls();
    babak.hears(ali);
    ali.hears(babak).hangsUp();
    babak.callEnds();

    lab.recordingOf(ali)
        .holdsTogether(ali, zahra)
        .holdsTogether(zahra, babak)
        .hasAGapOf(ali, A_MOMENT)
        .holdsTogether(ali, babak)
        .isNoLongerThan(lab.callOf(ali).length())
        .holdsOnly(ali, zahra, babak);
  }

  /// Ali waits while Zahra talks with Reza in a call of its own, and then talks with him.
  private static void consultsInASecondCall(Phone zahra, Phone reza, Phone ali) {
    zahra.calls(reza);
    reza.rings().answers().hears(zahra);
    zahra.hears(reza);
    zahra.connectsItsCalls();
    reza.hears(ali);
    ali.hears(reza).hangsUp();
    reza.callEnds();
  }
}
