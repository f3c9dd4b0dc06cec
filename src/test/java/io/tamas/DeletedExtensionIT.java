package io.tamas;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Lamp;
import io.tamas.lab.Phone;
import io.tamas.lab.ReceivedEvents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// What is left of an extension that was deleted: nothing that its number's next owner sees or
/// hears.
@InTheLab
class DeletedExtensionIT {
  private static final Duration SOON = Duration.ofSeconds(10);

  /// In tenths of a second.
  private static final int MESSAGE = 30;

  @Test
  void phoneOfADeletedExtensionIsPutOutAtOnceAndRingsNeverAgain(Lab lab) {
    Phone first = lab.phone("First");
    Phone omid = lab.phone("Omid").willAnswer();
    first.calls(omid).talks();
    omid.talks();
    lab.deletes(first);
    omid.callEnds();
    first.callEnds();
    lab.callOf(first).is("ANSWERED").answeredBy(omid);

    Phone next = lab.nextOwner(first, "Next").willAnswer();
    omid.calls(next).talks().hears(next);
    first.doesNotRing();
    omid.hangsUp();
    next.callEnds();
  }

  @Test
  void whoIsInTheMailboxOfADeletedExtensionIsPutOutAndTheMessageIsNobodys(Lab lab) {
    String greeting = lab.office().part("prompts", Map.of("sound", "beep"));
    Map<String, Object> mailbox =
        Map.of("mailbox", Map.of("greeting", greeting, "longest", "PT1M", "byEmail", false));
    Phone first = lab.phone("First").isBusy();
    lab.office().says(first.number(), mailbox);
    Phone sara = lab.phone("Sara").isBusy();
    lab.office().says(sara.number(), mailbox);
    Phone omid = lab.phone("Omid").calls(first).talks();
    Phone reza = lab.phone("Reza").calls(sara).talks();
    speaks(lab, omid);
    speaks(lab, reza);
    lab.deletes(first);
    omid.callEnds();

    Phone next = lab.nextOwner(first, "Next");
    lab.office().says(next.number(), mailbox);
    lab.callOf(omid).is("VOICEMAIL").endedBy("SYSTEM").withMessageFor(first);
    assertEquals(0, lab.items(messagesOf(next)).count());
    reza.hangsUp();
    lab.callOf(reza).is("VOICEMAIL").endedBy("CALLER").withMessageFor(sara);
    assertEquals(1, lab.items(messagesOf(sara)).count());
  }

  /// Long enough for a message.
  private static void speaks(Lab lab, Phone caller) {
    Predicate<JsonNode> isIts = call -> call.path("caller").asText().equals(caller.number());
    eventually(
        "a message of " + caller.number(),
        Duration.ofSeconds(30),
        () ->
            lab.items("/live-calls")
                .filter(isIts)
                .map(call -> call.at("/decisions").findValuesAsText("recording"))
                .filter(ids -> !ids.isEmpty())
                .map(ids -> lab.recording(ids.getLast()))
                .anyMatch(message -> message.exists() && message.tenths() > MESSAGE));
  }

  private static String messagesOf(Phone phone) {
    return "/extensions/" + phone.number() + "/voicemail";
  }

  @Test
  void lampsOfADeletedExtensionGoOut(Lab lab) {
    Phone sara = lab.phone("Sara").willAnswer();
    Lamp lamp = lab.lampOf(sara.number()).isDark();
    lab.office().send("DELETE", "/extensions/" + lamp.owner(), Map.of());
    lamp.goesOut();
    Phone omid = lab.phone("Omid");
    omid.calls(sara).talks();
    lab.lampOf(sara.number()).isLit();
    assertEquals("terminated", lamp.state());
    omid.hangsUp();
  }

  @Test
  void keyOfTheNextOwnerReadsTheirOwnCallsAndNoneOfTheOneBefore(Lab lab) {
    Phone first = lab.phone("First").willAnswer();
    Phone omid = lab.phone("Omid");
    String former = key(lab, first, "former");
    String colleague = key(lab, omid, "colleague");
    omid.calls(first).talks();
    omid.hangsUp();
    String old = lab.callOf(omid).is("ANSWERED").id();
    assertEquals(List.of(old), calls(lab, former));
    lab.deletes(first);
    refused(401, () -> calls(lab, former));

    Phone next = lab.nextOwner(first, "Next").willAnswer();
    refused(401, () -> calls(lab, former));
    String own = key(lab, next, "own");
    assertEquals(List.of(), calls(lab, own));
    refused(404, () -> lab.office().send(own, "GET", "/calls/" + old, Map.of()));
    omid.calls(next).talks();
    eventually("it is live", SOON, () -> ids(lab, own, "/live-calls").size() == 1);
    omid.hangsUp();
    next.callEnds();
    eventually("it is in the list", SOON, () -> calls(lab, own).size() == 1);
    assertTrue(calls(lab, colleague).contains(old));
    refused(403, () -> ids(lab, own, "/calls?extension=" + omid.number()));
  }

  @Test
  void keyOfAnExtensionReceivesTheEventsOfItsOwnCallsUntilTheExtensionIsDeleted(Lab lab) {
    long before = lab.events().hears("snapshot").lastId();
    Phone first = lab.phone("First").willAnswer();
    Phone reza = lab.phone("Reza").willAnswer();
    Phone omid = lab.phone("Omid");
    Phone sara = lab.phone("Sara");
    ReceivedEvents former = lab.eventsWith(key(lab, first, "former"), "").hears("snapshot");
    sara.calls(reza).talks();
    sara.hangsUp();
    reza.callEnds();
    lab.callOf(sara).is("ANSWERED");
    omid.calls(first).talks();
    omid.hangsUp();
    former.hears("call.ended");
    String own = "call:" + lab.callOf(omid).id();
    assertEquals(List.of(own), former.subjects("call."));
    lab.deletes(first);
    former.isClosedWith(1008);

    Phone next = lab.nextOwner(first, "Next").willAnswer();
    ReceivedEvents later = lab.eventsWith(key(lab, next, "next"), "?after=" + before);
    sara.calls(next).talks();
    sara.hangsUp();
    later.hears("call.ended");
    assertEquals(1, later.subjects("call.").size());
    assertNotEquals(List.of(own), later.subjects("call."));
  }

  private static List<String> calls(Lab lab, String key) {
    return ids(lab, key, "/calls");
  }

  private static List<String> ids(Lab lab, String key, String path) {
    JsonNode items = lab.office().send(key, "GET", path, Map.of()).path("items");
    return StreamSupport.stream(items.spliterator(), false)
        .map(call -> call.path("id").asText())
        .toList();
  }

  private static String key(Lab lab, Phone phone, String name) {
    Map<String, Object> key =
        Map.of(
            "name",
            name + "-" + phone.number(),
            "scopes",
            List.of("read", "call"),
            "extension",
            phone.number());
    return lab.office().send("POST", "/keys", key).path("key").asText();
  }

  private static void refused(int status, Runnable request) {
    AssertionError refusal = assertThrows(AssertionError.class, request::run);
    assertTrue(
        String.valueOf(refusal.getMessage()).contains(String.valueOf(status)), refusal::getMessage);
  }
}
