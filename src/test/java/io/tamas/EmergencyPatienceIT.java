package io.tamas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.company.EmergencyTrunks;
import io.tamas.company.Refusal;
import io.tamas.lab.CallSeen;
import io.tamas.lab.Eventually;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import io.tamas.lab.Provider;
import io.tamas.lab.RawPhone;
import io.tamas.lab.Tone;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Emergency calls over trunks that seem to connect them and do not.
@InTheLab
class EmergencyPatienceIT {
  private static final Duration SETUP = Duration.ofSeconds(15);
  private static final Duration SLOW = Duration.ofSeconds(10);

  /// Long enough for Asterisk to tell the answer before the end.
  private static final Duration AT_ONCE = Duration.ofMillis(100);

  private static final Tone LINE = new Tone(1_400);

  /// An emergency number of two trunks, of which the second would connect each call.
  private record Way(RawPhone phone, String number, Provider first, Provider second) {
    static Way of(Lab lab) {
      Phone fallback = lab.phone("Fallback");
      Line first = lab.line(fallback);
      Line second = lab.line(fallback);
      RawPhone phone = lab.rawDeskPhone("Zahra");
      Provider seems = first.provider();
      Provider connects = second.provider().says("200 OK");
      String number = EmergencyIT.number(lab, phone.number(), first, second);
      first.isReached();
      second.isReached();
      return new Way(phone, number, seems, connects);
    }

    /// The time until somebody answers.
    Duration talks() {
      long began = System.nanoTime();
      phone.calls(number);
      Eventually.eventually(
          "it is answered", Duration.ofSeconds(40), () -> phone.told().contains(200));
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      phone.talks();
      return took;
    }

    CallSeen call(Lab lab) {
      return lab.callsFrom(phone.number(), 1).getFirst();
    }
  }

  private static void isLeftInTime(Way way, Duration took) {
    assertTrue(took.compareTo(SETUP.minusMillis(200)) > 0, "answered after " + took);
    assertTrue(took.compareTo(SETUP.plus(SLOW)) < 0, "answered after " + took);
    assertTrue(way.first.isLeft());
    assertEquals(1, way.second.calls());
  }

  @Test
  void trunkThatOnlyTriesIsLeftAfterFifteenSeconds(Lab lab) {
    Way way = Way.of(lab);
    way.first.says("100 Trying");
    isLeftInTime(way, way.talks());
    way.phone.hangsUp();
    way.call(lab)
        .is("ANSWERED")
        .withParties(way.number + " dialled unreachable", way.number + " dialled answered");
  }

  /// Only what is heard is a voice.
  @Test
  void trunkThatPromisesVoiceAndSendsNoneIsLeftAfterFifteenSeconds(Lab lab) {
    Way way = Way.of(lab);
    way.first.says("100 Trying").thenPromisesVoice();
    isLeftInTime(way, way.talks());
    way.phone.hangsUp();
    way.call(lab)
        .is("ANSWERED")
        .withParties(way.number + " dialled unreachable", way.number + " dialled answered");
  }

  @Test
  void trunkThatSpeaksMaySpeakLonger(Lab lab) {
    Way way = Way.of(lab);
    way.first.says("100 Trying").thenSpeaks().then(Duration.ofSeconds(18), "200 OK");
    way.talks();
    way.phone.hangsUp();
    assertEquals(0, way.second.calls());
    way.call(lab).is("ANSWERED").withParties(way.number + " dialled answered");
  }

  @Test
  void trunkThatOnlyTriesIsLeftWhileTamasIsAwayToo(Lab lab) {
    Way way = Way.of(lab);
    way.first.says("100 Trying", "183 Session Progress");
    lab.office().dies();
    Duration took = way.talks();
    assertFalse(way.phone.told().contains(183), "the phone rings no longer");
    way.phone.hangsUp();
    lab.office().recovers();
    isLeftInTime(way, took);
    way.call(lab)
        .is("ANSWERED")
        .withParties(way.number + " dialled unreachable", way.number + " dialled answered");
  }

  @Test
  void trunkThatRingsInTimeMayRingLonger(Lab lab) {
    Way way = Way.of(lab);
    way.first
        .says("100 Trying")
        .then(Duration.ofSeconds(10), "180 Ringing")
        .then(Duration.ofSeconds(8), "200 OK");
    way.talks();
    way.phone.hangsUp();
    assertEquals(0, way.second.calls());
    way.call(lab).is("ANSWERED").withParties(way.number + " dialled answered");
  }

  @Test
  void trunksThatAnswerAndHangUpAtOnceAreLeft(Lab lab) {
    Phone fallback = lab.phone("Fallback");
    List<Line> lines = List.of(lab.line(fallback), lab.line(fallback), lab.line(fallback));
    RawPhone phone = lab.rawDeskPhone("Zahra");
    lines.getFirst().provider().says("200 OK").thenHangsUp(Duration.ofMillis(300));
    lines.get(1).provider().says("200 OK").thenHangsUp(AT_ONCE);
    Provider centre = lines.getLast().provider();
    centre.says("180 Ringing").then(Duration.ofSeconds(2), "200 OK");
    String number = EmergencyIT.number(lab, phone.number(), lines.toArray(Line[]::new));
    phone.calls(number).talks();
    Eventually.eventually("the third one rings", SLOW, () -> centre.hasSaid("180 Ringing"));
    long heard = phone.heard();
    Eventually.eventually("the ring tone is heard", SLOW, () -> phone.heard() > heard + 20);
    Eventually.eventually("the third one answers", SLOW, () -> centre.hasSaid("200 OK"));
    long before = phone.heard();
    Eventually.eventually("they talk", SLOW, () -> phone.heard() > before + 50);
    phone.hangsUp();
    String answered = number + " dialled answered";
    lab.callsFrom(phone.number(), 1)
        .getFirst()
        .is("ANSWERED")
        .endedBy("CALLER")
        .withParties(answered, answered, answered);
  }

  @Test
  void callerIsToldWhereEveryTrunkAnswersAndHangsUpAtOnceAndWhileTamasIsAwayToo(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    String site = "site-" + zahra.number();
    Line first = lab.line(zahra);
    Provider hasty = first.provider(Map.of("site", site));
    hasty.says("200 OK").thenHangsUp(Duration.ZERO);
    // as many as are tried: none of the others of the lab is
    for (int i = 1; i < EmergencyTrunks.MOST; i++) {
      Line line = lab.line(zahra).isSetUp(Map.of("server", hasty.address(), "site", site));
      lab.awaitsConsole("pjsip show aor trunk-" + line.trunk(), hasty.address());
    }
    lab.office().says(zahra.number(), Map.of("language", "tr", "site", site));
    lab.announces(Refusal.NO_LINE, "tr", LINE);
    String number = EmergencyIT.number(lab, zahra.number(), first);
    zahra.calls(number).hears(LINE).callEnds();
    assertEquals(EmergencyTrunks.MOST, hasty.calls());
    CallSeen call = lab.callOf(zahra).is("ANSWERED").endedBy("SYSTEM").withCause(34);
    List<String> parties = call.parties();
    assertEquals(EmergencyTrunks.MOST, parties.size());
    // where the end comes with the answer, Asterisk may tell no answer
    Set<String> ends = Set.of(number + " dialled answered", number + " dialled unreachable");
    assertTrue(ends.containsAll(parties), parties::toString);
    lab.awaitsConsole("database show tamas-caller", "@" + site);
    lab.awaitsConsole("database get tamas-emergency " + number + "-" + site, first.trunk());
    lab.office().dies();
    zahra.calls(number).hearsAVoice(Duration.ofSeconds(1)).callEnds();
    lab.office().recovers();
    assertEquals(2 * EmergencyTrunks.MOST, hasty.calls());
    lab.callsFrom(zahra.number(), 2);
  }

  /// A trunk that is connected for a while counts for Asterisk as who has hung up the caller, too.
  @ParameterizedTest
  @ValueSource(ints = {100, 500})
  void callerWhoGivesUpAfterATrunkThatHungUpAtOnceHasEndedTheCall(int milliseconds, Lab lab) {
    Way way = Way.of(lab);
    way.first.says("200 OK").thenHangsUp(Duration.ofMillis(milliseconds));
    way.second.says("180 Ringing");
    way.phone.calls(way.number).talks();
    Eventually.eventually("the next one rings", SLOW, () -> way.second.hasSaid("180 Ringing"));
    way.phone.hangsUp();
    Eventually.eventually("it is left", SLOW, way.second::isLeft);
    way.call(lab)
        .is("ANSWERED")
        .endedBy("CALLER")
        .withParties(way.number + " dialled answered", way.number + " dialled cancelled");
  }

  @Test
  void centreThatIsTransferredAtOnceIsNotLeft(Lab lab) {
    Way way = Way.of(lab);
    Phone reza = lab.phone("Reza").willAnswer();
    way.first.says("200 OK");
    way.talks();
    // Asterisk transfers nobody who is not connected yet
    Eventually.eventually(
        "they are connected",
        SLOW,
        () ->
            lab.items("/live-calls")
                .filter(call -> call.path("caller").asText().equals(way.phone.number()))
                .anyMatch(call -> call.path("status").asText().equals("ANSWERED")));
    way.phone.refersTo("<sip:" + reza.number() + "@127.0.0.1>", "");
    reza.talks().hears(way.first.tone());
    way.phone.leaves();
    reza.hangsUp();
    Eventually.eventually("the centre is left", SLOW, way.first::isLeft);
    assertEquals(0, way.second.calls());
    way.call(lab).is("ANSWERED");
  }

  @Test
  void centreIsNotCalledAgainWhereTheCallerHasPausedTheRecording(Lab lab) {
    Way way = Way.of(lab);
    way.first.says("200 OK").thenHangsUp(Duration.ofSeconds(7));
    way.talks();
    way.phone.sendsByEvents("*5").callEnds();
    assertEquals(0, way.second.calls());
    way.call(lab).is("ANSWERED").endedBy("CALLEE").withParties(way.number + " dialled answered");
  }

  @Test
  void centreThatHangsUpAfterTheConversationIsNotCalledAgain(Lab lab) {
    Way way = Way.of(lab);
    way.first.says("200 OK").thenHangsUp(Duration.ofSeconds(3));
    way.talks();
    way.phone.callEnds();
    way.call(lab).is("ANSWERED").endedBy("CALLEE").withParties(way.number + " dialled answered");
    assertEquals(0, way.second.calls());
  }
}
