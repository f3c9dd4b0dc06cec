package io.tamas;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Phone;
import io.tamas.lab.RawPhone;
import io.tamas.lab.ReceivedEvents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// What is seen of calls in progress: who talks, who waits, for how long; and whose they turn out
/// to be.
@InTheLab
class CallProgressIT {
  private static final Duration SOON = Duration.ofSeconds(10);

  @Test
  void holdAndWhoWaitsAreSeenLive(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    ReceivedEvents events = lab.events();
    Phone ali = lab.callerTalkingTo(zahra);
    is(lab, ali, "TALKING", "");
    zahra.holds();
    is(lab, ali, "ON_HOLD", ali.number());
    String call = live(lab, ali).orElseThrow().path("id").asText();
    eventually(
        "the hold is an event",
        SOON,
        () ->
            !progress(events, call).isEmpty()
                && progress(events, call).getLast().equals("ON_HOLD " + ali.number()));
    try (ReceivedEvents late = lab.office().events("")) {
      JsonNode first = late.snapshot();
      JsonNode shown =
          StreamSupport.stream(first.path("calls").spliterator(), false)
              .filter(one -> one.path("id").asText().equals(call))
              .findFirst()
              .orElseThrow();
      assertEquals("ON_HOLD " + ali.number(), text(shown));
      assertTrue(Duration.parse(shown.path("hold").asText()).isPositive(), shown::toPrettyString);
    }
    growsWhileItLasts(lab, ali, "hold");
    zahra.resumes();
    is(lab, ali, "TALKING", "");
    growsWhileItLasts(lab, ali, "talk");
    ali.hangsUp();
    zahra.callEnds();
    lab.callOf(ali).is("ANSWERED").heldFor(Duration.ofMillis(1));
    JsonNode ended = lab.office().get("/calls/" + call);
    assertFalse(ended.has("progress"), ended::toPrettyString);
    assertEquals(List.of(), lab.office().recordsUnlikeTheJournal());
  }

  @Test
  void theHeldPhoneWaitsWhereTheCallerHolds(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone ali = lab.callerTalkingTo(zahra);
    ali.holds();
    is(lab, ali, "ON_HOLD", zahra.number());
    ali.resumes();
    is(lab, ali, "TALKING", "");
    ali.hangsUp();
    zahra.callEnds();
  }

  @Test
  void aParkedCallerWaits(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone ali = lab.callerTalkingTo(zahra);
    ReceivedEvents events = lab.events();
    String slot = zahra.parks();
    zahra.callEnds();
    is(lab, ali, "ON_HOLD", ali.number());
    eventually(
        "its slot is shown",
        SOON,
        () ->
            live(lab, ali)
                .filter(one -> one.at("/progress/slot").asText().equals(slot))
                .isPresent());
    String call = live(lab, ali).orElseThrow().path("id").asText();
    eventually(
        "its slot is an event",
        SOON,
        () ->
            events.of("call.changed", "call:" + call).stream()
                .anyMatch(one -> one.at("/progress/slot").asText().equals(slot)));
    zahra.calls(slot).talks();
    is(lab, ali, "TALKING", "");
    assertFalse(live(lab, ali).orElseThrow().at("/progress").has("slot"));
    ali.hangsUp();
    zahra.callEnds();
    lab.callOf(ali).is("ANSWERED");
    JsonNode parking = lab.office().get("/calls/" + call).at("/parkings/0");
    assertEquals(slot, parking.path("slot").asText());
    assertEquals(ali.number(), parking.path("party").asText());
    assertEquals(List.of(), lab.office().recordsUnlikeTheJournal());
  }

  @Test
  void aCallIsTiedToTheProfileThatIsMadeDuringIt(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    ReceivedEvents events = lab.events();
    Phone ali = lab.callerTalkingTo(zahra);
    String call = live(lab, ali).orElseThrow().path("id").asText();
    lab.office().profile("Ali Karimi", ali.number());
    eventually(
        "the live call has the profile",
        SOON,
        () -> live(lab, ali).filter(one -> one.has("profile")).isPresent());
    isIdentified(events, call, "Ali Karimi");
    ali.hangsUp();
    zahra.callEnds();
    lab.callOf(ali).is("ANSWERED");
    JsonNode record = lab.office().get("/calls/" + call);
    assertTrue(record.has("profile"), record::toPrettyString);
    assertEquals("Ali Karimi", record.path("callerName").asText());
    assertEquals(List.of(), lab.office().recordsUnlikeTheJournal());
  }

  @Test
  void anEndedCallIsTiedToTheProfilesThatAreMadeAfterIt(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone ali = lab.callerTalkingTo(zahra);
    ali.hangsUp();
    zahra.callEnds();
    String call = lab.callOf(ali).id();
    assertFalse(lab.office().get("/calls/" + call).has("profile"));
    ReceivedEvents events = lab.events();
    try (ReceivedEvents own = lab.eventsOf(zahra);
        ReceivedEvents others = lab.eventsOf(lab.phone("Mina"))) {
      lab.office().profile("Ali Karimi", ali.number());
      isIdentified(events, call, "Ali Karimi");
      isIdentified(own, call, "Ali Karimi");
      String later = lab.office().part("extension-groups", Map.of("title", "Sales"));
      eventually(
          "all before is told",
          SOON,
          () -> others.subjects("company.").contains("company:extension-group/" + later));
      assertEquals(List.of(), others.of("caller.identified", "call:" + call));
    }
    JsonNode record = lab.office().get("/calls/" + call);
    long profile = record.path("profile").asLong();
    assertEquals(
        List.of(call),
        lab.items("/calls?profile=" + profile).map(one -> one.path("id").asText()).toList());
    assertEquals(List.of(), lab.office().recordsUnlikeTheJournal());
    assertEquals(profile, lab.office().get("/calls/" + call).path("profile").asLong());
  }

  @Test
  void aRecordedCallWithoutAnyVoiceHasAStateOfItsOwn(Lab lab) {
    RawPhone zahra = lab.rawDeskPhone("Zahra").registers().mutes();
    RawPhone mina = lab.rawDeskPhone("Mina").registers().mutes();
    lab.office().says(zahra.number(), Map.of("record", List.of("INTERNAL")));
    ReceivedEvents events = lab.events();
    mina.calls(zahra.number());
    zahra.rings().answers();
    mina.talks();
    eventually("it is answered", SOON, () -> live(lab, mina.number()).isPresent());
    mina.leaves();
    zahra.callEnds();
    events.hears("recording.failed");
    String recording =
        events.subjects("recording.failed").getFirst().substring("recording:".length());
    assertEquals(
        "empty",
        events.of("recording.failed", "recording:" + recording).getFirst().path("state").asText());
  }

  private static void isIdentified(ReceivedEvents events, String call, String name) {
    eventually(
        "the caller is identified",
        SOON,
        () -> !events.of("caller.identified", "call:" + call).isEmpty());
    List<JsonNode> told = events.of("caller.identified", "call:" + call);
    assertEquals(1, told.size());
    assertEquals(name, told.getFirst().at("/candidates/0/name").asText());
    assertEquals(call, told.getFirst().path("call").asText());
  }

  private static void growsWhileItLasts(Lab lab, Phone caller, String field) {
    Duration before = duration(lab, caller, field);
    eventually(field + " grows", SOON, () -> duration(lab, caller, field).compareTo(before) > 0);
  }

  private static Duration duration(Lab lab, Phone caller, String field) {
    return Duration.parse(live(lab, caller).orElseThrow().path(field).asText());
  }

  /// @param waiting the parties that wait
  private static void is(Lab lab, Phone caller, String state, String waiting) {
    eventually(
        "it is " + state + " with " + waiting + ": " + live(lab, caller),
        SOON,
        () ->
            live(lab, caller)
                .filter(one -> text(one).equals((state + " " + waiting).strip()))
                .isPresent());
  }

  private static List<String> progress(ReceivedEvents events, String call) {
    return events.of("call.changed", "call:" + call).stream().map(CallProgressIT::text).toList();
  }

  private static String text(JsonNode call) {
    StringBuilder text = new StringBuilder(call.at("/progress/state").asText());
    call.at("/progress/waiting").forEach(one -> text.append(' ').append(one.asText()));
    return text.toString();
  }

  private static Optional<JsonNode> live(Lab lab, Phone caller) {
    return live(lab, caller.number());
  }

  private static Optional<JsonNode> live(Lab lab, String caller) {
    return lab.items("/live-calls")
        .filter(call -> call.path("caller").asText().equals(caller))
        .filter(call -> call.path("status").asText().equals("ANSWERED"))
        .findFirst();
  }
}
