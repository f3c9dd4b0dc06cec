package io.tamas;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.asterisk.journal.RowType.Cel;
import io.tamas.lab.CallSeen;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import io.tamas.lab.RawPhone;
import io.tamas.lab.ReceivedEvents;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// Messages that are left, and played at the own phone.
@InTheLab
class VoicemailIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  /// In tenths of a second, of the four that may be spoken.
  private static final int MESSAGE = 30;

  @TempDir private Path folder;

  @Test
  void newMessagesArePlayedTheNewestFirst(Lab lab) {
    Phone zahra = mailbox(lab);
    Line line = lab.line(zahra);
    Phone ali = leaves(lab, line, zahra, "Ali", 1);
    Phone sara = leaves(lab, line, zahra, "Sara", 2);

    zahra.calls("*97").talks().hears(sara);
    assertEquals(List.of("new", "new"), messages(lab, zahra));
    zahra.sends("#").hears(ali);
    assertEquals(List.of("heard", "new"), messages(lab, zahra));
    zahra.sends("*").callEnds();

    assertEquals(List.of("heard", "new"), messages(lab, zahra));
    JsonNode newest = listed(lab, zahra).get(0);
    assertEquals(sara.number(), newest.path("caller").asText());
    String listened =
        lab.office()
            .get("/recordings/" + newest.path("recording").asText() + "/access")
            .at("/items/0/who")
            .asText();
    assertEquals(zahra.number(), listened);
    lab.callsFrom(zahra.number(), 3).getLast().is("ANNOUNCEMENT").answeredByNobody();
  }

  @Test
  void messageThatWasPlayedToItsEndIsNotPlayedAgain(Lab lab) {
    Phone zahra = mailbox(lab);
    Phone ali = leaves(lab, lab.line(zahra), zahra, "Ali", 1);

    zahra.calls("*97").talks().hears(ali).callEnds();
    assertEquals(List.of("heard"), messages(lab, zahra));
  }

  @Test
  void messageNotHeardToItsEndIsPlayedAgain(Lab lab) {
    Phone zahra = mailbox(lab);
    Phone ali = leaves(lab, lab.line(zahra), zahra, "Ali", 1);

    zahra.calls("*97").talks().hears(ali).hangsUp();
    lab.callsFrom(zahra.number(), 2);
    assertEquals(List.of("new"), messages(lab, zahra));
  }

  @Test
  void extensionWithoutAMailboxIsRefused(Lab lab) {
    lab.phone("Reza").calls("*97").isTold(404);
  }

  @Test
  void externalPartyCannotHearMessages(Lab lab) {
    Phone zahra = mailbox(lab);
    Line line = lab.line(zahra);
    leaves(lab, line, zahra, "Sara", 1);
    zahra.willAnswer();
    lab.office().says(zahra.number(), Map.of("forwards", Map.of("noAnswerAfter", "PT20S")));
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra)).talks();
    zahra.talks();
    lab.liveCall(ali).posts("ANSWERED", "transfer", Map.of("to", "*97", "kind", "BLIND"));
    ali.callEnds();
    assertEquals(List.of("new"), messages(lab, zahra));
  }

  @Test
  void messageIsAnnouncedByEmailWithItsAudio(Lab lab) throws Exception {
    Phone zahra = mailbox(lab);
    lab.office().says(zahra.number(), Map.of("language", "tr"));
    Phone ali = leaves(lab, lab.line(zahra), zahra, "Ali", 1);

    isMailed(lab, zahra);
    MimeMessage mail = lab.office().mailsTo(address(zahra)).getFirst();
    assertEquals("Ali (" + ali.number() + ") tarafından yeni sesli mesaj", mail.getSubject());
    Path sound = folder.resolve("message.wav");
    try (InputStream attached = ((Multipart) mail.getContent()).getBodyPart(1).getInputStream()) {
      Files.copy(attached, sound);
    }
    assertTrue(ali.tone().seconds(sound) > 2);
  }

  @Test
  void messageIsAnnouncedBySms(Lab lab) {
    Phone zahra = mailbox(lab);
    String mobile = "+98912000" + zahra.number();
    Map<String, Object> bySms =
        Map.of(
            "greeting",
            lab.office().part("prompts", Map.of("sound", "beep")),
            "longest",
            "PT4S",
            "bySms",
            true);
    lab.office().says(zahra.number(), Map.of("mobile", mobile, "mailbox", bySms));
    Phone ali = leaves(lab, lab.line(zahra), zahra, "Ali", 1);

    eventually("the SMS is there", SOON, () -> lab.office().textsTo(mobile).size() == 1);
    String text = lab.office().textsTo(mobile).getFirst();
    String what = "New voice message from Ali (" + ali.number() + ")";
    assertEquals(what, text.lines().findFirst().orElseThrow());
    assertEquals(List.of(), lab.office().mailsTo(address(zahra)));
  }

  @Test
  void messageAfterATransferIsNotPartOfTheConversation(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone reza = mailbox(lab, lab.phone("Reza"));
    ReceivedEvents events = lab.events();
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.hears(ali);
    zahra.transfersTo(reza).callEnds();
    reza.rings().callEnds();
    ali.callEnds();

    isLeftBeside(lab, ali, zahra, reza);
    events.hears("voicemail.left");
    isMailed(lab, reza);
    reza.calls("*97").talks().hears(ali).sends("*").callEnds();
  }

  @Test
  void norIsTheMessageAfterAConsultation(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone reza = mailbox(lab, lab.phone("Reza"));
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.hears(ali);
    zahra.consults(reza);
    reza.rings().callEnds();
    zahra.hangsUp();
    ali.callEnds();

    isLeftBeside(lab, ali, zahra, reza);
    isMailed(lab, reza);
  }

  @Test
  void norIsTheMessageToWhichAPhoneConnectsItsCalls(Lab lab) {
    Phone zahra = lab.recordedPhone("Zahra");
    Phone reza = mailbox(lab, lab.phone("Reza"));
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.hears(ali);
    zahra.calls(reza);
    reza.rings().callEnds();
    zahra.connectsItsCalls();
    ali.callEnds();

    isLeftBeside(lab, ali, zahra, reza);
  }

  @Test
  void consultingPartyThatReachedAMailboxMayCancel(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = mailbox(lab, lab.phone("Reza"));
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.consults(reza);
    reza.rings().callEnds();
    ali.hearsMusicInsteadOf(zahra, Duration.ofSeconds(1)).hears(zahra);
    ali.hangsUp();
    zahra.callEnds();

    CallSeen call = lab.callOf(ali).is("ANSWERED").withMessageFor(reza);
    lab.recording(call.message()).holdsFor(zahra, MESSAGE).holdsOnly(zahra);
    assertEquals(zahra.number(), listed(lab, reza).get(0).path("caller").asText());
  }

  @Test
  void messageForARecordedExtensionIsTheOnlyRecording(Lab lab) {
    Phone zahra = mailbox(lab, lab.recordedPhone("Zahra"));
    Phone ali = leaves(lab, lab.line(zahra), zahra, "Ali", 1);

    CallSeen call = lab.callOf(ali).is("VOICEMAIL").withoutRecording().withMessageFor(zahra);
    lab.recording(call.message()).holdsFor(ali, MESSAGE).holdsOnly(ali);
  }

  @Test
  void silenceAfterTheBeepIsNoMessage(Lab lab) {
    Phone zahra = mailbox(lab).isBusy();
    Line line = lab.line(zahra);
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra)).talks();
    eventually("the beep is over", SOON, () -> voicesHeard(lab, ali) == 2);
    ali.hangsUp();

    String recording = lab.callOf(ali).is("ABANDONED").withoutRecording().lastDecided("recording");
    assertFalse(recording.isEmpty());
    assertFalse(lab.recording(recording).exists());
    assertEquals(List.of(), messages(lab, zahra));
  }

  @Test
  void aCallerWithoutAVoiceLeavesNoMessage(Lab lab) {
    Phone zahra = mailbox(lab);
    RawPhone muted = lab.rawDeskPhone("Muted").mutes().registers();
    RawPhone vanished = lab.rawDeskPhone("Vanished").mutes().registers();
    RawPhone speaking = lab.rawDeskPhone("Speaking").registers();
    muted.calls(zahra.number()).talks();
    vanished.calls(zahra.number()).talks().losesItsNetwork();
    muted.callEnds();
    speaking.calls(zahra.number()).talks().callEnds();

    for (String caller : List.of(muted.number(), vanished.number())) {
      String recording =
          lab.callsFrom(caller, 1)
              .getFirst()
              .is("MISSED")
              .endedBy("SYSTEM")
              .withoutRecording()
              .lastDecided("recording");
      assertFalse(recording.isEmpty());
      assertFalse(lab.recording(recording).exists());
    }
    lab.callsFrom(speaking.number(), 1).getFirst().is("VOICEMAIL").withMessageFor(zahra);
    assertEquals(List.of("new"), messages(lab, zahra));
  }

  @Test
  void messageIsMarkedAndDeletedByRest(Lab lab) {
    Phone zahra = mailbox(lab);
    ReceivedEvents events = lab.events();
    Phone ali = leaves(lab, lab.line(zahra), zahra, "Ali", 1);
    String recording = listed(lab, zahra).get(0).path("recording").asText();
    String path = "/extensions/" + zahra.number() + "/voicemail/" + recording;

    lab.office().send("PATCH", path, Map.of("heard", true));
    assertEquals(List.of("heard"), messages(lab, zahra));
    lab.office().send("PATCH", path, Map.of("heard", false));
    assertEquals(List.of("new"), messages(lab, zahra));
    zahra.calls("*97").talks().hears(ali).sends("*").callEnds();

    lab.office().send("DELETE", path, Map.of());
    assertEquals(List.of(), messages(lab, zahra));
    assertEquals(404, lab.office().download("/recordings/" + recording).statusCode());
    for (String type : List.of("heard", "unheard", "deleted")) {
      events.hears("voicemail." + type);
    }
    isUnknown(lab, "PATCH", path, Map.of("heard", true));
    isUnknown(lab, "DELETE", path, Map.of());
  }

  @Test
  void whatHappensToAMessageIsToldToTheKeyOfTheMailboxThoughItsPhoneWasNotCalled(Lab lab) {
    Phone zahra = mailbox(lab);
    ReceivedEvents own = lab.eventsOf(zahra);
    Line line = lab.line(zahra);
    String straight = line.number("voicemail:" + zahra.number(), SOON, false);
    line.caller("Ali").calls(straight).talks().callEnds();
    String mailbox = "extension:" + zahra.number();
    String recording = own.hearsOf("voicemail.left", mailbox).path("recording").asText();
    own.hearsOf("recording.ready", "recording:" + recording);
    String path = "/extensions/" + zahra.number() + "/voicemail/" + recording;
    lab.office().send("DELETE", path, Map.of());
    own.hearsOf("recording.deleted", "recording:" + recording);
  }

  private static void isUnknown(Lab lab, String method, String path, Map<String, Object> body) {
    Executable send = () -> lab.office().send(method, path, body);
    String error = String.valueOf(assertThrows(AssertionError.class, send).getMessage());
    assertTrue(error.contains("404"), error);
  }

  private static int voicesHeard(Lab lab, Phone caller) {
    return (int)
        lab.journal().rows().stream()
            .filter(row -> row.type() == Cel.STREAM_END)
            .filter(row -> row.callerNumber().equals(caller.number()))
            .count();
  }

  /// The recording contains both parties and no message; the message contains the caller only and
  /// is in the mailbox.
  private static void isLeftBeside(Lab lab, Phone caller, Phone desk, Phone owner) {
    CallSeen call = lab.callOf(caller).is("ANSWERED").withRecording().withMessageFor(owner);
    lab.recordingOf(caller)
        .holdsTogether(caller, desk)
        .neverHoldsWithout(caller, desk)
        .holdsOnly(caller, desk);
    lab.recording(call.message()).holdsFor(caller, MESSAGE).holdsOnly(caller);
    assertEquals(List.of("new"), messages(lab, owner));
    JsonNode message = listed(lab, owner).get(0);
    assertEquals(call.id(), message.path("call").asText());
    assertEquals(caller.number(), message.path("caller").asText());
    assertEquals("Ali", message.path("callerName").asText());
  }

  private static void isMailed(Lab lab, Phone owner) {
    String address = address(owner);
    eventually("the e-mail is there", SOON, () -> lab.office().mailsTo(address).size() == 1);
  }

  private static String address(Phone owner) {
    return "owner" + owner.number() + "@example.ir";
  }

  private static Phone mailbox(Lab lab) {
    return mailbox(lab, lab.phone("Zahra"));
  }

  /// With its own short greeting.
  private static Phone mailbox(Lab lab, Phone owner) {
    String greeting = lab.office().part("prompts", Map.of("sound", "beep"));
    lab.office()
        .says(
            owner.number(),
            Map.of(
                "email",
                address(owner),
                "mailbox",
                Map.of("greeting", greeting, "longest", "PT4S", "byEmail", true),
                "forwards",
                Map.of("noAnswerAfter", "PT1S")));
    return owner;
  }

  /// A caller speaks after the beep for as long as allowed.
  private static Phone leaves(Lab lab, Line line, Phone zahra, String name, int messages) {
    Phone caller = line.caller(name).calls(line.numberOf(zahra)).talks().callEnds();
    eventually(
        "the message can be heard",
        SOON,
        () -> {
          JsonNode listed = listed(lab, zahra);
          return listed.size() == messages && listed.get(0).path("state").asText().equals("ready");
        });
    String duration = listed(lab, zahra).get(0).path("duration").asText();
    assertTrue(Duration.parse(duration).compareTo(Duration.ofSeconds(3)) > 0, duration);
    return caller;
  }

  private static JsonNode listed(Lab lab, Phone phone) {
    return lab.office().get("/extensions/" + phone.number() + "/voicemail").path("items");
  }

  private static List<String> messages(Lab lab, Phone phone) {
    return lab.items("/extensions/" + phone.number() + "/voicemail")
        .map(message -> message.has("heardAt") ? "heard" : "new")
        .toList();
  }
}
