package io.tamas;

import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.LiveCall;
import io.tamas.lab.Phone;
import org.junit.jupiter.api.Test;

/// Recordings that are paused, resumed, started and stopped during a call.
@InTheLab
class RecordingPauseIT {
  /// Of silence at least, in tenths of a second.
  private static final int PAUSE = LiveCall.A_WHILE - 2;

  /// Of a pause that started before another party joined the call, and lasted that long after it.
  private static final int LONG_PAUSE = PAUSE + 5;

  @Test
  void recordingIsPausedAndResumedByRest(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone ali = lab.callerHeardBy(zahra);
    LiveCall call = lab.liveCall(ali);
    call.posts("recording/pause").recordingIs("PAUSED").recordingGrows();
    call.posts("recording/resume").recordingIs("RECORDING").recordingGrows();
    ali.hangsUp();
    zahra.callEnds();

    lab.callOf(ali).withRecordingChanges("PAUSED by first", "RESUMED by first");
    lab.recordingOf(ali).hasAGapOf(ali, PAUSE).hasAGapOf(zahra, PAUSE);
  }

  @Test
  void recordingIsPausedAndResumedByKey(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone ali = lab.callerHeardBy(zahra);
    zahra.pausesRecording();
    lab.journal().tellsSounds(zahra, 1);
    lab.liveCall(ali).recordingIs("PAUSED").recordingGrows();
    zahra.pausesRecording();
    lab.journal().tellsSounds(zahra, 3);
    lab.liveCall(ali).recordingIs("RECORDING").recordingGrows();
    ali.hangsUp();
    zahra.callEnds();

    lab.callOf(ali)
        .withRecordingChanges("PAUSED by " + zahra.number(), "RESUMED by " + zahra.number());
    lab.recordingOf(ali).hasAGapOf(ali, PAUSE).hasAGapOf(zahra, PAUSE);
  }

  @Test
  void pauseLastsThroughATransferUntilItIsResumed(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Phone ali = lab.callerHeardBy(zahra);
    zahra.pausesRecording();
    lab.journal().tellsSounds(zahra, 1);
    lab.liveCall(ali).recordingIs("PAUSED");
    zahra.transfersTo(reza).callEnds();
    reza.talks().hears(ali);
    ali.hears(reza);
    reza.pausesRecording();
    lab.journal().tellsSounds(reza, 2);
    lab.liveCall(ali).recordingIs("RECORDING").recordingGrows();
    ali.hangsUp();

    lab.callOf(ali)
        .withRecordingChanges("PAUSED by " + zahra.number(), "RESUMED by " + reza.number());
    lab.recordingOf(ali).holdsTogether(ali, reza).holdsInOrder(zahra, reza);
  }

  @Test
  void pauseLastsWhenTheButtonConnectsTheCallWithASecondOne(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone ali = lab.callerHeardBy(zahra);
    lab.liveCall(ali).posts("recording/pause").recordingIs("PAUSED");
    zahra.calls(reza);
    reza.rings().answers().hears(zahra);
    zahra.hears(reza).connectsItsCalls();
    reza.hears(ali);
    ali.hears(reza);
    lab.liveCall(ali).recordingIs("PAUSED");
    ali.hangsUp();

    lab.callOf(ali).withRecordingChanges("PAUSED by first");
    lab.recordingOf(ali)
        .holdsTogether(ali, zahra)
        .holdsTogether(zahra, reza)
        .neverHoldsTogether(ali, reza);
  }

  @Test
  void recordingIsStartedAndStoppedByRest(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone ali = lab.callerHeardBy(zahra);
    lab.liveCall(ali).posts("recording/start").recordingIs("RECORDING").recordingGrows();
    lab.liveCall(ali).posts("recording/stop").recordingIs("STOPPED");
    ali.hangsUp();
    zahra.callEnds();

    lab.callOf(ali).withRecordingChanges("STARTED by first", "STOPPED by first");
    lab.recordingOf(ali).holdsTogether(ali, zahra);
  }

  @Test
  void pauseLastsThroughAnAttendedTransferUntilItIsResumed(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone ali = lab.callerHeardBy(zahra);
    zahra.pausesRecording();
    lab.journal().tellsSounds(zahra, 1);
    zahra.consults(reza);
    reza.rings().answers().hears(zahra);
    zahra.hears(reza).hangsUp();
    reza.hears(ali);
    lab.liveCall(ali).recordingIs("PAUSED").recordingGrows();
    reza.pausesRecording();
    lab.liveCall(ali).recordingIs("RECORDING").recordingGrows();
    ali.hangsUp();

    lab.callOf(ali)
        .withRecordingChanges("PAUSED by " + zahra.number(), "RESUMED by " + reza.number());
    lab.recordingOf(ali)
        .holdsTogether(ali, zahra)
        .holdsTogether(ali, reza)
        .holdsInOrder(zahra, reza)
        .hasAGapOf(ali, LONG_PAUSE)
        .holdsOnly(ali, zahra, reza);
  }

  @Test
  void pauseOfACallThatWasPickedUpLastsWhileItIsParked(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone reza = lab.phone("Reza");
    lab.pickUpForEachOther(zahra, reza);
    Line line = lab.line(zahra);
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra));
    zahra.rings();
    reza.picksUp().talks().hears(ali);
    ali.hears(reza);
    reza.pausesRecording();
    lab.journal().tellsSounds(reza, 1);
    lab.liveCall(ali).recordingIs("PAUSED");
    String place = reza.parks();
    zahra.calls(place).talks().hears(ali);
    lab.liveCall(ali).recordingIs("PAUSED").recordingGrows();
    zahra.pausesRecording();
    lab.liveCall(ali).recordingIs("RECORDING").recordingGrows();
    ali.hangsUp();

    lab.callOf(ali)
        .withRecordingChanges("PAUSED by " + reza.number(), "RESUMED by " + zahra.number());
    lab.recordingOf(ali)
        .holdsTogether(ali, reza)
        .holdsTogether(ali, zahra)
        .holdsInOrder(reza, zahra)
        .hasAGapOf(ali, LONG_PAUSE)
        .holdsOnly(ali, reza, zahra);
  }
}
