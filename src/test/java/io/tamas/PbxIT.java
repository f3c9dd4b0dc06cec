package io.tamas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Mailboxes, codes, permissions and simulations, by real phones on the real Asterisk.
@InTheLab
class PbxIT {
  @Test
  void messageIsRecordedWhenNobodyAnswers(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    lab.office()
        .says(
            zahra.number(),
            Map.of(
                "mailbox", Map.of("longest", "PT6S"),
                "forwards", Map.of("noAnswerAfter", "PT3S")));
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra)).talks().callEnds();
    lab.callOf(ali)
        .is("VOICEMAIL")
        .answeredByNobody()
        .withLegs("no-answer")
        .withoutRecording()
        .withMessageFor(zahra);
  }

  @Test
  void callerWhoHangsUpBeforeTheBeepLeavesNoMessage(Lab lab) {
    Phone zahra = lab.phone("Zahra").isBusy();
    Line line = lab.line(zahra);
    lab.office().says(zahra.number(), Map.of("mailbox", Map.of()));
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra)).talks().hangsUp();
    lab.callOf(ali).is("ABANDONED").withLegs("busy").withoutRecording();
  }

  @Test
  void doNotDisturbIsSwitchedOnAndOffByFeatureCode(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone sara = lab.phone("Sara");
    zahra.calls("*78").talks().callEnds();
    reza.calls(zahra).isTold(486);
    zahra.calls("*79").talks().callEnds();
    sara.calls(zahra);
    zahra.rings().answers();
    sara.talks().hangsUp();
    lab.callOf(reza)
        .of("INTERNAL", reza.number(), zahra.number())
        .is("BUSY")
        .endedBy("SYSTEM")
        .withCause(17)
        .withParties();
    lab.callOf(sara)
        .of("INTERNAL", sara.number(), zahra.number())
        .is("ANSWERED")
        .endedBy("CALLER")
        .withParties(zahra.number() + " dialled answered");
  }

  @Test
  void anExtensionMayNotCallOtherGroups(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    String group = lab.office().part("extension-groups", Map.of("title", "Board"));
    lab.office().says(zahra.number(), Map.of("mayCall", List.of(group)));
    zahra.calls(reza).isTold(403);
    lab.callOf(zahra)
        .of("INTERNAL", zahra.number(), reza.number())
        .is("REJECTED")
        .endedBy("SYSTEM")
        .withCause(21)
        .withParties();
    reza.doesNotRing();
  }

  @Test
  void externalCallerWithAnExtensionsNumberIsShownAsAnonymous(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Line line = lab.line(zahra);
    Phone liar = line.caller("Reza", reza.number()).calls(line.numberOf(zahra));
    zahra.rings().showingNumber("anonymous").answers();
    liar.hangsUp();
    zahra.callEnds();
  }

  @Test
  void extensionWithoutAProfileMakesNoOutboundCalls(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    lab.line(zahra);
    zahra.calls("09121234567").isTold(403);
    lab.callOf(zahra)
        .of("OUTBOUND", zahra.number(), "+989121234567")
        .is("REJECTED")
        .endedBy("SYSTEM")
        .withCause(21)
        .withParties();
  }

  @Test
  void simulationTakesSeparatorsOutOfWhatIsDialled(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    line.callee("Police").willAnswer();
    String number = "1" + zahra.number();
    lab.office()
        .part("emergency-numbers", Map.of("number", number, "trunks", List.of(line.trunk())));
    for (String dialled : List.of("1-" + zahra.number(), "1 " + zahra.number(), "+" + number)) {
      JsonNode simulated =
          lab.office().send("POST", "/simulate", Map.of("from", zahra.number(), "to", dialled));
      assertEquals("emergency-number", simulated.path("dialled").asText(), dialled);
    }
  }

  @Test
  void simulationShowsWhatTheCallDoes(Lab lab) {
    Phone zahra = lab.phone("Zahra").isBusy();
    Phone reza = lab.phone("Reza").willAnswer();
    Line line = lab.line(zahra);
    lab.office().says(zahra.number(), Map.of("forwards", Map.of("busy", to(reza))));
    String number = line.number(lab.menu(Map.of("1", to(zahra)), to(reza)));
    JsonNode steps =
        lab.office()
            .send(
                "POST",
                "/simulate",
                Map.of(
                    "trunk",
                    line.trunk(),
                    "from",
                    "09121234567",
                    "to",
                    number,
                    "answers",
                    List.of("key:1", "busy")))
            .path("steps");
    assertEquals(List.of("menu", "ring", "ring"), steps.findValuesAsText("decision"));
    Phone ali = line.caller("Ali").calls(number).talks();
    ali.sends("1");
    reza.talks();
    ali.hangsUp();
    assertEquals(to(reza), steps.path(2).path("rings").path(0).asText());
    lab.callOf(ali)
        .is("ANSWERED")
        .answeredBy(reza)
        .decidedBy(steps.path(2).path("rule").asText())
        .withParties(
            zahra.number() + " dialled busy",
            reza.number() + " forwarded by " + zahra.number() + " answered");
  }

  private static String to(Phone phone) {
    return "extension:" + phone.number();
  }
}
