package io.tamas;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Phone;
import io.tamas.lab.RawPhone;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Calls whose ends have vanished without a BYE end; calls in which somebody is only silent go on.
@InTheLab
class DeadCallsIT {

  @Test
  void callEndsWhenBothEndsHaveVanished(Lab lab) {
    RawPhone muted = lab.rawDeskPhone("Muted").mutes().registers();
    Phone reza = lab.phone("Reza");
    connect(muted, reza);
    RawPhone holding = lab.rawDeskPhone("Holding").registers();
    RawPhone held = lab.rawDeskPhone("Held").registers();
    connect(holding, held);
    holding.holds();
    held.mutes();
    RawPhone refreshing = lab.rawDeskPhone("Refreshing").hasTimers().mutes().registers();
    RawPhone silent = lab.rawDeskPhone("Silent").mutes().registers();
    connect(refreshing, silent);
    RawPhone reporting = lab.rawDeskPhone("Reporting").onlyReports().registers();
    RawPhone mute = lab.rawDeskPhone("Mute").mutes().registers();
    connect(reporting, mute);
    RawPhone zahra = lab.rawDeskPhone("Zahra").asksForTimers("Session-Expires: 1800\n").registers();
    RawPhone mina = lab.rawDeskPhone("Mina").registers();
    connect(zahra, mina);

    zahra.losesItsNetwork();
    mina.losesItsNetwork();
    lab.callsFrom(zahra.number(), 1).getFirst().is("ANSWERED").endedBy("SYSTEM").withCause(102);

    // the others were silent for longer
    reza.hangsUp();
    muted.callEnds();
    holding.hangsUp();
    held.callEnds();
    refreshing.hangsUp();
    silent.callEnds();
    reporting.hangsUp();
    mute.callEnds();
    lab.callsFrom(reporting.number(), 1).getFirst().endedBy("CALLER");
    lab.callsFrom(muted.number(), 1).getFirst().endedBy("CALLEE");
    lab.callsFrom(holding.number(), 1).getFirst().endedBy("CALLER");
    lab.callsFrom(refreshing.number(), 1).getFirst().endedBy("CALLER");
  }

  @Test
  void callEndsWhenOneSideIsSilentForLongerThanItsExtensionMay(Lab lab) {
    RawPhone strict = lab.rawDeskPhone("Strict").mutes();
    lab.office().says(strict.number(), Map.of("sip", Map.of("rtpSilence", "PT3S")));
    lab.awaitsConsole("pjsip show endpoint " + strict.number(), "rtp_timeout : 3");
    strict.registers();
    RawPhone muted = lab.rawDeskPhone("Muted").mutes().registers();
    Phone omid = lab.phone("Omid");
    Phone reza = lab.phone("Reza");
    connect(muted, omid);
    connect(strict, reza);
    strict.callEnds();
    reza.callEnds();
    lab.callsFrom(strict.number(), 1).getFirst().is("ANSWERED").endedBy("SYSTEM");
    omid.hangsUp();
    muted.callEnds();
    lab.callsFrom(muted.number(), 1).getFirst().endedBy("CALLEE");
  }

  @Test
  void sessionTimerIsAgreedWithWhoeverWantsOne(Lab lab) {
    RawPhone caller = lab.rawDeskPhone("Caller").hasTimers().registers();
    RawPhone callee = lab.rawDeskPhone("Callee").hasTimers().registers();
    connect(caller, callee);
    String offer = callee.received("INVITE").getFirst();
    assertTrue(offer.contains("\r\nSession-Expires: 90"), offer);
    assertTrue(answer(caller).contains("\r\nSession-Expires: 90;refresher="), answer(caller));
    caller.hangsUp();
    callee.callEnds();
    caller.asksForTimers("Session-Expires: 1800\n");
    connect(caller, callee);
    assertTrue(answer(caller).contains("\r\nSession-Expires: 1800;refresher="), answer(caller));
    caller.hangsUp();
    callee.callEnds();
  }

  /// The acceptance of its latest INVITE.
  private static String answer(RawPhone caller) {
    return caller.received().stream()
        .filter(text -> text.startsWith("SIP/2.0 200 ") && text.contains(" INVITE\r\n"))
        .toList()
        .getLast();
  }

  private static void connect(RawPhone caller, RawPhone callee) {
    caller.calls(callee.number());
    callee.rings().answers();
    caller.talks();
  }

  private static void connect(RawPhone caller, Phone callee) {
    caller.calls(callee.number());
    callee.rings().answers();
    caller.talks();
  }
}
