package io.tamas;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.config.Secret;
import io.tamas.lab.DevicesOf;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Phone;
import io.tamas.lab.RawDevice;
import io.tamas.lab.ReceivedEvents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The devices of an extension: listed, put out, and what a new password does to them.
@InTheLab
class DeviceControlIT {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration AT_ONCE = Duration.ofSeconds(2);
  private static final String NEW = "x7Kq2Rb9-new";

  @Test
  void devicesAreListed(Lab lab) {
    DevicesOf zahra = new DevicesOf(lab, 5);
    RawDevice device = zahra.registered("zahra", ";transport=udp", "Desk \"phone\" (1.0)");
    eventually(
        "it is asked whether it is there",
        SOON,
        () -> devices(lab, zahra.number()).getFirst().path("reachable").asBoolean());
    JsonNode listed = devices(lab, zahra.number()).getFirst();
    assertEquals(device.address(), listed.path("address").asText());
    assertEquals("Desk \"phone\" (1.0)", listed.path("agent").asText());
    assertEquals("UDP", listed.path("transport").asText());
    assertTrue(listed.has("roundTrip"), listed::toString);
    assertTrue(listed.has("expiresAt"), listed::toString);
    eventually(
        "its registration was seen",
        SOON,
        () -> devices(lab, zahra.number()).getFirst().has("registeredAt"));
  }

  @Test
  void deviceIsPutOutAlone(Lab lab) {
    Phone desk = lab.phone("Zahra");
    Phone ali = lab.callerTalkingTo(desk);
    Phone mobile = lab.anotherDeviceOf(desk);
    putOut(lab, desk.number(), desk.address());
    ali.callEnds();
    assertEquals(1, devices(lab, desk.number()).size());
    Phone reza = lab.phone("Reza").calls(desk);
    mobile.rings().answers().hears(reza);
    reza.hangsUp();
    lab.callOf(reza).withDevices("answered");
  }

  @Test
  void deviceThatTalksGoesOnWhenAnotherIsPutOut(Lab lab) {
    Phone desk = lab.phone("Zahra");
    Phone ali = lab.callerTalkingTo(desk);
    Phone mobile = lab.anotherDeviceOf(desk);
    putOut(lab, desk.number(), mobile.address());
    desk.hears(ali);
    ali.hears(desk).hangsUp();
    lab.callOf(ali).is("ANSWERED").endedBy("CALLER");
  }

  @Test
  void registrationsAndRefusalsAreEvents(Lab lab) {
    DevicesOf zahra = new DevicesOf(lab, 1);
    ReceivedEvents events = lab.events().hears("snapshot");
    RawDevice first = zahra.registered();
    JsonNode registered = events.hears("device.registered", zahra.number());
    assertEquals(first.address(), registered.path("address").asText());
    assertEquals(403, zahra.device("second", "", "Second").registers(zahra.password()));
    JsonNode refused = events.hears("device.refused", zahra.number());
    assertEquals("127.0.0.1", refused.path("address").asText());
    putOut(lab, zahra.number(), first.address());
    JsonNode removed = events.hears("device.removed", zahra.number());
    assertEquals(registered.path("device"), removed.path("device"));
  }

  @Test
  void newPasswordPutsOutAtOnceWhatRegisteredWithTheOldOne(Lab lab) {
    Phone desk = lab.phone("Zahra");
    Phone ali = lab.callerTalkingTo(desk);
    Phone mobile = lab.anotherDeviceOf(desk);
    setPassword(lab, desk.number(), NEW);
    eventually(
        "nobody is registered any more", AT_ONCE, () -> devices(lab, desk.number()).isEmpty());
    ali.callEnds();
    desk.callEnds();
    Phone reza = lab.phone("Reza").calls(desk);
    reza.callEnds();
    mobile.doesNotRing();
    lab.callOf(reza).is("FAILED").withLegs("unreachable");
  }

  @Test
  void newPasswordIsTheOneThatCounts(Lab lab) {
    DevicesOf zahra = new DevicesOf(lab, 2);
    RawDevice former = zahra.registered();
    setPassword(lab, zahra.number(), NEW);
    eventually(
        "nobody is registered any more", AT_ONCE, () -> devices(lab, zahra.number()).isEmpty());
    assertEquals(401, zahra.device("old", "", "Old").registers(zahra.password()));
    zahra.hasNewPassword(new Secret(NEW));
    RawDevice current = zahra.registered();
    Phone reza = lab.phone("Reza").calls(zahra.number());
    current.rings();
    former.wasNotCalled();
    reza.hearsRinging().hangsUp();
    lab.callOf(reza).withLegs("cancelled");
  }

  @Test
  void newPasswordCanBeUsedOnceItIsSet(Lab lab) {
    DevicesOf zahra = new DevicesOf(lab, 2);
    zahra.registered();
    for (String password : List.of(NEW, NEW + 2, NEW + 3)) {
      setPassword(lab, zahra.number(), password);
      assertEquals(200, zahra.device("new", "", "New").registers(new Secret(password)));
    }
  }

  @Test
  void newPasswordOfWhichAsteriskWasNotToldPutsOutAfterItsRestart(Lab lab) {
    DevicesOf zahra = new DevicesOf(lab, 2);
    zahra.registered();
    lab.asterisk().kill();
    setPassword(lab, zahra.number(), NEW);
    lab.asterisk().start();
    eventually("Asterisk is back", Duration.ofSeconds(30), () -> lab.isReady());
    eventually(
        "nobody is registered any more",
        SOON,
        () ->
            !lab.asterisk()
                .console("database show registrar")
                .contains("/" + zahra.number() + ";@"));
  }

  @Test
  void passwordThatIsWeakIsRefusedWithFieldAndRule(Lab lab) {
    DevicesOf zahra = new DevicesOf(lab, 2);
    AssertionError refused =
        assertThrows(AssertionError.class, () -> setPassword(lab, zahra.number(), "12345678"));
    String problem = String.valueOf(refused.getMessage());
    assertTrue(problem.contains("\"status\":422"), problem);
    assertTrue(problem.contains("/password"), problem);
    assertTrue(problem.contains("is too easy to guess"), problem);
  }

  private static void putOut(Lab lab, String extension, String address) {
    String id =
        devices(lab, extension).stream()
            .filter(device -> device.path("address").asText().equals(address))
            .map(device -> device.path("id").asText())
            .findFirst()
            .orElseThrow();
    lab.office().send("DELETE", "/extensions/" + extension + "/devices/" + id, Map.of());
  }

  private static void setPassword(Lab lab, String extension, String password) {
    String path = "/extensions/" + extension + "/password";
    lab.office().send("PUT", path, Map.of("password", password));
  }

  private static List<JsonNode> devices(Lab lab, String extension) {
    return lab.items("/extensions/" + extension + "/devices").toList();
  }
}
