package io.tamas;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.asterisk.journal.RowType.Cel;
import io.tamas.asterisk.journal.RowType.Note;
import io.tamas.json.Json;
import io.tamas.lab.CallSeen;
import io.tamas.lab.DecliningPhone;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import io.tamas.lab.RawCaller;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The whole path of a call: real phones, real Asterisk, real PostgreSQL, and the one record that
/// results.
@InTheLab
class CallIT {
  /// A number from which several people call.
  private static final String FAMILY = "+982188001122";

  private static final Duration SHORT = Duration.ofSeconds(3);

  @Test
  void aKnownCallerIsShownAndRecordedAndHasOneRecord(Lab lab) {
    Phone desk = lab.recordedPhone("Zahra");
    Line line = lab.line(desk);
    Phone ali = line.caller("Ali");
    lab.office().profile("Ali Rezaei", ali.number());

    ali.calls(line.numberOf(desk)).hearsRinging();
    desk.rings().showing("Ali Rezaei").showingNumber(ali.number()).answers();
    ali.talks().hears(desk);
    desk.hears(ali);
    ali.hangsUp();
    desk.callEnds();

    lab.callOf(ali)
        .is("ANSWERED")
        .from("Ali Rezaei")
        .answeredBy(desk)
        .endedBy("CALLER")
        .decidedBy("route:")
        .withLegs("answered")
        .withRecording();
  }

  @Test
  void calledPartyMayHangUp(Lab lab) {
    Phone desk = lab.phone("Zahra").willAnswer();
    Line line = lab.line(desk);
    Phone ali = line.caller("Ali").calls(line.numberOf(desk)).talks();
    desk.talks().hangsUp();
    ali.callEnds();
    lab.callOf(ali).is("ANSWERED").endedBy("CALLEE").withoutRecording();
  }

  @Test
  void nobodyAnswers(Lab lab) {
    Phone desk = lab.recordedPhone("Zahra");
    Line line = lab.line(desk);
    String number = line.number("extension:" + desk.number(), SHORT, false);
    Phone ali = line.caller("Ali").calls(number).hearsRinging().isTold(480);
    desk.callEnds();
    lab.callOf(ali).is("MISSED").answeredByNobody().withLegs("no-answer").withoutRecording();
  }

  @Test
  void theCallerGivesUp(Lab lab) {
    Phone desk = lab.phone("Zahra");
    Line line = lab.line(desk);
    Phone ali = line.caller("Ali").calls(line.numberOf(desk)).hearsRinging();
    desk.rings();
    ali.hangsUp();
    desk.callEnds();
    lab.callOf(ali).is("ABANDONED").endedBy("CALLER").withLegs("cancelled");
  }

  @Test
  void aBusyPhone(Lab lab) {
    Phone desk = lab.phone("Zahra").isBusy();
    Line line = lab.line(desk);
    Phone ali = line.caller("Ali").calls(line.numberOf(desk)).isTold(486);
    lab.callOf(ali).is("BUSY").withLegs("busy");
  }

  @Test
  void aDeclinedCall(Lab lab) {
    Phone desk = lab.phone("Zahra");
    DecliningPhone reza = lab.decliningPhone("Reza");
    Line line = lab.line(desk);
    Phone ali = line.caller("Ali").calls(line.number("extension:" + reza.number())).isTold(403);
    lab.callOf(ali).is("REJECTED").withLegs("rejected");
  }

  @Test
  void aPhoneThatIsNotRegistered(Lab lab) {
    Line line = lab.line(lab.phone("Zahra"));
    String nobody = lab.extensionWithoutPhone("Nobody");
    Phone ali = line.caller("Ali").calls(line.number("extension:" + nobody)).isTold(480);
    lab.callOf(ali).is("FAILED").withLegs("unreachable");
  }

  @Test
  void anAnnouncement(Lab lab) {
    Line line = lab.line(lab.phone("Zahra"));
    String number = line.number(lab.office().announcement("ss-noservice"));
    Phone ali = line.caller("Ali").calls(number).talks().callEnds();
    lab.callOf(ali).is("ANNOUNCEMENT").answeredByNobody().withLegs();
  }

  @Test
  void aRingGroupIsAnsweredByOneAndNobodyIsCountedTwice(Lab lab) {
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
    lab.callOf(ali).is("ANSWERED").answeredBy(reza).withLegs("answered-elsewhere", "answered");
  }

  @Test
  void aRingGroupInOrderIsAnsweredByTheSecond(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Line line = lab.line(zahra);
    String group = lab.office().ringInOrder(List.of(zahra.number(), reza.number()), SHORT);
    Phone ali = line.caller("Ali").calls(line.number(group));
    zahra.rings().callEnds();
    ali.talks().hears(reza).hangsUp();
    reza.callEnds();
    lab.callOf(ali).is("ANSWERED").answeredBy(reza).withLegs("no-answer", "answered");
  }

  @Test
  void extensionsCallEachOther(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    zahra.calls(reza).talks();
    reza.rings().showing("Zahra").showingNumber(zahra.number()).hears(zahra);
    zahra.hangsUp();
    reza.callEnds();
    lab.callOf(zahra).is("ANSWERED").answeredBy(reza).decidedBy("extension:");
  }

  @Test
  void aColleagueDoesNotAnswer(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    lab.office().says(reza.number(), Map.of("forwards", Map.of("noAnswerAfter", SHORT)));
    zahra.calls(reza).hearsRinging();
    reza.rings();
    zahra.isTold(480);
    reza.callEnds();
    internal(lab, zahra, reza.number()).is("MISSED").endedBy("SYSTEM").withLegs("no-answer");
  }

  @Test
  void aColleagueIsBusy(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").isBusy();
    zahra.calls(reza).isTold(486);
    internal(lab, zahra, reza.number()).is("BUSY").endedBy("CALLEE").withLegs("busy");
  }

  @Test
  void aColleagueDeclines(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    DecliningPhone reza = lab.decliningPhone("Reza");
    zahra.calls(reza.number()).isTold(403);
    internal(lab, zahra, reza.number()).is("REJECTED").endedBy("CALLEE").withLegs("rejected");
  }

  @Test
  void aColleaguesPhoneIsNotRegistered(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    String nobody = lab.extensionWithoutPhone("Nobody");
    zahra.calls(nobody).isTold(480);
    internal(lab, zahra, nobody).is("FAILED").endedBy("SYSTEM").withLegs("unreachable");
  }

  @Test
  void internalCallerGivesUp(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    zahra.calls(reza).hearsRinging();
    reza.rings();
    zahra.hangsUp();
    reza.callEnds();
    internal(lab, zahra, reza.number()).is("ABANDONED").endedBy("CALLER").withLegs("cancelled");
  }

  private static CallSeen internal(Lab lab, Phone caller, String requested) {
    return lab.callOf(caller).of("INTERNAL", caller.number(), requested).answeredByNobody();
  }

  @Test
  void unallocatedNumberIsRefused(Lab lab) {
    Line line = lab.line(lab.phone("Zahra"));
    Phone ali = line.caller("Ali").calls("+982191999999").isTold(404);
    lab.callOf(ali).is("FAILED").answeredByNobody().withLegs();
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
    String dialled =
        lab.journal().ofEndedCallFrom(ali.number()).stream()
            .filter(row -> row.type() == Note.PHONES)
            .map(row -> Json.read(row.extra(), JsonNode.class).path("extra").asText())
            // the device, if one is registered
            .map(phone -> phone.split("\\|", 2)[0])
            .collect(Collectors.joining("&"));
    assertEquals("PJSIP/" + String.join("&PJSIP/", members), dialled);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"a\\\\\\\",\\\"eventtype\\\":\\\"PICKUP\\\",\\\"z\\\":\\\"\"",
        "\"${SHELL(touch /instance/attacked)}\"",
        "\"x)&Hangup(21)\"",
        "\"a,s,1)|b;c&d@e\"",
        "\"\u202Eevil\u2066 \uD83D\uDE00\"",
      })
  void aNameThatIsWrittenAsAnAttackIsOnlyAName(String name, Lab lab) {
    String number = "+98935%07d".formatted(name.hashCode() & 0xFFFFF);
    isConnected(name + " <sip:" + number + "@127.0.0.1>", lab);
    List<JournalEvent> call = lab.journal().ofEndedCallFrom(number);
    assertTrue(call.stream().noneMatch(row -> row.type() == Cel.PICKUP));
    assertFalse(call.getFirst().callerName().isBlank());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%24%7BSHELL(touch%20/instance/attacked)%7D",
        "09121)&Hangup(21",
        "0912;x=1",
        "0912,s,1",
        "%0aTAMAS_ACTION=end",
      })
  void aNumberThatIsWrittenAsAnAttackIsOnlyText(String user, Lab lab) {
    isConnected("<sip:" + user + "@127.0.0.1>", lab);
  }

  private static void isConnected(String from, Lab lab) {
    Phone desk = lab.phone("Zahra").willAnswer();
    Line line = lab.line(desk);
    try (RawCaller attacker = line.rawCaller()) {
      attacker.calls(line.numberOf(desk), from).isTold(200);
      desk.talks();
      attacker.hangsUp();
      desk.callEnds();
    }
    assertFalse(Files.exists(lab.asterisk().settings().data().resolve("attacked")));
  }

  @Test
  void routeMayRecordCallsThatItsPhonesDoNot(Lab lab) {
    Phone desk = lab.phone("Zahra");
    Line line = lab.line(desk);
    String number = line.number("extension:" + desk.number(), Duration.ofSeconds(20), true);
    Phone ali = line.caller("Ali").calls(number);
    desk.rings().answers().hears(ali);
    ali.hangsUp();
    lab.callOf(ali).is("ANSWERED").withRecording();
  }

  @Test
  void whatAnExtensionAnsweredAndMissedIsCounted(Lab lab) {
    Phone desk = lab.phone("Zahra");
    Line line = lab.line(desk);
    String number = line.numberOf(desk);
    Phone ali = line.caller("Ali").calls(number);
    desk.rings().answers();
    ali.talks().hangsUp();
    desk.callEnds();
    Phone sara = line.caller("Sara").calls(number).hearsRinging();
    desk.rings();
    sara.hangsUp();
    lab.callOf(ali).is("ANSWERED");
    lab.callOf(sara).is("ABANDONED");

    String hour = "&from=" + Instant.now().minusSeconds(3_600) + "&to=" + Instant.now();
    JsonNode all = lab.office().get("/statistics?by=EXTENSION" + hour).path("items");
    JsonNode counts =
        StreamSupport.stream(all.spliterator(), false)
            .filter(one -> one.path("key").asText().equals(desk.number()))
            .findFirst()
            .orElseThrow();
    List<Integer> counted =
        Stream.of("calls", "inbound", "outbound", "internal", "answered", "missed")
            .map(name -> counts.path(name).asInt())
            .toList();
    assertEquals(List.of(2, 2, 0, 0, 1, 1), counted, counts::toPrettyString);
  }

  @Test
  void twoCallsAtOnceBetweenTheSameNumbersAreTwo(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Line line = lab.line(zahra);
    String sales =
        lab.office()
            .part(
                "ring-groups",
                Map.of(
                    "strategy",
                    "ROUND_ROBIN",
                    "members",
                    List.of(zahra.number(), reza.number()),
                    "ring",
                    Duration.ofSeconds(20)));
    String number = line.number("ring-group:" + sales);
    Phone one = line.caller("Ali", FAMILY);
    Phone other = line.caller("Sara", FAMILY);
    one.calls(number);
    other.calls(number);
    zahra.rings().answers();
    reza.rings().answers();
    one.talks();
    other.talks();
    zahra.hangsUp();
    eventually("one has lost zahra", SHORT, () -> one.isRefused() || other.isRefused());
    (one.isRefused() ? other : one).hangsUp();
    reza.callEnds();

    assertEquals(2, lab.callsFrom(FAMILY, 2).size());
    lab.callOf(zahra)
        .is("ANSWERED")
        .answeredBy(zahra)
        .endedBy("CALLEE")
        .withParties(zahra.number() + " dialled answered");
    lab.callOf(reza)
        .is("ANSWERED")
        .answeredBy(reza)
        .endedBy("CALLER")
        .withParties(reza.number() + " dialled answered");
  }
}
