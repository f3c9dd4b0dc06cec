package io.tamas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.asterisk.journal.RowType.Cel;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.LiveCall;
import io.tamas.lab.Phone;
import io.tamas.lab.ReceivedEvents;
import io.tamas.lab.RecordingHeard;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// One recording of a call that is transferred, picked up, parked or held: the parties heard in it,
/// by the tone of each phone.
@InTheLab
class RecordedCallIT {
  @Test
  void recordingContinuesAfterATransfer(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Phone ali = lab.callerHeardBy(zahra);
    zahra.transfersTo(reza).callEnds();
    reza.talks().hears(ali);
    ali.hears(reza).hangsUp();

    lab.recordingOf(ali)
        .holdsTogether(ali, zahra)
        .holdsTogether(ali, reza)
        .holdsInOrder(zahra, reza)
        .holdsOnly(ali, zahra, reza);
  }

  @Test
  void whatHappensToItIsToldToTheKeysOfItsCallOnly(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    ReceivedEvents all = lab.events();
    ReceivedEvents ofZahra = lab.eventsOf(zahra);
    ReceivedEvents ofReza = lab.eventsOf(reza);
    ReceivedEvents ofMina = lab.eventsOf(lab.phone("Mina"));
    zahra.calls(reza.number()).talks();
    reza.hears(zahra);
    zahra.hangsUp();
    String recording = lab.callOf(zahra).withRecording().recording();
    String subject = "recording:" + recording;
    all.hearsOf("recording.ready", subject);
    JsonNode peaks = lab.office().get("/recordings/" + recording + "/peaks").path("channels");
    assertTrue(
        StreamSupport.stream(peaks.get(0).spliterator(), false).anyMatch(one -> one.asInt() > 20),
        peaks::toString);
    lab.office().send("PATCH", "/recordings/" + recording, Map.of("title", "Order 17"));
    lab.office().send("DELETE", "/recordings/" + recording, Map.of());
    all.hearsOf("recording.deleted", subject);

    for (String type : List.of("recording.ready", "recording.renamed", "recording.deleted")) {
      JsonNode told = all.of(type, subject).getFirst();
      assertEquals(told, ofZahra.hearsOf(type, subject));
      assertEquals(told, ofReza.hearsOf(type, subject));
      assertEquals(List.of(), ofMina.of(type, subject));
    }
  }

  @Test
  void callTransferredToARecordedPartyIsRecordedFromThenOn(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.recordedPhone("Reza").willAnswer();
    Phone ali = lab.callerHeardBy(zahra);
    zahra.transfersTo(reza).callEnds();
    reza.talks().hears(ali);
    ali.hears(reza).hangsUp();

    lab.callOf(ali).withRecordingChanges("STARTED");
    lab.recordingOf(ali).holdsTogether(ali, reza).neverHolds(zahra).holdsOnly(ali, reza);
  }

  @Test
  void soIsTheCallOfAnAttendedTransfer(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.recordedPhone("Reza");
    Phone ali = lab.callerHeardBy(zahra);
    transfersAttended(zahra, reza, ali);

    lab.callOf(ali).withRecordingChanges("STARTED");
    lab.recordingOf(ali).holdsTogether(ali, reza).neverHolds(zahra).holdsOnly(ali, reza);
  }

  @Test
  void consultationIsRecordedAndTheMusicIsNot(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone ali = lab.callerHeardBy(zahra);
    transfersAttended(zahra, reza, ali);

    lab.recordingOf(ali)
        .holdsTogether(ali, zahra)
        .holdsTogether(zahra, reza)
        .holdsTogether(ali, reza)
        .holdsOnly(ali, zahra, reza);
  }

  @Test
  void consultationIsPrivateIfInternalCallsAreNotRecorded(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    lab.office().says(zahra.number(), Map.of("record", List.of("INBOUND")));
    Phone reza = lab.phone("Reza");
    Phone ali = lab.callerHeardBy(zahra);
    transfersAttended(zahra, reza, ali);

    lab.recordingOf(ali)
        .holdsTogether(ali, zahra)
        .holdsTogether(ali, reza)
        .neverHoldsTogether(zahra, reza)
        .holdsOnly(ali, zahra, reza);
  }

  private static void transfersAttended(Phone zahra, Phone reza, Phone ali) {
    zahra.consults(reza);
    reza.rings().answers().hears(zahra);
    zahra.hears(reza).hangsUp();
    reza.hears(ali);
    ali.hears(reza).hangsUp();
  }

  @Test
  void recordingContinuesAfterACancelledTransfer(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone ali = lab.callerHeardBy(zahra);
    zahra.consults(reza);
    reza.rings().answers().hears(zahra);
    zahra.hears(reza).cancels();
    reza.callEnds();
    lab.liveCall(ali).recordingGrows();
    ali.hangsUp();
    zahra.callEnds();

    lab.recordingOf(ali).holdsTogether(zahra, reza).hasAGapOf(ali, 3).holdsOnly(ali, zahra, reza);
  }

  @Test
  void pickedUpCallIsRecordedForTheCalledExtension(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone reza = lab.phone("Reza");
    lab.pickUpForEachOther(zahra, reza);
    pickedUp(lab, zahra, reza);
  }

  @Test
  void callPickedUpByARecordedPartyIsRecorded(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.recordedPhone("Reza");
    lab.pickUpForEachOther(zahra, reza);
    pickedUp(lab, zahra, reza);
  }

  private static void pickedUp(Lab lab, Phone zahra, Phone reza) {
    Line line = lab.line(zahra);
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra));
    zahra.rings();
    reza.picksUp().talks().hears(ali);
    ali.hears(reza).hangsUp();
    reza.callEnds();

    lab.recordingOf(ali).holdsTogether(ali, reza).neverHolds(zahra).holdsOnly(ali, reza);
  }

  @Test
  void recordingContinuesWhenAParkedCallIsRetrieved(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone reza = lab.phone("Reza");
    parkedAndTaken(lab, zahra, reza).holdsInOrder(zahra, reza);
  }

  @Test
  void parkedCallRetrievedByARecordedPartyIsRecorded(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.recordedPhone("Reza");
    parkedAndTaken(lab, zahra, reza).neverHolds(zahra);
  }

  private static RecordingHeard parkedAndTaken(Lab lab, Phone zahra, Phone reza) {
    Phone ali = lab.callerHeardBy(zahra);
    String place = zahra.parks();
    reza.calls(place).talks().hears(ali);
    ali.hears(reza).hangsUp();
    reza.callEnds();
    return lab.recordingOf(ali).holdsTogether(ali, reza).holdsOnly(ali, zahra, reza);
  }

  @Test
  void musicOfAHoldIsNotRecorded(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone ali = lab.callerHeardBy(zahra);
    zahra.holds();
    ali.hearsMusicInsteadOf(zahra, Duration.ofSeconds(2));
    zahra.resumes();
    lab.journal().tells(ali.number(), Cel.STREAM_END);
    lab.liveCall(ali).recordingGrows();
    ali.hangsUp();
    zahra.callEnds();

    lab.recordingOf(ali)
        .holdsTogether(ali, zahra)
        .neverHoldsWithout(ali, zahra)
        .holdsOnly(ali, zahra);
  }

  @Test
  void swappingRecordsEachConversationAndNotTheMusic(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone ali = lab.callerHeardBy(zahra);
    swaps(zahra, reza, ali);

    lab.recordingOf(ali)
        .holdsTogether(zahra, reza)
        .holdsTogetherAfter(reza, ali, zahra)
        .holdsTogether(ali, reza)
        .holdsOnly(ali, zahra, reza);
  }

  @Test
  void swappingRecordsOnlyTheCallerIfConsultationsArePrivate(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    lab.office().says(zahra.number(), Map.of("record", List.of("INBOUND")));
    Phone reza = lab.phone("Reza");
    Phone ali = lab.callerHeardBy(zahra);
    swaps(zahra, reza, ali);

    lab.recordingOf(ali)
        .holdsTogether(ali, zahra)
        .neverHoldsTogether(zahra, reza)
        .holdsTogether(ali, reza)
        .holdsOnly(ali, zahra, reza);
  }

  private static void swaps(Phone zahra, Phone reza, Phone ali) {
    zahra.consults(reza);
    reza.rings().answers().hears(zahra);
    zahra.swaps().hears(ali);
    ali.hears(zahra);
    zahra.swaps().hears(reza);
    zahra.completes().callEnds();
    reza.hears(ali);
    ali.hears(reza).hangsUp();
  }

  @Test
  void threeWayCallIsRecorded(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone ali = lab.callerHeardBy(zahra);
    zahra.consults(reza);
    reza.rings().answers().hears(zahra);
    zahra.joinsAll().hears(ali).hears(reza);
    ali.hears(reza).hears(zahra);
    zahra.hangsUp();
    reza.hears(ali);
    ali.hangsUp();

    lab.recordingOf(ali).holdsTogether(ali, zahra, reza).holdsOnly(ali, zahra, reza);
  }

  @Test
  void recordingContinuesThroughAllActionsByRest(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone mina = lab.phone("Mina").willAnswer();
    Phone ali = lab.callerHeardBy(zahra);
    LiveCall call = lab.liveCall(ali).transfers(reza, "ATTENDED");
    reza.rings().answers().hears(zahra);
    call.posts("transfer/cancel?by=" + zahra.number());
    reza.callEnds();
    zahra.hears(ali);
    call.transfers(reza, "ATTENDED");
    reza.rings().answers().hears(zahra);
    call.posts("transfer/complete?by=" + zahra.number());
    zahra.callEnds();
    reza.hears(ali);
    call.transfers(mina, "BLIND");
    reza.callEnds();
    mina.talks().hears(ali);
    ali.hears(mina).hangsUp();

    lab.recordingOf(ali)
        .holdsTogether(zahra, reza)
        .holdsTogetherAfter(reza, ali, zahra)
        .holdsTogether(ali, reza)
        .holdsTogether(ali, mina)
        .holdsInOrder(zahra, mina)
        .holdsInOrder(reza, mina)
        .holdsOnly(ali, zahra, reza, mina);
  }
}
