package io.tamas;

import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Phone;
import io.tamas.lab.RawPhone;
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
    RawPhone refreshing = lab.rawDeskPhone("Refreshing").supportsTimers().mutes().registers();
    RawPhone silent = lab.rawDeskPhone("Silent").mutes().registers();
    connect(refreshing, silent);
    RawPhone zahra = lab.rawDeskPhone("Zahra").registers();
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
    lab.callsFrom(muted.number(), 1).getFirst().endedBy("CALLEE");
    lab.callsFrom(holding.number(), 1).getFirst().endedBy("CALLER");
    lab.callsFrom(refreshing.number(), 1).getFirst().endedBy("CALLER");
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
