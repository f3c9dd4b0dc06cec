package io.tamas;

import static io.tamas.lab.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import io.tamas.lab.RecordingHeard;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// One recording of a call that is handed on, picked up, parked, held or paused: who is heard in
/// it, by the tone of each phone.
@InTheLab
class RecordedCallIT {
  private static final Duration SOON = Duration.ofSeconds(10);

  /// Of a pause, in tenths of a second.
  private static final int A_WHILE = 12;

  @Test
  void recordingGoesOnWithWhomTheCallIsHandedOnTo(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Phone ali = talking(lab, zahra);
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
  void callThatIsHandedOnToSomebodyRecordedIsRecordedFromThenOn(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.recordedPhone("Reza").willAnswer();
    Phone ali = talking(lab, zahra);
    zahra.transfersTo(reza).callEnds();
    reza.talks().hears(ali);
    ali.hears(reza).hangsUp();

    lab.callOf(ali).withRecordingChanges("STARTED");
    lab.recordingOf(ali).holdsTogether(ali, reza).neverHolds(zahra).holdsOnly(ali, reza);
  }

  @Test
  void soIsTheOneThatIsHandedOnAfterAsking(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.recordedPhone("Reza");
    Phone ali = talking(lab, zahra);
    zahra.consults(reza);
    reza.rings().answers().hears(zahra);
    zahra.hears(reza).hangsUp();
    reza.hears(ali);
    ali.hears(reza).hangsUp();

    lab.callOf(ali).withRecordingChanges("STARTED");
    lab.recordingOf(ali).holdsTogether(ali, reza).neverHolds(zahra).holdsOnly(ali, reza);
  }

  @Test
  void whoIsAskedIsRecordedAndTheMusicIsNot(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone ali = talking(lab, zahra);
    zahra.consults(reza);
    reza.rings().answers().hears(zahra);
    zahra.hears(reza).hangsUp();
    reza.hears(ali);
    ali.hears(reza).hangsUp();

    lab.recordingOf(ali)
        .holdsTogether(ali, zahra)
        .holdsTogether(zahra, reza)
        .holdsTogether(ali, reza)
        .holdsOnly(ali, zahra, reza);
  }

  @Test
  void askingIsPrivateWhereCallsInsideAreNotRecorded(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    lab.office().says(zahra.number(), Map.of("record", List.of("INBOUND")));
    Phone reza = lab.phone("Reza");
    Phone ali = talking(lab, zahra);
    zahra.consults(reza);
    reza.rings().answers().hears(zahra);
    zahra.hears(reza).hangsUp();
    reza.hears(ali);
    ali.hears(reza).hangsUp();

    lab.recordingOf(ali)
        .holdsTogether(ali, zahra)
        .holdsTogether(ali, reza)
        .neverHoldsTogether(zahra, reza)
        .holdsOnly(ali, zahra, reza);
  }

  @Test
  void whoGoesBackIsRecordedOn(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone ali = talking(lab, zahra);
    zahra.consults(reza);
    reza.rings().answers().hears(zahra);
    zahra.hears(reza).cancels();
    reza.callEnds();
    grows(lab, ali);
    ali.hangsUp();
    zahra.callEnds();

    lab.recordingOf(ali).holdsTogether(zahra, reza).hasAGapOf(ali, 3).holdsOnly(ali, zahra, reza);
  }

  @Test
  void callThatIsPickedUpIsRecordedForWhomItWasMeant(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone reza = lab.phone("Reza");
    group(lab, zahra, reza);
    pickedUp(lab, zahra, reza);
  }

  @Test
  void callThatSomebodyRecordedPicksUpIsRecorded(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.recordedPhone("Reza");
    group(lab, zahra, reza);
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
  void parkedCallIsRecordedOnWhenItIsTakenBack(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone reza = lab.phone("Reza");
    parkedAndTaken(lab, zahra, reza).holdsInOrder(zahra, reza);
  }

  @Test
  void parkedCallThatSomebodyRecordedTakesBackIsRecorded(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.recordedPhone("Reza");
    parkedAndTaken(lab, zahra, reza).neverHolds(zahra);
  }

  private static RecordingHeard parkedAndTaken(Lab lab, Phone zahra, Phone reza) {
    Phone ali = talking(lab, zahra);
    String place = zahra.parks();
    reza.calls(place).talks().hears(ali);
    ali.hears(reza).hangsUp();
    reza.callEnds();
    return lab.recordingOf(ali).holdsTogether(ali, reza).holdsOnly(ali, zahra, reza);
  }

  @Test
  void musicOfAHoldIsNotRecorded(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone ali = talking(lab, zahra);
    zahra.holds();
    ali.hearsMusicInsteadOf(zahra, Duration.ofSeconds(2));
    zahra.resumes();
    told(lab, ali, "STREAM_END");
    grows(lab, ali);
    ali.hangsUp();
    zahra.callEnds();

    lab.recordingOf(ali)
        .holdsTogether(ali, zahra)
        .neverHoldsWithout(ali, zahra)
        .holdsOnly(ali, zahra);
  }

  @Test
  void recordingIsPausedAndResumedByRest(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone ali = talking(lab, zahra);
    act(lab, ali, "pause");
    is(lab, ali, "PAUSED");
    grows(lab, ali);
    act(lab, ali, "resume");
    is(lab, ali, "RECORDING");
    grows(lab, ali);
    ali.hangsUp();
    zahra.callEnds();

    lab.callOf(ali).withRecordingChanges("PAUSED by first", "RESUMED by first");
    lab.recordingOf(ali).hasAGapOf(ali, A_WHILE - 2).hasAGapOf(zahra, A_WHILE - 2);
  }

  @Test
  void recordingIsPausedAndResumedByKey(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone ali = talking(lab, zahra);
    zahra.pausesRecording();
    tones(lab, zahra, 1);
    is(lab, ali, "PAUSED");
    grows(lab, ali);
    zahra.pausesRecording();
    tones(lab, zahra, 3);
    is(lab, ali, "RECORDING");
    grows(lab, ali);
    ali.hangsUp();
    zahra.callEnds();

    lab.callOf(ali)
        .withRecordingChanges("PAUSED by " + zahra.number(), "RESUMED by " + zahra.number());
    lab.recordingOf(ali).hasAGapOf(ali, A_WHILE - 2).hasAGapOf(zahra, A_WHILE - 2);
  }

  @Test
  void pauseLastsUntilWhoTookTheCallEndsIt(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Phone ali = talking(lab, zahra);
    zahra.pausesRecording();
    tones(lab, zahra, 1);
    is(lab, ali, "PAUSED");
    zahra.transfersTo(reza).callEnds();
    reza.talks().hears(ali);
    ali.hears(reza);
    reza.pausesRecording();
    tones(lab, reza, 2);
    is(lab, ali, "RECORDING");
    grows(lab, ali);
    ali.hangsUp();

    lab.callOf(ali)
        .withRecordingChanges("PAUSED by " + zahra.number(), "RESUMED by " + reza.number());
    lab.recordingOf(ali).holdsTogether(ali, reza).holdsInOrder(zahra, reza);
  }

  @Test
  void callIsRecordedByWishAndNoMore(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone ali = talking(lab, zahra);
    act(lab, ali, "start");
    is(lab, ali, "RECORDING");
    grows(lab, ali);
    act(lab, ali, "stop");
    is(lab, ali, "STOPPED");
    ali.hangsUp();
    zahra.callEnds();

    lab.callOf(ali).withRecordingChanges("STARTED by first", "STOPPED by first");
    lab.recordingOf(ali).holdsTogether(ali, zahra);
  }

  /// Somebody outside who has called this phone and talks.
  private static Phone talking(Lab lab, Phone desk) {
    Phone ali = lab.callerTalkingTo(desk);
    desk.hears(ali);
    return ali;
  }

  private static void act(Lab lab, Phone caller, String action) {
    eventually(
        "the call talks", SOON, () -> live(lab, caller).path("status").asText().equals("ANSWERED"));
    String id = live(lab, caller).path("id").asText();
    lab.office().send("POST", "/calls/" + id + "/recording/" + action, Map.of());
  }

  private static void is(Lab lab, Phone caller, String state) {
    eventually(
        "the recording is " + state,
        SOON,
        () -> live(lab, caller).path("recordingState").asText().equals(state));
  }

  /// Who pressed the key has heard so many tones until now, and hears the other side again.
  private static void tones(Lab lab, Phone phone, int tones) {
    eventually(
        phone + " hears tones",
        SOON,
        () ->
            lab.journal().rows().stream()
                    .filter(row -> row.type().equals("STREAM_END"))
                    .filter(row -> row.channel().startsWith("PJSIP/" + phone.number() + "-"))
                    .count()
                == tones);
  }

  private static JsonNode live(Lab lab, Phone caller) {
    return lab.items("/live-calls")
        .filter(call -> call.path("caller").asText().equals(caller.number()))
        .findFirst()
        .orElseThrow();
  }

  /// For a while something is added to it, be it silence. Asterisk writes in pieces of 20 tenths,
  /// of which the next may have begun before.
  private static void grows(Lab lab, Phone caller) {
    String id = live(lab, caller).path("recording").asText();
    int before = tenths(lab, id);
    eventually("the recording grows", SOON, () -> tenths(lab, id) >= before + 21 + A_WHILE);
  }

  private static int tenths(Lab lab, String id) {
    int all = lab.recording(id).tenths();
    for (int n = 2; lab.recording(id + "-" + n).exists(); n++) {
      all += lab.recording(id + "-" + n).tenths();
    }
    return all;
  }

  /// Waits until Asterisk has written this of the caller's channel.
  private static void told(Lab lab, Phone caller, String type) {
    eventually(
        type,
        SOON,
        () ->
            lab.journal().rows().stream()
                .anyMatch(
                    row -> row.type().equals(type) && row.callerNumber().equals(caller.number())));
  }

  private static void group(Lab lab, Phone... members) {
    List<String> numbers = Stream.of(members).map(Phone::number).toList();
    String name = lab.office().part("pickup-groups", Map.of("title", "Desk", "members", numbers));
    for (String number : numbers) {
      eventually(
          number + " is in the pickup group",
          SOON,
          () -> lab.asterisk().console("pjsip show endpoint " + number).contains(name));
    }
  }
}
