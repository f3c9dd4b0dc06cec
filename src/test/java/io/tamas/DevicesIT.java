package io.tamas;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.tamas.lab.CallSeen;
import io.tamas.lab.DevicesOf;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Lamp;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import io.tamas.lab.RawDevice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Extensions with several devices: all ring, the first to answer has the call.
@InTheLab
class DevicesIT {
  private static final Duration SHORT = Duration.ofSeconds(3);
  private static final Duration SOON = Duration.ofSeconds(10);

  /// `qualify_timeout`.
  private static final Duration ASKS_FOR = Duration.ofSeconds(3);

  private static final String ELSEWHERE = "Reason: SIP;cause=200;text=\"Call completed elsewhere\"";

  @Test
  void allDevicesRingAndTheFirstToAnswerHasTheCall(Lab lab) {
    Phone desk = lab.phone("Zahra");
    Phone mobile = lab.anotherDeviceOf(desk);
    Line line = lab.line(desk);
    Phone ali = line.caller("Ali").calls(line.numberOf(desk)).hearsRinging();
    desk.rings();
    mobile.rings().answers().hears(ali);
    ali.hears(mobile);
    desk.missedNothing();
    ali.hangsUp();
    mobile.callEnds();

    lab.callOf(ali)
        .is("ANSWERED")
        .answeredBy(desk)
        .endedBy("CALLER")
        .withParties(desk.number() + " dialled answered")
        .withDevices("answered, answered-elsewhere")
        .answeredAt(mobile);
  }

  @Test
  void deviceThatIsBusyDoesNotEndTheRingingOfTheOthers(Lab lab) {
    Phone desk = lab.phone("Zahra").isBusy();
    Phone mobile = lab.anotherDeviceOf(desk).willAnswerAfter(Duration.ofSeconds(1));
    Line line = lab.line(desk);
    Phone ali = line.caller("Ali").calls(line.numberOf(desk)).talks().hears(mobile);
    ali.hangsUp();
    lab.callOf(ali).is("ANSWERED").withLegs("answered").withDevices("answered, busy");
  }

  @Test
  void devicesThatNobodyAnswersAreOneMissedLeg(Lab lab) {
    Phone desk = lab.phone("Zahra");
    Phone mobile = lab.anotherDeviceOf(desk);
    Line line = lab.line(desk);
    Phone ali = line.caller("Ali").calls(line.number("extension:" + desk.number(), SHORT, false));
    desk.rings();
    mobile.rings();
    ali.callEnds();
    lab.callOf(ali).is("MISSED").withLegs("no-answer").withDevices("-, no-answer, no-answer");
  }

  @Test
  void singleDeviceIsNamedToo(Lab lab) {
    Phone desk = lab.phone("Zahra");
    Phone ali = lab.callerTalkingTo(desk);
    ali.hangsUp();
    lab.callOf(ali).withDevices("answered").answeredAt(desk);
  }

  @Test
  void statesAndLampsCountPersons(Lab lab) {
    Phone desk = lab.phone("Zahra");
    Phone mobile = lab.anotherDeviceOf(desk);
    Lamp lamp = lab.lampOf(desk.number()).isDark();
    Line line = lab.line(desk);
    String number = line.numberOf(desk);
    Phone ali = line.caller("Ali").calls(number);
    desk.rings();
    mobile.rings();
    lab.becomes(desk, "ringing");
    lamp.blinks();
    mobile.answers();
    lab.becomes(desk, "in-use");
    lamp.isLit();

    Phone maryam = line.caller("Maryam").calls(number);
    desk.rings();
    lab.becomes(desk, "busy");
    maryam.hangsUp();
    lab.becomes(desk, "in-use");
    ali.hangsUp();
    lab.becomes(desk, "idle");
    lamp.isDark();
  }

  @Test
  void membersOfARingGroupRingOnAllTheirDevices(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone mobile = lab.anotherDeviceOf(zahra);
    Phone reza = lab.phone("Reza");
    Line line = lab.line(zahra);
    String group = lab.office().ringAll(List.of(zahra.number(), reza.number()), SOON);
    Phone ali = line.caller("Ali").calls(line.number(group));
    zahra.rings();
    mobile.rings();
    reza.rings().answers().hears(ali);
    zahra.missedNothing();
    mobile.missedNothing();
    ali.hangsUp();
    lab.callOf(ali)
        .answeredBy(reza)
        .withParties(
            zahra.number() + " dialled answered-elsewhere", reza.number() + " dialled answered")
        .withDevices("-, answered-elsewhere, answered-elsewhere", "answered");
  }

  @Test
  void allDevicesRingWithoutTamas(Lab lab) {
    Phone desk = lab.phone("Zahra");
    Phone mobile = lab.anotherDeviceOf(desk);
    Phone reza = lab.phone("Reza");
    lab.office().dies();
    reza.calls(desk);
    desk.rings();
    mobile.rings().answers().hears(reza);
    desk.missedNothing();
    reza.hangsUp();
    lab.office().recovers();
    lab.callOf(reza).is("ANSWERED").decidedBy("fallback").withLegs("answered");
  }

  @Test
  void addressesOfDevicesAreNeverSyntax(Lab lab) {
    DevicesOf zahra = new DevicesOf(lab, 10);
    List<RawDevice> devices = new ArrayList<>();
    devices.add(zahra.registered());
    devices.add(zahra.registered("20&0,a(b", "", "Raw \"),|SHELL(id)|&^"));
    devices.add(zahra.registered("2)0;,$(id)~", "", "Raw ${SHELL(id)}:5"));
    devices.add(zahra.registered("x", ";pn-prid=AB:voip&CD:remote;x=a/b[c", ")))((("));
    devices.add(zahra.registered("y", ";x=]:[&PJSIP/999", "%29%7C"));
    devices.add(zahra.registered("z".repeat(380), "", "z".repeat(300)));
    devices.add(zahra.registered("&".repeat(130), "", "صدا"));
    Phone reza = lab.phone("Reza").calls(zahra.number());
    devices.forEach(RawDevice::rings);
    reza.hearsRinging().hangsUp();
    lab.callOf(reza)
        .is("ABANDONED")
        .withLegs("cancelled")
        .withDevices("-" + ", cancelled".repeat(devices.size()));
  }

  /// Its calls would leave past all rules, to a host of the device's choice.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "?Route=%3Csip:127.0.0.2%3Blr%3E",
        "?Subject=hello",
        ";x=1?P-Asserted-Identity=%3Csip:110%3E",
        ";maddr=127.0.0.2",
        ";x=1;MADDR=127.0.0.2;y",
        ";%6daddr=127.0.0.2",
        "?Route=%3Csip:127.0.0.2%3Blr%3E&x=PAD",
      })
  void addressThatLeadsElsewhereIsNotRegistered(String parameters, Lab lab) {
    DevicesOf zahra = new DevicesOf(lab, 10);
    RawDevice device =
        zahra.device(zahra.number(), parameters.replace("PAD", "a".repeat(4_500)), "Raw");
    assertNotEquals(200, device.registers(zahra.password()));
    assertEquals(
        0, lab.office().get("/extensions/" + zahra.number() + "/devices").at("/items").size());
  }

  @Test
  void addressThatLeadsElsewhereIsNotRungIfItIsTooLongToBeSeen(Lab lab) {
    DevicesOf zahra = new DevicesOf(lab, 5);
    String elsewhere = "?Route=%3Csip:127.0.0.2%3Blr%3E>;x=" + "a".repeat(4_500);
    zahra.registered(zahra.number(), elsewhere + ", <sip:second@127.0.0.9", "Raw");
    zahra.registered();
    Phone reza = lab.phone("Reza").calls(zahra.number()).hearsRinging();
    reza.hangsUp();
    lab.callOf(reza).withDevicesInAnyOrder("cancelled", "cancelled", "unreachable");
  }

  @Test
  void tenDevicesOfManyExtensionsFitIntoOneCall(Lab lab) {
    List<DevicesOf> members = Stream.generate(() -> new DevicesOf(lab, 10)).limit(4).toList();
    List<RawDevice> devices = new ArrayList<>();
    for (DevicesOf member : members) {
      for (int i = 0; i < 10; i++) {
        devices.add(member.registered("&".repeat(50) + "z".repeat(200), "", "Raw"));
      }
    }
    Phone reza = lab.phone("Reza").willAnswer();
    List<String> numbers =
        Stream.concat(members.stream().map(DevicesOf::number), Stream.of(reza.number())).toList();
    Line line = lab.line(reza);
    Phone ali = line.caller("Ali").calls(line.number(lab.office().ringAll(numbers, SOON)));
    ali.talks();
    ali.hears(reza).hangsUp();
    lab.callOf(ali).is("ANSWERED").answeredBy(reza);
    long told = devices.stream().map(device -> device.stopsBecause(ELSEWHERE)).count();
    assertEquals(40, told);
  }

  @Test
  void oneDeviceTooManyReplacesAnUnreachableOneElseItIsRefused(Lab lab) {
    DevicesOf zahra = new DevicesOf(lab, 2);
    zahra.registered();
    RawDevice lost = zahra.registered();
    RawDevice third = zahra.device("third", "", "Third");
    assertEquals(403, third.registers(zahra.password()));
    lost.goesSilent();
    eventually(
        "the third is let in",
        Duration.ofSeconds(20),
        () -> third.registers(zahra.password()) == 200);
    third.waitsForCalls();
    Phone reza = lab.phone("Reza").calls(zahra.number());
    third.rings();
    reza.hearsRinging().hangsUp();
    lab.callOf(reza).withLegs("cancelled");
  }

  /// It has answered no OPTIONS meanwhile, and Asterisk sends the next one up to a minute later.
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void deviceThatComesBackIsCalledAtOnce(int devices, Lab lab) {
    DevicesOf zahra = new DevicesOf(lab, 2);
    RawDevice desk = zahra.registered();
    if (devices == 2) {
      zahra.registered();
    }
    desk.goesSilent();
    lab.asterisk().console("pjsip qualify " + zahra.number());
    eventually("it is unreachable", SOON, () -> !isReachable(lab, desk));
    // it was asked once more then; an answer to that would do
    Instant givenUp = Instant.now().plus(ASKS_FOR.plusSeconds(1));
    eventually("nothing is asked any more", SOON, () -> Instant.now().isAfter(givenUp));
    desk.comesBack(zahra.password());
    eventually("it is reachable", Duration.ofSeconds(5), () -> isReachable(lab, desk));
    Phone reza = lab.phone("Reza").calls(zahra.number());
    desk.rings();
    reza.hearsRinging().hangsUp();
    lab.callOf(reza).withLegs("cancelled");
  }

  private static boolean isReachable(Lab lab, RawDevice device) {
    return lab.asterisk()
        .console("pjsip show contacts")
        .lines()
        .anyMatch(line -> line.contains(device.contact()) && line.contains("Avail"));
  }

  @Test
  void colleagueWithSeveralDevicesIsConsulted(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone mobile = lab.anotherDeviceOf(reza);
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.consults(reza);
    reza.rings();
    mobile.rings().answers().hears(zahra);
    reza.missedNothing();
    zahra.hears(mobile).hangsUp();
    mobile.hears(ali);
    ali.hears(mobile).hangsUp();
    lab.callOf(ali)
        .lastWith(reza)
        .withParties(
            zahra.number() + " dialled answered",
            reza.number() + " transferred attended by " + zahra.number() + " answered")
        .withDevices("answered", "answered, answered-elsewhere");
  }

  @Test
  void transferThatAllDevicesRefuseReturnsToAllOfTheTransferringPerson(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone mobile = lab.anotherDeviceOf(zahra);
    Phone reza = lab.phone("Reza").isBusy();
    lab.anotherDeviceOf(reza).isBusy();
    Line line = lab.line(zahra);
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra));
    mobile.rings();
    zahra.rings().answers().hears(ali);
    zahra.transfersTo(reza);
    zahra.rings();
    mobile.rings().answers().hears(ali);
    ali.hangsUp();
    lab.callOf(ali)
        .withParties(
            zahra.number() + " dialled answered",
            reza.number() + " transferred blind by " + zahra.number() + " busy",
            zahra.number() + " returned answered")
        .withDevices(
            "answered, answered-elsewhere", "-, busy, busy", "answered, answered-elsewhere");
  }

  @Test
  void callThatReturnsToAPersonWhoTakesItAtNoDeviceIsForwarded(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone mobile = lab.anotherDeviceOf(zahra);
    Phone reza = lab.phone("Reza").isBusy();
    Phone omid = lab.phone("Omid").willAnswer();
    lab.office()
        .says(zahra.number(), Map.of("forwards", Map.of("busy", "extension:" + omid.number())));
    Line line = lab.line(zahra);
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra));
    mobile.rings();
    zahra.rings().answers().hears(ali);
    zahra.isBusy();
    mobile.isBusy();
    zahra.transfersTo(reza);
    omid.talks().hears(ali);
    ali.hangsUp();
    lab.callOf(ali)
        .withParties(
            zahra.number() + " dialled answered",
            reza.number() + " transferred blind by " + zahra.number() + " busy",
            zahra.number() + " returned busy",
            omid.number() + " forwarded by " + zahra.number() + " answered");
  }

  @Test
  void callParkedAtOneDeviceIsRetrievedAtTheOther(Lab lab) {
    Phone desk = lab.phone("Zahra");
    Phone mobile = lab.anotherDeviceOf(desk);
    Phone ali = lab.callerTalkingTo(desk);
    String slot = desk.parks();
    desk.callEnds();
    mobile.calls(slot).talks().hears(ali);
    ali.hears(mobile).hangsUp();
    lab.callOf(ali)
        .withParties(desk.number() + " dialled answered", desk.number() + " retrieved answered")
        .withDevices("answered, answered-elsewhere", "answered");
  }

  @Test
  void callThatRingsAtSeveralDevicesIsPickedUp(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone mobile = lab.anotherDeviceOf(zahra);
    Phone reza = lab.phone("Reza");
    Phone tablet = lab.anotherDeviceOf(reza);
    lab.pickUpForEachOther(zahra, reza);
    Line line = lab.line(zahra);
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra));
    zahra.rings();
    mobile.rings();
    tablet.picksUp(zahra).talks().hears(ali);
    zahra.missedNothing();
    mobile.missedNothing();
    ali.hangsUp();
    lab.callOf(ali)
        .answeredBy(reza)
        .withParties(
            zahra.number() + " dialled answered-elsewhere", reza.number() + " picked up answered")
        .withDevices("-, answered-elsewhere, answered-elsewhere", "answered");
  }

  @ParameterizedTest(name = "by {0}")
  @ValueSource(strings = {"*8", "0"})
  void callThatRingsAtSeveralDevicesIsPickedUpInTheGroup(String code, Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone mobile = lab.anotherDeviceOf(zahra);
    Phone reza = lab.phone("Reza");
    Phone tablet = lab.anotherDeviceOf(reza);
    lab.pickUpForEachOther(zahra, reza);
    Line line = lab.line(zahra);
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra));
    zahra.rings();
    mobile.rings();
    tablet.calls(code).talks().hears(ali);
    zahra.missedNothing();
    mobile.missedNothing();
    ali.hears(tablet).hangsUp();
    lab.callOf(ali)
        .answeredBy(reza)
        .withParties(
            zahra.number() + " dialled answered-elsewhere", reza.number() + " picked up answered")
        .withDevices("-, answered-elsewhere, answered-elsewhere", "answered");
  }

  @Test
  void deviceThatTalksRefersTheCallToAColleagueWithSeveral(Lab lab) {
    Phone desk = lab.phone("Zahra");
    Phone mobile = lab.anotherDeviceOf(desk);
    Phone reza = lab.phone("Reza");
    Phone tablet = lab.anotherDeviceOf(reza);
    Line line = lab.line(desk);
    Phone ali = line.caller("Ali").calls(line.numberOf(desk));
    desk.rings();
    mobile.rings().answers().hears(ali);
    mobile.refersTo(reza);
    reza.rings();
    tablet.rings().answers().hears(ali);
    reza.missedNothing();
    ali.hears(tablet).hangsUp();
    lab.callOf(ali)
        .lastWith(reza)
        .withParties(
            desk.number() + " dialled answered",
            reza.number() + " transferred blind by " + desk.number() + " answered")
        .withDevices("answered, answered-elsewhere", "answered, answered-elsewhere");
  }

  @Test
  void limitOfOutboundCallsCountsThePersonWhicheverDeviceCalls(Lab lab) {
    Phone desk = lab.phone("Zahra");
    Phone mobile = lab.anotherDeviceOf(desk);
    Line line = lab.line(desk);
    Phone babak = line.callee("Babak").willAnswer();
    lab.mayCallOver(desk, Map.of("calls", 1), line);
    desk.calls(babak.nationalNumber()).talks();
    mobile.calls(babak.nationalNumber()).hearsAVoice(Duration.ofSeconds(1)).isTold(403);
    desk.hangsUp();
    babak.callEnds();
    List<CallSeen> calls = lab.callsFrom(desk.number(), 2);
    calls.getFirst().is("ANSWERED").answeredBy(babak);
    calls.getLast().is("REJECTED").because("too-many-calls");
  }

  @Test
  void clickRingsAllDevicesOfTheUserAndTheOneThatAnswersCalls(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone mobile = lab.anotherDeviceOf(zahra);
    Phone reza = lab.phone("Reza");
    Map<String, Object> click = Map.of("extension", zahra.number(), "to", reza.number());
    String call = lab.office().send("POST", "/calls", click).path("id").asText();
    zahra.rings();
    mobile.rings().showingNumber(reza.number()).answers();
    zahra.missedNothing();
    reza.rings().showingNumber(zahra.number()).answers().hears(mobile);
    mobile.hears(reza).hangsUp();
    reza.callEnds();
    lab.endedCall(call)
        .is("ANSWERED")
        .of("INTERNAL", zahra.number(), reza.number())
        .answeredBy(reza)
        .endedBy("CALLER")
        .withParties(zahra.number() + " clicked answered", reza.number() + " dialled answered")
        .withDevices("answered, answered-elsewhere", "answered")
        .answeredAt(mobile);
  }

  @Test
  void clickThatNoDeviceAnswersHasARecord(Lab lab) {
    Phone zahra = lab.phone("Zahra").isBusy();
    lab.anotherDeviceOf(zahra).isBusy();
    Phone reza = lab.phone("Reza");
    Map<String, Object> click = Map.of("extension", zahra.number(), "to", reza.number());
    String call = lab.office().send("POST", "/calls", click).path("id").asText();
    lab.endedCall(call)
        .is("ABANDONED")
        .of("INTERNAL", zahra.number(), reza.number())
        .withParties(zahra.number() + " clicked busy")
        .withDevices("-, busy, busy");
  }

  @Test
  void holdAndRecordingAndItsPauseBelongToTheDeviceThatTalks(Lab lab) {
    Phone desk = lab.recordedPhone("Zahra");
    Phone mobile = lab.anotherDeviceOf(desk);
    Line line = lab.line(desk);
    Phone ali = line.caller("Ali").calls(line.numberOf(desk));
    desk.rings();
    mobile.rings().answers().hears(ali);
    mobile.holds();
    ali.hearsMusicInsteadOf(mobile, Duration.ofMillis(500));
    mobile.resumes();
    ali.hears(mobile);
    mobile.pausesRecording();
    lab.liveCall(ali).recordingIs("PAUSED").recordingGrows();
    mobile.pausesRecording();
    lab.liveCall(ali).recordingIs("RECORDING");
    ali.hangsUp();
    lab.callOf(ali)
        .withRecording()
        .withRecordingChanges("PAUSED by " + desk.number(), "RESUMED by " + desk.number());
  }
}
