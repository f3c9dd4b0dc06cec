package io.tamas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.lab.CallSeen;
import io.tamas.lab.Eventually;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import io.tamas.lab.Provider;
import io.tamas.lab.RawPhone;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Emergency calls over trunks that seem to connect them and do not.
@InTheLab
class EmergencyPatienceIT {
  private static final Duration SETUP = Duration.ofSeconds(15);
  private static final Duration SLOW = Duration.ofSeconds(10);

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

  @Test
  void trunkThatOnlyTriesIsLeftWhileTamasIsAwayToo(Lab lab) {
    Way way = Way.of(lab);
    way.first.says("100 Trying");
    lab.office().dies();
    Duration took = way.talks();
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
    lines.get(1).provider().says("200 OK").thenHangsUp(Duration.ZERO);
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
  void centreThatHangsUpAfterTheConversationIsNotCalledAgain(Lab lab) {
    Way way = Way.of(lab);
    way.first.says("200 OK").thenHangsUp(Duration.ofSeconds(3));
    way.talks();
    way.phone.callEnds();
    way.call(lab).is("ANSWERED").endedBy("CALLEE").withParties(way.number + " dialled answered");
    assertEquals(0, way.second.calls());
  }
}
