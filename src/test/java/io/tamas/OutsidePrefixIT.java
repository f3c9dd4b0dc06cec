package io.tamas;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import io.tamas.lab.RawPhone;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A phone that dials 9 before an external number.
@InTheLab
class OutsidePrefixIT {
  private static final Duration SOON = Duration.ofSeconds(10);

  @Test
  void externalNumberIsDialledBehindThePrefixOnly(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    Phone babak = line.callee("Babak");
    dialsNine(lab, zahra, line);
    for (String dialled : List.of("9" + national(babak), "9" + babak.number(), babak.number())) {
      zahra.calls(dialled);
      babak.rings().refuses();
      zahra.isTold(486);
    }
    zahra.calls(national(babak)).isTold(404);
    lab.callsFrom(zahra.number(), 4)
        .getLast()
        .is("FAILED")
        .withCause(1)
        .because("no-such-number")
        .withParties();
  }

  @Test
  void transferAndForwardGoOutsideBehindThePrefix(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    Phone babak = line.callee("Babak").willAnswer();
    dialsNine(lab, zahra, line);
    String number = line.numberOf(zahra);
    Phone ali = line.caller("Ali").calls(number);
    zahra.rings().answers().hears(ali);
    zahra.transfersTo("9" + national(babak));
    babak.hears(ali);
    ali.hangsUp();
    babak.callEnds();
    zahra.calls("*72" + national(babak)).isTold(404);
    zahra.calls("*729" + national(babak)).talks().callEnds();
    eventually(
        "the forward is set",
        SOON,
        () ->
            lab.office()
                .get("/extensions/" + zahra.number())
                .at("/forwards/always")
                .asText()
                .equals("number:" + babak.number()));
    Phone sara = line.caller("Sara").calls(number).talks().hears(babak);
    sara.hangsUp();
    babak.callEnds();
    lab.callOf(sara).is("ANSWERED").answeredBy(babak).chargedTo(zahra.number());
  }

  @Test
  void numberOfAClickNeedsNoPrefix(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    Phone babak = line.callee("Babak");
    dialsNine(lab, zahra, line);
    for (String number : List.of(babak.number(), national(babak), "9" + national(babak))) {
      lab.office().send("POST", "/calls", Map.of("extension", zahra.number(), "to", number));
      zahra.rings().answers();
      babak.rings().refuses();
      zahra.callEnds();
    }
    lab.callsFrom(zahra.number(), 3)
        .forEach(call -> call.of("OUTBOUND", zahra.number(), babak.number()));
  }

  @Test
  void numberOfATransferByRestNeedsNoPrefix(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    Phone babak = line.callee("Babak").willAnswer();
    dialsNine(lab, zahra, line);
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra));
    zahra.rings().answers().hears(ali);
    lab.liveCall(ali).transfers(national(babak), "BLIND");
    babak.hears(ali);
    ali.hangsUp();
    babak.callEnds();
    lab.callOf(ali).is("ANSWERED").lastWith(babak);
  }

  @Test
  void emergencyNumberIsReachedBehindThePrefixAlsoWhileTamasIsDead(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    RawPhone police = line.rawCallee("Police");
    dialsNine(lab, zahra, line);
    String number = "1" + zahra.number();
    lab.office()
        .part("emergency-numbers", Map.of("number", number, "trunks", List.of(line.trunk())));
    eventually(
        "Asterisk knows the emergency number",
        SOON,
        () -> lab.asterisk().console("database show tamas-emergency").contains("/9" + number));
    line.isReached();
    isCalled(zahra, "9" + number, police, number);
    isCalled(zahra, number, police, number);
    lab.office().dies();
    isCalled(zahra, "9" + number, police, number);
    isCalled(zahra, number, police, number);
    lab.office().recovers();
    List<String> rules = List.of("emergency:", "emergency:", "fallback", "fallback");
    var calls = lab.callsFrom(zahra.number(), 4);
    for (int i = 0; i < 4; i++) {
      calls.get(i).is("ANSWERED").decidedBy(rules.get(i));
    }
  }

  private static void isCalled(Phone phone, String dialled, RawPhone callee, String sent) {
    phone.calls(dialled);
    callee.rings();
    String invite = callee.received("INVITE").getLast();
    assertTrue(invite.startsWith("INVITE sip:" + sent + "@"), invite);
    callee.answers();
    phone.talks().hangsUp();
    callee.callEnds();
  }

  private static String national(Phone outside) {
    return "0" + outside.number().substring("+98".length());
  }

  private static void dialsNine(Lab lab, Phone phone, Line line) {
    Map<String, Object> profile =
        Map.of(
            "title",
            "Outside",
            "outsidePrefix",
            "9",
            "plan",
            Map.of("country", "IR", "areaCode", "21"),
            "rules",
            List.of(
                Map.of(
                    "name",
                    "mobile",
                    "numbers",
                    List.of("+989*"),
                    "trunks",
                    List.of(line.trunk()))));
    lab.office()
        .says(phone.number(), Map.of("outgoing", lab.office().part("outgoing-profiles", profile)));
  }
}
