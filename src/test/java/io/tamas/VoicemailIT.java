package io.tamas;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Messages that are left, and heard at the own phone.
@InTheLab
class VoicemailIT {
  private static final Duration SOON = Duration.ofSeconds(30);

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
  void whoHangsUpBeforeTheEndHearsItAgain(Lab lab) {
    Phone zahra = mailbox(lab);
    Phone ali = leaves(lab, lab.line(zahra), zahra, "Ali", 1);

    zahra.calls("*97").talks().hears(ali).hangsUp();
    lab.callsFrom(zahra.number(), 2);
    assertEquals(List.of("new"), messages(lab, zahra));
  }

  @Test
  void whoHasNoMailboxIsRefused(Lab lab) {
    lab.phone("Reza").calls("*97").isTold(404);
  }

  @Test
  void whoIsOutsideHearsNobodysMessages(Lab lab) {
    Phone zahra = mailbox(lab);
    Line line = lab.line(zahra);
    leaves(lab, line, zahra, "Sara", 1);
    zahra.willAnswer();
    lab.office().says(zahra.number(), Map.of("forwards", Map.of("noAnswerAfter", "PT20S")));
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra)).talks();
    zahra.talks();
    String call = talking(lab, ali);
    Map<String, Object> transfer = Map.of("to", "*97", "kind", "BLIND");
    lab.office().send("POST", "/calls/" + call + "/transfer", transfer);
    ali.callEnds();
    assertEquals(List.of("new"), messages(lab, zahra));
  }

  @Test
  void aMessageIsToldByEmailWithItsSound(Lab lab) throws Exception {
    Phone zahra = mailbox(lab);
    String address = "zahra" + zahra.number() + "@example.ir";
    lab.office()
        .says(
            zahra.number(),
            Map.of(
                "email",
                address,
                "language",
                "tr",
                "mailbox",
                Map.of("longest", "PT4S", "byEmail", true)));
    Phone ali = leaves(lab, lab.line(zahra), zahra, "Ali", 1);

    eventually("the e-mail is there", SOON, () -> lab.office().mailsTo(address).size() == 1);
    MimeMessage mail = lab.office().mailsTo(address).getFirst();
    assertEquals("Ali (" + ali.number() + ") tarafından yeni sesli mesaj", mail.getSubject());
    Path sound = folder.resolve("message.wav");
    try (InputStream attached = ((Multipart) mail.getContent()).getBodyPart(1).getInputStream()) {
      Files.copy(attached, sound);
    }
    assertTrue(ali.tone().seconds(sound) > 2);
  }

  private static Phone mailbox(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    lab.office()
        .says(
            zahra.number(),
            Map.of(
                "mailbox", Map.of("longest", "PT4S"),
                "forwards", Map.of("noAnswerAfter", "PT1S")));
    return zahra;
  }

  /// Somebody calls, and speaks after the beep for as long as may be.
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

  /// The id of the call of this caller, once it is answered.
  private static String talking(Lab lab, Phone caller) {
    String[] id = {""};
    eventually(
        "the call is answered",
        SOON,
        () -> {
          for (JsonNode call : lab.office().get("/live-calls").path("items")) {
            boolean answered = call.path("status").asText().equals("ANSWERED");
            if (answered && call.path("caller").asText().equals(caller.number())) {
              id[0] = call.path("id").asText();
            }
          }
          return !id[0].isEmpty();
        });
    return id[0];
  }

  private static JsonNode listed(Lab lab, Phone phone) {
    return lab.office().get("/extensions/" + phone.number() + "/voicemail").path("items");
  }

  private static List<String> messages(Lab lab, Phone phone) {
    return StreamSupport.stream(listed(lab, phone).spliterator(), false)
        .map(message -> message.has("heardAt") ? "heard" : "new")
        .toList();
  }
}
