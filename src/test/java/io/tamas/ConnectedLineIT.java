package io.tamas;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import io.tamas.lab.RawPhone;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Who is shown at the other end after a transfer and a pickup: to phones of the company, and
/// nobody of the company to external parties.
@InTheLab
class ConnectedLineIT {
  private static final Duration SOON = Duration.ofSeconds(10);

  @Test
  void phoneIsToldWhoItTalksToAfterAnAttendedTransfer(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    RawPhone reza = lab.rawDeskPhone("Reza").registers();
    Line line = lab.line(zahra);
    RawPhone ali = line.rawCallee("Ali");
    ali.calls(line.numberOf(zahra));
    zahra.rings().answers();
    ali.talks();
    zahra.consults(reza.number());
    reza.rings().answers();
    zahra.hangsUp();
    isShown(reza, ali.number());
    reza.hangsUp();
    ali.callEnds();
    knowsNobody(ali, ":" + zahra.number() + "@", "Zahra", ":" + reza.number() + "@", "Reza");
  }

  @Test
  void phoneIsToldWhoItTalksToAfterABlindTransfer(Lab lab) {
    RawPhone zahra = lab.rawDeskPhone("Zahra").registers();
    Phone reza = lab.phone("Reza");
    Phone mina = lab.phone("Mina").willAnswer();
    zahra.calls(reza.number());
    reza.rings().answers();
    zahra.talks();
    reza.transfersTo(mina).callEnds();
    mina.talks();
    isShown(zahra, mina.number());
    isShown(zahra, "Mina");
    mina.hangsUp();
    zahra.callEnds();
  }

  @Test
  void phoneIsToldWhoHasPickedUp(Lab lab) {
    RawPhone zahra = lab.rawDeskPhone("Zahra").registers();
    Phone reza = lab.phone("Reza");
    Phone mina = lab.phone("Mina");
    lab.pickUpForEachOther(reza, mina);
    zahra.calls(reza.number());
    reza.rings();
    mina.picksUp(reza).talks();
    zahra.talks();
    isShown(zahra, mina.number());
    mina.hangsUp();
    zahra.callEnds();
  }

  @Test
  void phoneIsToldTheNumberThatItHasDialledOutside(Lab lab) {
    Line line = lab.line(lab.phone("Fallback"));
    line.provider().says("180 Ringing", "200 OK");
    RawPhone zahra = lab.rawDeskPhone("Zahra");
    lab.mayCallOver(zahra.number(), Map.of(), line);
    zahra.calls("09120000001").talks();
    isShown(zahra, "<sip:09120000001@");
    zahra.hangsUp();
    assertEquals(
        List.of(),
        identities(zahra).filter(identity -> !identity.contains("09120000001")).toList());
  }

  @Test
  void whoIsTransferredAfterACallToTheOutsideIsShownByTheNumberThatWasDialled(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    RawPhone reza = lab.rawDeskPhone("Reza").registers();
    Line line = lab.line(zahra);
    line.provider().says("200 OK");
    lab.mayCallOver(zahra.number(), Map.of(), line);
    zahra.calls("09120000001").talks();
    zahra.transfersTo(reza.number());
    reza.rings();
    isShown(reza, "09120000001");
    reza.answers().hangsUp();
  }

  /// In a request or an answer that Asterisk has sent to the phone.
  private static void isShown(RawPhone phone, String who) {
    eventually(
        phone.number() + " is told of " + who,
        SOON,
        () -> identities(phone).anyMatch(identity -> identity.contains(who)));
  }

  private static Stream<String> identities(RawPhone phone) {
    return phone.received().stream()
        .flatMap(String::lines)
        .filter(
            line -> line.startsWith("P-Asserted-Identity:") || line.startsWith("Remote-Party-ID:"));
  }

  private static void knowsNobody(RawPhone outside, String... secrets) {
    List<String> received = outside.received();
    assertTrue(received.size() > 1);
    for (String secret : secrets) {
      assertFalse(
          received.stream().anyMatch(text -> text.contains(secret)), () -> secret + received);
    }
  }
}
