package io.tamas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.lab.CallSeen;
import io.tamas.lab.DevicesOf;
import io.tamas.lab.Eventually;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Calls to groups: which members ring, when, and which are skipped.
@InTheLab
class RingGroupIT {
  /// Until nobody has answered.
  private static final Duration SHORT = Duration.ofSeconds(2);

  /// Where somebody answers.
  private static final Duration LONG = Duration.ofSeconds(20);

  private static final Duration SOON = Duration.ofSeconds(10);

  @Test
  void nobodyAnswers(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Line line = lab.line(zahra);
    String sales = line.number(group(lab, "RING_ALL", SHORT, Map.of(), zahra, reza));
    Phone ali = line.caller("Ali").calls(sales).hearsRinging().isTold(480);
    zahra.callEnds();
    reza.callEnds();
    lab.callOf(ali)
        .of("INBOUND", ali.number(), sales)
        .is("MISSED")
        .answeredByNobody()
        .endedBy("SYSTEM")
        .withCause(19)
        .withParties(zahra.number() + " dialled no-answer", reza.number() + " dialled no-answer");
  }

  @Test
  void allRefuseAsBusy(Lab lab) {
    Phone zahra = lab.phone("Zahra").isBusy();
    Phone reza = lab.phone("Reza").isBusy();
    Line line = lab.line(zahra);
    String sales = line.number(group(lab, "RING_ALL", LONG, Map.of(), zahra, reza));
    Phone ali = line.caller("Ali").calls(sales).isTold(486);
    lab.callOf(ali)
        .of("INBOUND", ali.number(), sales)
        .is("BUSY")
        .answeredByNobody()
        .endedBy("CALLEE")
        .withCause(17)
        .withParties(zahra.number() + " dialled busy", reza.number() + " dialled busy");
  }

  @Test
  void busyMemberIsSkippedAndTheGroupIsBusyIfAllAre(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Phone mina = lab.phone("Mina").willAnswer();
    Line line = lab.line(zahra);
    String two = line.number(group(lab, "RING_ALL", LONG, Map.of(), zahra, reza));
    String three = line.number(group(lab, "RING_ALL", LONG, Map.of(), zahra, reza, mina));
    zahra.calls(reza).talks();
    lab.becomes(zahra, "in-use").becomes(reza, "in-use");
    Phone ali = line.caller("Ali").calls(two).isTold(486);
    Phone sara = line.caller("Sara").calls(three).talks();
    mina.hears(sara);
    sara.hangsUp();
    mina.callEnds();
    zahra.hangsUp();

    lab.callOf(ali)
        .of("INBOUND", ali.number(), two)
        .is("BUSY")
        .endedBy("SYSTEM")
        .withCause(17)
        .withParties();
    lab.callOf(sara)
        .of("INBOUND", sara.number(), three)
        .is("ANSWERED")
        .endedBy("CALLER")
        .withParties(mina.number() + " dialled answered");
  }

  @Test
  void memberWithDoNotDisturbDoesNotRing(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Line line = lab.line(zahra);
    lab.office().says(zahra.number(), Map.of("doNotDisturb", true));
    String sales = line.number(group(lab, "RING_ALL", LONG, Map.of(), zahra, reza));
    Phone ali = line.caller("Ali").calls(sales).talks().hangsUp();
    lab.callOf(ali)
        .of("INBOUND", ali.number(), sales)
        .is("ANSWERED")
        .answeredBy(reza)
        .endedBy("CALLER")
        .withParties(reza.number() + " dialled answered");
    zahra.doesNotRing();
  }

  @Test
  void overflowRingsAnotherGroup(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Line line = lab.line(zahra);
    String second = group(lab, "RING_ALL", LONG, Map.of(), reza);
    String first = line.number(group(lab, "RING_ALL", SHORT, Map.of("overflow", second), zahra));
    Phone ali = line.caller("Ali").calls(first).talks().hangsUp();
    lab.callOf(ali)
        .of("INBOUND", ali.number(), first)
        .is("ANSWERED")
        .answeredBy(reza)
        .endedBy("CALLER")
        .withParties(zahra.number() + " dialled no-answer", reza.number() + " dialled answered");
  }

  @Test
  void aMemberMayRingLater(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Line line = lab.line(zahra);
    Map<String, Object> later = Map.of("delays", Map.of(reza.number(), SHORT));
    String sales = line.number(group(lab, "RING_ALL", LONG, later, zahra, reza));
    Phone ali = line.caller("Ali").calls(sales);
    zahra.rings();
    reza.talks();
    ali.talks().hears(reza);
    ali.hangsUp();
    lab.callOf(ali)
        .of("INBOUND", ali.number(), sales)
        .is("ANSWERED")
        .answeredBy(reza)
        .rangFor(SHORT, SHORT.plusSeconds(2))
        .withParties(
            zahra.number() + " dialled answered-elsewhere", reza.number() + " dialled answered");
  }

  @Test
  void membersTakeTurnsOverTenCalls(Lab lab) {
    Phone zahra = lab.phone("Zahra").willAnswer();
    Phone reza = lab.phone("Reza").willAnswer();
    Line line = lab.line(zahra);
    String sales = line.number(group(lab, "ROUND_ROBIN", SHORT, Map.of(), zahra, reza));
    for (int call = 0; call < 10; call++) {
      isAnsweredAtOnceBy(call % 2 == 0 ? zahra : reza, sales, line, lab);
    }
  }

  /// Whose turn it would be does not count: Zahra is rung twice.
  @Test
  void longestIdleMemberIsRungFirst(Lab lab) {
    Phone zahra = lab.phone("Zahra").willAnswer();
    Phone reza = lab.phone("Reza").willAnswer();
    Phone mina = lab.phone("Mina");
    Line line = lab.line(zahra);
    String sales = line.number(group(lab, "LONGEST_IDLE", SHORT, Map.of(), zahra, reza));
    isAnsweredAtOnceBy(zahra, sales, line, lab);
    mina.calls(reza).talks().hangsUp();
    lab.callOf(mina).is("ANSWERED");
    wouldRing(zahra, sales, line, lab);
    isAnsweredAtOnceBy(zahra, sales, line, lab);
    wouldRing(reza, sales, line, lab);
    isAnsweredAtOnceBy(reza, sales, line, lab);
  }

  /// All are busy, so each call comes to all of them. That one of two is never the first in twenty
  /// calls happens once in half a million times.
  @Test
  void membersAreRungInAnyOrderAndEachOnce(Lab lab) {
    Phone zahra = lab.phone("Zahra").isBusy();
    Phone reza = lab.phone("Reza").isBusy();
    Line line = lab.line(zahra);
    String sales = line.number(group(lab, "RANDOM", SHORT, Map.of(), zahra, reza));
    Set<List<String>> orders = new HashSet<>();
    for (int call = 0; call < 6 || orders.size() < 2 && call < 20; call++) {
      Phone ali = line.caller("Ali").calls(sales).isTold(486);
      orders.add(lab.callOf(ali).is("BUSY").withCause(17).parties());
      ali.close();
    }
    assertEquals(Set.of(busy(zahra, reza), busy(reza, zahra)), orders);
  }

  private static List<String> busy(Phone... phones) {
    return Stream.of(phones).map(phone -> phone.number() + " dialled busy").toList();
  }

  @Test
  void aCallThatRingsAtTwoOfAnExtensionGroupIsCountedForItOnce(Lab lab) {
    String desk = lab.office().part("extension-groups", Map.of("title", "Desk"));
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    for (Phone phone : List.of(zahra, reza)) {
      lab.office().says(phone.number(), Map.of("groups", List.of(desk)));
    }
    Line line = lab.line(zahra);
    String sales = line.number(group(lab, "RING_ALL", LONG, Map.of(), zahra, reza));
    Phone ali = line.caller("Ali").calls(sales);
    zahra.rings();
    reza.rings().answers();
    ali.talks().hangsUp();
    Phone sara = line.caller("Sara").calls(sales).hearsRinging();
    zahra.rings();
    reza.rings();
    sara.hangsUp();
    lab.callOf(ali).is("ANSWERED").withLegs("answered-elsewhere", "answered");
    lab.callOf(sara).is("ABANDONED").withLegs("cancelled", "cancelled");

    assertEquals(
        Map.of("calls", 2, "inbound", 2, "outbound", 0, "internal", 0, "answered", 1, "missed", 1),
        lab.counted("GROUP", desk));
  }

  @Test
  void aCallToAGroupWhosePhonesAreAllOffIsMissedByIt(Lab lab) {
    String desk = lab.office().part("extension-groups", Map.of("title", "Desk"));
    List<String> off =
        Stream.of(new DevicesOf(lab, 1), new DevicesOf(lab, 1)).map(DevicesOf::number).toList();
    off.forEach(number -> lab.office().says(number, Map.of("groups", List.of(desk))));
    Line line = lab.line(lab.phone("Mina"));
    Map<String, Object> group = Map.of("strategy", "RING_ALL", "members", off, "ring", LONG);
    String sales = line.number("ring-group:" + lab.office().part("ring-groups", group));
    Phone ali = line.caller("Ali").calls(sales).isTold(480);
    lab.callOf(ali).is("FAILED").withLegs("unreachable", "unreachable");

    Map<String, Integer> missed =
        Map.of("calls", 1, "inbound", 1, "outbound", 0, "internal", 0, "answered", 0, "missed", 1);
    assertEquals(missed, lab.counted("GROUP", desk));
    off.forEach(number -> {
      assertEquals(missed, lab.counted("EXTENSION", number));
      assertEquals(1, lab.items("/calls?extension=" + number).count());
    });
  }

  private static void isAnsweredAtOnceBy(Phone member, String number, Line line, Lab lab) {
    Phone ali = line.caller("Ali").calls(number).talks().hangsUp();
    CallSeen call = lab.callOf(ali).is("ANSWERED").endedBy("CALLER").withCause(16);
    call.answeredBy(member).withParties(member.number() + " dialled answered");
    ali.close();
  }

  /// The last conversation is known as soon as the end of the call was published.
  private static void wouldRing(Phone member, String number, Line line, Lab lab) {
    Map<String, Object> call = Map.of("trunk", line.trunk(), "from", "09121234567", "to", number);
    Eventually.eventually(
        member + " would be rung first",
        SOON,
        () -> {
          JsonNode step = lab.office().send("POST", "/simulate", call).path("steps").path(0);
          return step.path("rings").path(0).asText().equals("extension:" + member.number());
        });
  }

  private static String group(
      Lab lab, String strategy, Duration ring, Map<String, Object> more, Phone... members) {
    Map<String, Object> group = new HashMap<>(more);
    group.put("strategy", strategy);
    group.put("members", Stream.of(members).map(Phone::number).toList());
    group.put("ring", ring);
    return "ring-group:" + lab.office().part("ring-groups", group);
  }
}
