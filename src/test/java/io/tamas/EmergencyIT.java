package io.tamas;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import io.tamas.lab.Provider;
import io.tamas.lab.RawPhone;
import io.tamas.lab.ReceivedEvents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Emergency calls: over every trunk until one answers, with a number that can be called back,
/// while Tamas is away too.
@InTheLab
class EmergencyIT {
  private static final String OWN = "+982191007777";
  private static final Duration SOON = Duration.ofSeconds(10);

  /// A new emergency number with these trunks, and Asterisk knows it.
  static String number(Lab lab, String caller, Line... lines) {
    String number = "1" + caller;
    List<String> trunks = Stream.of(lines).map(Line::trunk).toList();
    lab.office().part("emergency-numbers", Map.of("number", number, "trunks", trunks));
    eventually(
        "Asterisk knows the emergency number",
        SOON,
        () ->
            lab.asterisk()
                .console("database get tamas-emergency " + number)
                .contains(number + "@" + trunks.getLast()));
    return number;
  }

  private static void knowsCaller(Lab lab, String text) {
    eventually(
        "Asterisk knows " + text,
        SOON,
        () -> lab.asterisk().console("database show tamas-caller").contains(text));
  }

  @Test
  void everyTrunkIsTriedWhateverItAnswers(Lab lab) {
    Phone fallback = lab.phone("Fallback");
    Line unknown = lab.line(fallback);
    Line declines = lab.line(fallback);
    Line silent = lab.line(fallback);
    Line answers = lab.line(fallback);
    Provider first = unknown.provider().says("404 Not Found");
    Provider second = declines.provider().says("180 Ringing", "603 Decline");
    Provider third = silent.provider().isSilent();
    Provider last = answers.provider(Map.of("ownCallerIds", true)).says("200 OK");
    RawPhone phone = lab.rawDeskPhone("Zahra");
    lab.office().says(phone.number(), Map.of("callerId", OWN, "doNotDisturb", true));
    String number = number(lab, phone.number(), unknown, declines, silent, answers);
    ReceivedEvents events = lab.events();
    long began = System.nanoTime();
    phone.calls(number);
    eventually("it rings", Duration.ofSeconds(3), () -> phone.told().contains(180));
    JsonNode called = events.hears("emergency.called", phone.number());
    phone.talks();
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    assertTrue(took.compareTo(Duration.ofMillis(2_900)) > 0, "answered after " + took);
    assertTrue(took.compareTo(Duration.ofSeconds(8)) < 0, "answered after " + took);
    phone.hangsUp();
    assertEquals(List.of(1, 1, 1, 1), calls(first, second, third, last));
    assertTrue(first.latest().contains(Line.SHOWN), first.latest());
    assertTrue(last.latest().contains(OWN), last.latest());
    assertEquals(number, called.path("number").asText());
    assertEquals("Zahra", called.path("name").asText());
    assertTrue(called.path("address").asText().startsWith("127.0.0.1:"));
    lab.callsFrom(phone.number(), 1)
        .getFirst()
        .is("ANSWERED")
        .decidedBy("emergency:")
        .withParties(
            number + " dialled unreachable",
            number + " dialled rejected",
            number + " dialled unreachable",
            number + " dialled answered");
    assertEquals(1, events.subjects("emergency.called").size());
    assertTrue(lab.office().manage("/metrics").body().contains("tamas_emergency_calls_total"));
  }

  private static List<Integer> calls(Provider... providers) {
    return Stream.of(providers).map(Provider::calls).toList();
  }

  @Test
  void whileTamasIsAwayTrunksThatAnswerOptionsComeFirstAndTheOwnNumberIsShown(Lab lab) {
    Phone fallback = lab.phone("Fallback");
    Line closed = lab.line(fallback).refusesPackets();
    Line busy = lab.line(fallback);
    Line answers = lab.line(fallback);
    Provider second = busy.provider().says("486 Busy Here");
    Provider last = answers.provider(Map.of("ownCallerIds", true)).says("200 OK");
    RawPhone phone = lab.rawDeskPhone("Zahra");
    lab.office().says(phone.number(), Map.of("callerId", OWN));
    String number = number(lab, phone.number(), closed, busy, answers);
    knowsCaller(lab, OWN);
    List.of(busy, answers).forEach(Line::isReached);
    lab.office().dies();
    long began = System.nanoTime();
    phone.calls(number).talks();
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    assertTrue(phone.told().contains(180), phone.told().toString());
    phone.hangsUp();
    lab.office().recovers();
    assertTrue(took.compareTo(SOON) < 0, "answered after " + took);
    assertEquals(List.of(1, 1), calls(second, last));
    assertTrue(last.latest().contains(OWN), last.latest());
    assertTrue(second.latest().contains(Line.SHOWN), second.latest());
    lab.callsFrom(phone.number(), 1)
        .getFirst()
        .is("ANSWERED")
        .of("OUTBOUND", phone.number(), number)
        .withParties(number + " dialled busy", number + " dialled answered");
    ReceivedEvents events = lab.eventsAfter(0);
    events.hears("emergency.called", phone.number());
  }

  @Test
  void callOfASiteNeverGoesOutElsewhere(Lab lab) {
    Phone fallback = lab.phone("Fallback");
    Line moscow = lab.line(fallback);
    Line tehran = lab.line(fallback);
    Provider there = moscow.provider(Map.of("site", "moscow")).says("200 OK");
    Provider here = tehran.provider(Map.of("site", "tehran")).says("200 OK");
    RawPhone phone = lab.rawDeskPhone("Zahra");
    lab.office().says(phone.number(), Map.of("site", "tehran"));
    String number = number(lab, phone.number(), moscow, tehran);
    phone.calls(number).talks().hangsUp();
    knowsCaller(lab, "@tehran");
    eventually(
        "Asterisk knows the trunks of the site",
        SOON,
        () ->
            lab.asterisk()
                .console("database get tamas-emergency " + number + "-tehran")
                .contains(tehran.trunk()));
    tehran.isReached();
    lab.office().dies();
    phone.calls(number).talks().hangsUp();
    lab.office().recovers();
    assertEquals(List.of(0, 2), calls(there, here));
    lab.callsFrom(phone.number(), 2).forEach(call -> call.is("ANSWERED"));
  }

  @Test
  void hiddenNumberAndForeignParametersChangeNothing(Lab lab) {
    Phone fallback = lab.phone("Fallback");
    Line line = lab.line(fallback).takesCalls(1);
    Provider police = line.provider().says("200 OK");
    RawPhone phone = lab.rawDeskPhone("Zahra");
    RawPhone other = lab.rawDeskPhone("Reza");
    lab.mayCallOver(other.number(), Map.of(), line);
    String number = number(lab, phone.number(), line);
    other.calls("09120000001").talks();
    phone
        .calls(
            phone.uriOf(number + ";phone-context=+98"),
            "\"Anonymous\" <sip:anonymous@anonymous.invalid>",
            "Privacy: id\n")
        .talks()
        .hangsUp();
    other.hangsUp();
    assertEquals(2, police.calls());
    assertTrue(police.latest().contains("<sip:" + Line.SHOWN + "@"), police.latest());
    assertFalse(police.latest().contains("Privacy:"), police.latest());
    lab.callsFrom(phone.number(), 1).getFirst().is("ANSWERED").decidedBy("emergency:");
    lab.callsFrom(other.number(), 1);
  }
}
