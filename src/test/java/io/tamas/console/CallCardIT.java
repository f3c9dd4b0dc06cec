package io.tamas.console;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.tamas.console.Desks.Look;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What somebody at a desk does while their phone rings.
@InTheLab
@InABrowser
class CallCardIT {
  private static final Duration SOON = Duration.ofSeconds(10);

  /// In Persian, as the manual of the toolbar tells it.
  @Test
  void anUnknownCallerBecomesAPersonWithANote(Lab lab, Desks desks) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    Desk desk = desks.of(lab, Look.of("fa"), "OPERATOR", Map.of("extension", zahra.number()));
    desk.sees(".connection.good");
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra)).hearsRinging();
    desk.sees(".call-card.ringing").isAccessible();

    desk.presses("F2").presses("p").sees("new-caller [name=name]:focus");
    desk.page().keyboard().type("رضا محمدی");
    desk.presses("Control+Enter").sees(desk.page().locator(".call-card-name", named("رضا محمدی")));
    JsonNode found = profilesOf(lab, ali);
    assertEquals("رضا محمدی", found.at("/0/name").asText(), found::toString);

    zahra.rings().answers();
    desk.sees(".call-card.talking");
    desk.page().locator(".call-card textarea").fill("فردا تماس بگیرید");
    desk.presses("Control+Enter").sees(".toast");
    String notes = "/profiles/" + found.at("/0/id").asText() + "/notes";
    eventually(
        "the note is there",
        SOON,
        () -> lab.office().get(notes).at("/items/0/text").asText().equals("فردا تماس بگیرید"));
    ali.hangsUp();
    desk.sees(".call-card.ended");
    lab.callOf(ali).is("ANSWERED");
  }

  @Test
  void theNumberIsAddedToWhoeverIsFound(Lab lab, Desks desks) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    String name = "Parvin " + zahra.number();
    lab.office().send("POST", "/profiles", Map.of("kind", "person", "name", name));
    Desk desk = desks.of(lab, Look.PLAIN, "OPERATOR", Map.of("extension", zahra.number()));
    desk.sees(".connection.good");
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra)).hearsRinging();
    desk.sees(".call-card.ringing").presses("F2").presses("a").sees("dialog [role=combobox]:focus");
    desk.page().keyboard().type(name);
    desk.sees(desk.page().locator("dialog .option", named(name))).presses("Enter");
    desk.sees(desk.page().locator(".call-card-name", named(name)));
    assertEquals(name, profilesOf(lab, ali).at("/0/name").asText());
    ali.hangsUp();
    zahra.callEnds();
    lab.callOf(ali).is("ABANDONED");
  }

  @Test
  void focusStaysWithWhoTypesAndTwoTabsAreOne(Lab lab, Desks desks) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    Desk desk = desks.of(lab, Look.PLAIN, "OPERATOR", Map.of("extension", zahra.number()));
    Page other = desk.anotherTab();
    PlaywrightAssertions.assertThat(other.locator(".connection.good")).isVisible();
    desk.page().bringToFront();
    desk.presses("F4").page().keyboard().type("021 9");
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra)).hearsRinging();
    desk.sees(".call-card.ringing").page().keyboard().type("1");
    PlaywrightAssertions.assertThat(desk.page().locator("#dial")).isFocused();
    PlaywrightAssertions.assertThat(desk.page().locator("#dial")).hasValue("021 91");

    PlaywrightAssertions.assertThat(other.locator(".call-card.ringing")).isVisible();
    desk.page().locator(".call-card-head button").click();
    PlaywrightAssertions.assertThat(other.locator(".call-card")).hasCount(0);
    ali.hangsUp();
    zahra.callEnds();
    lab.callOf(ali).is("ABANDONED");
  }

  @Test
  void whoeverDoesNotWantToBeDisturbedSaysSoInTheBar(Lab lab, Desks desks) {
    Phone zahra = lab.phone("Zahra");
    Desk desk = desks.of(lab, Look.PLAIN, "OPERATOR", Map.of("extension", zahra.number()));
    desk.sees("my-state .state.good");
    desk.page().locator("my-state button").first().click();
    desk.sees("my-state .menu-item:focus").presses("ArrowDown").presses("Enter").sees(".toast");
    assertEquals(true, extension(lab, zahra).path("doNotDisturb").asBoolean());
    desk.presses("Control+z");
    eventually(
        "it is taken back", SOON, () -> !extension(lab, zahra).path("doNotDisturb").asBoolean());
  }

  private static JsonNode extension(Lab lab, Phone phone) {
    return lab.office().get("/extensions/" + phone.number());
  }

  private static Page.LocatorOptions named(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  private static JsonNode profilesOf(Lab lab, Phone caller) {
    String number = URLEncoder.encode(caller.number(), StandardCharsets.UTF_8);
    return lab.office().get("/profiles?number=" + number).path("items");
  }
}
