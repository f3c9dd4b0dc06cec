package io.tamas;

import io.tamas.asterisk.journal.RowType.Cel;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import io.tamas.lab.Tone;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Callers in menus: what they hear, what they dial, and where they are routed. Prompts are tones
/// by which they are recognised.
@InTheLab
class MenuIT {
  private static final Tone GREETING = new Tone(2500);
  private static final Tone INNER = new Tone(2600);
  private static final Tone NOTHING = new Tone(2700);
  private static final Tone WRONG = new Tone(2800);
  private static final Duration SHORT = Duration.ofSeconds(1);

  /// Longer than any step waits.
  private static final Duration ENDLESS = Duration.ofSeconds(40);

  @Test
  void keyInterruptsTheGreetingAndRoutesTheCall(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    String main = menu(lab, ENDLESS, zahra, Map.of("options", Map.of("1", to(zahra))));
    String number = line.number(main);
    Phone ali = line.caller("Ali").calls(number).hears(GREETING).sends("1");
    zahra.rings().answers();
    ali.hears(zahra).hearsInTurn(GREETING, zahra.tone()).hangsUp();
    lab.callOf(ali)
        .of("INBOUND", ali.number(), number)
        .is("ANSWERED")
        .answeredBy(zahra)
        .endedBy("CALLER")
        .withCause(16)
        .decidedBy("route:")
        .withParties(zahra.number() + " dialled answered");
  }

  @Test
  void extensionIsDialledDuringTheGreeting(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Line line = lab.line(zahra);
    String number = line.number(menu(lab, ENDLESS, zahra, Map.of("dialExtensions", true)));
    Phone ali = line.caller("Ali").calls(number).hears(GREETING).sends(reza.number());
    ali.hears(reza).hearsInTurn(GREETING, reza.tone()).hangsUp();
    lab.callOf(ali)
        .of("INBOUND", ali.number(), number)
        .is("ANSWERED")
        .endedBy("CALLER")
        .withParties(reza.number() + " dialled answered");
    zahra.doesNotRing();
  }

  @Test
  void noInputIsAnnouncedAndTheCallRoutedAfterTheLastTry(Lab lab) {
    Phone reza = lab.phone("Reza").willAnswer();
    Line line = lab.line(reza);
    Map<String, Object> options = Map.of("tries", 2, "noInput", lab.prompt(NOTHING, SHORT));
    String number = line.number(menu(lab, SHORT, reza, options));
    Phone ali = line.caller("Ali").calls(number).hears(reza);
    ali.hearsInTurn(GREETING, NOTHING, GREETING, reza.tone()).hangsUp();
    lab.callOf(ali)
        .of("INBOUND", ali.number(), number)
        .is("ANSWERED")
        .endedBy("CALLER")
        .withParties(reza.number() + " dialled answered");
  }

  @Test
  void wrongInputIsAnnouncedAndTheCallRoutedAfterTheLastTry(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Line line = lab.line(zahra);
    Map<String, Object> options =
        Map.of("tries", 2, "wrongInput", lab.prompt(WRONG, SHORT), "wrong", to(reza));
    String number = line.number(menu(lab, ENDLESS, zahra, options));
    Phone ali = line.caller("Ali").calls(number).hears(GREETING).sends("5");
    ali.hearsInTurn(GREETING, WRONG, GREETING).sends("5");
    ali.hears(reza).hearsInTurn(GREETING, WRONG, GREETING, reza.tone()).hangsUp();
    lab.callOf(ali)
        .of("INBOUND", ali.number(), number)
        .is("ANSWERED")
        .endedBy("CALLER")
        .withParties(reza.number() + " dialled answered");
    zahra.doesNotRing();
  }

  @Test
  void wrongKeysMayEndInAnAnnouncement(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    String sorry = "announcement:" + lab.prompt(WRONG, SHORT);
    String number = line.number(menu(lab, ENDLESS, zahra, Map.of("tries", 1, "wrong", sorry)));
    Phone ali = line.caller("Ali").calls(number).hears(GREETING).sends("5").callEnds();
    ali.hearsInTurn(GREETING, WRONG);
    lab.callOf(ali)
        .of("INBOUND", ali.number(), number)
        .is("ANNOUNCEMENT")
        .endedBy("SYSTEM")
        .withCause(16)
        .withParties();
    zahra.doesNotRing();
  }

  @Test
  void digitsAreDialledThroughSeveralMenus(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Line line = lab.line(zahra);
    String number = line.number(nested(lab, zahra, reza));
    Phone ali = line.caller("Ali").calls(number).hears(GREETING).sends("12");
    ali.hears(reza).hearsInTurn(GREETING, reza.tone()).hangsUp();
    lab.callOf(ali)
        .of("INBOUND", ali.number(), number)
        .is("ANSWERED")
        .endedBy("CALLER")
        .withParties(reza.number() + " dialled answered");
  }

  @Test
  void callerWhoHangsUpInTheGreetingHasAbandonedTheCall(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    String number = line.number(menu(lab, ENDLESS, zahra, Map.of()));
    Phone ali = line.caller("Ali").calls(number).hears(GREETING).hangsUp();
    isAbandoned(ali, number, lab);
  }

  @Test
  void callerWhoHangsUpWhileTheMenuWaitsHasAbandonedTheCall(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    String number = line.number(menu(lab, SHORT, zahra, Map.of("patience", ENDLESS)));
    Phone ali = line.caller("Ali").calls(number).hears(GREETING);
    lab.journal().tells(ali.number(), Cel.STREAM_END);
    ali.hangsUp();
    isAbandoned(ali, number, lab);
    zahra.doesNotRing();
  }

  @Test
  void callerWhoHangsUpInASecondMenuHasAbandonedTheCall(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    String number = line.number(nested(lab, zahra, zahra));
    Phone ali = line.caller("Ali").calls(number).hears(GREETING).sends("1").hears(INNER);
    ali.hearsInTurn(GREETING, INNER).hangsUp();
    isAbandoned(ali, number, lab);
    zahra.doesNotRing();
  }

  private static void isAbandoned(Phone caller, String number, Lab lab) {
    lab.callOf(caller)
        .of("INBOUND", caller.number(), number)
        .is("ABANDONED")
        .answeredByNobody()
        .endedBy("CALLER")
        .withCause(16)
        .withParties();
  }

  /// A menu has no internal number: an extension forwards to it.
  @Test
  void aPhoneOfTheCompanyReachesAMenu(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    String reception = lab.extensionWithoutPhone("Reception");
    String main = menu(lab, ENDLESS, zahra, Map.of("options", Map.of("1", to(reza))));
    lab.office().says(reception, Map.of("forwards", Map.of("always", main)));
    zahra.calls(reception).hears(GREETING).sends("1");
    zahra.hears(reza).hangsUp();
    lab.callOf(zahra)
        .of("INTERNAL", zahra.number(), reception)
        .is("ANSWERED")
        .answeredBy(reza)
        .endedBy("CALLER")
        .withParties(reza.number() + " dialled answered");
  }

  @Test
  void promptsArePlayedInTheLanguageOfTheRoute(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    String prompt = lab.prompt(GREETING, SHORT);
    lab.office().audio(prompt, "fa", INNER.wav(SHORT));
    String closed = "announcement:" + prompt;
    Phone ali = line.caller("Ali").calls(line.number(closed)).callEnds();
    ali.hearsInTurn(GREETING);
    Phone sara = line.caller("Sara");
    sara.calls(line.number(closed, Map.of("language", "fa")))
        .callEnds()
        .hearsInTurn(INNER)
        .neverHears(GREETING);
    Phone omid = line.caller("Omid");
    omid.calls(line.number(closed, Map.of("language", "tr"))).callEnds().hearsInTurn(GREETING);
  }

  @Test
  void textIsSynthesisedInTheLanguageOfTheRoute(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    String prompt = lab.spokenPrompt("tr", "Şu anda kapalıyız. Lütfen daha sonra arayın.");
    lab.office().audio(prompt, "en", GREETING.wav(SHORT));
    String closed = "announcement:" + prompt;
    Phone ali = line.caller("Ali").calls(line.number(closed, Map.of("language", "tr"))).callEnds();
    ali.hearsSomethingElseThan(GREETING, SHORT).neverHears(GREETING);
    lab.callOf(ali).is("ANNOUNCEMENT").endedBy("SYSTEM").withCause(16).withParties();
  }

  private static String to(Phone phone) {
    return "extension:" + phone.number();
  }

  /// Key 1 routes to a menu whose key 2 routes to an extension.
  private static String nested(Lab lab, Phone otherwise, Phone second) {
    String inner =
        menu(
            lab,
            ENDLESS,
            otherwise,
            Map.of("greeting", lab.prompt(INNER, ENDLESS), "options", Map.of("2", to(second))));
    return menu(lab, ENDLESS, otherwise, Map.of("options", Map.of("1", inner)));
  }

  /// @param otherwise the destination when no key is pressed
  private static String menu(
      Lab lab, Duration greeting, Phone otherwise, Map<String, Object> more) {
    Map<String, Object> menu = new HashMap<>();
    menu.put("greeting", lab.prompt(GREETING, greeting));
    menu.put("options", Map.of("9", to(otherwise)));
    menu.put("patience", SHORT);
    menu.put("otherwise", to(otherwise));
    menu.putAll(more);
    return "menu:" + lab.office().part("menus", menu);
  }
}
