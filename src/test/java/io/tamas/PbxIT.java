package io.tamas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.lab.Eventually;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Menus, forwards, groups, mailboxes and codes, by real phones on the real Asterisk.
@InTheLab
class PbxIT {
  /// Until nobody has answered.
  private static final Duration SHORT = Duration.ofSeconds(3);

  /// Where somebody answers.
  private static final Duration LONG = Duration.ofSeconds(20);

  @Test
  void aMenuLeadsToTheKeyThatIsPressed(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    Phone ali = line.caller("Ali").calls(line.number(menu(lab, zahra, zahra))).talks();
    ali.sends("1");
    zahra.rings().answers();
    ali.hears(zahra);
    ali.hangsUp();
    lab.callOf(ali).is("ANSWERED").answeredBy(zahra).decidedBy("route:").withLegs("answered");
  }

  @Test
  void whoKnowsTheExtensionDialsItIntoTheGreeting(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Line line = lab.line(zahra);
    Phone ali = line.caller("Ali").calls(line.number(menu(lab, zahra, zahra))).talks();
    ali.sends(reza.number());
    reza.talks();
    ali.hangsUp();
    lab.callOf(ali).is("ANSWERED").answeredBy(reza).withLegs("answered");
    zahra.doesNotRing();
  }

  @Test
  void whoPressesNothingIsLedOn(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Line line = lab.line(zahra);
    Phone ali = line.caller("Ali").calls(line.number(menu(lab, zahra, reza))).talks();
    reza.talks();
    ali.hangsUp();
    lab.callOf(ali).is("ANSWERED").answeredBy(reza).withLegs("answered");
    zahra.doesNotRing();
  }

  @Test
  void whoPressesTheWrongKeyTwiceIsToldSo(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    Phone ali = line.caller("Ali").calls(line.number(menu(lab, zahra, zahra))).talks();
    ali.sends("5");
    hearsGreetings(lab, 2);
    ali.sends("5").callEnds();
    lab.callOf(ali).is("ANNOUNCEMENT").answeredByNobody().withLegs();
    zahra.doesNotRing();
  }

  @Test
  void menusLieInEachOther(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Line line = lab.line(zahra);
    String inner = keysOnly(lab, Map.of("2", to(reza)), zahra);
    String outer = keysOnly(lab, Map.of("1", inner), zahra);
    Phone ali = line.caller("Ali").calls(line.number(outer)).talks();
    ali.sends("12");
    reza.talks();
    ali.hangsUp();
    lab.callOf(ali).is("ANSWERED").answeredBy(reza).withLegs("answered");
  }

  @Test
  void whoGivesUpInAMenuHasAbandonedTheCall(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    Phone ali = line.caller("Ali").calls(line.number(menu(lab, zahra, zahra))).talks();
    ali.hangsUp();
    lab.callOf(ali).is("ABANDONED").answeredByNobody().withLegs().endedBy("CALLER");
  }

  @Test
  void aForwardOfAllCalls(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Line line = lab.line(zahra);
    lab.office().says(zahra.number(), Map.of("forwards", Map.of("always", to(reza))));
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra)).talks().hangsUp();
    lab.callOf(ali).is("ANSWERED").answeredBy(reza).withLegs("answered");
    zahra.doesNotRing();
  }

  @Test
  void aForwardWhenBusy(Lab lab) {
    Phone zahra = lab.phone("Zahra").isBusy();
    Phone reza = lab.phone("Reza").willAnswer();
    Line line = lab.line(zahra);
    lab.office().says(zahra.number(), Map.of("forwards", Map.of("busy", to(reza))));
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra)).talks().hangsUp();
    lab.callOf(ali).is("ANSWERED").answeredBy(reza).withLegs("busy", "answered");
  }

  @Test
  void aChainOfForwardsWhenNobodyAnswersOrIsThere(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    String nobody = lab.extensionWithoutPhone("Nobody");
    Phone reza = lab.phone("Reza").willAnswer();
    Line line = lab.line(zahra);
    lab.office()
        .says(
            zahra.number(),
            Map.of("forwards", Map.of("noAnswer", "extension:" + nobody, "noAnswerAfter", "PT3S")));
    lab.office().says(nobody, Map.of("forwards", Map.of("unreachable", to(reza))));
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra)).talks().hangsUp();
    lab.callOf(ali)
        .is("ANSWERED")
        .answeredBy(reza)
        .withLegs("no-answer", "unreachable", "answered");
  }

  @Test
  void forwardsInACircleEnd(Lab lab) {
    Phone zahra = lab.phone("Zahra").isBusy();
    Phone reza = lab.phone("Reza").isBusy();
    Line line = lab.line(zahra);
    lab.office().says(zahra.number(), Map.of("forwards", Map.of("busy", to(reza))));
    lab.office().says(reza.number(), Map.of("forwards", Map.of("busy", to(zahra))));
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra)).callEnds();
    lab.callOf(ali).answeredByNobody().withLegs("busy", "busy");
  }

  @Test
  void nobodyInAGroupAnswersAndAnotherGroupIsRung(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Line line = lab.line(zahra);
    String second = lab.office().ringAll(List.of(reza.number()), LONG);
    String first =
        lab.office()
            .part(
                "ring-groups",
                Map.of(
                    "strategy",
                    "RING_ALL",
                    "members",
                    List.of(zahra.number()),
                    "ring",
                    SHORT,
                    "overflow",
                    second));
    Phone ali = line.caller("Ali").calls(line.number("ring-group:" + first)).talks().hangsUp();
    lab.callOf(ali).is("ANSWERED").answeredBy(reza).withLegs("no-answer", "answered");
  }

  @Test
  void membersTakeTurnsOverTenCalls(Lab lab) {
    Phone zahra = lab.phone("Zahra").willAnswer();
    Phone reza = lab.phone("Reza").willAnswer();
    Line line = lab.line(zahra);
    String group =
        lab.office()
            .part(
                "ring-groups",
                Map.of(
                    "strategy",
                    "ROUND_ROBIN",
                    "members",
                    List.of(zahra.number(), reza.number()),
                    "ring",
                    SHORT));
    String number = line.number("ring-group:" + group);
    for (int call = 0; call < 10; call++) {
      Phone ali = line.caller("Ali").calls(number).talks().hangsUp();
      lab.callOf(ali).is("ANSWERED").answeredBy(call % 2 == 0 ? zahra : reza).withLegs("answered");
      ali.close();
    }
  }

  @Test
  void aMemberMayRingLater(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Line line = lab.line(zahra);
    String group =
        lab.office()
            .part(
                "ring-groups",
                Map.of(
                    "strategy", "RING_ALL",
                    "members", List.of(zahra.number(), reza.number()),
                    "delays", Map.of(reza.number(), "PT3S"),
                    "ring", Duration.ofSeconds(15)));
    Phone ali = line.caller("Ali").calls(line.number("ring-group:" + group));
    zahra.rings();
    reza.talks();
    ali.talks().hears(reza);
    ali.hangsUp();
    lab.callOf(ali).is("ANSWERED").answeredBy(reza).withLegs("answered-elsewhere", "answered");
  }

  @Test
  void aMessageIsTakenWhenNobodyAnswers(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    lab.office()
        .says(
            zahra.number(),
            Map.of(
                "mailbox", Map.of("longest", "PT6S"),
                "forwards", Map.of("noAnswerAfter", "PT3S")));
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra)).talks().callEnds();
    lab.callOf(ali).is("VOICEMAIL").answeredByNobody().withLegs("no-answer").withRecording();
  }

  @Test
  void whoLeavesBeforeTheBeepHasLeftNoMessage(Lab lab) {
    Phone zahra = lab.phone("Zahra").isBusy();
    Line line = lab.line(zahra);
    lab.office().says(zahra.number(), Map.of("mailbox", Map.of()));
    Phone ali = line.caller("Ali").calls(line.numberOf(zahra)).talks().hangsUp();
    lab.callOf(ali).is("ABANDONED").withLegs("busy").withoutRecording();
  }

  @Test
  void aPhoneAsksNotToBeDisturbedAndToBeDisturbedAgain(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Phone sara = lab.phone("Sara");
    zahra.calls("*78").talks().callEnds();
    reza.calls(zahra).isTold(486);
    zahra.calls("*79").talks().callEnds();
    sara.calls(zahra);
    zahra.rings().answers();
    sara.talks().hangsUp();
    lab.callOf(reza).is("BUSY").answeredByNobody().withLegs();
    lab.callOf(sara).is("ANSWERED").answeredBy(zahra);
  }

  @Test
  void aPhoneForwardsItsCallsByACode(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Phone sara = lab.phone("Sara");
    zahra.calls("*72" + reza.number()).talks().callEnds();
    sara.calls(zahra).talks().hangsUp();
    lab.callOf(sara).is("ANSWERED").answeredBy(reza);
  }

  @Test
  void anExtensionMayNotCallOtherGroups(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    String group = lab.office().part("extension-groups", Map.of("title", "Board"));
    lab.office().says(zahra.number(), Map.of("mayCall", List.of(group)));
    zahra.calls(reza).isTold(403);
    lab.callOf(zahra).is("REJECTED").answeredByNobody().withLegs();
    reza.doesNotRing();
  }

  @Test
  void whoClaimsToBeAnExtensionFromOutsideIsShownAsNobody(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza");
    Line line = lab.line(zahra);
    Phone liar = line.caller("Reza", reza.number()).calls(line.numberOf(zahra));
    zahra.rings().showingNumber("anonymous").answers();
    liar.hangsUp();
    zahra.callEnds();
  }

  @Test
  void nobodyCallsOutsideWithoutAProfile(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    zahra.calls("09121234567").isTold(403);
    lab.callOf(zahra).is("REJECTED").answeredByNobody().withLegs();
  }

  /// The only caller of this test has heard the greeting begin so many times.
  private static void hearsGreetings(Lab lab, int times) {
    Eventually.eventually(
        "the greeting is heard again",
        Duration.ofSeconds(15),
        () ->
            lab.journal().rows().reversed().stream()
                    .takeWhile(row -> !row.type().equals("CHAN_START"))
                    .filter(row -> row.type().equals("STREAM_BEGIN"))
                    .count()
                >= times);
  }

  @Test
  void aSimulationTellsWhatTheCallDoes(Lab lab) {
    Phone zahra = lab.phone("Zahra").isBusy();
    Phone reza = lab.phone("Reza").willAnswer();
    Line line = lab.line(zahra);
    lab.office().says(zahra.number(), Map.of("forwards", Map.of("busy", to(reza))));
    String number = line.number(keysOnly(lab, Map.of("1", to(zahra)), reza));
    JsonNode steps =
        lab.office()
            .send(
                "POST",
                "/simulate",
                Map.of(
                    "trunk",
                    line.trunk(),
                    "from",
                    "09121234567",
                    "to",
                    number,
                    "answers",
                    List.of("key:1", "busy")))
            .path("steps");
    assertEquals(List.of("menu", "ring", "ring"), steps.findValuesAsText("decision"));
    Phone ali = line.caller("Ali").calls(number).talks();
    ali.sends("1");
    reza.talks();
    ali.hangsUp();
    assertEquals(to(reza), steps.path(2).path("rings").path(0).asText());
    lab.callOf(ali)
        .is("ANSWERED")
        .answeredBy(reza)
        .decidedBy(steps.path(2).path("rule").asText())
        .withLegs("busy", "answered");
  }

  private static String to(Phone phone) {
    return "extension:" + phone.number();
  }

  /// Key 1 leads to `first`, nothing to `otherwise`, and twice something else to an announcement.
  private static String menu(Lab lab, Phone first, Phone otherwise) {
    Map<String, Object> menu = menu(lab, Map.of("1", to(first)), to(otherwise));
    return "menu:" + lab.office().part("menus", menu);
  }

  /// Extensions are not dialled in it: a key is taken at once.
  private static String keysOnly(Lab lab, Map<String, Object> options, Phone otherwise) {
    Map<String, Object> menu = new HashMap<>(menu(lab, options, to(otherwise)));
    menu.put("dialExtensions", false);
    return "menu:" + lab.office().part("menus", menu);
  }

  private static Map<String, Object> menu(Lab lab, Map<String, Object> options, String otherwise) {
    String greeting = lab.office().part("prompts", Map.of("sound", "hello-world"));
    return Map.of(
        "greeting",
        greeting,
        "options",
        options,
        "dialExtensions",
        true,
        "patience",
        "PT2S",
        "tries",
        2,
        "otherwise",
        otherwise,
        "wrong",
        lab.office().announcement("ss-noservice"));
  }
}
