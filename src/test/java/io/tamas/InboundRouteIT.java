package io.tamas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.lab.CallSeen;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import io.tamas.lab.RawCaller;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How the numbers of the company are routed.
@InTheLab
class InboundRouteIT {
  private static final Duration TOLERANT = Duration.ofSeconds(10);

  /// A network that brings back what is passed on to it does so without end.
  @Test
  void callThatIsBroughtBackAgainAndAgainIsRefused(Lab lab) {
    Line line = lab.line(lab.phone("Zahra"));
    line.provider().says("180 Ringing").then(Duration.ofSeconds(12), "486 Busy Here");
    String number = line.number("number:+989125550000");
    List<RawCaller> callers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      callers.add(line.rawCaller().calls(number, "<sip:+989121234500@example.com>").isTold(180));
    }
    line.rawCaller().calls(number, "<sip:+989121234500@example.com>").isTold(603);
    callers.add(line.rawCaller().calls(number, "<sip:+989121234501@example.com>").isTold(180));
    callers.forEach(caller -> caller.isTold(486));
    lab.callsFrom("+989121234501", 1).getFirst().is("BUSY");
    List<CallSeen> calls = lab.callsFrom("+989121234500", 11);
    assertEquals(10, calls.stream().filter(call -> call.hasStatus("BUSY")).count());
    calls.stream()
        .filter(call -> !call.hasStatus("BUSY"))
        .forEach(call -> call.because("loop").withCause(25));
  }

  @Test
  void callIsRoutedToClosedOutsideTheSchedule(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Line line = lab.line(zahra);
    Map<String, Object> rule =
        Map.of("schedule", neverOpen(lab), "closed", "extension:" + reza.number());
    String number = line.number("extension:" + zahra.number(), rule);
    Phone ali = line.caller("Ali").calls(number).talks().hangsUp();
    lab.callOf(ali)
        .of("INBOUND", ali.number(), number)
        .is("ANSWERED")
        .endedBy("CALLER")
        .decidedBy("route:")
        .withParties(reza.number() + " dialled answered");
    zahra.doesNotRing();
  }

  @Test
  void callIsRoutedToTheDestinationDuringTheSchedule(Lab lab) {
    Phone zahra = lab.phone("Zahra").willAnswer();
    Phone reza = lab.phone("Reza");
    Line line = lab.line(zahra);
    Map<String, Object> rule =
        Map.of("schedule", alwaysOpen(lab), "closed", "extension:" + reza.number());
    String number = line.number("extension:" + zahra.number(), rule);
    Phone ali = line.caller("Ali").calls(number).hears(zahra).hangsUp();
    lab.callOf(ali)
        .of("INBOUND", ali.number(), number)
        .is("ANSWERED")
        .endedBy("CALLER")
        .rangFor(Duration.ZERO, TOLERANT)
        .talkedFor(Duration.ofMillis(500), TOLERANT)
        .withParties(zahra.number() + " dialled answered");
    reza.doesNotRing();
  }

  /// Every day has hours, and today is a holiday wherever the night is.
  private static String neverOpen(Lab lab) {
    ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
    List<String> holidays =
        List.of(
            now.minusDays(1).toLocalDate().toString(),
            now.toLocalDate().toString(),
            now.plusDays(1).toLocalDate().toString());
    return schedule(lab, holidays);
  }

  private static String alwaysOpen(Lab lab) {
    return schedule(lab, List.of());
  }

  private static String schedule(Lab lab, List<String> holidays) {
    List<String> days =
        List.of("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY");
    Map<String, Object> hours = Map.of("days", days, "from", "00:00:00", "to", "00:00:00");
    return lab.office()
        .part(
            "schedules",
            Map.of("zone", "Asia/Tehran", "hours", List.of(hours), "holidays", holidays));
  }

  @Test
  void routeDependsOnTheCaller(Lab lab) {
    Phone zahra = lab.phone("Zahra").willAnswer();
    Phone reza = lab.phone("Reza").willAnswer();
    Line line = lab.line(zahra);
    Phone ali = line.caller("Ali");
    Phone sara = line.caller("Sara");
    String number =
        line.number("extension:" + reza.number(), Map.of("callers", List.of(ali.number())));
    line.leads(number, "extension:" + zahra.number());
    ali.calls(number).talks().hangsUp();
    sara.calls(number).talks().hangsUp();
    lab.callOf(ali)
        .of("INBOUND", ali.number(), number)
        .is("ANSWERED")
        .endedBy("CALLER")
        .withParties(reza.number() + " dialled answered");
    lab.callOf(sara)
        .of("INBOUND", sara.number(), number)
        .is("ANSWERED")
        .endedBy("CALLER")
        .withParties(zahra.number() + " dialled answered");
  }

  @Test
  void numberIsRoutedToAnExternalNumber(Lab lab) {
    Line line = lab.line(lab.phone("Zahra"));
    Phone babak = line.callee("Babak");
    String number = line.number("number:" + babak.number());
    Phone ali = line.caller("Ali").calls(number);
    babak.rings().showingNumber(Line.SHOWN).answers().hears(ali);
    babak.hangsUp();
    ali.callEnds();
    lab.callOf(ali)
        .of("INBOUND", ali.number(), number)
        .is("ANSWERED")
        .answeredBy(babak)
        .endedBy("CALLEE")
        .withCause(16)
        .withParties(babak.number() + " dialled answered");
  }

  @Test
  void numberIsRoutedToAMailbox(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    lab.office().says(zahra.number(), Map.of("mailbox", Map.of("longest", "PT2S")));
    String number = line.number("voicemail:" + zahra.number());
    Phone ali = line.caller("Ali").calls(number).talks().callEnds();
    lab.callOf(ali)
        .of("INBOUND", ali.number(), number)
        .is("VOICEMAIL")
        .answeredByNobody()
        .endedBy("SYSTEM")
        .withParties()
        .withMessageFor(zahra);
    zahra.doesNotRing();
  }
}
