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
import io.tamas.lab.ReceivedEvents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Emergency numbers that are not dialled by a phone at rest: in a transfer, a second call, a
/// click, and in other writings. Each goes over every trunk in turn, with an event at once.
@InTheLab
class EmergencyDoorsIT {
  /// An emergency number with two trunks, of which the first is busy.
  private record Help(
      String number, List<Line> lines, Provider busy, Provider police, ReceivedEvents events) {
    static Help of(Lab lab, String caller) {
      Phone fallback = lab.phone("Fallback");
      Line first = lab.line(fallback);
      Line second = lab.line(fallback);
      Provider busy = first.provider().says("486 Busy Here");
      Provider police = second.provider().says("200 OK");
      String number = EmergencyIT.number(lab, caller, first, second);
      return new Help(number, List.of(first, second), busy, police, lab.events());
    }

    void isCalled(int times, String by) {
      assertEquals(number, events.hears("emergency.called", by).path("number").asText());
      Eventually.eventually(
          times + " calls are told",
          Duration.ofSeconds(5),
          () -> events.subjects("emergency.called").size() == times);
      assertEquals(List.of(times, times), List.of(busy.calls(), police.calls()));
    }
  }

  @FunctionalInterface
  private interface Way {
    void take(Phone zahra, Phone ali, Help help);
  }

  /// Ali calls Zahra, who brings in the police in some way, and leaves.
  private static CallSeen handsOn(Lab lab, Way way) {
    Phone zahra = lab.phone("Zahra");
    Help help = Help.of(lab, zahra.number());
    Phone ali = lab.callerHeardBy(zahra);
    way.take(zahra, ali, help);
    zahra.callEnds();
    ali.hears(help.police.tone()).hangsUp();
    help.isCalled(1, zahra.number());
    Eventually.eventually("the police are left", Duration.ofSeconds(10), help.police::isLeft);
    return lab.callOf(ali).is("ANSWERED");
  }

  @Test
  void consultationByKeyReachesThePolice(Lab lab) {
    handsOn(
        lab, (zahra, ali, help) -> zahra.consults(help.number).hears(help.police.tone()).hangsUp());
  }

  @Test
  void blindTransferByKeyReachesThePolice(Lab lab) {
    handsOn(lab, (zahra, ali, help) -> zahra.transfersTo(help.number));
  }

  @Test
  void transferByThePhonesOwnButtonReachesThePolice(Lab lab) {
    handsOn(lab, (zahra, ali, help) -> zahra.refersTo(help.number));
  }

  @Test
  void transferByRestReachesThePoliceInWhicheverWriting(Lab lab) {
    handsOn(lab, (zahra, ali, help) -> lab.liveCall(ali).transfers("+98 " + help.number, "BLIND"));
  }

  @Test
  void limitOfTheCallThatIsTransferredDoesNotEndTheEmergencyCall(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Help help = Help.of(lab, zahra.number());
    Line line = lab.line(zahra);
    Phone babak = line.callee("Babak").willAnswer();
    lab.mayCallOver(zahra, Map.of("perDay", "PT10S"), line);
    zahra.calls(babak.number()).hears(babak).refersTo(help.number).callEnds();
    babak.hears(help.police.tone()).hearsSomethingElseThan(zahra.tone(), Duration.ofSeconds(11));
    babak.hangsUp();
    help.isCalled(1, zahra.number());
    lab.callOf(zahra).is("ANSWERED");
  }

  @Test
  void secondCallReachesThePolice(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Help help = Help.of(lab, zahra.number());
    Phone ali = lab.callerHeardBy(zahra);
    zahra.holds();
    zahra.calls(help.number).hears(help.police.tone()).hangsUp();
    help.isCalled(1, zahra.number());
    ali.hangsUp();
    zahra.callEnds();
    lab.callsFrom(ali.number(), 1).getFirst().is("ANSWERED");
  }

  @Test
  void clickReachesThePoliceInWhicheverWriting(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Help help = Help.of(lab, zahra.number());
    int calls = 0;
    for (String written : List.of(help.number, "+98-" + help.number, "0098" + help.number)) {
      lab.office().send("POST", "/calls", Map.of("extension", zahra.number(), "to", written));
      zahra.rings().answers().hears(help.police.tone()).hangsUp();
      help.isCalled(++calls, zahra.number());
    }
    String address = help.events.hears("emergency.called", zahra.number()).path("address").asText();
    assertTrue(address.startsWith("127.0.0.1:"), address);
    lab.callsFrom(zahra.number(), calls)
        .forEach(call -> call.is("ANSWERED").decidedBy("emergency:"));
  }

  @Test
  void countryCodeAndOutsidePrefixChangeNothingThoughEveryNumberIsDenied(Lab lab) {
    RawPhone zahra = lab.rawDeskPhone("Zahra");
    Help help = Help.of(lab, zahra.number());
    lab.office().says(zahra.number(), Map.of("outgoing", deniesAll(lab)));
    List<String> writings = List.of("+98", "0098", "98", "+", "9", "998", "90098", "9+98");
    Eventually.eventually(
        "Asterisk knows the prefix",
        Duration.ofSeconds(10),
        () -> lab.asterisk().console("database show tamas-emergency").contains("/998"));
    for (String before : writings) {
      zahra.calls(before + help.number).talks().hangsUp();
    }
    help.isCalled(writings.size(), zahra.number());
    help.lines.forEach(Line::isReached);
    lab.office().dies();
    zahra.calls("+98" + help.number).talks().hangsUp();
    zahra.calls("998" + help.number).talks().hangsUp();
    lab.office().recovers();
    List<CallSeen> calls = lab.callsFrom(zahra.number(), writings.size() + 2);
    calls.forEach(call -> call.is("ANSWERED"));
    calls
        .subList(0, writings.size())
        .forEach(call -> call.of("OUTBOUND", zahra.number(), help.number));
    assertTrue(help.police.latest().startsWith("INVITE sip:" + help.number + "@"));
  }

  private static String deniesAll(Lab lab) {
    return lab.office()
        .part(
            "outgoing-profiles",
            Map.of(
                "title",
                "Nobody",
                "plan",
                Map.of("country", "IR", "areaCode", "21"),
                "outsidePrefix",
                "9",
                "rules",
                List.of(Map.of("name", "none", "deny", true))));
  }

  @Test
  void noCallIsForwardedToThePolice(Lab lab) {
    RawPhone zahra = lab.rawDeskPhone("Zahra").registers();
    Help help = Help.of(lab, zahra.number());
    zahra.calls("*72" + help.number).isTold(404);
    zahra.calls("*7298" + help.number).isTold(404);
    zahra.movesTo("<sip:" + help.number + "@127.0.0.1>");
    RawPhone reza = lab.rawDeskPhone("Reza");
    reza.calls(zahra.number()).isTold(486);
    lab.callsFrom(reza.number(), 1);
    lab.callsFrom(zahra.number(), 3);
    assertEquals(List.of(0, 0), List.of(help.busy.calls(), help.police.calls()));
    assertEquals(List.of(), help.events.subjects("emergency.called"));
  }
}
