package io.tamas.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.call.DecisionNote;
import io.tamas.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The dialplan and the lab itself: real phones on a real Asterisk, led by the rules.
@InTheLab
class LabIT {
  private static final Duration PROMISE = Duration.ofSeconds(3);

  @Test
  void aCallFromOutsideRingsThePhoneAndBothHearEachOther(Lab lab) {
    Phone desk = lab.phone("Zahra");
    Line line = lab.line(desk);
    Phone ali = line.caller("Ali");

    ali.calls(line.numberOf(desk)).hearsRinging();
    desk.rings().showing("Ali").showingNumber(ali.number()).answers();
    ali.talks().hears(desk);
    desk.hears(ali);
    ali.hangsUp();
    desk.callEnds();
  }

  @Test
  void thePersonWhoWasCalledMayHangUp(Lab lab) {
    Phone desk = lab.phone("Zahra").willAnswer();
    Line line = lab.line(desk);
    Phone ali = line.caller("Ali").calls(line.numberOf(desk)).talks();
    desk.talks().hangsUp();
    ali.callEnds();
  }

  @Test
  void extensionsCallEachOther(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    zahra.calls(reza).talks();
    reza.rings().showing("Zahra").showingNumber(zahra.number()).hears(zahra);
    zahra.hangsUp();
    reza.callEnds();
  }

  @Test
  void aBusyPhoneIsToldAsBusy(Lab lab) {
    Phone desk = lab.phone("Zahra").isBusy();
    Line line = lab.line(desk);
    line.caller("Ali").calls(line.numberOf(desk)).isTold(486);
  }

  @Test
  void aDeclinedCallIsToldAsRejected(Lab lab) {
    Phone desk = lab.phone("Zahra");
    DecliningPhone declining = lab.decliningPhone("Reza");
    Line line = lab.line(desk);
    line.caller("Ali").calls(line.number("extension:" + declining.number())).isTold(403);
  }

  @Test
  void nobodyAnswersInTime(Lab lab) {
    Phone desk = lab.phone("Zahra");
    Line line = lab.line(desk);
    String number = line.number("extension:" + desk.number(), Duration.ofSeconds(2), false);
    line.caller("Ali").calls(number).hearsRinging().isTold(480);
    desk.callEnds();
  }

  @Test
  void theCallerGivesUp(Lab lab) {
    Phone desk = lab.phone("Zahra");
    Line line = lab.line(desk);
    Phone ali = line.caller("Ali").calls(line.numberOf(desk)).hearsRinging();
    desk.rings();
    ali.hangsUp();
    desk.callEnds();
  }

  @Test
  void anExtensionWithoutAPhoneIsToldAsUnreachable(Lab lab) {
    Line line = lab.line(lab.phone("Zahra"));
    String nobody = lab.extensionWithoutPhone("Nobody");
    line.caller("Ali").calls(line.number("extension:" + nobody)).isTold(480);
  }

  @Test
  void anAnnouncementIsPlayedAndTheCallEnds(Lab lab) {
    Line line = lab.line(lab.phone("Zahra"));
    String number = line.number(lab.office().announcement("ss-noservice"));
    line.caller("Ali").calls(number).talks().callEnds();
  }

  @Test
  void aNumberThatNobodyHasIsRefused(Lab lab) {
    Line line = lab.line(lab.phone("Zahra"));
    line.caller("Ali").calls("+982191999999").isTold(404);
  }

  @Test
  void aRingGroupRingsAllAndTheFirstWhoAnswersHasTheCall(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Line line = lab.line(zahra);
    String group =
        lab.office().ringAll(List.of(zahra.number(), reza.number()), Duration.ofSeconds(20));
    Phone ali = line.caller("Ali").calls(line.number(group));
    zahra.rings();
    reza.rings().answers();
    zahra.callEnds();
    ali.talks().hears(reza).hangsUp();
  }

  @Test
  void aRingGroupInOrderGoesOnToTheNext(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Line line = lab.line(zahra);
    String group =
        lab.office().ringInOrder(List.of(zahra.number(), reza.number()), Duration.ofSeconds(2));
    Phone ali = line.caller("Ali").calls(line.number(group));
    zahra.rings().callEnds();
    ali.talks().hears(reza).hangsUp();
    reza.callEnds();
  }

  @Test
  void theRecordingHoldsBothVoicesFromTheAnswerOn(Lab lab) throws Exception {
    Phone desk = lab.recordedPhone("Zahra");
    Line line = lab.line(desk);
    Phone ali = line.caller("Ali").calls(line.numberOf(desk)).hearsRinging();
    desk.rings().answers().hears(ali);
    ali.hears(desk).hangsUp();
    desk.callEnds();

    Path recording = recordingOf(lab.journal().ofEndedCallFrom(ali.number()), lab);
    Eventually.eventually(
        "the file is written", Duration.ofSeconds(5), () -> recording.toFile().length() > 8000);
    assertTrue(ali.tone().seconds(recording) >= 0.5);
    assertTrue(desk.tone().seconds(recording) >= 0.5);
  }

  /// What Tamas decided is in the journal, and with it the id of the recording.
  private static Path recordingOf(List<JournalEvent> call, Lab lab) {
    String note =
        call.stream()
            .filter(row -> row.type().equals("TAMAS_DECISION"))
            .map(row -> Json.read(row.extra(), JsonNode.class).path("extra").asText())
            .collect(Collectors.joining());
    String id = DecisionNote.decode(note).flatMap(DecisionNote::recording).orElseThrow();
    return lab.asterisk().settings().data().resolve("recordings/" + id + ".wav");
  }

  @Test
  void noLineOfTheJournalIsCutWhereManyPhonesAreRung(Lab lab) {
    Phone desk = lab.phone("Zahra").willAnswer();
    Line line = lab.line(desk);
    List<String> members = new ArrayList<>(List.of(desk.number()));
    for (int i = 1; i <= 24; i++) {
      members.add(lab.extensionWithoutPhone("Member " + i));
    }
    String number = line.number(lab.office().ringAll(members, Duration.ofSeconds(20)));
    Phone ali = line.caller("Ali \uD83C\uDF39 \u200F\u0639\u0644\u06CC").calls(number).talks();
    ali.hangsUp();
    String told =
        lab.journal().ofEndedCallFrom(ali.number()).stream()
            .filter(row -> row.type().equals("TAMAS_PHONES"))
            .map(row -> Json.read(row.extra(), JsonNode.class).path("extra").asText())
            .collect(Collectors.joining("&"));
    assertEquals("PJSIP/" + String.join("&PJSIP/", members), told);
  }

  @Test
  void whileTamasIsDeadTheFallbackPhoneRings(Lab lab) {
    Phone desk = lab.phone("Zahra");
    Line line = lab.line(desk);
    Phone ali = line.caller("Ali");
    lab.office().dies();
    ringsInTime(() -> ali.calls("+982191000000"), desk);
    desk.answers().hears(ali);
    ali.hangsUp();
    assertEquals("FAILURE", fallbackReason(lab, ali));
  }

  @Test
  void whileTamasIsFrozenTheFallbackPhoneRings(Lab lab) {
    Phone desk = lab.phone("Zahra");
    Line line = lab.line(desk);
    Phone ali = line.caller("Ali");
    lab.office().freezes();
    ringsInTime(() -> ali.calls("+982191000000"), desk);
    desk.answers().hears(ali);
    ali.hears(desk).hangsUp();
    assertEquals("TIMEOUT", fallbackReason(lab, ali));
  }

  @Test
  void whileTamasIsDeadExtensionsCallEachOther(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    lab.office().dies();
    ringsInTime(() -> zahra.calls(reza), reza);
    reza.answers().hears(zahra);
  }

  private static void ringsInTime(Runnable call, Phone phone) {
    long began = System.nanoTime();
    call.run();
    phone.rings();
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    assertTrue(took.compareTo(PROMISE) < 0, () -> "rang after " + took);
  }

  private static String fallbackReason(Lab lab, Phone caller) {
    return lab.journal().ofEndedCallFrom(caller.number()).stream()
        .filter(row -> row.type().equals("TAMAS_FALLBACK"))
        .map(row -> row.extra().replaceAll(".*:\"|\".*", ""))
        .findFirst()
        .orElse("none");
  }

  @Test
  void aNameThatIsWrittenAsAnAttackIsOnlyAName(Lab lab) {
    Phone desk = lab.phone("Zahra").willAnswer();
    Line line = lab.line(desk);
    String number = "+989350000001";
    String name = "\"a\\\\\\\",\\\"eventtype\\\":\\\"PICKUP\\\",\\\"z\\\":\\\"\"";
    try (RawCaller attacker = line.rawCaller()) {
      attacker.calls(line.numberOf(desk), name + " <sip:" + number + "@127.0.0.1>").isTold(200);
      desk.talks();
      attacker.hangsUp();
      desk.callEnds();
    }
    List<JournalEvent> call = lab.journal().ofEndedCallFrom(number);
    assertTrue(call.stream().noneMatch(row -> row.type().equals("PICKUP")));
    assertTrue(call.getFirst().callerName().contains("eventtype"), call.getFirst().callerName());
  }
}
