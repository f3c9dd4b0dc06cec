package io.tamas;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import io.tamas.lab.RawPhone;
import io.tamas.lab.Tone;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The key with which a phone transfers, and how a menu elsewhere gets its `#`.
@InTheLab
class TransferKeyIT {
  /// What [Line#rawCallee] sounds like.
  private static final Tone BANK = new Tone(310);

  private static final Duration SOON = Duration.ofSeconds(10);

  @Test
  void aHashPressedTwiceIsHeardOnceByAMenuElsewhere(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Line line = lab.line(zahra);
    RawPhone bank = callsABank(lab, zahra, line);
    zahra.sends("12");
    bank.hearsKeys("12");
    zahra.sends("##");
    bank.hearsKeys("12#");
    zahra.hears(BANK).sends("3");
    bank.hearsKeys("12#3");
    zahra.sends("##");
    bank.hearsKeys("12#3#");
    zahra.hears(BANK).consults(reza).hears(reza);
    zahra.hangsUp();
    reza.hears(BANK);
    bank.leaves();
    lab.callOf(zahra)
        .is("ANSWERED")
        .withParties(
            bank.number() + " dialled answered",
            reza.number() + " transferred attended by " + zahra.number() + " answered");
    assertEquals(List.of(), lab.office().recordsUnlikeTheJournal());
  }

  @Test
  void anotherKeyLeavesTheHashToTheMenu(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Line line = lab.line(zahra);
    hasKey(lab, zahra, "*2");
    RawPhone bank = callsABank(lab, zahra, line);
    zahra.sends("12#");
    bank.hearsKeys("12#");
    zahra.sends("*2" + reza.number() + "#").hears(reza);
    zahra.hangsUp();
    reza.hears(BANK);
    bank.leaves();
    lab.callOf(zahra)
        .is("ANSWERED")
        .withParties(
            bank.number() + " dialled answered",
            reza.number() + " transferred attended by " + zahra.number() + " answered");
  }

  @Test
  void twoHashesTransferAndOneIsHeard(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Line line = lab.line(zahra);
    hasKey(lab, zahra, "##");
    RawPhone bank = callsABank(lab, zahra, line);
    zahra.sends("#");
    bank.hearsKeys("#");
    zahra.sends("##" + reza.number() + "#").hears(reza);
    zahra.hangsUp();
    reza.hears(BANK);
    bank.leaves();
    lab.callOf(zahra).is("ANSWERED");
  }

  @Test
  void withoutAKeyOnlyTheButtonAndRestTransfer(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Phone mina = lab.phone("Mina").willAnswer();
    Line line = lab.line(zahra);
    hasKey(lab, zahra, "none");
    RawPhone bank = callsABank(lab, zahra, line);
    zahra.sends("#1*02*7*5");
    bank.hearsKeys("#1*02*7*5");
    lab.liveCall(zahra).transfers(mina, "ATTENDED");
    zahra.hears(mina);
    zahra.hangsUp();
    mina.hears(BANK);
    bank.leaves();
    lab.callOf(zahra)
        .is("ANSWERED")
        .withParties(
            bank.number() + " dialled answered",
            mina.number() + " transferred attended by " + zahra.number() + " answered");

    Phone ali = line.caller("Ali").calls(line.numberOf(zahra));
    zahra.rings().answers().refersTo(reza).callEnds();
    reza.hears(ali);
    ali.hangsUp();
    reza.callEnds();
  }

  private static void hasKey(Lab lab, Phone phone, String key) {
    lab.office().says(phone.number(), Map.of("transferKey", key));
    eventually(
        "Asterisk knows the key",
        SOON,
        () ->
            lab.asterisk()
                .console("database show tamas-transfer " + phone.number())
                .contains(": " + key));
  }

  /// A menu elsewhere, to which the phone is connected.
  private static RawPhone callsABank(Lab lab, Phone phone, Line line) {
    RawPhone bank = line.rawCallee("Bank");
    lab.mayCallOver(phone, Map.of(), line);
    phone.calls("0" + bank.number().substring("+98".length()));
    bank.rings().answers();
    phone.talks();
    return bank;
  }
}
