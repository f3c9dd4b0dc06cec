package io.tamas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.lab.CallSeen;
import io.tamas.lab.Eventually;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Limits of outbound calls: the channels of a trunk, and the limits of an extension.
@InTheLab
class OutboundLimitIT {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final int ROUNDS = 4;

  @ParameterizedTest(name = "of four who call at the same moment over a trunk with {0}")
  @ValueSource(ints = {1, 2})
  void asManyCallsConnectAsATrunkHasChannels(int places, Lab lab) {
    List<Phone> phones =
        Stream.of("Zahra", "Reza", "Mina", "Omid").parallel().map(lab::phone).toList();
    Line line = lab.line(phones.getFirst()).takesCalls(places);
    Phone babak = line.callee("Babak");
    phones.forEach(phone -> lab.mayCallOver(phone, Map.of(), line));
    for (int round = 0; round < ROUNDS; round++) {
      callAtTheSameMoment(phones, babak, lab);
      Eventually.eventually(
          "the others are refused",
          SOON,
          () -> phones.stream().filter(Phone::isRefused).count() == phones.size() - places);
      phones.stream().filter(Phone::isRefused).forEach(phone -> phone.isTold(503));
      List<Phone> through = phones.stream().filter(phone -> !phone.isRefused()).toList();
      through.forEach(phone -> phone.hearsRinging().hangsUp().callEnds());
      Eventually.eventually(
          "its places are free again",
          SOON,
          () -> !lab.asterisk().console("group show channels").contains(line.trunk()));
    }
    List<CallSeen> calls =
        phones.stream().flatMap(phone -> lab.callsFrom(phone.number(), ROUNDS).stream()).toList();
    assertEquals(
        ROUNDS * places, calls.stream().filter(call -> call.hasStatus("ABANDONED")).count());
    calls.stream()
        .filter(call -> !call.hasStatus("ABANDONED"))
        .forEach(call -> call.is("FAILED").withCause(34).withLegs("unreachable"));
  }

  /// Tamas, which is frozen meanwhile, answers to all of them at once.
  private static void callAtTheSameMoment(List<Phone> phones, Phone callee, Lab lab) {
    lab.office().freezes();
    phones.parallelStream().forEach(phone -> phone.calls(callee.nationalNumber()));
    Eventually.eventually(
        "all wait for Tamas",
        SOON,
        () ->
            lab.asterisk()
                    .console("core show channels concise")
                    .lines()
                    .filter(channel -> channel.contains("!AGI!"))
                    .count()
                == phones.size());
    lab.office().recovers();
  }

  @Test
  void callIsEndedAndTheNextRefusedWhenTheDayIsUsedUp(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    Phone babak = line.callee("Babak").willAnswer();
    lab.mayCallOver(zahra, Map.of("calls", 1, "perDay", "PT2S"), line);
    zahra.calls(babak.nationalNumber()).talks().callEnds();
    lab.callOf(zahra).chargedTo(zahra.number());
    zahra.calls(babak.nationalNumber()).hearsAVoice(Duration.ofSeconds(1)).isTold(403);
    List<CallSeen> calls = lab.callsFrom(zahra.number(), 2);
    calls
        .getFirst()
        .is("ANSWERED")
        .of("OUTBOUND", zahra.number(), babak.number())
        .answeredBy(babak)
        .endedBy("SYSTEM")
        .talkedFor(Duration.ofMillis(1_500), Duration.ofSeconds(3))
        .withParties(babak.number() + " dialled answered");
    calls
        .getLast()
        .is("REJECTED")
        .of("OUTBOUND", zahra.number(), babak.number())
        .endedBy("SYSTEM")
        .withParties()
        .because("day-spent");
  }

  @Test
  void onlyAllowedCountriesAreCalled(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Line line = lab.line(zahra);
    Phone babak = line.callee("Babak");
    lab.mayCallOver(zahra, Map.of("countries", List.of("TR")), line);
    lab.mayCallOver(reza, Map.of("countries", List.of("TR", "IR")), line);
    zahra.calls(babak.nationalNumber()).hearsAVoice(Duration.ofSeconds(1)).isTold(403);
    babak.doesNotRing();
    reza.calls(babak.nationalNumber());
    babak.rings().answers().hears(reza);
    reza.hangsUp();
    lab.callOf(zahra)
        .is("REJECTED")
        .of("OUTBOUND", zahra.number(), babak.number())
        .endedBy("SYSTEM")
        .withParties()
        .because("other-country");
    lab.callOf(reza).is("ANSWERED").withParties(babak.number() + " dialled answered");
  }

  @Test
  void trunkWithoutACallerIdSendsItsAccount(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra).hasAccount("982191001000");
    Phone babak = line.callee("Babak");
    lab.mayCallOver(zahra, Map.of(), line);
    zahra.calls(babak.nationalNumber());
    babak.rings().showingNumber("982191001000").showing("").answers();
    zahra.hears(babak).hangsUp();
    lab.callOf(zahra).is("ANSWERED").of("OUTBOUND", zahra.number(), babak.number());
  }
}
