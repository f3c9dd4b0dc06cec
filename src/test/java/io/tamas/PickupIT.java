package io.tamas;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Calls that ring at one phone and are taken at another.
@InTheLab
class PickupIT {
  private static final Duration PROMISE = Duration.ofSeconds(1);

  @Test
  void aCallThatRingsInTheGroupIsTakenAtOnce(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    group(lab, zahra, reza);
    Line line = lab.line(zahra);
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra));
    zahra.rings();
    long began = System.nanoTime();
    reza.picksUp().talks();
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    zahra.callEnds();
    reza.hears(ali);
    ali.hears(reza).hangsUp();
    reza.callEnds();

    assertTrue(took.compareTo(PROMISE) < 0, () -> "connected after " + took);
    lab.callOf(ali)
        .is("ANSWERED")
        .answeredBy(reza)
        .endedBy("CALLER")
        .withParties(
            zahra.number() + " dialled answered-elsewhere", reza.number() + " picked up answered");
    lab.callOf(reza).answeredBy(reza);
  }

  @Test
  void aCallAtAGivenPhoneIsTaken(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    group(lab, zahra, reza);
    Line line = lab.line(zahra);
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra));
    zahra.rings();
    reza.picksUp(zahra).talks().hears(ali);
    reza.hangsUp();
    ali.callEnds();

    lab.callOf(ali)
        .answeredBy(reza)
        .endedBy("CALLEE")
        .withParties(
            zahra.number() + " dialled answered-elsewhere", reza.number() + " picked up answered");
  }

  @Test
  void whoIsNotInTheGroupTakesNothing(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone mina = lab.phone("Mina");
    group(lab, zahra, reza);
    Line line = lab.line(zahra);
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra));
    zahra.rings();
    mina.picksUp(zahra).callEnds();
    zahra.answers().hears(ali);
    ali.hangsUp();

    lab.callOf(ali).answeredBy(zahra).withParties(zahra.number() + " dialled answered");
    lab.callOf(mina).is("REJECTED").answeredByNobody().withLegs();
  }

  @Test
  void ofTwoWhoPickUpAtOnceOneTalksAndTheOtherHasACallOfTheirOwn(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone mina = lab.phone("Mina");
    group(lab, zahra, reza, mina);
    Line line = lab.line(zahra);
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra));
    zahra.rings();
    reza.picksUp();
    mina.picksUp();
    ali.talks();
    zahra.callEnds();
    eventually(
        "one is refused", PROMISE.multipliedBy(5), () -> reza.isRefused() || mina.isRefused());
    Phone loser = reza.isRefused() ? reza : mina;
    Phone winner = loser == reza ? mina : reza;
    ali.hears(winner).hangsUp();

    lab.callOf(ali)
        .answeredBy(winner)
        .withParties(
            zahra.number() + " dialled answered-elsewhere",
            winner.number() + " picked up answered");
    lab.callOf(loser).is("FAILED").answeredByNobody().withLegs();
  }

  private static void group(Lab lab, Phone... members) {
    List<String> numbers = Stream.of(members).map(Phone::number).toList();
    String name = lab.office().part("pickup-groups", Map.of("title", "Desk", "members", numbers));
    for (String number : numbers) {
      eventually(
          number + " is in the pickup group",
          Duration.ofSeconds(10),
          () -> lab.asterisk().console("pjsip show endpoint " + number).contains(name));
    }
  }
}
