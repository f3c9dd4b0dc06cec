package io.tamas.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.tamas.console.Desks.Look;
import io.tamas.console.Desks.NewUser;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Phone;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Whoever sits there, over time.
@InTheLab
@InABrowser
class SessionIT {

  @Test
  void aSessionThatEndedAsksInPlaceAndLosesNothing(Lab lab, Desks desks) {
    Phone zahra = lab.phone("Zahra");
    NewUser user = desks.newUser(lab, "OPERATOR", Map.of("extension", zahra.number()));
    Desk desk = desks.stranger(lab, Look.of("tr"));
    desk.signsIn(user.name(), user.oneTime()).choosesPassword();
    desk.sees(".connection.good").presses("F4").page().keyboard().type("0212");

    JsonNode sessions = lab.office().get("/users/" + user.name() + "/sessions").path("items");
    sessions.forEach(session ->
        lab.office()
            .send(
                "DELETE",
                "/users/" + user.name() + "/sessions/" + session.path("id").asText(),
                Map.of()));
    desk.opens("/calls?status=MISSED").sees("dialog sign-in-form").isAccessible();
    desk.page().locator("dialog [name=password]").fill(Desk.PASSWORD);
    desk.presses("Enter").seesNo("dialog").sees(".chip").sees(".empty");
    PlaywrightAssertions.assertThat(desk.page().locator("#dial")).hasValue("0212");
    desk.sees(".connection.good");
  }

  @Test
  void whoMustHaveCodesSetsThemUpBeforeAnythingElse(Lab lab, Desks desks) {
    Map<String, Object> before = new HashMap<>();
    JsonNode settings = lab.office().get("/settings");
    settings.fieldNames().forEachRemaining(name -> before.put(name, settings.get(name)));
    Map<String, Object> demanding = new HashMap<>(before);
    demanding.put("codesFor", List.of("SUPERVISOR"));
    NewUser user = desks.newUser(lab, "SUPERVISOR", Map.of());
    Desk desk = desks.stranger(lab, Look.of("ru"));
    desk.signsIn(user.name(), user.oneTime()).choosesPassword();
    lab.office().send("PUT", "/settings", demanding);
    desk.page().reload();
    desk.sees("own-codes-page form").seesNo(".shell").isAccessible();
    lab.office().send("PUT", "/settings", before);
    desk.page().reload();
    desk.sees(".connection.good");
  }

  @Test
  void languageAndAppearanceChangeOnThePage(Lab lab, Desks desks) {
    Phone zahra = lab.phone("Zahra");
    Desk desk = desks.of(lab, Look.PLAIN, "OPERATOR", Map.of("extension", zahra.number()));
    desk.presses("Control+k")
        .sees("dialog [role=combobox]:focus")
        .page()
        .keyboard()
        .type("language");
    desk.presses("Enter").sees("dialog .choices");
    desk.page().locator("dialog [value=fa]").check();
    desk.page().locator("dialog [value=dark]").check();
    desk.sees("html[dir=rtl][data-theme=dark]").isAccessible();
    desk.presses("Escape").seesNo("dialog");
    desk.page().reload();
    desk.sees("html[dir=rtl][data-theme=dark]").sees(".screen");
    assertEquals("fa", desk.page().evaluate("document.documentElement.lang"));
    desk.isAccessible();
  }
}
