package io.tamas;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.lab.CallSeen;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import io.tamas.lab.RawCaller;
import io.tamas.lab.RawPhone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Phones as they are: what they hide, what they write into a SIP URI, what they do not answer and
/// whereto they move a call.
@InTheLab
class PhoneHabitsIT {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String ANONYMOUS = "\"Anonymous\" <sip:anonymous@anonymous.invalid>";

  @Test
  void phoneThatHidesItsNumberIsKnownByItsPassword(Lab lab) {
    RawPhone zahra = lab.rawDeskPhone("Zahra").registers();
    Phone reza = lab.phone("Reza");
    zahra.calls(zahra.uriOf(reza.number()), ANONYMOUS, "");
    reza.rings().showingNumber(zahra.number()).answers();
    zahra.talks();
    reza.hangsUp();
    zahra.callEnds();
    lab.callsFrom(zahra.number(), 1).getFirst().is("ANSWERED").answeredBy(reza);
  }

  @Test
  void phoneThatHidesItsNumberCallsEmergencyNumbers(Lab lab) {
    RawPhone zahra = lab.rawDeskPhone("Zahra").registers();
    Phone reza = lab.phone("Reza");
    Line line = lab.line(reza);
    Phone police = line.callee("Police");
    String number = "1" + zahra.number();
    lab.office()
        .part("emergency-numbers", Map.of("number", number, "trunks", List.of(line.trunk())));
    zahra.calls(zahra.uriOf(number), ANONYMOUS, "Privacy: id\n");
    police.rings().answers();
    zahra.talks();
    zahra.hangsUp();
    police.callEnds();
    lab.callsFrom(zahra.number(), 1).getFirst().is("ANSWERED").decidedBy("emergency:");
  }

  @Test
  void infoWithoutDigitsIsAnswered(Lab lab) {
    RawPhone zahra = lab.rawDeskPhone("Zahra").registers();
    Phone reza = lab.phone("Reza").willAnswer();
    zahra.calls(reza.number()).talks();
    zahra.informs("").isTold(200);
    zahra.informs("Record: on\n").isTold(403);
    zahra.hangsUp();
    reza.callEnds();
  }

  @Test
  void numberInATelUriIsDialled(Lab lab) {
    RawPhone zahra = lab.rawDeskPhone("Zahra").registers();
    Phone reza = lab.phone("Reza");
    Line line = lab.line(reza);
    Phone babak = line.callee("Babak");
    lab.mayCallOver(zahra.number(), Map.of(), line);
    String from = "<sip:" + zahra.number() + "@127.0.0.1>";
    zahra.calls("tel:" + reza.number(), from, "");
    reza.rings().refuses();
    zahra.isTold(486);
    zahra.calls("tel:" + babak.number(), from, "");
    babak.rings().refuses();
    zahra.isTold(486);
    String local = babak.number().substring("+98".length());
    zahra.calls("tel:" + local + ";phone-context=+98", from, "");
    babak.rings().refuses();
    zahra.isTold(486);
  }

  @Test
  void numberThatIsHiddenIsNotShownOutside(Lab lab) {
    RawPhone zahra = lab.rawDeskPhone("Zahra").registers();
    Phone reza = lab.phone("Reza");
    Line line = lab.line(reza);
    RawPhone babak = line.rawCallee("Babak");
    lab.mayCallOver(zahra.number(), Map.of(), line);
    zahra.calls(zahra.uriOf(babak.number()), "<sip:" + zahra.number() + "@x>", "Privacy: id\n");
    babak.rings().answers();
    zahra.talks();
    String invite = babak.received("INVITE").getFirst();
    assertTrue(invite.contains("\"Anonymous\" <sip:anonymous@anonymous.invalid>"), invite);
    assertTrue(invite.matches("(?s).*\\r\\nPrivacy: id\\r\\n.*"), invite);
    assertTrue(invite.contains("P-Asserted-Identity: <sip:" + Line.SHOWN + "@"), invite);
    assertFalse(invite.contains(zahra.number() + "@"), invite);
    zahra.hangsUp();
    babak.callEnds();
  }

  @Test
  void anotherNumberInFromIsNotBelieved(Lab lab) {
    RawPhone zahra = lab.rawDeskPhone("Zahra").registers();
    Phone reza = lab.phone("Reza");
    zahra
        .calls(zahra.uriOf(reza.number()), "<sip:" + reza.number() + "@127.0.0.1>", "")
        .isTold(401);
    zahra.calls(zahra.uriOf(reza.number()), ANONYMOUS, "P-Preferred-Identity: <sip:100@x>\n");
    reza.rings().showingNumber(zahra.number());
    zahra.cancels();
    reza.callEnds();
  }

  @Test
  void parametersInTheUserPartAreNoDigits(Lab lab) {
    RawPhone zahra = lab.rawDeskPhone("Zahra").registers();
    Phone reza = lab.phone("Reza");
    for (String parameters :
        new String[] {";phone-context=office.example", ";ext=7", ";isup-oli=62"}) {
      zahra.calls(
          zahra.uriOf(reza.number() + parameters),
          "<sip:" + zahra.number() + ";cpc=ordinary@127.0.0.1>",
          "");
      reza.rings().showingNumber(zahra.number()).refuses();
      zahra.isTold(486);
    }
  }

  @Test
  void globalContextMakesALocalNumberGlobal(Lab lab) {
    RawPhone zahra = lab.rawDeskPhone("Zahra").registers();
    Phone reza = lab.phone("Reza");
    Line line = lab.line(reza);
    Phone babak = line.callee("Babak");
    lab.mayCallOver(zahra.number(), Map.of(), line);
    String local = babak.number().substring("+98".length());
    zahra.calls(
        zahra.uriOf(local + ";phone-context=+98;npdi;rn=+98912"),
        "<sip:" + zahra.number() + "@127.0.0.1>",
        "");
    babak.rings().refuses();
    zahra.isTold(486);
  }

  @Test
  void numbersOfATrunkAreReadWithoutTheirParameters(Lab lab) {
    Phone reza = lab.phone("Reza");
    Line line = lab.line(reza);
    String number = line.numberOf(reza);
    RawCaller provider = line.rawCaller();
    String local = number.substring("+98".length());
    provider.calls(
        local + ";phone-context=+98;npdi;rn=+9821000",
        "<sip:9123334455;isup-oli=62;phone-context=+98@example.com>");
    reza.rings().showingNumber("+989123334455").refuses();
    provider.isTold(486);
    lab.callsFrom("+989123334455", 1).getFirst().of("INBOUND", "+989123334455", number);
  }

  @Test
  void phoneThatIgnoresOptionsRings(Lab lab) {
    RawPhone zahra = lab.rawDeskPhone("Zahra").ignoresOptions();
    lab.office().says(zahra.number(), Map.of("sip", Map.of("ignoresOptions", true)));
    lab.awaitsConsole("pjsip show aor " + zahra.number(), "qualify_frequency : 0");
    zahra.registers();
    Phone reza = lab.phone("Reza");
    lab.becomes(zahra.number(), "idle");
    reza.calls(zahra.number());
    zahra.rings().answers();
    reza.talks().hangsUp();
    zahra.callEnds();
  }

  @Test
  void phoneThatMovesTheCallIsBusy(Lab lab) {
    RawPhone zahra = lab.rawDeskPhone("Zahra").registers();
    Phone reza = lab.phone("Reza");
    Phone mina = lab.phone("Mina");
    Line line = lab.line(reza);
    Phone babak = line.callee("Babak");
    String trunk = "trunk-" + line.trunk();
    String[] targets = {
      "<sip:" + mina.number() + "@127.0.0.1>",
      "<sip:" + mina.number() + "@evil.example>, <sip:" + babak.number() + "@" + trunk + ">",
      "<sip:PJSIP%2f" + babak.number() + "%40" + trunk + "@127.0.0.1>",
      "<sip:Local%2f" + mina.number() + "%40from-phone@127.0.0.1>",
      "<tel:" + babak.number() + ">",
    };
    for (String target : targets) {
      zahra.movesTo(target);
      reza.calls(zahra.number()).isTold(486);
    }
    for (CallSeen call : lab.callsFrom(reza.number(), targets.length)) {
      call.answeredByNobody();
    }
    lab.office()
        .says(zahra.number(), Map.of("forwards", Map.of("busy", "extension:" + mina.number())));
    reza.calls(zahra.number());
    mina.rings().refuses();
    reza.callEnds();
    babak.doesNotRing();
  }

  /// What a phone says to a call, what becomes of the leg, and what the caller is told.
  private record Said(String status, String headers, String leg, int told) {
    String outcome() {
      return switch (leg) {
        case "busy" -> "BUSY";
        case "rejected" -> "REJECTED";
        case "no-answer" -> "MISSED";
        default -> "FAILED";
      };
    }
  }

  @Test
  void whatAPhoneSaysIsInTheRecordByItsKind(Lab lab) {
    RawPhone zahra = lab.rawDeskPhone("Zahra").registers();
    RawPhone reza = lab.rawDeskPhone("Reza").registers();
    List<Said> all = new ArrayList<>();
    for (String moved :
        List.of(
            "300 Multiple Choices",
            "301 Moved Permanently",
            "302 Moved Temporarily",
            "305 Use Proxy",
            "380 Alternative Service")) {
      all.add(new Said(moved, "Contact: <sip:+989120000001@127.0.0.1>\n", "busy", 486));
      all.add(new Said(moved, "", "busy", 486));
    }
    all.add(new Said("480 Temporarily Unavailable", "", "no-answer", 480));
    all.add(new Said("486 Busy Here", "", "busy", 486));
    all.add(new Said("488 Not Acceptable Here", "", "unreachable", 488));
    all.add(new Said("600 Busy Everywhere", "", "busy", 486));
    for (String declined : List.of("603 Decline", "606 Not Acceptable", "607 Unwanted", "699 No")) {
      all.add(new Said(declined, "", "rejected", 403));
    }
    List<String> told = new ArrayList<>();
    for (Said said : all) {
      zahra.willSay(said.status, said.headers);
      told.add(said.status + " " + reza.calls(zahra.number()).isRefused().told().getLast());
    }
    List<CallSeen> calls = lab.callsFrom(reza.number(), all.size());
    for (int i = 0; i < all.size(); i++) {
      Said said = all.get(i);
      assertEquals(said.status + " " + said.told, told.get(i));
      calls.get(i).withLegs(said.leg).is(said.outcome());
    }
  }

  @Test
  void trunkThatMovesTheCallIsNotFollowed(Lab lab) {
    RawPhone zahra = lab.rawDeskPhone("Zahra").registers();
    Phone reza = lab.phone("Reza");
    Line line = lab.line(reza);
    RawPhone babak = line.rawCallee("Babak");
    lab.mayCallOver(zahra.number(), Map.of(), line);
    for (String target :
        new String[] {reza.number(), "Local%2f" + reza.number() + "%40from-phone"}) {
      babak.movesTo("<sip:" + target + "@127.0.0.1>");
      zahra.calls(babak.number());
      zahra.isRefused();
    }
    reza.doesNotRing();
  }

  @Test
  void phoneThatMovesItsOwnClickIsNotFollowed(Lab lab) {
    Phone reza = lab.phone("Reza");
    for (String target : List.of(reza.number(), "PJSIP%2f" + reza.number())) {
      RawPhone zahra = lab.rawDeskPhone("Zahra").movesTo("<sip:" + target + "@x>").registers();
      lab.office().send("POST", "/calls", Map.of("extension", zahra.number(), "to", reza.number()));
      eventually("its own phone has rung", SOON, zahra::hasRung);
      lab.awaitsConsole("core show channels", "0 active channels");
    }
    reza.doesNotRing();
  }

  @Test
  void phoneAndTrunkMayShareAnAddress(Lab lab) {
    Phone reza = lab.phone("Reza");
    Line line = lab.line(reza);
    RawPhone provider = line.rawCalleeByPort("Ali");
    String number = line.numberOf(reza);
    RawPhone zahra = lab.rawDeskPhone("Zahra", line.address()).registers();
    zahra.calls(reza.number());
    reza.rings().showingNumber(zahra.number()).refuses();
    zahra.isTold(486);
    provider.calls(number);
    reza.rings().showingNumber(provider.number()).refuses();
    provider.isTold(486);
    line.rawCaller().calls(number, "<sip:+989120001122@127.0.0.1>").isTold(401);
  }
}
