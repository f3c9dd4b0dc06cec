package io.tamas;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Lamp;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import io.tamas.lab.ReceivedEvents;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A day at the office: people who are busy, groups and menus with numbers of their own, members
/// who forward their calls, and a schedule that is switched by hand.
@InTheLab
class OfficeIT {
  private static final Duration SOON = Duration.ofSeconds(10);

  private static final Map<String, Object> ALWAYS =
      Map.of(
          "days",
          Stream.of(DayOfWeek.values()).map(DayOfWeek::name).toList(),
          "from",
          "00:00",
          "to",
          "00:00");

  @Test
  void whoTalksIsBusyWithoutCallWaiting(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Phone mina = lab.phone("Mina").willAnswer();
    lab.office().says(zahra.number(), Map.of("callWaiting", false));
    zahra.calls(reza).talks();
    lab.becomes(zahra, "in-use");
    Line line = lab.line(reza);
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra)).isTold(486);
    lab.callOf(ali).is("BUSY").endedBy("SYSTEM").withCause(17).withParties();

    lab.office()
        .says(zahra.number(), Map.of("forwards", Map.of("busy", "extension:" + mina.number())));
    Phone sara = line.caller("Sara").calls(line.numberOf(zahra)).talks();
    mina.hears(sara);
    sara.hangsUp();
    mina.callEnds();
    zahra.doesNotRing().hangsUp();
    lab.callOf(sara)
        .is("ANSWERED")
        .answeredBy(mina)
        .withParties(mina.number() + " forwarded by " + zahra.number() + " answered");
  }

  @Test
  void ofCallsAtOneMomentOneRingsAPhoneWithoutCallWaiting(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    lab.office().says(zahra.number(), Map.of("callWaiting", false));
    ringsForOneOfThree(lab, zahra, zahra.number());
  }

  @Test
  void ofCallsAtOneMomentOneRingsTheMembersOfAGroup(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    String sales = lab.freeNumber();
    group(lab, Map.of("number", sales), zahra);
    ringsForOneOfThree(lab, zahra, sales);
  }

  /// The others hear busy, and the phone knows nothing of them.
  private static void ringsForOneOfThree(Lab lab, Phone phone, String number) {
    List<Phone> callers = Stream.of("Reza", "Mina", "Sara").map(lab::phone).toList();
    try (var together = Executors.newVirtualThreadPerTaskExecutor()) {
      callers.forEach(caller -> together.submit(() -> caller.calls(number)));
    }
    phone.rings().answers();
    List<JsonNode> refused = refused(lab, callers);
    assertEquals(2, refused.size(), refused::toString);
    assertEquals(List.of(0, 0), refused.stream().map(call -> call.path("legs").size()).toList());
    phone.hangsUp();
    callers.forEach(caller -> lab.callsFrom(caller.number(), 1));
  }

  /// The ended calls of these once there are two.
  private static List<JsonNode> refused(Lab lab, List<Phone> callers) {
    eventually("two calls have ended", SOON, () -> ended(lab, callers).size() == 2);
    return ended(lab, callers).stream()
        .filter(call -> call.path("status").asText().equals("BUSY"))
        .toList();
  }

  private static List<JsonNode> ended(Lab lab, List<Phone> callers) {
    return callers.stream()
        .flatMap(caller -> lab.items("/calls?extension=" + caller.number()))
        .toList();
  }

  @Test
  void theWholeNameOfAnExtensionIsInTheRecord(Lab lab) {
    String name = "Leila \"the boss\" \\ <کارشناس ارشد فروش و پشتیبانی مشتریان سازمانی>";
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    lab.office().says(zahra.number(), Map.of("name", name));
    zahra.calls(reza);
    reza.rings().answers();
    zahra.talks().hangsUp();
    reza.callEnds();
    String call = lab.callOf(zahra).is("ANSWERED").id();
    assertEquals(name, lab.office().get("/calls/" + call).path("callerName").asText());
    assertEquals(List.of(), lab.office().recordsUnlikeTheJournal());
  }

  @Test
  void aGroupAndAMenuAreDialledByNumbersOfTheirOwn(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    String sales = lab.freeNumber();
    group(lab, Map.of("number", sales), zahra, reza);
    zahra.calls(sales).talks();
    reza.hears(zahra);
    zahra.hangsUp();
    reza.callEnds();
    lab.callOf(zahra).of("INTERNAL", zahra.number(), sales).is("ANSWERED").answeredBy(reza);

    Phone mina = lab.phone("Mina");
    String main = lab.freeNumber();
    String greeting = lab.office().part("prompts", Map.of("sound", "hello-world"));
    lab.office()
        .part(
            "menus",
            Map.of(
                "greeting",
                greeting,
                "options",
                Map.of("7", "extension:" + reza.number()),
                "otherwise",
                "extension:" + reza.number(),
                "number",
                main));
    mina.calls(main).talks().sends("7");
    reza.hears(mina);
    mina.hangsUp();
    reza.callEnds();
    lab.callOf(mina).of("INTERNAL", mina.number(), main).is("ANSWERED").answeredBy(reza);
  }

  @Test
  void aCallIsTransferredToTheNumberOfAGroup(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    String sales = lab.freeNumber();
    group(lab, Map.of("number", sales), reza);
    Phone ali = lab.callerTalkingTo(zahra);
    zahra.transfersTo(sales).callEnds();
    reza.hears(ali);
    ali.hangsUp();
    reza.callEnds();
    lab.callOf(ali)
        .is("ANSWERED")
        .withParties(
            zahra.number() + " dialled answered",
            reza.number() + " transferred blind by " + zahra.number() + " answered");
  }

  @Test
  void aMemberWhoForwardsIsSkipped(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Phone mina = lab.phone("Mina");
    forwards(lab, zahra, "extension:" + mina.number());
    Line line = lab.line(reza);
    String sales = line.number(group(lab, Map.of(), zahra, reza));
    Phone ali = line.caller("Ali").calls(sales).talks();
    reza.hears(ali);
    ali.hangsUp();
    reza.callEnds();
    lab.callOf(ali).is("ANSWERED").withParties(reza.number() + " dialled answered");
    zahra.doesNotRing();
    mina.doesNotRing();
  }

  @Test
  void aMemberWhoForwardsIsFollowedInsideAndOutside(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone mina = lab.phone("Mina");
    Line line = lab.line(reza);
    Line out = lab.line(reza);
    Phone mobile = out.callee("Mobile");
    lab.mayCallOver(zahra, Map.of(), out);
    forwards(lab, zahra, "number:" + mobile.number());
    forwards(lab, reza, "extension:" + mina.number());
    String sales = line.number(group(lab, Map.of("forwards", "FOLLOW"), zahra, reza));
    Phone ali = line.caller("Ali").calls(sales);
    mina.rings();
    mobile.rings().answers();
    mobile.hears(ali);
    ali.talks().hears(mobile).hangsUp();
    mobile.callEnds();
    lab.callOf(ali)
        .is("ANSWERED")
        .answeredBy(mobile)
        .withParties(
            mina.number() + " dialled answered-elsewhere",
            mobile.number() + " forwarded by " + zahra.number() + " answered");
    zahra.doesNotRing();
    reza.doesNotRing();
    assertEquals(List.of(), lab.office().recordsUnlikeTheJournal());
  }

  @Test
  void aScheduleIsSwitchedByCodeAndByRestUntilATime(Lab lab) {
    Phone zahra = lab.phone("Zahra").willAnswer();
    Phone reza = lab.phone("Reza");
    Line line = lab.line(reza);
    String digits = lab.freeNumber();
    String code = digits.substring(digits.length() - 3);
    String office =
        lab.office()
            .part("schedules", Map.of("zone", "UTC", "hours", List.of(ALWAYS), "switchCode", code));
    String number =
        line.number(
            "extension:" + zahra.number(),
            Map.of("schedule", office, "closed", lab.office().announcement("hello-world")));
    ReceivedEvents events = lab.events();
    Lamp lamp = lab.lampOf("*28" + code).isDark();

    isOpen(line, number);
    reza.calls("*28" + code).talks().callEnds();
    String subject = "company:schedule/" + office;
    eventually(
        "the switch is told", SOON, () -> !events.of("schedule.switched", subject).isEmpty());
    assertEquals(
        "CLOSED", events.of("schedule.switched", subject).getFirst().path("state").asText());
    lamp.isLit();
    isClosed(line, number);
    reza.calls("*28" + code).talks().callEnds();
    lamp.isDark();
    assertFalse(lab.office().get("/schedules/" + office).has("override"));
    isOpen(line, number);

    Instant until = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(4);
    lab.office()
        .send(
            "PUT",
            "/schedules/" + office + "/override",
            Map.of("state", "CLOSED", "until", until.toString()));
    assertEquals(
        until.toString(),
        lab.office().get("/schedules/" + office).path("override").path("until").asText());
    lamp.isLit();
    isClosed(line, number);
    eventually("it is open again", SOON, () -> Instant.now().isAfter(until));
    isOpen(line, number);
    isOver(lab, office, events);
    lamp.isDark();

    LocalTime soon = LocalTime.now(ZoneOffset.UTC).plusHours(1).truncatedTo(ChronoUnit.MINUTES);
    reza.calls("*28" + code + "*" + soon.toString().replace(":", "")).talks().callEnds();
    isClosed(line, number);
    lab.office()
        .send(
            "PUT",
            "/schedules/" + office + "/override",
            Map.of("state", "CLOSED", "until", "2026-01-01T00:00:00Z"));
    assertFalse(lab.office().get("/schedules/" + office).has("override"));
    isOpen(line, number);
  }

  @Test
  void aSwitchWhoseTimePassesWhileTamasIsDownIsOverAtItsStart(Lab lab) {
    String digits = lab.freeNumber();
    String code = digits.substring(digits.length() - 3);
    Instant until = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(3);
    String office =
        lab.office()
            .part(
                "schedules",
                Map.of(
                    "zone",
                    "UTC",
                    "hours",
                    List.of(ALWAYS),
                    "switchCode",
                    code,
                    "override",
                    Map.of("state", "CLOSED", "until", until.toString())));
    Lamp lamp = lab.lampOf("*28" + code).isLit();
    lab.office().dies();
    eventually("its time is over", SOON, () -> Instant.now().isAfter(until));
    lamp.isLit();
    lab.office().recovers();
    lamp.isDark();
    eventually(
        "it is no longer switched",
        SOON,
        () -> !lab.office().get("/schedules/" + office).has("override"));
  }

  private static void isOver(Lab lab, String schedule, ReceivedEvents events) {
    eventually(
        "the end is told",
        SOON,
        () -> {
          List<JsonNode> told = events.of("schedule.switched", "company:schedule/" + schedule);
          return !told.getLast().has("state");
        });
    assertFalse(lab.office().get("/schedules/" + schedule).has("override"));
  }

  private static void isOpen(Line line, String number) {
    line.caller("Ali").calls(number).talks().hangsUp().callEnds();
  }

  private static void isClosed(Line line, String number) {
    line.caller("Ali").calls(number).hearsAVoice(Duration.ofMillis(300)).callEnds();
  }

  private static void forwards(Lab lab, Phone phone, String to) {
    lab.office().says(phone.number(), Map.of("forwards", Map.of("always", to)));
  }

  private static String group(Lab lab, Map<String, Object> more, Phone... members) {
    Map<String, Object> fields = new HashMap<>(more);
    fields.put("strategy", "RING_ALL");
    fields.put("members", Stream.of(members).map(Phone::number).toList());
    fields.put("ring", "PT20S");
    return "ring-group:" + lab.office().part("ring-groups", fields);
  }
}
