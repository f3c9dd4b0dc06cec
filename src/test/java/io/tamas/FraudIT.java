package io.tamas;

import io.tamas.lab.CallSeen;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import io.tamas.lab.RawCaller;
import io.tamas.lab.ReceivedEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Attempts to make denied calls at the company's cost, or calls as somebody else, by what a phone
/// sends.
@InTheLab
class FraudIT {
  private static final int FORBIDDEN = 403;
  private static final int NOBODY = 404;
  private static final int UNREADABLE = 484;

  @Test
  void deniedNumberDoesNotRingHoweverItIsWritten(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    Phone premium = line.callee("Premium").willAnswer();
    Map<String, Integer> dials = waysToWrite(premium.nationalNumber());
    List<RawCaller> phones = lab.rawPhones("Omid", dials.size());
    String omid = phones.getFirst().number();
    lab.mayCallMobilesBut(premium.number(), omid, line);
    List<Map.Entry<String, Integer>> rows = new ArrayList<>(dials.entrySet());
    for (int i = 0; i < rows.size(); i++) {
      phones.get(i).calls(rows.get(i).getKey());
    }
    for (int i = 0; i < rows.size(); i++) {
      phones.get(i).isTold(rows.get(i).getValue());
    }
    premium.doesNotRing();
    long refused = dials.values().stream().filter(status -> status != NOBODY).count();
    for (CallSeen call : lab.callsFrom(omid, Math.toIntExact(refused))) {
      call.answeredByNobody().withLegs();
    }
  }

  /// As the user part of a SIP URI, each with the status that the phone receives.
  private static Map<String, Integer> waysToWrite(String number) {
    String rest = number.substring(1);
    String dashed = number.substring(0, 4) + "-" + number.substring(4);
    return Map.ofEntries(
        Map.entry(number, FORBIDDEN),
        Map.entry(dashed, FORBIDDEN),
        Map.entry("+98" + rest, FORBIDDEN),
        Map.entry("+0098" + rest, FORBIDDEN),
        Map.entry("0098" + rest, FORBIDDEN),
        Map.entry(number + ";x", FORBIDDEN),
        Map.entry(number + ",1", UNREADABLE),
        Map.entry(number + "&PJSIP/1", UNREADABLE),
        Map.entry(number + "%40trunk-x", UNREADABLE),
        Map.entry(number + "XNZ.!", UNREADABLE),
        Map.entry("0XX" + rest, UNREADABLE),
        Map.entry(persian(number), NOBODY),
        Map.entry("O" + rest, NOBODY),
        Map.entry("_X.", NOBODY),
        Map.entry("$%7BEXTEN%7D" + number, NOBODY));
  }

  /// UTF-8, escaped by RFC 3986.
  private static String persian(String digits) {
    StringBuilder escaped = new StringBuilder();
    digits.chars().forEach(digit -> escaped.append("%%DB%%B%d".formatted(digit - '0')));
    return escaped.toString();
  }

  @Test
  void forwardToADeniedNumberIsNotCalled(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    Phone premium = line.callee("Premium").willAnswer();
    lab.mayCallMobilesBut(premium.number(), zahra.number(), line);
    zahra
        .calls("*72" + premium.nationalNumber())
        .hearsAVoice(Duration.ofSeconds(1))
        .isTold(FORBIDDEN);
    lab.callOf(zahra).is("REJECTED").decidedBy("code:forward").because("denied");
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra));
    zahra.rings().answers();
    ali.talks().hangsUp();
    premium.doesNotRing();
    lab.callOf(ali).is("ANSWERED").answeredBy(zahra);
  }

  @Test
  void aPhoneCannotCallAsAnother(Lab lab) {
    Phone boss = lab.phone("Boss");
    Phone desk = lab.phone("Zahra");
    lab.rawPhone("Omid")
        .calls(desk.number(), "\"Boss\" <sip:" + boss.number() + "@127.0.0.1>")
        .isTold(401);
    desk.doesNotRing();
  }

  @Test
  void claimedIdentityOfAPhoneIsIgnored(Lab lab) {
    Phone boss = lab.phone("Boss");
    Phone desk = lab.phone("Zahra");
    RawCaller omid = lab.rawPhone("Omid");
    String asBoss = "\"Boss\" <sip:" + boss.number() + "@127.0.0.1>";
    omid.calls(
            desk.number(),
            "\"Boss\" <sip:" + omid.number() + "@127.0.0.1>",
            "P-Asserted-Identity: %1$s\nRemote-Party-ID: %1$s;party=calling\n".formatted(asBoss))
        .isTold(180);
    desk.rings().showingNumber(omid.number()).showing("Omid").answers();
    omid.isTold(200).hangsUp();
    desk.callEnds();
    lab.callsFrom(omid.number(), 1)
        .getFirst()
        .is("ANSWERED")
        .of("INTERNAL", omid.number(), desk.number());
  }

  @Test
  void failedAuthenticationIsPublished(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    ReceivedEvents events = lab.events();
    lab.impostorOf(zahra.number()).registers().isTold(401);
    events.hears("sign-in.failed");
  }
}
