package io.tamas;

import io.tamas.lab.CallSeen;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Phone;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The states of real phones by REST.
@InTheLab
class PhoneStatesIT {

  @Test
  void stateFollowsACall(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    lab.becomes(zahra, "idle").becomes(reza, "idle");
    reza.calls(zahra);
    lab.becomes(zahra, "ringing").becomes(reza, "in-use");
    zahra.rings().answers();
    lab.becomes(zahra, "in-use");
    zahra.hears(reza).holds();
    lab.becomes(reza, "on-hold").becomes(zahra, "in-use");
    zahra.resumes();
    lab.becomes(reza, "in-use").becomes(zahra, "in-use");
    reza.hangsUp();
    lab.becomes(zahra, "idle").becomes(reza, "idle");
  }

  @Test
  void phoneWithTwoCallsIsBusy(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone mina = lab.phone("Mina");
    reza.calls(zahra);
    zahra.rings().answers();
    lab.becomes(zahra, "in-use");
    mina.calls(zahra);
    zahra.rings();
    lab.becomes(zahra, "busy");
    mina.hangsUp();
    lab.becomes(zahra, "in-use");
    reza.hangsUp();
    lab.becomes(zahra, "idle");
  }

  @Test
  void extensionWithoutAPhoneIsUnreachable(Lab lab) {
    lab.becomes(lab.extensionWithoutPhone("Nobody"), "unreachable");
  }

  @Test
  void doNotDisturbIsSwitchedOnByPhone(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    zahra.calls("*78").talks().callEnds();
    lab.becomes(zahra, "do-not-disturb");
    zahra.calls("*79").talks().callEnds();
    lab.becomes(zahra, "idle");
  }

  /// The phone is switched on when REST has answered: it registers at its first try, and would not
  /// try again within this test.
  @Test
  void newExtensionCanRegisterAndCallAndBeCalledAtOnce(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phoneMadeJustNow("Reza");
    reza.calls(zahra);
    zahra.rings().showing("Reza").answers();
    zahra.hangsUp();
    reza.callEnds();
    zahra.calls(reza);
    reza.rings().answers();
    zahra.hangsUp();
    List<CallSeen> calls = lab.callsFrom(reza.number(), 2);
    calls.getFirst().of("INTERNAL", reza.number(), zahra.number()).is("ANSWERED");
    calls.getLast().of("INTERNAL", zahra.number(), reza.number()).is("ANSWERED");
  }
}
