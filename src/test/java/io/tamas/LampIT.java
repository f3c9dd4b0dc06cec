package io.tamas;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.json.Json;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Lamp;
import io.tamas.lab.Phone;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the lamps of the phones show of an extension.
@InTheLab
class LampIT {
  private static final Duration SOON = Duration.ofSeconds(10);

  @Test
  void lampFollowsACall(Lab lab) {
    Phone sara = lab.phone("Sara");
    Phone omid = lab.phone("Omid");
    Lamp lamp = lab.lampOf(sara.number()).isDark();
    omid.calls(sara);
    sara.rings();
    lamp.blinks();
    sara.answers();
    lamp.isLit();
    omid.hangsUp();
    lamp.isDark();
  }

  @Test
  void lampShowsHold(Lab lab) {
    Phone sara = lab.phone("Sara").willAnswer();
    Phone omid = lab.phone("Omid");
    Lamp lamp = lab.lampOf(sara.number());
    omid.calls(sara).talks();
    omid.hears(sara).holds();
    lamp.showsHold();
    omid.hangsUp();
    lamp.isDark();
  }

  @Test
  void doNotDisturbIsShownAsBusyAlsoWhileTamasIsDown(Lab lab) {
    Phone sara = lab.phone("Sara");
    Lamp lamp = lab.lampOf(sara.number()).isDark();
    doNotDisturb(lab, sara.number(), true);
    lamp.isLit();
    Lamp another = lab.lampOf(sara.number());
    lab.office().dies();
    another.isLit();
    lab.office().recovers();
    lamp.isLit();
    doNotDisturb(lab, sara.number(), false);
    lamp.isDark();
  }

  @Test
  void extensionThatDoesNotExistIsUnavailable(Lab lab) {
    String absent = lab.extensionWithoutPhone("Absent");
    lab.lampOf(absent).isDark();
    eventually(
        "the lamp's state is unavailable",
        SOON,
        () -> lab.asterisk().console("core show hint " + absent).contains("State:Unavailable"));
  }

  @Test
  void lampTellsWhoCallsOnlyToPhonesThatMayCallThere(Lab lab) {
    String sales = lab.office().part("extension-groups", Map.of("title", "Sales"));
    String board = lab.office().part("extension-groups", Map.of("title", "Board"));
    Phone sara = lab.phone("Sara");
    Phone omid = lab.phone("Omid");
    lab.office().says(sara.number(), Map.of("groups", List.of(board)));
    Lamp everybody = lab.lampOf(sara.number()).isDark();
    Lamp mayCall = lab.lampOf(sara.number(), Map.of("mayCall", List.of(board, sales))).isDark();
    Lamp mayNot = lab.lampOf(sara.number(), Map.of("mayCall", List.of(sales))).isDark();
    omid.calls(sara);
    sara.rings();
    everybody.blinks().tells(omid.number());
    mayCall.blinks().tells(omid.number());
    mayNot.isDark();
    assertFalse(mayNot.hasTold(omid.number()));
    omid.hangsUp();
    everybody.isDark();
  }

  @Test
  void rightsOfALampHoldAlsoWhileTamasIsDown(Lab lab) {
    String board = lab.office().part("extension-groups", Map.of("title", "Board"));
    String sales = lab.office().part("extension-groups", Map.of("title", "Sales"));
    Phone sara = lab.phone("Sara").willAnswer();
    Phone omid = lab.phone("Omid");
    lab.office().says(sara.number(), Map.of("groups", List.of(board)));
    Lamp mayNot = lab.lampOf(sara.number(), Map.of("mayCall", List.of(sales))).isDark();
    Lamp mayCall = lab.lampOf(sara.number(), Map.of("mayCall", List.of(board))).isDark();
    lab.office().dies();
    omid.calls(sara).talks();
    mayCall.isLit();
    assertEquals("terminated", mayNot.state());
    lab.office().recovers();
    omid.hangsUp();
    mayCall.isDark();
  }

  @Test
  void changedRightsApplyToALampAtOnce(Lab lab) {
    String board = lab.office().part("extension-groups", Map.of("title", "Board"));
    String sales = lab.office().part("extension-groups", Map.of("title", "Sales"));
    Phone sara = lab.phone("Sara").willAnswer();
    Phone omid = lab.phone("Omid");
    Lamp of = lab.lampOf(sara.number(), Map.of("mayCall", List.of(board))).isDark();
    omid.calls(sara).talks();
    of.isDark();
    lab.office().says(sara.number(), Map.of("groups", List.of(board)));
    eventually(
        "the hint is that of the phone",
        SOON,
        () ->
            lab.asterisk()
                .console("core show hint " + sara.number())
                .contains("PJSIP/" + sara.number()));
    omid.hangsUp();
    sara.callEnds();
    omid.calls(sara).talks();
    of.isLit();
    lab.rightsOfLampsChange(of.owner(), Map.of("mayCall", List.of(sales)));
    of.goesOut();
    omid.hangsUp();
  }

  private static void doNotDisturb(Lab lab, String number, boolean on) {
    JsonNode extension = lab.office().get("/extensions/" + number);
    @SuppressWarnings("unchecked")
    Map<String, Object> changed = Json.mapper().convertValue(extension, Map.class);
    changed.put("doNotDisturb", on);
    lab.office().send("PUT", "/extensions/" + number, changed);
  }
}
