package io.tamas.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import io.tamas.console.Desks.Look;
import io.tamas.console.Desks.NewUser;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Phone;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The way in, and the history of calls.
@InTheLab
@InABrowser
class EndedCallsIT {

  @Test
  void whoeverSignsInFirstChoosesAPasswordAndSeesTheirCalls(Lab lab, Desks desks) {
    Phone zahra = lab.phone("Zahra");
    NewUser user = desks.newUser(lab, "OPERATOR", Map.of("extension", zahra.number()));
    Phone ali = lab.callerTalkingTo(zahra);
    ali.hangsUp();
    lab.callOf(ali).is("ANSWERED");

    Desk desk = desks.stranger(lab, Look.of("fa"));
    desk.isAccessible().signsIn(user.name(), "not the password").sees(".form-fault");
    desk.signsIn(user.name(), user.oneTime()).sees("[name=again]").isAccessible();
    desk.choosesPassword();
    desk.sees(desk.page().locator(".row", new Page.LocatorOptions().setHasText("۰")));
    assertEquals("rtl", desk.page().evaluate("document.documentElement.dir"));
    desk.isAccessible();
  }

  @Test
  void filtersAreInTheAddressAndNewCallsComeByThemselves(Lab lab, Desks desks) {
    Phone zahra = lab.phone("Zahra");
    Desk desk = desks.of(lab, Look.PLAIN, "OPERATOR", Map.of("extension", zahra.number()));
    desk.sees(".empty");

    Phone ali = lab.callerTalkingTo(zahra);
    ali.hangsUp();
    lab.callOf(ali).is("ANSWERED");
    desk.sees(".rows .row");

    desk.opens("/calls?status=MISSED").sees(".chip").sees(".empty");
    desk.page().locator(".chip").click();
    desk.sees(".rows .row").presses("j").sees(".rows .row:focus");
    desk.isAccessible();
  }
}
