package io.tamas;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.MessageLamp;
import io.tamas.lab.RawPhone;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The message lamps of phones (MWI, RFC 3842): lit while there are new messages in the mailbox.
@InTheLab
class MessageLampIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void lampIsLitUntilTheMessageIsHeard(Lab lab) {
    RawPhone zahra = withMailbox(lab, lab.rawDeskPhone("Zahra")).registers();
    MessageLamp lamp = zahra.lamp().isDark(0).dials("*97");
    leaveMessage(lab, zahra);
    lamp.isLit(1, 0).dials("*97");
    zahra.calls("*97").talks().callEnds();
    lamp.isDark(1);
    mark(lab, zahra, false);
    lamp.isLit(1, 0);
  }

  @Test
  void lampGoesOutWhenTheMessageOrItsAudioIsDeleted(Lab lab) {
    RawPhone zahra = withMailbox(lab, lab.rawDeskPhone("Zahra")).registers();
    MessageLamp lamp = zahra.lamp().isDark(0);
    leaveMessage(lab, zahra);
    lamp.isLit(1, 0);
    lab.office().send("DELETE", message(lab, zahra), Map.of());
    lamp.isDark(0);
    leaveMessage(lab, zahra);
    lamp.isLit(1, 0);
    String recording = listed(lab, zahra).get(0).path("recording").asText();
    lab.office().send("DELETE", "/recordings/" + recording, Map.of());
    lamp.isDark(0);
  }

  @Test
  void devicesThatSubscribeAndDevicesThatNeverDoAreToldAlike(Lab lab) {
    RawPhone desk = withMailbox(lab, lab.rawDeskPhone("Zahra")).registers();
    RawPhone mobile = lab.anotherDeviceOf(desk).registers();
    RawPhone tablet = lab.anotherDeviceOf(desk).registers();
    mobile.asksForMessages(desk.number()).isTold(200);
    tablet.asksForMessages("*97").isTold(200);
    List<MessageLamp> lamps =
        List.of(desk.lamp(), mobile.subscribedLamp(), tablet.subscribedLamp());
    lamps.forEach(lamp -> lamp.isDark(0).dials("*97"));
    leaveMessage(lab, desk);
    lamps.forEach(lamp -> lamp.isLit(1, 0));
    mark(lab, desk, true);
    lamps.forEach(lamp -> lamp.isDark(1));
  }

  @Test
  void lampIsLitAgainAfterARestartOfAsteriskAlsoWithoutTamas(Lab lab) {
    RawPhone zahra = withMailbox(lab, lab.rawDeskPhone("Zahra")).registers();
    MessageLamp lamp = zahra.lamp().isDark(0);
    leaveMessage(lab, zahra);
    lamp.isLit(1, 0);
    lab.office().dies();
    int before = lamp.told().size();
    lab.asterisk().restart();
    eventually("it is told again", SOON, () -> lamp.told().size() > before);
    lamp.isLit(1, 0);
    RawPhone mobile = lab.anotherDeviceOf(zahra).registers();
    mobile.lamp().isLit(1, 0);
    lab.office().recovers();
    mobile.asksForMessages(zahra.number()).isTold(200);
    mobile.subscribedLamp().isLit(1, 0);
    lab.office().send("DELETE", message(lab, zahra), Map.of());
    lamp.isDark(0);
    mobile.lamp().isDark(0);
    mobile.subscribedLamp().isDark(0);
  }

  @Test
  void whatHappenedWhileAsteriskWasAwayIsShownWhenItIsBack(Lab lab) {
    RawPhone zahra = withMailbox(lab, lab.rawDeskPhone("Zahra")).registers();
    MessageLamp lamp = zahra.lamp().isDark(0);
    leaveMessage(lab, zahra);
    lamp.isLit(1, 0);
    lab.asterisk().kill();
    mark(lab, zahra, true);
    lab.asterisk().start();
    lamp.isDark(1);
    eventually("Tamas is ready", SOON, lab::isReady);
  }

  @Test
  void nextOwnerOfANumberSeesNothingAndTheOneBeforeNothingMore(Lab lab) {
    RawPhone first = withMailbox(lab, lab.rawDeskPhone("First")).registers();
    first.asksForMessages(first.number()).isTold(200);
    leaveMessage(lab, first);
    first.subscribedLamp().isLit(1, 0);
    RawPhone next = withMailbox(lab, lab.nextOwner(first, "Next")).registers();
    next.lamp().isDark(0);
    first.subscribedLamp().isDark(0);
    leaveMessage(lab, next);
    next.lamp().isLit(1, 0);
    first.subscribedLamp().isDark(0);
    assertEquals(1, lit(first.lamp()), "told without having asked");
    assertEquals(1, lit(first.subscribedLamp()), "told in its subscription");
  }

  @Test
  void deviceWithAFormerPasswordIsToldNothingMore(Lab lab) {
    RawPhone lost = withMailbox(lab, lab.rawDeskPhone("Zahra")).registers();
    lost.asksForMessages(lost.number()).isTold(200);
    lost.subscribedLamp().isDark(0);
    leaveMessage(lab, lost);
    lost.subscribedLamp().isLit(1, 0);
    String path = "/extensions/" + lost.number() + "/password";
    lab.office().send("POST", path, Map.of());
    lost.subscribedLamp().isDark(0);
    mark(lab, lost, true);
    mark(lab, lost, false);
    assertEquals(1, lit(lost.subscribedLamp()));
  }

  @Test
  void mailboxThatIsGivenToARegisteredPhoneHasALampAtOnce(Lab lab) {
    RawPhone zahra = lab.rawDeskPhone("Zahra").registers();
    assertEquals(List.of(), zahra.lamp().told());
    zahra.asksForMessages(zahra.number()).isTold(404);
    withMailbox(lab, zahra);
    zahra.lamp().isDark(0);
    leaveMessage(lab, zahra);
    zahra.lamp().isLit(1, 0);
    lab.office().says(zahra.number(), Map.of("email", "zahra@example.ir"));
    zahra.lamp().isLit(1, 0);
  }

  private static long lit(MessageLamp lamp) {
    return lamp.told().stream().filter(text -> text.contains("Messages-Waiting: yes")).count();
  }

  private static RawPhone withMailbox(Lab lab, RawPhone phone) {
    String greeting = lab.office().part("prompts", Map.of("sound", "beep"));
    Map<String, Object> mailbox = Map.of("greeting", greeting, "longest", "PT3S");
    lab.office()
        .says(
            phone.number(),
            Map.of("mailbox", mailbox, "forwards", Map.of("noAnswerAfter", "PT1S")));
    eventually(
        "Asterisk knows the mailbox",
        SOON,
        () ->
            lab.asterisk()
                .console("pjsip show aor " + phone.number())
                .contains(phone.number() + "-"));
    return phone;
  }

  private static void leaveMessage(Lab lab, RawPhone owner) {
    lab.phone("Omid").calls(owner.number()).talks().callEnds();
    eventually(
        "the message can be heard",
        SOON,
        () -> listed(lab, owner).at("/0/state").asText().equals("ready"));
    assertTrue(listed(lab, owner).size() == 1, listed(lab, owner)::toString);
  }

  private static void mark(Lab lab, RawPhone owner, boolean heard) {
    lab.office().send("PATCH", message(lab, owner), Map.of("heard", heard));
  }

  private static String message(Lab lab, RawPhone owner) {
    String recording = listed(lab, owner).get(0).path("recording").asText();
    return "/extensions/" + owner.number() + "/voicemail/" + recording;
  }

  private static JsonNode listed(Lab lab, RawPhone owner) {
    return lab.office().get("/extensions/" + owner.number() + "/voicemail").path("items");
  }
}
